"""The 120 calls a minute of one key: equal questions are asked once, many side by side, and the last are left to bookings."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from time import monotonic

import pytest

from adapters.calcom.calendar import CalcomCalendar
from adapters.calcom.client import CalcomClient
from adapters.calcom.terms import EventType
from application.agenda.ports import CalendarUnavailable
from domain.agenda.appointment import CalendarRef
from domain.agenda.slot import Slot
from domain.shared.ids import ProfessionalId
from tests.builders.calcom import ANA, BOOKING, MONDAY, QUERY, VISIT, Scene

TOMORROW = replace(QUERY, window=Slot.lasting(MONDAY + timedelta(days=1), timedelta(hours=2)))
AFTER = replace(BOOKING, slot=Slot.lasting(MONDAY + timedelta(hours=1), timedelta(minutes=30)))


async def test_who_looks_again_within_seconds_asks_nothing_and_later_asks_anew(scene: Scene) -> None:
    first = await scene.calendar.free(QUERY)
    assert await scene.calendar.free(QUERY) == first
    assert await scene.asked() == 1

    scene.now[0] = 11.0
    await scene.calendar.free(QUERY)
    assert await scene.asked() == 2


async def test_a_look_at_other_days_of_the_month_asks_nothing_new(scene: Scene) -> None:
    await scene.calendar.free(QUERY)

    free = await scene.calendar.free(TOMORROW)

    assert [slot.starts for slot in free[ANA]] == [MONDAY + timedelta(days=1, minutes=30 * n) for n in range(4)]
    assert await scene.asked() == 1


async def test_a_window_over_the_end_of_a_month_finds_every_start_once(scene: Scene) -> None:
    eve = MONDAY.replace(day=31)
    across = replace(QUERY, window=Slot(eve, eve + timedelta(days=2)))

    free = await scene.calendar.free(across)

    assert [slot.starts for slot in free[ANA]] == [
        eve + timedelta(days=d, minutes=30 * n) for d in (0, 1) for n in range(18)
    ]
    assert await scene.asked() == 2


async def test_who_asks_the_same_at_the_same_time_shares_one_answer_or_one_failure(scene: Scene) -> None:
    await scene.calcom.set(latency_ms=30)
    many = await asyncio.gather(*(scene.calendar.free(QUERY) for _ in range(20)))
    assert all(each == many[0] for each in many)
    assert await scene.asked() == 1

    scene.forget()
    await scene.calcom.fault("status", "slots", status=503)
    failed = await asyncio.gather(*(scene.calendar.free(QUERY) for _ in range(20)), return_exceptions=True)
    assert {type(each) for each in failed} == {CalendarUnavailable}
    assert await scene.asked() == 4  # three tries
    await scene.calcom.set(latency_ms=0)


async def test_who_gives_up_waiting_takes_the_answer_from_nobody_else(scene: Scene) -> None:
    await scene.calcom.set(latency_ms=100)
    hasty, patient = (asyncio.create_task(scene.calendar.free(QUERY)) for _ in range(2))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    hasty.cancel()

    assert len((await patient)[ANA]) == 4
    assert await scene.asked() == 1
    await scene.calcom.set(latency_ms=0)


async def test_the_question_of_who_gave_up_is_asked_anew_by_the_next(scene: Scene) -> None:
    await scene.calcom.set(latency_ms=100)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.02):
            await scene.calendar.free(QUERY)

    assert len((await scene.calendar.free(QUERY))[ANA]) == 4
    await scene.calcom.set(latency_ms=0)


async def test_what_we_change_is_seen_by_the_next_look(scene: Scene) -> None:
    assert BOOKING.slot in (await scene.calendar.free(QUERY))[ANA]

    ref = await scene.calendar.book(BOOKING)
    assert BOOKING.slot not in (await scene.calendar.free(QUERY))[ANA]

    moved = await scene.calendar.reschedule(ref, AFTER)
    free = (await scene.calendar.free(QUERY))[ANA]
    assert (BOOKING.slot in free, AFTER.slot in free) == (True, False)

    await scene.calendar.cancel(moved, "")
    assert AFTER.slot in (await scene.calendar.free(QUERY))[ANA]


async def test_what_is_asked_while_we_book_is_not_kept(scene: Scene) -> None:
    await scene.calcom.set(latency_ms=50)
    looking = asyncio.create_task(scene.calendar.free(QUERY))
    await asyncio.sleep(0.01)
    scene.forget()
    await looking

    await scene.calendar.free(QUERY)

    assert await scene.asked() == 2
    await scene.calcom.set(latency_ms=0)


async def test_what_is_read_as_changed_there_is_seen_by_the_next_look(scene: Scene) -> None:
    assert BOOKING.slot in (await scene.calendar.free(QUERY))[ANA]
    attendee = {"name": "Caio", "phoneNumber": "+5531988887777", "timeZone": "America/Sao_Paulo"}
    kind = scene.calendar.terms.event_types[VISIT, ANA]
    await scene.calcom.do("book", eventTypeId=kind.id, start=MONDAY.isoformat(), attendee=attendee)

    await scene.calendar.changed_since(MONDAY - timedelta(days=9_000))

    assert BOOKING.slot not in (await scene.calendar.free(QUERY))[ANA]


async def test_what_is_moved_is_looked_up_once_for_all_parts_of_a_look(scene: Scene) -> None:
    ref = await scene.calendar.book(BOOKING)
    before = await scene.asked()

    for query in (QUERY, TOMORROW, QUERY):
        assert (await scene.calendar.free(replace(query, moving=ref)))[ANA]

    assert await scene.asked() == before + 2


async def test_ten_professionals_are_asked_side_by_side_and_leave_room_for_who_books(scene: Scene) -> None:
    offered = [await scene.calcom.offer(scene.account, slug=f"visita-{number}") for number in range(10)]
    many = {ProfessionalId(kind.id): EventType(kind.id) for kind in offered}
    client = scene.calendar.client
    kinds = {(VISIT, who): kind for who, kind in many.items()} | dict(client.terms.event_types)
    calendar = CalcomCalendar(CalcomClient(client.http, replace(client.terms, event_types=kinds), client.lines))
    await scene.calcom.set(latency_ms=400)
    began, one_after_the_other = monotonic(), 10 * 0.4
    looking = asyncio.create_task(calendar.free(replace(QUERY, professionals=list(many))))
    await asyncio.sleep(0.02)

    await calendar.book(BOOKING)

    assert not looking.done()
    assert len(await looking) == 10
    assert monotonic() - began < one_after_the_other
    await scene.calcom.set(latency_ms=0)


async def test_the_last_of_the_rate_is_left_to_bookings(scene: Scene) -> None:
    await scene.calcom.enter(id=scene.account.id, key=scene.account.key, per_minute=30)
    looks = []
    for _ in range(31):
        scene.forget()
        looks += await asyncio.gather(scene.calendar.free(QUERY), return_exceptions=True)

    refused = [each for each in looks if isinstance(each, CalendarUnavailable)]
    assert (len(refused), await scene.asked()) == (6, 25)
    assert all(each.retry_after is not None and 0 < each.retry_after <= 60 for each in refused)
    ref = await scene.calendar.book(BOOKING)
    await scene.calendar.cancel(ref, "")
    scene.now[0] = 61.0
    await scene.calcom.set(advance_seconds=61)
    assert (await scene.calendar.free(QUERY))[ANA]


async def test_who_would_be_shut_out_for_a_minute_does_not_call_at_all(scene: Scene) -> None:
    await scene.calcom.enter(id=scene.account.id, key=scene.account.key, per_minute=2)
    await scene.calendar.free(QUERY)
    await scene.calendar.find(BOOKING)

    with pytest.raises(CalendarUnavailable) as early:
        await scene.calendar.cancel(CalendarRef("any"), "")

    assert await scene.asked() == 2
    assert early.value.retry_after is not None
