"""After the visit: they are asked how it was, once, and what they say of it is kept."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from application.follow_ups.ports import FollowUpId, NotAsked, Status, WhyNotAsked
from application.follow_ups.read_follow_ups import ReadFollowUps, Wish
from domain.agenda.appointment import Appointment
from domain.follow_ups.replies import Intent
from tests.builders.agenda import DESK, Practice, at
from tests.builders.unasked import Days


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


async def booked(days: Days, *, day: int = 7, hour: int = 14) -> Appointment:
    return await days.practice.book(at(hour, days=day), await days.client())


def reading(days: Days) -> ReadFollowUps:
    return ReadFollowUps(days.practice.open_work, days.practice.agenda.zones, lambda: days.practice.now)


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


async def test_what_is_asked_beside_a_glad_answer_is_answered_too(days: Days):
    appointment = await kept_and_asked(days)

    ending = await days.answer(appointment.contact, "foi ótimo! posso tomar banho hoje?")

    assert ending is not None
    assert ending.go_on
    assert [event["intent"] for event in await days.rows("select intent from feedback_events")] == ["followup_positive"]


async def test_harm_reaches_a_person_though_it_is_put_as_a_question(days: Days):
    appointment = await kept_and_asked(days)

    ending = await days.answer(appointment.contact, "meu rosto está ardendo muito, é assim mesmo?")

    assert ending is not None
    assert not ending.go_on
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
