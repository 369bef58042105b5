"""What the boards read of the agenda is not only declared: over a busy fortnight every counter of it moves."""

from __future__ import annotations

import pytest
from prometheus_client import Counter

from adapters.telemetry import agenda_metrics, metrics
from application.agenda.keep import Asker
from application.agenda.reschedule_appointment import Move
from domain.agenda.appointment import SlotTaken
from domain.agenda.slot import Slot
from domain.agenda.waiting import Wait
from domain.shared.ids import ContactId
from tests.builders.agenda import DESK, Practice, at
from tests.builders.unasked import Days

PROMISED = {
    "secretaria_appointments_booked_total",
    "secretaria_appointments_cancelled_total",
    "secretaria_appointments_fell_through_total",
    "secretaria_appointments_refused_total",
    "appointment_confirmed_total",
    "appointment_rescheduled_total",
    "appointment_kept_total",
    "appointment_no_show_total",
    "appointment_reminders_sent_total",
    "appointment_reminders_left_out_total",
    "appointment_answers_total",
    "appointment_waiting_offers_total",
    "appointment_followups_sent_total",
    "appointment_followups_positive_total",
    "appointment_followups_negative_total",
    "appointment_followups_feedback_total",
    "secretaria_opted_out_total",
}
"""The releases' families, member by member: secretaria_appointments_*, appointment_*_total, appointment_followups_*."""

OUTCOMES = {"sent", "taken", "declined", "lapsed"}


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


def counted() -> dict[str, float]:
    """All that is counted in agenda_metrics, whatever the labels."""
    mine = [each for each in vars(agenda_metrics).values() if isinstance(each, Counter)]
    tables = [each for each in vars(agenda_metrics).values() if isinstance(each, dict)]
    mine += [one for each in tables for one in each.values() if isinstance(one, Counter)]
    return {
        f"{each._name}_total": sum(s.value for s in each.collect()[0].samples if s.name.endswith("_total"))
        for each in mine
    }


def offers() -> dict[str, float]:
    samples = agenda_metrics.OFFERS.collect()[0].samples
    found: dict[str, float] = dict.fromkeys(OUTCOMES, 0)
    for sample in samples:
        if sample.name.endswith("_total"):
            found[sample.labels["outcome"]] += sample.value
    return found


async def test_every_counter_of_the_agenda_moves_in_a_busy_fortnight(days: Days):
    before = counted()

    await changes_by_the_desk(days)
    await what_the_calendar_refuses(days)
    contacts = await reminders_and_answers(days)
    await follow_ups(days, contacts)

    after = counted()
    assert set(after) == PROMISED
    assert [name for name in sorted(after) if after[name] <= before[name] and name != OFFERED] == []
    page = metrics.exposition().decode()
    assert [name for name in PROMISED if f"# HELP {name} " not in page] == []


OFFERED = "appointment_waiting_offers_total"
"""Has a test of its own."""


async def changes_by_the_desk(days: Days) -> None:
    practice = days.practice
    appointment = await practice.book(at(9, days=7), await days.client())
    with pytest.raises(SlotTaken):
        await practice.book(at(9, days=7))
    await practice.agenda.reschedule(practice.tenant, appointment.id, Move(at(10, days=7)), DESK)
    await practice.agenda.cancel(practice.tenant, appointment.id, Asker.client(appointment.contact))


async def what_the_calendar_refuses(days: Days) -> None:
    practice = days.practice
    first = await practice.book(at(17, days=7))
    async with practice.open_work(practice.tenant) as work:
        await work.places.give_back(first.id)
        await work.commit()
    with pytest.raises(SlotTaken):
        await practice.book(at(17, days=7))


async def reminders_and_answers(days: Days) -> list[ContactId]:
    """Three who come, one who does not, one who wants no more letters."""
    practice = days.practice
    contacts = [await days.client(name) for name in ("Ana", "Bia", "Caio", "Davi")]
    for hour, contact in zip((13, 14, 15, 16), contacts, strict=True):
        await practice.book(at(hour, days=7), contact)
    gone = await days.client("Eva")
    await practice.book(at(11, days=7), gone)
    await days.answer(gone, "não quero mais receber mensagens")
    await days.pass_to(at(17, days=6))
    for contact in contacts[:3]:
        await days.answer(contact, "sim")
    return contacts[:3]


async def follow_ups(days: Days, contacts: list[ContactId]) -> None:
    await days.pass_to(at(18, days=8))
    for contact, text in zip(
        contacts, ("foi ótimo, adorei!", "péssimo, não gostei", "a sala estava fria"), strict=True
    ):
        await days.answer(contact, text)


async def test_an_offer_is_counted_when_it_is_made_and_by_what_came_of_it(days: Days):
    before, practice = offers(), days.practice
    appointment = await practice.book(at(9, days=7))
    names = ("Ana", "Bia", "Caio")
    waiting = [await days.client(name) for name in names]
    for contact in waiting:
        wait = Wait(contact, practice.visit, Slot(at(9, days=7), at(9, 30, days=7)), practice.doctor)
        await practice.agenda.waiting.add(practice.tenant, wait, "user:x")
    practice.go_to(at(10))
    await practice.agenda.cancel(practice.tenant, appointment.id, DESK)
    await days.pass_to(at(10, 2))

    await days.answer(waiting[0], "não, obrigada")
    await days.run_due()
    await days.pass_to(at(10, 45))
    await days.answer(waiting[2], "sim")

    assert {outcome: count - before[outcome] for outcome, count in offers().items()} == {
        "sent": 3,
        "declined": 1,
        "lapsed": 1,
        "taken": 1,
    }
