"""What the ports of companies and their places promise: our fakes, and PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import asyncpg
import pytest

from adapters.postgres.migrations import migrate
from adapters.postgres.places import PostgresPlaces
from adapters.postgres.pool import build_pool
from adapters.postgres.tenants import PostgresCompanies
from application.provisioning.ports import Companies, Places, Profile
from domain.companies.company import Company, CompanyBusy, CompanyNotFound, NameTaken, State
from domain.shared.ids import TenantId
from tests.fakes.provisioning import FakeCompanies, FakePlaces

NOBODY = TenantId(4711)


@dataclass
class Office:
    companies: Companies
    places: Places

    async def company(self, slug: str = "clinica") -> Company:
        return await self.companies.add(name=slug.title(), slug=slug, time_zone="America/Sao_Paulo")


@pytest.fixture
async def office(url: str | None) -> AsyncIterator[Office]:
    if url is None:
        yield Office(FakeCompanies(), FakePlaces())
        return
    await migrate(url)
    pool = await build_pool(url, size=4, name="tests")
    yield Office(PostgresCompanies(pool), PostgresPlaces(pool))
    await pool.close()


async def test_a_new_company_is_opening_and_found_by_number_and_by_name(office: Office):
    company = await office.company()

    assert (company.slug, company.state) == ("clinica", State.OPENING)
    assert await office.companies.get(company.id) == company
    assert await office.companies.find("clinica") == company


async def test_what_is_done_to_a_company_counts_once_it_is_saved(office: Office):
    company = await office.company()
    company.activate()
    assert (await office.companies.get(company.id)).state is State.OPENING

    await office.companies.save(company)
    assert (await office.companies.get(company.id)).state is State.ACTIVE


async def test_a_company_is_renamed_but_its_short_name_stays(office: Office):
    company = await office.company()
    await office.companies.save(replace(company, name="Outra", slug="outra", time_zone="America/Manaus"))

    kept = await office.companies.get(company.id)
    assert (kept.name, kept.slug, kept.time_zone) == ("Outra", "clinica", "America/Manaus")


async def test_a_company_changes_pools_only_out_of_those_that_are_named(office: Office):
    companies, id = office.companies, (await office.company()).id

    assert await companies.put_into_pool(id, "vip", out_of=("shared", "tenant_1")) == "shared"
    assert await companies.put_into_pool(id, "shared", out_of=("shared", "tenant_1")) == "vip"
    assert await companies.put_into_pool(id, "shared") == "vip"
    with pytest.raises(CompanyNotFound):
        await companies.put_into_pool(NOBODY, "vip", out_of=())


async def test_unknown_companies_are_not_found(office: Office):
    with pytest.raises(CompanyNotFound):
        await office.companies.get(NOBODY)
    assert await office.companies.find("nobody") is None


async def test_saving_a_company_that_was_never_added_adds_none(office: Office):
    await office.companies.save(Company(NOBODY, "X", "x", "America/Sao_Paulo"))

    assert await office.companies.all() == []


async def test_a_name_is_taken_until_its_company_is_closed(office: Office):
    company = await office.company()
    with pytest.raises(NameTaken):
        await office.company()

    company.begin_closing()
    company.close()
    await office.companies.save(company)
    successor = await office.company()

    assert successor.id != company.id
    assert await office.companies.find("clinica") == successor
    assert [one.id for one in await office.companies.all()] == [company.id, successor.id]


async def test_a_closed_company_has_no_name_to_be_found_by(office: Office):
    company = await office.company()
    await office.companies.save(replace(company, state=State.CLOSED))

    assert await office.companies.find("clinica") is None
    assert (await office.companies.get(company.id)).state is State.CLOSED


async def test_only_one_works_on_a_name_at_a_time(office: Office):
    async with office.companies.alone("clinica"), office.companies.alone("salao"):
        with pytest.raises(CompanyBusy):
            async with office.companies.alone("clinica"):
                pass

    async with office.companies.alone("clinica"):
        pass


async def test_a_name_is_free_again_after_work_on_it_failed(office: Office):
    with pytest.raises(ZeroDivisionError):
        async with office.companies.alone("clinica"):
            raise ZeroDivisionError

    async with office.companies.alone("clinica"):
        pass


async def test_a_place_is_made_twice_and_removed_twice_without_complaint(office: Office):
    company = await office.company()
    for _ in range(2):
        await office.places.make(company.id)
        await office.places.introduce(company.id, Profile("Clínica", "Abre às 8h."))
    assert await office.places.running_jobs(company.id) == 0

    for _ in range(2):
        await office.places.remove(company.id)


async def test_nobody_is_introduced_before_there_is_a_place(office: Office):
    company = await office.company()

    with pytest.raises((AssertionError, asyncpg.PostgresError)):
        await office.places.introduce(company.id, Profile("Clínica"))
