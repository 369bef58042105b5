"""After the end: who came, who did not, what they are told, and what they say of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.postgres.work import PostgresWork
from application.agenda.reschedule_appointment import Move
from application.follow_ups.ports import FollowUpId, NotAsked, Status, WhyNotAsked
from application.follow_ups.read_follow_ups import ReadFollowUps, Wish
from domain.agenda.appointment import Appointment
from domain.follow_ups.replies import Intent
from domain.shared.ids import TenantId
from tests.builders.agenda import DESK, Practice, at
from tests.builders.unasked import Days


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


async def booked(days: Days, *, day: int = 7, hour: int = 14) -> Appointment:
    return await days.practice.book(at(hour, days=day), await days.client())


def reading(days: Days) -> ReadFollowUps:
    return ReadFollowUps(days.practice.open_work, days.practice.agenda.zones, lambda: days.practice.now)


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
    assert "Não registramos a sua presença no horário de Consulta, hoje às 14:00." in told[-1]
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


async def kept_and_asked(days: Days) -> Appointment:
    appointment = await booked(days)
    await days.pass_to(at(15, days=6))
    await days.answer(appointment.contact, "sim")
    await days.pass_to(at(15, days=8))
    return appointment


async def test_a_glad_answer_is_kept_and_thanked_for(days: Days):
    appointment = await kept_and_asked(days)

    ending = await days.answer(appointment.contact, "foi ótimo, adorei!")

    assert ending is not None
    assert "Que bom saber disso" in (ending.say or "")
    [event] = await days.rows("select source, intent, comment from feedback_events")
    assert event == {"source": "follow_up", "intent": "followup_positive", "comment": "foi ótimo, adorei!"}
    overview = await reading(days)(days.practice.tenant)
    assert (overview.asked, overview.answered, overview.response_rate) == (1, 1, 1.0)
    assert [(one.positive, one.negative) for one in overview.satisfaction] == [(1, 0)]


async def test_who_wants_the_next_time_goes_straight_on_to_booking(days: Days):
    appointment = await kept_and_asked(days)

    assert await days.answer(appointment.contact, "sim, quero marcar de novo") is None
    assert [event["intent"] for event in await days.rows("select intent from feedback_events")] == ["followup_positive"]


async def test_an_unhappy_answer_reaches_a_person(days: Days):
    appointment = await kept_and_asked(days)

    ending = await days.answer(appointment.contact, "péssimo, atrasaram uma hora")

    assert ending is not None
    async with days.practice.open_work(days.practice.tenant) as work:
        conversation = await work.conversations.get(await days._conversation(appointment.contact))
    ending.then(conversation, days.practice.now)
    assert not conversation.attended_by_assistant


async def test_a_question_is_no_answer_to_how_it_was(days: Days):
    appointment = await kept_and_asked(days)

    assert await days.answer(appointment.contact, "posso tomar banho hoje?") is None


async def test_who_comes_every_day_is_not_asked_every_day(days: Days):
    contact = await days.client()
    for day in (7, 8, 9):
        appointment = await days.practice.book(at(14, days=day), contact)
        days.practice.go_to(at(14, 40, days=day))
        await days.practice.agenda.attendance.kept(days.practice.tenant, appointment.id, DESK)
        await days.pass_to(at(7, days=day + 1))

    await days.pass_to(at(20, days=20))

    assert sum("Como foi" in text for text in await days.told(contact)) == 1


async def test_a_follow_up_is_sent_again_only_where_it_was_not_answered(days: Days):
    appointment = await kept_and_asked(days)
    send = days.unasked.follow_up
    [row] = await days.rows("select id from follow_ups")

    days.practice.go_to(days.practice.now + timedelta(hours=1))
    await send.again(days.practice.tenant, FollowUpId(row["id"]), DESK)
    assert sum("Como foi" in text for text in await days.told(appointment.contact)) == 2

    await days.answer(appointment.contact, "gostei muito")
    with pytest.raises(NotAsked):
        await send.again(days.practice.tenant, FollowUpId(row["id"]), DESK)


async def test_the_share_of_those_who_came_is_counted(days: Days):
    first, second = await booked(days, hour=9), await booked(days, hour=10)
    days.practice.go_to(at(11, days=7))
    await days.practice.agenda.attendance.kept(days.practice.tenant, first.id, DESK)
    await days.practice.agenda.attendance.missed(days.practice.tenant, second.id, DESK)

    presence = await reading(days).presence(days.practice.tenant, at(0), at(0, days=30))

    assert presence.rate == 0.5


async def test_a_second_click_a_moment_later_does_not_ask_the_client_twice(days: Days):
    appointment = await kept_and_asked(days)
    send = days.unasked.follow_up
    [row] = await days.rows("select id from follow_ups")
    days.practice.go_to(days.practice.now + timedelta(hours=1))

    answers = [send.again(days.practice.tenant, FollowUpId(row["id"]), DESK) for _ in range(2)]
    [refused] = [one for one in await asyncio.gather(*answers, return_exceptions=True) if one is not None]
    days.practice.go_to(days.practice.now + timedelta(minutes=2))
    with pytest.raises(NotAsked) as later:
        await send.again(days.practice.tenant, FollowUpId(row["id"]), DESK)

    assert isinstance(refused, NotAsked)
    assert {refused.why, later.value.why} == {WhyNotAsked.JUST_SENT}
    assert sum("Como foi" in text for text in await days.told(appointment.contact)) == 2


async def test_at_night_nobody_is_asked_again(days: Days):
    appointment = await kept_and_asked(days)
    [row] = await days.rows("select id from follow_ups")
    days.practice.go_to(at(22, days=8))

    with pytest.raises(NotAsked) as refused:
        await days.unasked.follow_up.again(days.practice.tenant, FollowUpId(row["id"]), DESK)

    assert refused.value.why is WhyNotAsked.QUIET
    assert sum("Como foi" in text for text in await days.told(appointment.contact)) == 1


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        (Wish(), True),
        (Wish(words="lima"), True),
        (Wish(words="láÇ"), False),
        (Wish(intent=Intent.POSITIVE), True),
        (Wish(intent=Intent.NEGATIVE), False),
        (Wish(status=Status.SENT), False),
        (Wish(status=Status.ANSWERED, back=timedelta(minutes=10)), False),
    ],
)
async def test_follow_ups_are_sifted_by_state_answer_period_and_client(days: Days, wish: Wish, found: bool):
    appointment = await kept_and_asked(days)
    await days.answer(appointment.contact, "foi ótimo, adorei!")

    listed = (await reading(days)(days.practice.tenant, wish)).follow_ups

    assert [(one.appointment, one.times, one.comment) for one in listed] == (
        [(appointment.id, 1, "foi ótimo, adorei!")] if found else []
    )


async def test_when_a_follow_up_is_due_sent_and_answered_stands_in_the_audit_log(days: Days):
    appointment = await kept_and_asked(days)
    await days.answer(appointment.contact, "atendimento nota 10")

    entries = await days.practice.pool.fetch(
        "select action, after from public.audit_log where chain = $1 and subject = $2 and action like 'followup%'"
        " order by number",
        days.practice.tenant,
        f"appointment:{appointment.id}",
    )

    assert [entry["action"] for entry in entries] == ["followup_next_scheduled", "followup_sent", "followup_response"]
    assert "2026-12-01T" in str(entries[0]["after"])
