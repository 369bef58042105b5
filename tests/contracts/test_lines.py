"""What the port of connections promises: our fake, and PostgreSQL with its secrets sealed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from adapters.postgres.lines import PostgresLines
from adapters.postgres.migrations import migrate
from adapters.postgres.pool import build_pool
from adapters.postgres.tenants import PostgresCompanies
from adapters.security.envelope import Envelopes
from adapters.security.master_keys import GivenMasterKeys
from application.provisioning.ports import Companies, ConnectionNotFound, LineChanged, Lines
from domain.billing.plan import Plan, PlanCode
from domain.companies.company import Company
from domain.companies.connection import AuthMode, Connection, Dialect
from domain.companies.limits import PastLimit, room_for_connections
from domain.quotas.allowance import Allowance
from domain.shared.errors import Invalid
from domain.shared.ids import ConnectionId, TenantId
from tests.fakes.provisioning import FakeCompanies, FakeLines

RECEPTION = ConnectionId("reception0000000000000")
CASHIER = ConnectionId("cashier000000000000000")


@dataclass
class Office:
    companies: Companies
    lines: Lines

    async def company(self, slug: str = "clinica") -> Company:
        return await self.companies.add(name=slug.title(), slug=slug, time_zone="America/Sao_Paulo")

    async def line(self, **changes: object) -> Connection:
        line = a_line((await self.company()).id, **changes)
        await self.lines.put(line)
        return line


@pytest.fixture
async def office(url: str | None) -> AsyncIterator[Office]:
    if url is None:
        yield Office(FakeCompanies(), FakeLines())
        return
    await migrate(url)
    pool = await build_pool(url, size=4, name="tests")
    vault = Envelopes(GivenMasterKeys([os.urandom(32)]))
    yield Office(PostgresCompanies(pool), PostgresLines(pool, vault))
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


async def test_what_is_changed_is_the_line_as_it_is_by_then(office: Office):
    line = await office.line()
    await office.lines.succeed_secret(line.id, "second", overlap=timedelta(hours=1))

    after = await office.lines.revise(line.id, lambda before: replace(before, name="Balcão"))

    assert after == await office.lines.get(line.id)
    assert (after.name, after.webhook_secrets) == ("Balcão", ("second", "the first secret"))


async def test_whoever_looked_at_an_older_line_is_told_so_and_writes_over_nothing(office: Office):
    line = await office.line()
    seen = (await office.lines.get(line.id)).version
    await office.lines.revise(line.id, lambda before: replace(before, api_token="another"), seen=seen)

    with pytest.raises(LineChanged):
        await office.lines.revise(line.id, lambda before: replace(before, api_token="late"), seen=seen)
    newer = await office.lines.get(line.id)
    await office.lines.succeed_secret(line.id, "second", overlap=timedelta(0))
    with pytest.raises(LineChanged):
        await office.lines.revise(line.id, lambda before: replace(before, name="late"), seen=newer.version)

    assert (await office.lines.get(line.id)) == replace(newer, webhook_secrets=("second",))


async def test_of_two_who_looked_at_the_same_line_one_changes_it(office: Office):
    line = await office.line()
    seen = (await office.lines.get(line.id)).version

    found = await asyncio.gather(
        *(
            office.lines.revise(line.id, lambda before, name=name: replace(before, name=name), seen=seen)
            for name in ("um", "dois")
        ),
        return_exceptions=True,
    )

    assert sorted(type(each).__name__ for each in found) == ["Connection", "LineChanged"]


async def test_a_change_that_is_refused_or_of_no_line_changes_nothing(office: Office):
    line = await office.line()

    def no(before: Connection) -> Connection:
        raise Invalid("no", field="name")

    with pytest.raises(Invalid):
        await office.lines.revise(line.id, no)
    with pytest.raises(ConnectionNotFound):
        await office.lines.revise(CASHIER, no)
    assert await office.lines.get(line.id) == line


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
