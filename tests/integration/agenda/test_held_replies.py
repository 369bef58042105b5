"""What the claim gate held, as the company reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from application.agenda.chat.ports import HeldCount
from application.agenda.chat.read_held import HeldReplies, ReadHeld
from application.assistant.truth import HeldClaim
from tests.builders.agenda import Practice
from tests.builders.unasked import Days

LIE = HeldClaim("nothing_booked", "Marcado para sexta às 9h!", "Ainda não há nada marcado.", rewritten=False)
SLIP = HeldClaim("not_offered", "Tenho às 10h.", "Deixe-me ver a agenda.", rewritten=True)


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


async def read(days: Days) -> HeldReplies:
    return await ReadHeld(days.practice.open_work, lambda: days.practice.now)(days.practice.tenant)


async def hold(days: Days, claim: HeldClaim, asked: str, *, ago: timedelta = timedelta(0)) -> None:
    contact = await days.client(f"Ana {asked}")
    talk = await days._conversation(contact)
    message = await days._message(talk, asked)
    await days.say(contact, claim.instead, message)
    async with days.practice.open_work(days.practice.tenant) as work:
        await work.booking_talks.add_held(talk, message, [claim])
        await work.commit()
    at = days.practice.now - ago
    await days._sql("update held_claims set created_at = $2 where answers_to = $1", message, at)
    await days._sql("update outgoing set created_at = $2 where answers_to = $1", message, at)


async def test_nothing_was_held_yet(days: Days):
    assert await read(days) == HeldReplies([], HeldCount(0, 0, 0))


async def test_a_held_reply_is_told_with_what_was_asked_and_what_was_read_instead(days: Days):
    await hold(days, LIE, "marcou?", ago=timedelta(hours=2))
    await hold(days, SLIP, "tem hora?")
    await hold(days, LIE, "e antes?", ago=timedelta(days=31))

    found = await read(days)

    assert [(one.name, one.asked, one.claim) for one in found.replies] == [
        ("Ana tem hora?", "tem hora?", SLIP),
        ("Ana marcou?", "marcou?", LIE),
    ]
    assert found.count == HeldCount(held=2, rewritten=1, replies=2)
