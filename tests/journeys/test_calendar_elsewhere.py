"""A booking that Cal.com made and never told of, through real processes that die meanwhile: one booking at both ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count

import httpx2
import pytest

from ops.sandbox.calcom.records import Account
from ops.sandbox.handle import Calcom, Running, launch
from tests.journeys.customer import Customer
from tests.journeys.house import House, Line
from tests.journeys.test_booking_by_chat import SAO_PAULO, lend_out

DAYS = count(3)
ALWAYS = [{"days": [1, 2, 3, 4, 5, 6, 7], "opens": "07:00", "closes": "20:00"}]


@pytest.fixture(scope="module")
def far_away() -> Iterator[Running]:
    running = launch("calcom")
    yield running
    running.stop()


@pytest.fixture
async def calcom(far_away: Running) -> AsyncIterator[Calcom]:
    async with Calcom(far_away.url) as client:
        await client.reset()
        yield client


@pytest.fixture
async def elsewhere(house: House, line: Line, desk: httpx2.Client, calcom: Calcom) -> Line:
    """The module's company keeps its calendar at a Cal.com."""
    await lend_out(house, line)
    if desk.get("/api/agenda/calendar").json()["kind"] == "built_in":
        account: Account = await calcom.enter(per_minute=0)
        kind = await calcom.offer(account, host=account.id, hours=ALWAYS)
        [service] = await house.rows("select id from services", tenant=line.tenant)
        [doctor] = await house.rows("select id from professionals", tenant=line.tenant)
        kinds = [{"service": service["id"], "professional": doctor["id"], "number": kind.id}]
        order = {"api_key": account.key, "base_url": calcom.url, "event_types": kinds}
        answer = desk.put("/api/agenda/calendar", json=order)
        assert answer.status_code == 200, answer.text
    return line


def some_day() -> date:
    return datetime.now(SAO_PAULO).date() + timedelta(days=next(DAYS))


async def asked_to_book(calcom: Calcom) -> None:
    """Until the call that books is there."""
    calls = await calcom.calls(wait=30)
    while "book" not in [call.endpoint for call in calls.requests]:
        calls = await calcom.calls(calls.last, wait=30)
        assert calls.requests, "it never came so far"


async def one_booking_at_both_ends(house: House, line: Line, calcom: Calcom, day: date) -> None:
    at = datetime(day.year, day.month, day.day, 15, tzinfo=SAO_PAULO).astimezone(UTC)
    await house.until(
        "select 1 from appointments where starts = $1 and status = 'booked' and owed is null", at, tenant=line.tenant
    )
    ours = await house.rows(
        "select ref from appointments where status <> 'cancelled' and starts = $1", at, tenant=line.tenant
    )
    theirs = [one.uid for one in await calcom.bookings() if one.holds_its_time]
    assert [str(row["ref"]) for row in ours] == theirs
    assert [call.endpoint for call in (await calcom.calls()).requests].count("book") == 1


async def test_a_worker_killed_between_booked_there_and_saved_here_books_once(
    house: House, elsewhere: Line, calcom: Calcom, ana: Customer
):
    day = some_day()
    await ana.says(f"quero marcar limpeza dia {day:%d/%m} às 15h")
    assert "Posso marcar" in (await ana.hears())[0]
    await calcom.fault("lost_hang", "book", count=1)
    await ana.says("sim")
    await asked_to_book(calcom)

    house.kill("worker")
    [left] = await house.rows("select status, ref from appointments", tenant=elsewhere.tenant)
    house.start("worker")

    assert (left["status"], left["ref"]) == ("pending", None)
    assert "Ficou marcado: Limpeza com Dra. Marina" in (await ana.hears())[0]
    await one_booking_at_both_ends(house, elsewhere, calcom, day)
    await house.calm(elsewhere.tenant)
    assert len(await ana.everything_heard()) == 2


async def test_who_is_told_that_it_is_not_confirmed_yet_has_it_once_the_job_has_asked_again(
    house: House, elsewhere: Line, calcom: Calcom, ana: Customer
):
    day = some_day()
    await ana.says(f"quero marcar limpeza dia {day:%d/%m} às 15h")
    await ana.hears()
    await calcom.fault("lost_answer", "book", count=1)

    await ana.says("sim")
    assert "ainda não foi confirmado pela agenda" in (await ana.hears())[0]
    await house.hurry()

    await one_booking_at_both_ends(house, elsewhere, calcom, day)


async def test_an_api_killed_while_the_reception_books_leaves_it_to_the_worker(
    house: House, elsewhere: Line, calcom: Calcom, desk: httpx2.Client, ana: Customer
):
    day = some_day()
    await ana.says("oi")
    await ana.hears()
    [contact] = await house.rows("select max(id) as id from contacts", tenant=elsewhere.tenant)
    [service] = await house.rows("select id from services", tenant=elsewhere.tenant)
    [doctor] = await house.rows("select id from professionals", tenant=elsewhere.tenant)
    starts = datetime(day.year, day.month, day.day, 15, tzinfo=SAO_PAULO).isoformat()
    wish = {"contact": contact["id"], "service": service["id"], "professional": doctor["id"], "starts": starts}
    await calcom.fault("lost_hang", "book", count=1)

    booking = asyncio.ensure_future(asyncio.to_thread(desk.post, "/api/agenda/booking", json=wish))
    await asked_to_book(calcom)
    house.kill("api")
    with pytest.raises(httpx2.HTTPError):
        await booking
    house.start("api")
    await house.hurry()

    await one_booking_at_both_ends(house, elsewhere, calcom, day)
