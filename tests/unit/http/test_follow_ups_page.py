"""What the address of "Pós-Atendimento" means, what is counted there, and that everything has words."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.http.panel.agenda_follow_ups import HERE, Sieve, content_of
from adapters.http.panel.follow_up_words import (
    DROPPED,
    INTENTS,
    NOT_ASKED,
    STATES,
    follow_up_state,
    may_be_asked,
    picture_of,
)
from application.follow_ups.ports import FollowUpId, FollowUpView, Satisfaction, Status, WhyNotAsked
from application.follow_ups.read_follow_ups import Overview, Wish
from application.reminders.tell import Told
from domain.follow_ups.replies import Intent
from domain.shared.ids import AppointmentId, ContactId

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = AT.date()


def asked(status: Status, intent: Intent | None = None, *, times: int = 1, why: str = "") -> FollowUpView:
    return FollowUpView(
        FollowUpId(1), AppointmentId(2), ContactId(3), "Ana", "Consulta", status, AT, AT, None, intent, "", why, times
    )


def test_every_state_answer_and_reason_has_words():
    assert set(STATES) == set(Status)
    assert set(INTENTS) == set(Intent)
    assert set(NOT_ASKED) == set(WhyNotAsked)
    assert set(DROPPED) >= {"missed", "not_wanted", "asked_lately", *(set(Told) - {Told.SAID})}


@pytest.mark.parametrize(
    ("one", "words", "open_for_more"),
    [
        (asked(Status.PLANNED, times=0), "previsto", True),
        (asked(Status.SENT), "esperando resposta", True),
        (asked(Status.SENT, times=3), "esperando resposta (3ª vez)", True),
        (asked(Status.ANSWERED, Intent.NEGATIVE), "não gostou", False),
        (asked(Status.DROPPED, times=0, why="opted_out"), "não enviado", True),
        (asked(Status.DROPPED, times=0, why="missed"), "não enviado", False),
    ],
)
def test_a_follow_up_is_what_was_answered_or_how_far_it_came(one: FollowUpView, words: str, open_for_more: bool):
    assert follow_up_state(one)[0] == words
    assert may_be_asked(one) is open_for_more


def test_an_address_says_which_follow_ups_are_wanted():
    sieve = Sieve.of({"estado": "sent", "resposta": "followup_negative", "periodo": "7", "busca": "  (11) 98765-4321 "})

    assert sieve.wish == Wish(Status.SENT, Intent.NEGATIVE, "11987654321", timedelta(days=7), 100)
    assert sieve.narrows


def test_without_a_wish_all_of_a_month_are_shown_at_the_plain_address():
    assert Sieve.of({}).wish == Wish(back=timedelta(days=30), limit=100)
    assert not Sieve.of({}).narrows
    assert Sieve.of({}).href == HERE


@given(st.dictionaries(st.sampled_from(["estado", "resposta", "periodo", "busca", "outro"]), st.text(max_size=120)))
def test_whatever_stands_in_an_address_it_means_something_and_its_own_link_means_the_same(said: dict[str, str]):
    sieve = Sieve.of(said)

    assert sieve.wish.limit == 100
    assert Sieve.of(asdict(sieve)) == sieve


def test_thirty_days_are_drawn_up_to_today_and_empty_ones_too():
    drawn = json.loads(picture_of([Satisfaction(TODAY, 2, 1, 0), Satisfaction(date(2026, 10, 25), 0, 0, 4)], TODAY))

    assert (len(drawn["labels"]), drawn["labels"][0], drawn["labels"][-1]) == (30, "25/10", "23/11")
    assert [sum(one["values"]) for one in drawn["series"]] == [2, 1, 4]
    assert drawn["series"][2]["values"][0] == 4


def test_answers_of_all_days_are_added_up():
    days = [Satisfaction(TODAY - timedelta(days=1), 2, 1, 0), Satisfaction(TODAY, 3, 0, 5)]

    assert content_of(Overview([], 11, 11, days)) == Satisfaction(TODAY, 5, 1, 5)
    assert content_of(Overview([], 1, 0, [])) is None
