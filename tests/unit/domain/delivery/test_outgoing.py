"""An outgoing message never claims to be sent, or unsent, when nobody can know."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest

from domain.dead_letters.ladder import next_wait
from domain.delivery.outgoing import FOR_A_PERSON, MOVES, UNFINISHED, Outgoing, OutgoingMoveRefused, State
from domain.shared.ids import ConversationId, OutgoingId

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

VERBS = {
    "begin": (lambda o: o.begin(NOW), State.SENDING),
    "sent": (lambda o: o.sent(), State.SENT),
    "not_sent": (lambda o: o.not_sent(), State.QUEUED),
    "lost_sight": (lambda o: o.lost_sight(), State.UNKNOWN),
}
REFUSED = {
    ("begin", State.SENT),
    *product(["sent", "lost_sight"], [State.QUEUED, State.SENT, State.UNKNOWN, State.FAILED]),
    *product(["not_sent"], [State.QUEUED, State.SENT, State.UNKNOWN, State.FAILED]),
}
"""Written by hand from the story: only what is on its way can arrive, fail to, or get lost; what arrived is over."""


def an_outgoing(state: State = State.QUEUED) -> Outgoing:
    return Outgoing(OutgoingId(1), ConversationId(1), "Olá!", state)


@pytest.mark.parametrize(("verb", "state"), list(product(VERBS, State)))
def test_only_what_makes_sense_can_happen_to_a_message(verb: str, state: State):
    act, becomes = VERBS[verb]
    outgoing = an_outgoing(state)
    if (verb, state) in REFUSED:
        with pytest.raises(OutgoingMoveRefused):
            act(outgoing)
        assert outgoing.state is state
    else:
        act(outgoing)
        assert outgoing.state is becomes


@pytest.mark.parametrize("state", State)
def test_what_a_person_asks_for_again_stands_in_line_and_nothing_else_is_moved_by_that(state: State):
    outgoing = an_outgoing(state)

    outgoing.wanted_again()

    assert outgoing.state is (State.QUEUED if state in FOR_A_PERSON else state)


def test_a_message_is_in_doubt_exactly_while_an_attempt_is_unaccounted_for():
    outgoing = an_outgoing()
    assert not outgoing.in_doubt
    outgoing.begin(NOW)
    assert outgoing.in_doubt
    outgoing.not_sent()
    assert not outgoing.in_doubt


def test_every_state_is_unfinished_over_or_for_a_person():
    assert UNFINISHED | FOR_A_PERSON | {State.SENT} == set(State) == set(MOVES)
    assert not UNFINISHED & FOR_A_PERSON


def test_the_ladder_is_5_15_45_90_90_seconds_and_then_nothing():
    waits = [next_wait(n) for n in range(1, 7)]

    assert [w.total_seconds() if w else None for w in waits] == [5, 15, 45, 90, 90, None]
