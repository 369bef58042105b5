"""What the panel calls a reminder's state: every one has words, and what hides behind "sent" is told apart."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from adapters.http.panel.aftercare_words import (
    LEFT_OUT,
    NOT_TO_REMIND,
    REMINDERS,
    reminder_kind,
    reminder_state,
    under_way,
)
from application.reminders.ports import Delivered, ReminderState, ReminderView
from application.reminders.remind_now import WhyNot
from application.reminders.tell import Told
from domain.delivery.outgoing import State
from domain.reminders.cadence import Kind

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def said(state: State, attempts: int = 1) -> ReminderView:
    return ReminderView(Kind.MANUAL, ReminderState.SENT, AT, message=Delivered("Oi", state, attempts, None))


def test_every_kind_and_every_reason_has_words():
    assert set(REMINDERS) == set(Kind)
    assert set(NOT_TO_REMIND) == set(WhyNot)
    left_out = {"cancelled", "changed", "not_wanted", "too_late", "quiet", *(set(Told) - {Told.SAID})}
    assert set(LEFT_OUT) >= left_out


@pytest.mark.parametrize(
    ("one", "words", "kind"),
    [
        (ReminderView(Kind.DAY, ReminderState.PLANNED, AT), "previsto", "person"),
        (ReminderView(Kind.DAY, ReminderState.SENT, AT), "enviado", "good"),
        (ReminderView(Kind.DAY, ReminderState.DROPPED, AT, "quiet"), "não foi enviado", ""),
        (said(State.QUEUED, 0), "na fila", "wait"),
        (said(State.QUEUED, 2), "tentando de novo (2ª falhou)", "wait"),
        (said(State.SENT), "enviado", "good"),
        (said(State.FAILED), "não foi enviado", "bad"),
        (said(State.UNKNOWN), "não se sabe se chegou", "wait"),
    ],
)
def test_a_reminder_is_what_became_of_its_message(one: ReminderView, words: str, kind: str):
    assert (reminder_state(one), reminder_kind(one)) == (words, kind)


@pytest.mark.parametrize(
    ("one", "again"),
    [
        (ReminderView(Kind.MANUAL, ReminderState.PLANNED, AT), True),
        (ReminderView(Kind.DAY, ReminderState.PLANNED, AT), False),
        (said(State.SENDING), True),
        (said(State.SENT), False),
        (said(State.FAILED), False),
    ],
)
def test_the_card_looks_again_only_while_there_is_something_to_come(one: ReminderView, again: bool):
    assert under_way(one) is again
