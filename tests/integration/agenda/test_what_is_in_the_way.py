"""What a look for a time goes around: everybody's appointments and holds, but not one's own, nor what is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from application.agenda.look import Wanted
from domain.agenda.slot import Slot
from domain.shared.ids import AppointmentId, ContactId
from tests.builders.agenda import Practice, at


async def free(
    practice: Practice, contact: ContactId | None = None, moved: AppointmentId | None = None
) -> set[datetime]:
    wanted = Wanted(practice.visit, Slot(at(8), at(12)), practice.doctor, contact, moved, limit=100)
    return {each.free.slot.starts for each in await practice.agenda.find_slots(practice.tenant, wanted)}


async def test_a_hold_is_in_the_way_of_everybody_but_who_holds_it_until_it_lapses(practice: Practice):
    holder, other = await practice.client("Ana"), await practice.client("Bia")
    hold = await practice.agenda.hold_slot(practice.tenant, practice.wish(holder, at(9)))

    assert at(9) in await free(practice, holder)
    assert at(9) not in await free(practice, other)
    assert at(9) not in await free(practice)

    practice.go_to(hold.until - timedelta(microseconds=1))
    assert at(9) not in await free(practice, other)
    practice.go_to(hold.until)
    assert {at(9)} <= await free(practice, other) & await free(practice)


async def test_an_appointment_is_in_its_owners_way_too_unless_it_is_the_one_to_be_moved(practice: Practice):
    owner = await practice.client()
    first, second = await practice.book(at(9), owner), await practice.book(at(10), owner)

    assert not {at(9), at(10)} & await free(practice, owner)
    assert {at(9), at(10)} & await free(practice, owner, first.id) == {at(9)}
    assert {at(9), at(10)} & await free(practice, owner, second.id) == {at(10)}


async def test_a_second_that_is_begun_is_taken(practice: Practice):
    """No appointment of ours has fractions of a second; one that a calendar elsewhere sent might."""
    owner = await practice.client()
    await practice.pool.execute(
        f"insert into tenant_{practice.tenant}.agenda_places (professional_id, busy, contact_id, held_until)"
        " values ($1, tstzrange($2, $3), $4, '2100-01-01')",
        practice.doctor,
        at(9),
        at(9, 30) + timedelta(milliseconds=1),
        owner,
    )

    assert not {at(9), at(9, 30)} & await free(practice)
