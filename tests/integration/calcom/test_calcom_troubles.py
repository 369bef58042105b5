"""Cal.com ill, slow, lying or silent: what we make of it, over real HTTP."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.calcom.calendar import CalcomCalendar
from adapters.calcom.client import CalcomClient
from adapters.calcom.lines import Lines
from adapters.calcom.terms import CalcomTerms
from application.agenda.ports import (
    CalendarBooking,
    CalendarRefused,
    CalendarUnavailable,
    CalendarUnsure,
    EntryState,
)
from domain.agenda.appointment import SlotTaken
from domain.agenda.slot import Slot
from domain.shared.ids import AppointmentId, ServiceId, TenantId
from tests.builders.calcom import ANA, BOOKING, MONDAY, QUERY, SLOT, Scene


@pytest.mark.parametrize("fault", ["status", "bad_gateway", "hang", "drop", "bad_json", "error_inside", "drop_middle"])
async def test_a_question_is_asked_again_until_it_is_answered(scene: Scene, fault: str) -> None:
    await scene.calcom.fault(fault, "slots", count=2)

    free = await scene.calendar.free(QUERY)

    assert len(free[ANA]) == 4
    assert await scene.asked() == 3


@pytest.mark.parametrize(
    "fault", ["status", "bad_gateway", "hang", "lost_answer", "lost_hang", "bad_json", "error_inside", "drop_middle"]
)
async def test_a_change_without_an_answer_is_never_repeated_and_found_when_looked_for(scene: Scene, fault: str) -> None:
    await scene.calcom.fault(fault, "book", count=1)

    with pytest.raises(CalendarUnsure):
        await scene.calendar.book(BOOKING)

    assert await scene.asked() == 1
    there = [one for one in await scene.calcom.bookings() if one.status == "accepted"]
    found = await scene.calendar.find(BOOKING)
    assert (found is not None) == bool(there)
    assert bool(there) == (fault in {"lost_answer", "lost_hang", "bad_json", "drop_middle"})


async def test_what_never_left_is_no_doubt(scene: Scene) -> None:
    client = scene.calendar.client
    gone = CalcomTerms(TenantId(7), "casa", "http://127.0.0.1:9", client.terms.key, client.terms.event_types)

    with pytest.raises(CalendarUnavailable):
        await CalcomCalendar(CalcomClient(client.http, gone, Lines(), first_pause=0.01)).book(BOOKING)


async def test_both_words_for_a_taken_slot_mean_the_same(scene: Scene) -> None:
    await scene.calcom.fault("conflict", "book", count=1)
    with pytest.raises(SlotTaken):
        await scene.calendar.book(BOOKING)

    await scene.calendar.book(BOOKING)
    with pytest.raises(SlotTaken):
        await scene.calendar.book(BOOKING)


async def test_over_the_limit_it_is_left_alone_for_as_long_as_it_says(scene: Scene) -> None:
    await scene.calcom.enter(id=scene.account.id, key=scene.account.key, per_minute=1)
    await somebody_else_asks(scene)

    with pytest.raises(CalendarUnavailable) as first:
        await scene.calendar.free(QUERY)
    with pytest.raises(CalendarUnavailable):
        await scene.calendar.free(QUERY)

    assert first.value.retry_after == 60
    assert await scene.asked() == 2
    scene.now[0] = 61.0
    await scene.calcom.set(advance_seconds=61)
    await scene.calendar.free(QUERY)


LATER = replace(BOOKING, slot=Slot.lasting(MONDAY + timedelta(hours=1), timedelta(minutes=30)))


async def somebody_else_asks(scene: Scene) -> None:
    """With the same key: another process of ours, or the company's own website."""
    client = scene.calendar.client
    await client.http.get(f"{scene.calcom.url}/v2/me", headers={"authorization": f"Bearer {client.terms.key}"})


async def test_after_several_failures_it_rests_and_is_then_knocked_at_once(scene: Scene) -> None:
    await scene.calcom.fault("status", "slots")
    for _ in range(2):
        with pytest.raises(CalendarUnavailable):
            await scene.calendar.free(QUERY)

    before = await scene.asked()
    with pytest.raises(CalendarUnavailable) as shut:
        await scene.calendar.free(QUERY)

    assert (before, await scene.asked()) == (5, 5)
    assert shut.value.retry_after
    await scene.calcom.heal()
    scene.now[0] = 21.0
    assert await scene.calendar.free(QUERY)


@pytest.mark.parametrize(("fault", "raised"), [("conflict", SlotTaken), ("status", CalendarRefused)])
async def test_a_no_proves_that_it_is_well_again(scene: Scene, fault: str, raised: type[Exception]) -> None:
    await scene.calcom.fault("status", "slots")
    for _ in range(2):
        with pytest.raises(CalendarUnavailable):
            await scene.calendar.free(QUERY)
    await scene.calcom.heal()
    scene.now[0] = 21.0

    await scene.calcom.fault(fault, "book", count=1, status=400)
    with pytest.raises(raised):
        await scene.calendar.book(BOOKING)

    assert (await scene.calendar.free(QUERY))[ANA]


async def test_a_key_that_is_no_longer_good_is_no_refusal_of_what_was_asked(scene: Scene) -> None:
    client = scene.calendar.client
    stranger = CalcomTerms(TenantId(7), "casa", client.terms.base_url, "cal_gone", client.terms.event_types)

    with pytest.raises(CalendarUnavailable):
        await CalcomCalendar(CalcomClient(client.http, stranger, Lines())).book(BOOKING)


async def test_a_service_without_an_event_type_is_refused_before_anybody_is_asked(scene: Scene) -> None:
    other = CalendarBooking(AppointmentId(1), ANA, ServiceId(9), SLOT, BOOKING.attendee)

    with pytest.raises(CalendarRefused):
        await scene.calendar.book(other)

    assert await scene.asked() == 0


async def test_nothing_but_a_name_a_number_and_a_zone_is_told_of_a_person(scene: Scene) -> None:
    await scene.calendar.book(BOOKING)

    (call,) = (await scene.calcom.calls()).requests
    assert call.body == {
        "eventTypeId": call.body["eventTypeId"],
        "start": "2031-03-03T12:00:00.000Z",
        "attendee": {
            "name": "Bia",
            "phoneNumber": "+5531987654321",
            "timeZone": "America/Sao_Paulo",
            "language": "pt-BR",
        },
        "metadata": {"secretaria": "casa.1"},
    }


async def test_what_is_raised_names_neither_person_nor_booking_nor_key(scene: Scene) -> None:
    uid = await scene.calendar.book(BOOKING)

    with pytest.raises(SlotTaken) as taken:
        await scene.calendar.book(BOOKING)
    with pytest.raises(CalendarRefused) as early:
        await scene.calendar.mark_absent(uid)

    for text in (str(taken.value), str(early.value), repr(scene.calendar)):
        assert not any(secret in text for secret in (uid, "Bia", "987654321", scene.account.key))


@pytest.mark.parametrize("status", [404, 403])
async def test_a_move_that_cannot_be_followed_hides_no_other_change(scene: Scene, status: int) -> None:
    ref = await scene.calendar.book(BOOKING)
    moved = await scene.calendar.reschedule(ref, LATER)
    await scene.calcom.set(advance_seconds=1)
    await scene.calendar.cancel(moved, "")
    await scene.calcom.fault("status", "get", status=status)

    changes = await scene.calendar.changed_since(MONDAY - timedelta(days=9_000), limit=1)

    await scene.calcom.heal()
    assert [(one.ref, one.state) for one in changes] == [(ref, EntryState.LOST)]
    rest = await scene.calendar.changed_since(changes[0].changed_at)
    assert (rest[-1].ref, rest[-1].state) == (moved, EntryState.CANCELLED)
