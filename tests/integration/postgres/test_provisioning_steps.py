"""Opening and closing on a real PostgreSQL, failing at each step in turn: the next try always ends where it should."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from uuid import uuid4

import pytest

from adapters.postgres.lines import PostgresLines
from adapters.postgres.names import schema_of
from adapters.postgres.places import PostgresPlaces
from adapters.postgres.pool import Pool, connected
from adapters.postgres.runs import PostgresRuns
from adapters.postgres.tenants import PostgresCompanies
from adapters.postgres.users import PostgresUsers
from adapters.security.envelope import Envelopes
from adapters.security.lots import draw_lot
from application.provisioning.close_company import CloseCompany, JobsStillRun
from application.provisioning.connect_line import LineOrder
from application.provisioning.order import CompanyOrder
from domain.access.role import Role
from domain.access.user import Membership, User
from domain.companies.company import CompanyBusy, CompanyNotFound, NameTaken, State
from domain.shared.errors import Unavailable
from domain.shared.ids import TenantId, UserId
from tests.builders.opening import Opening
from tests.fakes.provisioning import FakeQueues
from tests.integration.postgres.catalog import tables_of
from tests.integration.postgres.conftest import OpenIt

ORDER = CompanyOrder("Clínica", LineOrder("https://w.example.com", api_token="t"), business_facts="Abre às 8h.")


class PowerCutError(Exception):
    pass


@dataclass
class Cut:
    """Stands before an adapter; after the call numbered `at` has done its work, the power goes."""

    adapter: object
    calls: Iterator[int]
    at: int

    def __getattr__(self, name: str) -> object:
        real = getattr(self.adapter, name)
        if name == "alone":
            return real

        async def call(*args: object, **kwargs: object) -> object:
            result = await real(*args, **kwargs)
            if next(self.calls) == self.at:
                raise PowerCutError
            return result

        return call


@dataclass
class Desk:
    pool: Pool
    vault: Envelopes

    def opening(self, at: int = -1) -> Opening:
        companies, places, lines, queues = self._adapters(at)
        return Opening(companies, places, lines, queues, PostgresRuns(self.pool, self.vault), draw_lot)

    def closing(self, at: int = -1) -> CloseCompany:
        companies, places, _, queues = self._adapters(at)
        return CloseCompany(companies, places, queues)

    def _adapters(self, at: int) -> list:
        calls = count()
        adapters = (
            PostgresCompanies(self.pool),
            PostgresPlaces(self.pool),
            PostgresLines(self.pool, self.vault),
            FakeQueues(),
        )
        return [Cut(adapter, calls, at) for adapter in adapters]


@pytest.fixture
def desk(pool: Pool, vault: Envelopes) -> Desk:
    return Desk(pool, vault)


async def test_opening_that_fails_after_any_step_is_finished_by_the_next_try(desk: Desk):
    companies = PostgresCompanies(desk.pool)
    steps = 0
    for at in range(20):
        try:
            await desk.opening(at)(ORDER)
        except PowerCutError:
            steps += 1
        found = await companies.find("clinica")
        if found is None or found.state is State.OPENING:
            await desk.opening()(ORDER)

        *closed, company = await companies.all()
        assert {one.state for one in closed} <= {State.CLOSED}
        assert company.state is State.ACTIVE
        assert len(await PostgresLines(desk.pool, desk.vault).of(company.id)) == 1
        await desk.closing()(company.id)

    assert 7 <= steps < 20


async def test_closing_that_fails_after_any_step_is_finished_by_the_next_try(desk: Desk):
    steps = 0
    for at in range(20):
        company = (await desk.opening()(ORDER)).company
        try:
            await desk.closing(at)(company.id)
        except PowerCutError:
            steps += 1
        closed = await desk.closing()(company.id)

        async with connected(desk.pool) as connection:
            left = await connection.fetchval(
                "select count(*) from pg_namespace n full join pg_roles r on false"
                " where nspname = $1 or rolname = current_database() || '_' || $1",
                schema_of(company.id),
            )
        assert closed.state is State.CLOSED
        assert left == 0

    assert 5 <= steps < 20


async def test_an_opened_company_knows_its_business_and_its_time_zone(desk: Desk):
    opened = await desk.opening()(ORDER)

    async with connected(desk.pool) as connection:
        persona = await connection.fetchrow(f"select * from {schema_of(opened.company.id)}.persona")
        tenant = await connection.fetchrow("select * from public.tenants")

    assert (persona["business_name"], persona["business_facts"]) == ("Clínica", "Abre às 8h.")
    assert (tenant["time_zone"], tenant["state"], tenant["pool"]) == ("America/Sao_Paulo", "active", "shared")


async def test_six_people_opening_one_company_at_once_open_one(desk: Desk):
    results = await asyncio.gather(*(desk.opening()(ORDER) for _ in range(6)), return_exceptions=True)

    opened = [result for result in results if not isinstance(result, BaseException)]
    assert len(opened) == 1
    assert {type(result) for result in results} <= {type(opened[0]), CompanyBusy, NameTaken}
    assert len(await PostgresCompanies(desk.pool).all()) == 1


async def test_companies_of_different_names_open_side_by_side(desk: Desk, open_company: OpenIt):
    opened = await asyncio.gather(*(open_company(f"Empresa {number}") for number in range(3)))

    async with connected(desk.pool) as connection:
        for one in opened:
            assert len(await tables_of(connection, schema_of(one.company.id))) >= 9


async def test_a_company_somebody_works_in_is_not_closed_half_way(desk: Desk):
    company = (await desk.opening()(ORDER)).company
    async with connected(desk.pool) as connection, connection.transaction():
        await connection.execute(f"insert into {schema_of(company.id)}.contacts default values")

        with pytest.raises(Unavailable, match="try again"):
            await desk.closing()(company.id)

    assert (await PostgresCompanies(desk.pool).get(company.id)).state is State.CLOSING
    assert (await desk.closing()(company.id)).state is State.CLOSED


async def test_running_jobs_keep_a_company_open(desk: Desk):
    company = (await desk.opening()(ORDER)).company
    async with connected(desk.pool) as connection:
        await connection.execute(
            "insert into public.jobs (tenant_id, actor, args, state) values ($1, 'a', '{}', 'running')", company.id
        )

    with pytest.raises(JobsStillRun):
        await desk.closing()(company.id)

    assert (await desk.closing()(company.id, force=True)).state is State.CLOSED


async def test_a_role_left_over_from_a_database_of_the_same_name_is_taken_up_again(desk: Desk):
    async with connected(desk.pool) as connection:
        database = await connection.fetchval("select current_database()")
        await connection.execute(f"create role {database}_tenant_1 nologin")

    opened = await desk.opening()(ORDER)

    assert opened.company.id == 1
    await desk.closing()(TenantId(1))


async def test_a_place_is_made_for_registered_companies_only(desk: Desk):
    with pytest.raises(CompanyNotFound):
        await PostgresPlaces(desk.pool).make(TenantId(99))


async def test_the_list_of_rights_of_a_shared_table_does_not_grow_with_companies(pool: Pool, open_company: OpenIt):
    """It must fit in a page: one entry per company ended at 2,250 with "row is too big"."""
    rights = "select relacl::text from pg_class where oid = 'public.jobs'::regclass"
    async with connected(pool) as connection:
        before = await connection.fetchval(rights)
        await open_company("Uma")
        await open_company("Outra")

        assert await connection.fetchval(rights) == before


async def test_a_companys_people_and_keys_go_with_it_and_those_of_others_stay(pool: Pool, open_company: OpenIt):
    going, staying = [(await open_company(name)).company.id for name in ("Vai", "Fica")]
    users, places = PostgresUsers(pool), PostgresPlaces(pool)
    only_here = User(UserId(uuid4()), "a@x.example", "A", (Membership(Role.OWNER, going),))
    both = User(UserId(uuid4()), "b@x.example", "B", (Membership(Role.OWNER, going), Membership(Role.VIEWER, staying)))
    for user in (only_here, both):
        await users.add(user)

    await places.remove(going)

    assert [user.id for user in await users.all()] == [both.id]
    assert (await users.get(both.id)).memberships == (Membership(Role.VIEWER, staying),)
