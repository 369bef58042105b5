"""Never two people in one slot: under a crowd, around buffers and holds, and when the program's own rule is gone."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest

from domain.agenda.appointment import Appointment, SlotTaken, Status
from domain.agenda.diary import Place
from domain.agenda.slot import Slot
from domain.shared.errors import Refused
from tests.builders.agenda import DESK, Practice, at

CROWD = 100


async def test_a_hundred_people_want_one_slot_and_one_gets_it(practice: Practice):
    people = [await practice.client(f"Cliente {place}") for place in range(CROWD)]

    ends = await asyncio.gather(*(practice.book(at(9), each) for each in people), return_exceptions=True)

    won = [end for end in ends if isinstance(end, Appointment)]
    assert [type(end) for end in ends if not isinstance(end, Appointment)] == [SlotTaken] * (CROWD - 1)
    assert [each.status for each in won] == [Status.BOOKED]
    assert await practice.entries() == [("standing", at(9))]
    assert at(9) not in await practice.free()


async def test_a_crowd_that_wants_overlapping_times_gets_as_many_as_fit(practice: Practice):
    starts = [at(9) + timedelta(minutes=15 * (place % 8)) for place in range(40)]
    people = [await practice.client() for _ in starts]

    ends = await asyncio.gather(
        *(practice.book(start, each) for start, each in zip(starts, people, strict=True)), return_exceptions=True
    )

    assert all(isinstance(end, (Appointment, Refused)) for end in ends)
    won = sorted(end.slot for end in ends if isinstance(end, Appointment))
    assert 3 <= len(won) <= 5
    assert all(earlier.ends <= later.starts for earlier, later in pairwise(won))
    assert [starts for _, starts in await practice.entries()] == [slot.starts for slot in won]


async def test_a_crowd_of_holds_is_one_hold_too(practice: Practice):
    people = [await practice.client() for _ in range(20)]

    ends = await asyncio.gather(
        *(practice.agenda.hold_slot(practice.tenant, practice.wish(each, at(9))) for each in people),
        return_exceptions=True,
    )

    assert sum(not isinstance(end, BaseException) for end in ends) == 1
    assert {type(end) for end in ends if isinstance(end, BaseException)} == {SlotTaken}


async def test_the_database_refuses_what_no_rule_looked_at(practice: Practice):
    appointment = await practice.book(at(9))
    place = Place(Slot(at(9, 29), at(10)), appointment=appointment.id)

    async with practice.open_work(practice.tenant) as work:
        with pytest.raises(SlotTaken):
            await work.places.take(practice.doctor, place, practice.now)


async def test_buffers_keep_their_distance_on_both_sides(practice: Practice):
    practice.visit = await practice.service("Com folga", 30, before=10, after=20)
    await practice.book(at(10))

    for wanted in (at(9, 15), at(10, 45)):
        with pytest.raises(SlotTaken):
            await practice.book(wanted)
    await practice.book(at(9))
    await practice.book(at(11))

    assert [start for start in await practice.free() if at(8) < start < at(12)] == []


async def test_two_professionals_attend_at_the_same_time(practice: Practice):
    first = await practice.book(at(9))
    practice.doctor = await practice.professional("Dr. Paulo")

    second = await practice.book(at(9))

    assert first.slot == second.slot
    assert len(await practice.entries()) == 2


async def test_who_books_for_somebody_without_asking_the_hours_still_takes_nobodys_place(practice: Practice):
    client, other = await practice.client(), await practice.client()
    late = practice.wish(client, at(21, 7), anyway=True)
    await practice.agenda.book(practice.tenant, late, DESK)

    with pytest.raises(SlotTaken):
        await practice.agenda.book(practice.tenant, practice.wish(other, at(21, 20), anyway=True), DESK)
