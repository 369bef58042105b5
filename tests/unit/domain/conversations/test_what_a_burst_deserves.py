"""Silence, a fixed sentence, or an answer that was thought about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.assistant.attendance import Absence
from domain.conversations.conversation import Conversation, Holder, Reason
from domain.conversations.inbound import Kind
from domain.conversations.loop_guard import Line
from domain.conversations.turn import (
    Burst,
    HandOver,
    Politely,
    SayClosed,
    SayEnough,
    Silence,
    StopLoop,
    Think,
    Unanswered,
    Verdict,
    judge,
)
from tests.unit.domain.conversations.test_bursts import START, a_message
from tests.unit.domain.conversations.test_who_holds_a_conversation import a_conversation

LIMIT = timedelta(minutes=30)


def judged(*texts: str, conversation: Conversation | None = None, absence: Absence | None = None, lines=()) -> Verdict:
    burst = Burst.told_in_order([a_message(n, n, text) for n, text in enumerate(texts)])
    return judge(
        burst, conversation or a_conversation(), absence=absence, lines=list(lines), age_limit=LIMIT, now=START
    )


def test_ordinary_words_are_thought_about_as_one_message():
    assert judged("oi", "quanto custa?") == Think("oi\nquanto custa?")


def test_asking_for_a_person_in_any_piece_of_the_burst_hands_over():
    assert judged("oi", "quero falar com um atendente") == HandOver()


@pytest.mark.parametrize("holder", [Holder.PERSON, Holder.WAITING, Holder.CLOSED])
def test_nothing_is_said_while_a_person_has_the_conversation(holder: Holder):
    assert judged("oi", conversation=a_conversation(holder, Reason.ASKED)) == Silence(Unanswered.HELD)


def test_a_conversation_that_waits_because_the_model_was_away_is_still_tried():
    assert judged("oi", conversation=a_conversation(Holder.WAITING, Reason.DEGRADED)) == Think("oi")


def test_an_assistant_that_is_switched_off_says_nothing():
    assert judged("oi", absence=Absence.DISABLED) == Silence(Unanswered.DISABLED)


@pytest.mark.parametrize("absence", [one for one in Absence if one not in (Absence.CLOSED, Absence.ENOUGH)])
def test_every_absence_without_words_is_a_silence_with_its_own_reason(absence: Absence):
    assert judged("oi", absence=absence) == Silence(Unanswered(absence.value))


def test_a_closed_business_says_so_whatever_was_written():
    for texts in (("oi",), ("quero falar com um atendente",), ("",)):
        assert judged(*texts, absence=Absence.CLOSED) == SayClosed()


def test_who_was_answered_often_enough_is_told_and_who_asks_for_a_person_gets_one():
    assert judged("oi", absence=Absence.ENOUGH) == SayEnough()
    assert judged("", absence=Absence.ENOUGH) == SayEnough()
    assert judged("oi", "quero falar com um atendente", absence=Absence.ENOUGH) == HandOver()


@pytest.mark.parametrize("absence", [Absence.CLOSED, Absence.ENOUGH])
def test_neither_is_told_to_an_old_replay_nor_while_a_person_has_the_conversation(absence: Absence):
    old = replace(a_message(1, 0), received_at=START + LIMIT + timedelta(seconds=1))
    late = judge(Burst.told_in_order([old]), a_conversation(), absence=absence, lines=[], age_limit=LIMIT, now=START)

    assert late == Silence(Unanswered.OLD)
    held = judged("oi", absence=absence, conversation=a_conversation(Holder.PERSON, Reason.TAKEOVER))
    assert held == Silence(Unanswered.HELD)


def test_an_old_replay_is_kept_and_not_answered():
    old = replace(a_message(1, 0), received_at=START + LIMIT + timedelta(seconds=1))
    burst = Burst.told_in_order([old])

    assert judge(burst, a_conversation(), absence=None, lines=[], age_limit=LIMIT, now=START) == Silence(Unanswered.OLD)


def test_a_fresh_message_brings_the_old_ones_of_its_burst_along():
    old = replace(a_message(1, 0, "antiga"), received_at=START + timedelta(hours=5))
    burst = Burst.told_in_order([old, a_message(2, 1, "nova")])

    verdict = judge(burst, a_conversation(), absence=None, lines=[], age_limit=LIMIT, now=START)
    assert verdict == Think("antiga\nnova")


def test_our_own_delay_makes_no_message_old():
    burst = Burst.told_in_order([a_message(1, 0)])

    verdict = judge(burst, a_conversation(), absence=None, lines=[], age_limit=LIMIT, now=START + timedelta(hours=8))
    assert verdict == Think("oi")


def test_a_bare_medium_is_answered_politely():
    burst = Burst.told_in_order([a_message(1, 0, "", Kind.AUDIO)])

    assert judge(burst, a_conversation(), absence=None, lines=[], age_limit=LIMIT, now=START) == Politely(Kind.AUDIO)


def talk(rounds: int, *, seconds: float, texts: int) -> list[Line]:
    """Our line, their line, and again; they take `seconds` and have that many different texts."""
    lines, at = [], START
    for n in range(rounds):
        lines.append(Line(ours=True, text=f"resposta {n}", at=at))
        at += timedelta(seconds=seconds)
        lines.append(Line(ours=False, text=f"menu {n % texts}", at=at))
    return lines


def test_another_bot_that_parrots_its_menu_is_left_alone_within_ten_rounds():
    assert judged("menu 0", lines=talk(8, seconds=1, texts=2)) == StopLoop()


@pytest.mark.parametrize(
    "lines",
    [
        talk(7, seconds=1, texts=1),  # not yet
        talk(20, seconds=30, texts=1),  # somebody slow who says "ok" a lot
        talk(20, seconds=1, texts=20),  # somebody quick with something to say
        [],
    ],
)
def test_people_are_not_taken_for_bots(lines: list[Line]):
    assert isinstance(judged("oi", lines=lines), Think)


def test_a_machine_that_reacts_to_each_part_of_an_answer_is_left_alone_too():
    lines = []
    for line in talk(8, seconds=1, texts=1):
        lines += [line] if line.ours else [line, replace(line, at=line.at + timedelta(milliseconds=500))]

    assert judged("menu 0", lines=lines) == StopLoop()


def test_a_person_who_writes_in_pieces_says_more_than_a_machine_would():
    lines = []
    for n, line in enumerate(talk(8, seconds=1, texts=1)):
        lines += [line] if line.ours else [line, replace(line, text=f"e outra coisa {n}")]

    assert judged("oi", lines=lines) == Think("oi")


def test_more_answers_than_anybody_could_read_end_the_talk():
    lines = [Line(ours=True, text=f"{n}", at=START - timedelta(seconds=n)) for n in range(60)]

    assert judged("oi", lines=lines) == StopLoop()
