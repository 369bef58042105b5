"""An appointment goes to another professional: one row for it, both places taken until the calendar agreed, one person a slot."""

from __future__ import annotations

import asyncio

import pytest

from application.agenda.keep import Asker
from application.agenda.reschedule_appointment import Move
from application.agenda.work import Listed
from domain.agenda.appointment import Appointment, Owed, SlotTaken, Status, TooLateToChange, Unsettled
from domain.agenda.people import DoesNotDoThat, Professional, ProfessionalNotFound
from domain.agenda.slot import Slot
from domain.shared.ids import ProfessionalId
from tests.builders.agenda import DESK, WEEKDAYS, Practice, at
from tests.integration.agenda.test_calendar_troubles import kept, run_the_job


@pytest.fixture
async def other(practice: Practice) -> ProfessionalId:
    return await practice.professional("Dr. Paulo")


async def hand_over(
    practice: Practice, appointment: Appointment, to: ProfessionalId, hour: int = 9, asker: Asker = DESK
) -> Appointment:
    return await practice.agenda.reschedule(practice.tenant, appointment.id, Move(at(hour), professional=to), asker)


async def places(practice: Practice) -> list[tuple[int, int]]:
    rows = await practice.pool.fetch(
        "select professional_id, extract(hour from lower(busy) at time zone 'America/Sao_Paulo')::int as hour"
        f" from tenant_{practice.tenant}.agenda_places order by 1, 2"
    )
    return [tuple(row) for row in rows]


async def test_the_same_hour_at_somebody_elses_frees_the_first_ones_time(practice: Practice, other: ProfessionalId):
    appointment = await practice.book(at(9))

    moved = await hand_over(practice, appointment, other)

    assert (moved.professional, moved.slot, moved.status) == (other, appointment.slot, Status.RESCHEDULED)
    assert moved.version > appointment.version
    assert await places(practice) == [(other, 9)]
    [entry] = await practice.calendar.changed_since(at(0, days=-30))
    assert (entry.professional, entry.slot, str(entry.ref)) == (other, moved.slot, moved.ref)
    await practice.book(at(9))
    view = await practice.agenda.appointments.one(practice.tenant, appointment.id)
    assert view.professional_name == "Dr. Paulo"


async def test_to_who_has_it_already_nothing_is_changed(practice: Practice):
    appointment = await practice.book(at(9))

    assert await hand_over(practice, appointment, practice.doctor) == appointment


async def test_a_time_that_the_other_one_gave_away_is_refused_and_all_stays(practice: Practice, other: ProfessionalId):
    mine = await practice.book(at(9))
    doctor, practice.doctor = practice.doctor, other
    await practice.book(at(9))
    practice.doctor = doctor

    with pytest.raises(SlotTaken):
        await hand_over(practice, mine, other)

    assert await kept(practice, mine) == mine
    assert await places(practice) == [(doctor, 9), (other, 9)]


async def test_who_does_not_do_it_or_is_nobody_does_not_get_it(practice: Practice, other: ProfessionalId):
    practice.visit = await practice.service("Só dela", professionals=frozenset({practice.doctor}))
    mine = await practice.book(at(9))

    with pytest.raises(DoesNotDoThat):
        await hand_over(practice, mine, other)
    with pytest.raises(ProfessionalNotFound):
        await hand_over(practice, mine, ProfessionalId(10**9))

    assert await kept(practice, mine) == mine


async def test_who_left_the_clinic_hands_on_what_they_had(practice: Practice, other: ProfessionalId):
    mine = await practice.book(at(9))
    gone = Professional("Dra. Marina", WEEKDAYS, active=False, id=practice.doctor)
    await practice.agenda.set_up.put_professional(practice.tenant, gone, "user:x")

    assert (await hand_over(practice, mine, other)).professional == other
    with pytest.raises(DoesNotDoThat):
        await hand_over(practice, mine, practice.doctor)


async def test_a_client_gives_the_same_notice_as_for_another_time(practice: Practice, other: ProfessionalId):
    practice.visit = await practice.service("Com aviso", notice=at(9) - at(7))
    mine = await practice.book(at(10))
    practice.go_to(at(8, 1))

    with pytest.raises(TooLateToChange):
        await hand_over(practice, mine, other, 11, Asker.client(mine.contact))
    assert (await hand_over(practice, mine, other, 11)).professional == other


@pytest.mark.parametrize("trouble", ["deaf", "mute"])
async def test_both_places_stay_taken_until_the_calendar_has_agreed(
    practice: Practice, other: ProfessionalId, trouble: str
):
    appointment = await practice.book(at(9))
    setattr(practice.line, trouble, True)

    moving = await hand_over(practice, appointment, other, 10)

    assert (moving.professional, moving.slot.starts, moving.owed) == (practice.doctor, at(9), Owed.MOVE)
    assert (await kept(practice, moving)).wished == (other, Slot(at(10), at(10, 30)))
    assert await places(practice) == [(practice.doctor, 9), (other, 10)]
    with pytest.raises(Unsettled):
        await practice.agenda.cancel(practice.tenant, appointment.id, DESK)

    setattr(practice.line, trouble, False)
    await run_the_job(practice, appointment)

    moved = await kept(practice, appointment)
    assert (moved.professional, moved.slot.starts, moved.moving_professional) == (other, at(10), None)
    assert await places(practice) == [(other, 10)]
    assert await practice.entries() == [("standing", at(10))]


async def test_two_who_swap_and_a_third_who_books_never_share_a_place(practice: Practice, other: ProfessionalId):
    """Each way around at once: nobody waits for somebody who waits for them."""
    doctor = practice.doctor
    mine = await practice.book(at(9))
    practice.doctor = other
    theirs = await practice.book(at(10))

    for _ in range(5):
        ends = await asyncio.gather(
            hand_over(practice, mine, other, 11),
            hand_over(practice, theirs, doctor, 11),
            practice.book(at(11)),
            return_exceptions=True,
        )
        assert all(isinstance(end, Appointment | SlotTaken) for end in ends), ends
        await asyncio.gather(
            hand_over(practice, mine, doctor, 9), hand_over(practice, theirs, other, 10), return_exceptions=True
        )
    everybody = await practice.agenda.appointments(practice.tenant, Listed(Slot(at(0), at(24))))
    held = [(each.appointment.professional, each.appointment.slot.starts.hour - 3) for each in everybody]
    assert await places(practice) == sorted(held)
    assert len(set(held)) == len(held) >= 2
