"""After the end: who came and who did not, what is assumed, and that nobody is accused of what they could not help."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from adapters.postgres.work import PostgresWork
from application.agenda.reschedule_appointment import Move
from application.follow_ups.read_follow_ups import ReadFollowUps
from domain.agenda.appointment import Appointment
from domain.shared.ids import TenantId
from tests.builders.agenda import DESK, Practice, at
from tests.builders.unasked import Days


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


async def booked(days: Days, *, day: int = 7, hour: int = 14) -> Appointment:
    return await days.practice.book(at(hour, days=day), await days.client())


async def test_who_confirmed_is_taken_to_have_come_and_is_asked_the_day_after_how_it_was(days: Days):
    appointment = await booked(days)
    await days.pass_to(at(15, days=6))
    await days.answer(appointment.contact, "sim")

    await days.pass_to(at(15, 40, days=7))
    assert await days.status(appointment.id) == "kept"
    await days.pass_to(at(14, 31, days=8))

    assert "Como foi o seu atendimento de Consulta com Dra. Marina?" in (await days.told(appointment.contact))[-1]


async def test_who_was_asked_and_never_answered_is_missed_told_so_and_kept_as_feedback(days: Days):
    appointment = await booked(days)

    await days.pass_to(at(15, 30, days=7))
    assert await days.status(appointment.id) == "missed"
    said = len(await days.told(appointment.contact))
    await days.pass_to(at(17, 31, days=7))

    told = await days.told(appointment.contact)
    assert len(told) == said + 1
    assert "Não registramos a sua presença no horário de Consulta, hoje às 14h." in told[-1]
    events = await days.rows("select source, comment from feedback_events")
    assert events == [{"source": "no_show", "comment": "Cliente não compareceu"}]


async def test_what_was_assumed_wrongly_is_set_right_before_anybody_reads_of_it(days: Days):
    appointment = await booked(days)
    await days.pass_to(at(15, 45, days=7))
    said = len(await days.told(appointment.contact))

    await days.practice.agenda.attendance.kept(days.practice.tenant, appointment.id, DESK)
    await days.pass_to(at(20, days=7))
    assert len(await days.told(appointment.contact)) == said

    await days.pass_to(at(16, days=8))
    assert "Como foi" in (await days.told(appointment.contact))[-1]


async def test_the_desk_is_not_overruled_by_an_assumption_that_was_being_made_when_it_spoke(days: Days):
    appointment, practice = await booked(days), days.practice

    @asynccontextmanager
    async def interrupted(tenant: TenantId) -> AsyncIterator[PostgresWork]:
        """The desk speaks when all that an assumption rests on has been read."""
        async with practice.open_work(tenant) as work:
            yield work
        await practice.agenda.attendance.kept(practice.tenant, appointment.id, DESK)

    check = replace(days.unasked.check, open_work=interrupted)
    days.unasked = replace(days.unasked, check=check)
    await days.pass_to(at(15, 45, days=7))

    assert ("no_show.check", "said_before") in days.ran
    assert await days.status(appointment.id) == "kept"


async def test_what_the_desk_says_is_not_overruled_by_what_would_be_assumed(days: Days):
    appointment = await booked(days)
    days.practice.go_to(at(14, 20, days=7))
    await days.practice.agenda.attendance.missed(days.practice.tenant, appointment.id, DESK)

    await days.pass_to(at(16, days=7))

    assert await days.status(appointment.id) == "missed"


async def test_while_the_calendar_is_asked_nothing_is_assumed_and_nothing_forgotten(days: Days):
    appointment = await days.practice.book(at(14, days=7))
    days.practice.go_to(at(13, days=7))
    days.practice.line.deaf = True
    await days.practice.agenda.reschedule(days.practice.tenant, appointment.id, Move(at(15, days=8)), DESK)

    await days.pass_to(at(15, 40, days=7))
    assert await days.status(appointment.id) == "booked"
    assert ("no_show.check", "put_off") in days.ran

    days.practice.line.deaf = False
    await days.practice.agenda.settle.now(days.practice.tenant, appointment)
    await days.pass_to(at(16, 40, days=8))
    assert await days.status(appointment.id) == "kept"


async def test_nobody_is_accused_who_could_not_be_asked(days: Days):
    appointment = await days.practice.book(at(14, days=7))

    await days.pass_to(at(16, days=7))

    assert await days.status(appointment.id) == "kept"


async def test_whoever_wrote_something_that_nobody_understood_is_not_accused(days: Days):
    appointment = await booked(days)
    await days.pass_to(at(15, days=6))
    assert await days.answer(appointment.contact, "kkkk") is None

    await days.pass_to(at(16, days=7))

    assert await days.status(appointment.id) == "kept"


async def test_who_said_that_they_cannot_come_is_taken_to_have_stayed_away(days: Days):
    appointment = await booked(days)
    await days.pass_to(at(15, days=6))
    await days.answer(appointment.contact, "não vou poder")

    await days.pass_to(at(16, days=7))

    assert await days.status(appointment.id) == "missed"


async def test_what_was_said_of_the_old_time_says_nothing_of_the_new_one(days: Days):
    appointment = await booked(days)
    await days.pass_to(at(15, days=6))
    await days.answer(appointment.contact, "não vou poder, pode remarcar?")
    await days.practice.agenda.reschedule(days.practice.tenant, appointment.id, Move(at(14, days=8)), DESK)
    await days.pass_to(at(13, 30, days=8))
    await days.answer(appointment.contact, "sim")

    await days.pass_to(at(16, days=8))

    assert await days.status(appointment.id) == "kept"


async def test_the_share_of_those_who_came_is_counted(days: Days):
    first, second = await booked(days, hour=9), await booked(days, hour=10)
    days.practice.go_to(at(11, days=7))
    await days.practice.agenda.attendance.kept(days.practice.tenant, first.id, DESK)
    await days.practice.agenda.attendance.missed(days.practice.tenant, second.id, DESK)

    reading = ReadFollowUps(days.practice.open_work, days.practice.agenda.zones, lambda: days.practice.now)
    presence = await reading.presence(days.practice.tenant, at(0), at(0, days=30))

    assert presence.rate == 0.5
