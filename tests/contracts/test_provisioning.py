"""What the ports of provisioning promise: our fakes, and PostgreSQL."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import asyncpg
import pytest

from adapters.postgres.lines import PostgresLines
from adapters.postgres.migrations import migrate
from adapters.postgres.places import PostgresPlaces
from adapters.postgres.pool import build_pool
from adapters.postgres.tenants import PostgresCompanies
from adapters.security.envelope import Envelopes
from adapters.security.master_keys import GivenMasterKeys
from application.provisioning.ports import Companies, ConnectionNotFound, Lines, Places, Profile
from domain.billing.plan import Plan, PlanCode
from domain.companies.company import Company, CompanyBusy, CompanyNotFound, NameTaken, State
from domain.companies.connection import AuthMode, Connection, Dialect
from domain.companies.limits import PastLimit, room_for_connections
from domain.quotas.allowance import Allowance
from domain.shared.ids import ConnectionId, TenantId
from tests.fakes.provisioning import FakeCompanies, FakeLines, FakePlaces

NOBODY = TenantId(4711)
RECEPTION = ConnectionId("reception0000000000000")
CASHIER = ConnectionId("cashier000000000000000")


@dataclass
class Office:
    companies: Companies
    places: Places
    lines: Lines

    async def company(self, slug: str = "clinica") -> Company:
        return await self.companies.add(name=slug.title(), slug=slug, time_zone="America/Sao_Paulo")

    async def line(self, **changes: object) -> Connection:
        line = a_line((await self.company()).id, **changes)
        await self.lines.put(line)
        return line


@pytest.fixture(params=["fake", "postgres"])
def url(request: pytest.FixtureRequest) -> str | None:
    """The database of the real side."""
    return None if request.param == "fake" else request.getfixturevalue("database")


@pytest.fixture
async def office(url: str | None) -> AsyncIterator[Office]:
    if url is None:
        yield Office(FakeCompanies(), FakePlaces(), FakeLines())
        return
    await migrate(url)
    pool = await build_pool(url, size=4, name="tests")
    vault = Envelopes(GivenMasterKeys([os.urandom(32)]))
    yield Office(PostgresCompanies(pool), PostgresPlaces(pool), PostgresLines(pool, vault))
    await pool.close()


def a_line(tenant: TenantId, id: ConnectionId = RECEPTION, **changes: object) -> Connection:
    ordinary = Connection(
        id=id,
        tenant=tenant,
        name="Recepção",
        dialect=Dialect.SAAS_CLASSIC,
        base_url="https://whaticket.example?userId=3",
        auth=AuthMode.HMAC,
        sends_per_minute=12,
        own_number="+5511999990000",
        webhook_secrets=("the first secret",),
        webhook_token="proof",
        api_token="token",
        panel_email="bot@clinica.example",
        panel_password="a long password",
    )
    return replace(ordinary, **changes)


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


async def test_a_line_comes_back_as_it_was_put(office: Office):
    line = await office.line()

    assert await office.lines.get(line.id) == line
    assert await office.lines.of(line.tenant) == [line]


async def test_a_line_without_secrets_comes_back_without(office: Office):
    bare = await office.line(
        webhook_secrets=(), webhook_token=None, api_token=None, panel_email=None, panel_password=None, own_number=None
    )

    assert await office.lines.get(bare.id) == bare


async def test_unknown_lines_are_not_found(office: Office):
    company = await office.company()

    with pytest.raises(ConnectionNotFound):
        await office.lines.get(RECEPTION)
    with pytest.raises(ConnectionNotFound):
        await office.lines.succeed_secret(RECEPTION, "new", overlap=timedelta(hours=1))
    assert await office.lines.of(company.id) == []


async def test_a_line_is_switched_off_and_on_and_no_other_with_it(office: Office):
    first = await office.line()
    await office.lines.put(a_line(first.tenant, CASHIER))
    assert set(await office.lines.switched_off(first.tenant)) == set()

    await office.lines.switch(first.id, active=False)
    assert set(await office.lines.switched_off(first.tenant)) == {first.id}

    await office.lines.switch(first.id, active=True)
    assert set(await office.lines.switched_off(first.tenant)) == set()


async def test_lines_that_are_switched_off_take_no_place_and_come_back_only_where_there_is_one(office: Office):
    def room_for_one(held: int) -> None:
        if held >= 1:
            raise PastLimit("one")

    first = await office.line()
    await office.lines.switch(first.id, active=False)
    second = a_line(first.tenant, CASHIER)
    await office.lines.add(second, room_for_one)

    with pytest.raises(PastLimit):
        await office.lines.switch(first.id, active=True, room=room_for_one)
    assert set(await office.lines.switched_off(first.tenant)) == {first.id}
    await office.lines.switch(second.id, active=True, room=room_for_one)  # is on already, and takes no other place

    await office.lines.switch(second.id, active=False, room=room_for_one)
    await office.lines.switch(first.id, active=True, room=room_for_one)
    assert set(await office.lines.switched_off(first.tenant)) == {second.id}


async def test_a_line_that_is_none_cannot_be_switched(office: Office):
    with pytest.raises(ConnectionNotFound):
        await office.lines.switch(RECEPTION, active=False)


async def test_putting_a_line_again_writes_over_it_and_keeps_its_turn(office: Office):
    first = await office.line()
    second = a_line(first.tenant, CASHIER)
    await office.lines.put(second)

    changed = replace(first, name="Balcão", api_token="another")
    await office.lines.put(changed)

    assert await office.lines.of(first.tenant) == [changed, second]


async def test_a_company_cannot_write_over_anothers_line(office: Office):
    line = await office.line()
    other = await office.company("salao")

    await office.lines.put(a_line(other.id, api_token="theirs"))

    assert await office.lines.get(line.id) == line
    assert await office.lines.of(other.id) == []


async def test_a_secret_is_followed_by_another_and_stays_valid_for_the_overlap(office: Office):
    line = await office.line()
    await office.lines.succeed_secret(line.id, "second", overlap=timedelta(hours=1))
    assert (await office.lines.get(line.id)).webhook_secrets == ("second", "the first secret")

    await office.lines.succeed_secret(line.id, "third", overlap=timedelta(hours=1))
    assert (await office.lines.get(line.id)).webhook_secrets == ("third", "second")


async def test_without_an_overlap_the_secret_before_dies_at_once(office: Office):
    line = await office.line()
    await office.lines.succeed_secret(line.id, "second", overlap=timedelta(0))

    assert (await office.lines.get(line.id)).webhook_secrets == ("second",)


async def test_a_line_without_a_secret_gets_its_first(office: Office):
    line = await office.line(webhook_secrets=())
    await office.lines.succeed_secret(line.id, "first", overlap=timedelta(hours=1))

    assert (await office.lines.get(line.id)).webhook_secrets == ("first",)


async def test_a_new_token_does_not_end_the_overlap_of_the_webhook_secret(office: Office):
    line = await office.line()
    await office.lines.succeed_secret(line.id, "second", overlap=timedelta(hours=1))

    await office.lines.put(replace(await office.lines.get(line.id), api_token="another"))

    assert (await office.lines.get(line.id)).webhook_secrets == ("second", "the first secret")


async def test_only_one_secret_can_be_put_at_a_time(office: Office):
    line = await office.line(webhook_secrets=("now", "before"))

    assert (await office.lines.get(line.id)).webhook_secrets == ("now",)


async def test_who_adds_side_by_side_never_finds_the_same_last_place(office: Office):
    tenant = (await office.company()).id
    plan = Plan(PlanCode("pequeno"), "Pequeno", 0, Allowance(), connections=3)
    lines = [a_line(tenant, ConnectionId(f"line{number:018d}")) for number in range(8)]

    found = await asyncio.gather(
        *(office.lines.add(line, room_for_connections(plan)) for line in lines), return_exceptions=True
    )

    assert sorted(type(each).__name__ for each in found) == ["NoneType"] * 3 + ["PastLimit"] * 5
    assert len(await office.lines.of(tenant)) == 3


async def test_without_a_plan_there_is_always_room(office: Office):
    tenant = (await office.company()).id
    for number in range(4):
        await office.lines.add(a_line(tenant, ConnectionId(f"line{number:018d}")), room_for_connections(None))

    assert len(await office.lines.of(tenant)) == 4
