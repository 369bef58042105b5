"""A service is switched off while appointments of it stand: they can still be moved, and nobody is offered another instead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from application.agenda.look import Wanted
from application.agenda.reschedule_appointment import Move
from domain.agenda.appointment import Appointment, Status
from domain.agenda.people import ServiceNotFound
from domain.agenda.slot import Slot
from domain.shared.ids import ContactId
from tests.builders.agenda import DESK, Practice, at
from tests.integration.agenda.test_booking_by_menu import Talk, talk_of


async def switched_off(practice: Practice) -> None:
    """There is another service before it in the list, and of this one nothing new."""
    setup = practice.agenda.set_up
    [gone] = [each for each in await setup.services(practice.tenant) if each.id == practice.visit]
    await setup.put_service(practice.tenant, replace(gone, active=False), "user:x")


@pytest.fixture
async def ana(practice: Practice) -> Talk:
    practice.visit = await practice.service("Avaliação")
    return await talk_of(practice)


async def booked_before(practice: Practice, contact: ContactId | None = None) -> Appointment:
    appointment = await practice.book(at(9, days=1), contact)
    await switched_off(practice)
    return appointment


async def test_what_was_booked_before_is_moved_by_the_desk(practice: Practice):
    appointment = await booked_before(practice)
    window = Slot(at(0, days=1), at(24, days=1))

    found = await practice.agenda.find_slots(practice.tenant, Wanted(practice.visit, window, moved=appointment.id))
    moved = await practice.agenda.reschedule(practice.tenant, appointment.id, Move(at(14, days=1)), DESK)

    assert at(14, days=1) in [each.free.slot.starts for each in found]
    assert (moved.status, moved.slot.starts) == (Status.RESCHEDULED, at(14, days=1))


async def test_nothing_new_is_booked_or_shown(practice: Practice):
    await booked_before(practice)

    with pytest.raises(ServiceNotFound):
        await practice.book(at(15, days=1))
    with pytest.raises(ServiceNotFound):
        await practice.free(day=1)


async def test_the_menu_calls_a_person_for_the_move_and_offers_no_other_services_times(practice: Practice, ana: Talk):
    await booked_before(practice, ana.contact)

    told = await ana.say("quero remarcar para amanhã às 14h")

    assert "o seu horário continua valendo" in told
    assert ana.said[-1].person_wanted
    assert "Posso mudar" not in told


async def test_a_service_that_goes_while_its_times_are_being_looked_at_is_not_swapped_for_another(
    practice: Practice, ana: Talk
):
    await ana.say("quero marcar uma avaliação")
    await switched_off(practice)

    told = await ana.say("amanhã às 14h")

    assert told.startswith("Não encontrei esse serviço.")
    assert await practice.entries() == []
