"""What a company sets about reminders, silence and the question afterwards is what its clients live through."""

from __future__ import annotations

from datetime import timedelta

import pytest

from application.reminders.keep_manners import KeepManners
from domain.agenda.appointment import Appointment
from domain.reminders.cadence import Kind
from domain.reminders.manners import Manners
from domain.reminders.quiet_hours import QuietHours
from tests.builders.agenda import Practice, at
from tests.builders.unasked import Days


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


async def set_to(days: Days, manners: Manners) -> None:
    await KeepManners(days.practice.open_work).put(days.practice.tenant, manners, "user:x")


async def booked(days: Days, hour: int = 14) -> Appointment:
    return await days.practice.book(at(hour, days=7), await days.client())


async def test_what_is_set_comes_back_and_is_on_record(days: Days):
    manners = Manners(frozenset({Kind.HOUR}), QuietHours(19 * 60, 9 * 60 + 30), False, timedelta(hours=2), "Oi!\nE aí?")

    await set_to(days, manners)

    assert await KeepManners(days.practice.open_work).get(days.practice.tenant) == manners
    deeds = await days.practice.pool.fetch("select action from public.audit_log where chain = $1", days.practice.tenant)
    assert "agenda.reminders" in {row["action"] for row in deeds}


async def test_only_the_reminders_that_are_wanted_are_planned(days: Days):
    await set_to(days, Manners(kinds=frozenset({Kind.DAY})))
    appointment = await booked(days)

    await days.pass_to(at(13, 59, days=7))

    told = await days.told(appointment.contact)
    assert len(told) == 1
    assert "amanhã (segunda-feira, 30/11)" in told[0]


async def test_a_reminder_that_is_switched_off_reaches_nobody_any_more(days: Days):
    appointment = await booked(days)
    await set_to(days, Manners(kinds=frozenset({Kind.HOUR})))

    await days.pass_to(at(13, 59, days=7))

    assert len(await days.told(appointment.contact)) == 1
    assert ("reminders.send", "not_wanted") in days.ran


async def test_the_companys_own_silence_is_kept(days: Days):
    """Three days before nine in the morning it is still silent there, and said at ten."""
    await set_to(days, Manners(quiet=QuietHours(begins=18 * 60, ends=10 * 60)))
    appointment = await booked(days, hour=9)

    await days.pass_to(at(9, 59, days=4))
    before = await days.told(appointment.contact)
    await days.pass_to(at(10, 1, days=4))

    assert (len(before), len(await days.told(appointment.contact))) == (0, 1)


async def test_how_it_was_is_asked_when_and_how_the_company_wants_it(days: Days):
    await set_to(days, Manners(after=timedelta(hours=2), question="{nome}, como foi a {servico} com {profissional}?"))
    appointment = await booked(days)
    await days.pass_to(at(15, days=6))
    await days.answer(appointment.contact, "sim")

    await days.pass_to(at(16, 40, days=7))

    assert (await days.told(appointment.contact))[-1] == (
        "Ana, como foi a Consulta com Dra. Marina?\n\nPara não receber mais avisos, responda *sair*."
    )


async def test_who_wants_no_question_asked_has_none_asked(days: Days):
    appointment = await booked(days)
    await days.pass_to(at(15, days=6))
    await days.answer(appointment.contact, "sim")
    await set_to(days, Manners(follow_up=False))

    await days.pass_to(at(18, days=9))

    assert not any("Como foi" in text for text in await days.told(appointment.contact))
