"""Who gives Cal.com up leaves no webhook of ours behind there, or is told that one hangs on; and no key stays here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from adapters.calcom.bell import CalcomBell
from adapters.calcom.lines import Lines
from adapters.postgres.audit import PostgresAuditLog
from adapters.postgres.calendar_connections import PostgresCalendarConnections, PostgresCalendarDesk
from adapters.postgres.left_calendars import PostgresGivenUpCalendars
from application.agenda.connect_calendar import CalendarOrder, ConnectCalendar
from application.agenda.take_down_bell import TAKE_DOWN_BELL, TakeDownBell
from application.shared.ports import Claim
from domain.dead_letters.ladder import LADDER
from domain.shared.errors import Unavailable
from domain.shared.ids import JobId
from tests.builders.calendars import Clinic
from tests.integration.calendars.test_hanging_the_bell import DOOR, hang, hung


@pytest.fixture
def connect(clinic: Clinic) -> ConnectCalendar:
    desk = clinic.calendars.desk
    assert isinstance(desk, PostgresCalendarDesk)
    return ConnectCalendar(desk, PostgresAuditLog(clinic.pool))


async def take_down(clinic: Clinic, *, failures: int = 0) -> str:
    """The job that giving up has left, as a worker runs it."""
    row: Any = await clinic.pool.fetchrow(
        "update public.jobs set state = 'running', fence = fence + 1, worker = 'tests', due_at = now() + interval '1 min'"
        " where tenant_id = $1 and actor = $2 returning id, fence, args::jsonb ->> 'connection' as connection",
        clinic.tenant,
        TAKE_DOWN_BELL,
    )
    desk = clinic.calendars.desk
    assert isinstance(desk, PostgresCalendarDesk)
    given_up = PostgresGivenUpCalendars(desk.pool, desk.vault)
    job = TakeDownBell(
        clinic.open_work, given_up, clinic.calendars.connections, CalcomBell(clinic.calendars.http, Lines()), DOOR
    )
    claim = Claim(clinic.tenant, JobId(row["id"]), row["fence"])
    return await job(replace(claim, failures=failures), row["connection"])


async def ours(clinic: Clinic) -> list[str]:
    return [hook["subscriberUrl"] for hook in await hung(clinic) if hook["subscriberUrl"].startswith(DOOR)]


async def kept(clinic: Clinic) -> list[tuple[bytes, bytes]]:
    rows = await clinic.pool.fetch(
        "select api_key, webhook_secret from public.calendar_connections where tenant_id = $1", clinic.tenant
    )
    return [tuple(row) for row in rows]


async def test_our_webhook_goes_and_with_it_all_that_was_kept(clinic: Clinic, connect: ConnectCalendar) -> None:
    await hang(clinic)
    others = len(await hung(clinic)) - 1

    await connect.give_up(clinic.tenant, "user:x")
    outcome = await take_down(clinic)

    assert outcome == "taken_down"
    assert (await ours(clinic), len(await hung(clinic))) == ([], others)
    assert await kept(clinic) == []
    assert await connect.left_hanging(clinic.tenant) is None


@pytest.mark.parametrize(("kind", "on"), [("drop", "hooks"), ("bad_gateway", "unhook")])
async def test_a_cal_com_that_is_away_is_asked_again(
    clinic: Clinic, connect: ConnectCalendar, kind: str, on: str
) -> None:
    await hang(clinic)
    await connect.give_up(clinic.tenant, "user:x")
    await clinic.calcom.fault(kind, on)
    with pytest.raises(Unavailable):
        await take_down(clinic)
    await clinic.calcom.heal()

    assert await take_down(clinic) == "taken_down"
    assert await ours(clinic) == []


async def test_an_answer_that_was_lost_needs_no_second_look(clinic: Clinic, connect: ConnectCalendar) -> None:
    await hang(clinic)
    await connect.give_up(clinic.tenant, "user:x")
    await clinic.calcom.fault("lost_answer", "unhook", count=1)

    assert await take_down(clinic) == "taken_down"
    assert await ours(clinic) == []


async def test_what_could_not_be_removed_is_told_and_its_secrets_are_gone(
    clinic: Clinic, connect: ConnectCalendar
) -> None:
    await hang(clinic)
    await connect.give_up(clinic.tenant, "user:x")
    await clinic.calcom.fault("status", status=503)

    assert await take_down(clinic, failures=len(LADDER)) == "left"

    assert await connect.left_hanging(clinic.tenant) == clinic.connection.id
    assert await kept(clinic) == [(b"", b"")]
    assert await connect.show(clinic.tenant) is None


async def test_a_refusal_is_not_asked_again(clinic: Clinic, connect: ConnectCalendar) -> None:
    await hang(clinic)
    await connect.give_up(clinic.tenant, "user:x")
    await clinic.calcom.fault("status", "unhook", status=400)

    assert await take_down(clinic) == "left"
    assert await connect.left_hanging(clinic.tenant) == clinic.connection.id


async def test_what_was_connected_anew_meanwhile_is_let_be(clinic: Clinic, connect: ConnectCalendar) -> None:
    await hang(clinic)
    await connect.give_up(clinic.tenant, "user:x")
    await clinic.calendars.desk.put(clinic.connection, [])

    assert await take_down(clinic) == "nothing_to_do"
    assert len(await ours(clinic)) == 1
    assert await connect.show(clinic.tenant) is not None


async def anew(clinic: Clinic, connect: ConnectCalendar, **more: str) -> None:
    order = CalendarOrder(clinic.connection.base_url, more.get("api_key", clinic.connection.api_key))
    await connect.connect(clinic.tenant, order, "user:x")
    desk = clinic.calendars.desk
    assert isinstance(desk, PostgresCalendarDesk)
    clinic.calendars = replace(clinic.calendars, connections=PostgresCalendarConnections(desk.pool, desk.vault))


async def left(clinic: Clinic) -> list[bytes]:
    rows = await clinic.pool.fetch("select api_key from public.left_calendars where tenant_id = $1", clinic.tenant)
    return [row["api_key"] for row in rows]


async def test_connected_anew_the_webhook_of_before_goes_and_the_new_one_stays(
    clinic: Clinic, connect: ConnectCalendar
) -> None:
    await hang(clinic)
    (before,) = await ours(clinic)
    await anew(clinic, connect)
    await hang(clinic)

    assert await take_down(clinic) == "taken_down"

    (after,) = await ours(clinic)
    assert after != before
    assert await left(clinic) == []
    assert await connect.left_hanging(clinic.tenant) is None


async def test_connected_anew_at_another_account_the_old_key_still_removes_the_old_webhook(
    clinic: Clinic, connect: ConnectCalendar
) -> None:
    await hang(clinic)
    other = await clinic.calcom.enter(per_minute=0, key="cal_live_of_another_account")
    await anew(clinic, connect, api_key=other.key)

    assert await take_down(clinic) == "taken_down"
    assert await ours(clinic) == []


async def test_an_old_key_that_was_revoked_is_replaced_by_the_new_one_of_the_same_account(
    clinic: Clinic, connect: ConnectCalendar
) -> None:
    await hang(clinic)
    await anew(clinic, connect)
    await clinic.calcom.fault("status", "hooks", status=401, count=1)

    assert await take_down(clinic) == "taken_down"
    assert await ours(clinic) == []


async def test_a_webhook_that_neither_key_reaches_is_told_also_while_another_is_connected(
    clinic: Clinic, connect: ConnectCalendar
) -> None:
    await hang(clinic)
    other = await clinic.calcom.enter(per_minute=0, key="cal_live_of_a_third_account")
    await anew(clinic, connect, api_key=other.key)
    await clinic.calcom.fault("status", "hooks", status=401)
    with pytest.raises(Unavailable):
        await take_down(clinic)

    assert await take_down(clinic, failures=len(LADDER)) == "left"

    await clinic.calcom.heal()

    assert len(await ours(clinic)) == 1
    assert await connect.left_hanging(clinic.tenant) == clinic.connection.id
    assert await left(clinic) == [b""]
    assert await connect.show(clinic.tenant) is not None


async def test_given_up_and_at_once_connected_anew_the_old_webhook_goes_all_the_same(
    clinic: Clinic, connect: ConnectCalendar
) -> None:
    await hang(clinic)
    await connect.give_up(clinic.tenant, "user:x")
    await anew(clinic, connect)

    assert await take_down(clinic) == "taken_down"
    assert await ours(clinic) == []
    assert await left(clinic) == []
