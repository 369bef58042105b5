"""A time is offered in place of one that the calendar is still being asked about: nobody is said to have been faster."""

from __future__ import annotations

import pytest

from application.agenda.keep import Asker
from application.agenda.reschedule_appointment import Move
from application.reminders.offer_texts import OFFER_PENDING, OFFER_WAITS
from domain.agenda.appointment import Appointment
from domain.shared.ids import ContactId
from tests.builders.agenda import Practice, at
from tests.builders.unasked import Days
from tests.builders.waiting import freed, standing, taken, waiting


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


async def offered_in_place_of_their_own(days: Days) -> tuple[ContactId, Appointment]:
    """Nine o'clock, to Ana, who has a time two days later; Bia is next in line."""
    appointment = await taken(days)
    ana = await waiting(days, "Ana")
    await waiting(days, "Bia")
    own = await days.practice.book(at(15, days=9), ana)
    await freed(days, appointment)
    return ana, own


async def moving_in_silence(days: Days, own: Appointment, move: Move) -> None:
    practice = days.practice
    practice.line.deaf = True
    await practice.agenda.reschedule(practice.tenant, own.id, move, Asker.client(own.contact))
    practice.line.deaf = False


async def test_a_yes_while_an_earlier_change_is_being_settled_leaves_the_offer_open_for_another_yes(days: Days):
    ana, own = await offered_in_place_of_their_own(days)
    await moving_in_silence(days, own, Move(at(16, days=9)))

    first = await days.answer(ana, "sim")
    assert first is not None
    assert first.say == OFFER_WAITS
    assert await standing(days) == {"Ana": "offered", "Bia": "waiting"}
    days.actors.append("agenda.settle")
    await days.pass_to(at(10, 8))
    second = await days.answer(ana, "sim")

    assert second is not None
    assert (second.say or "").startswith("Prontinho, troquei o seu horário")
    assert await standing(days) == {"Ana": "served", "Bia": "waiting"}


async def test_a_yes_whose_swap_was_begun_in_a_turn_that_was_lost_is_pending_and_not_gone(days: Days):
    ana, own = await offered_in_place_of_their_own(days)
    await moving_in_silence(days, own, Move(at(9, days=7), anyway=True))

    ending = await days.answer(ana, "sim")

    assert ending is not None
    assert ending.say == OFFER_PENDING
    assert await standing(days) == {"Ana": "served", "Bia": "waiting"}


async def test_an_offer_that_is_being_swapped_for_does_not_lapse(days: Days):
    _, own = await offered_in_place_of_their_own(days)
    await moving_in_silence(days, own, Move(at(9, days=7), anyway=True))

    await days.pass_to(at(13))

    assert ("agenda.lapse_offer", "taken") in days.ran
    assert await standing(days) == {"Ana": "served", "Bia": "waiting"}
