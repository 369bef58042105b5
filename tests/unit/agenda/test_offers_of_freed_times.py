"""A freed time goes from one waiting person to the next, against a plain list of who was asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.agenda.availability import FreeSlot
from domain.agenda.offers import (
    AFTERWARDS,
    MOVES,
    Offer,
    OfferId,
    OfferMoveRefused,
    Outcome,
    first_new,
    held_until,
)
from domain.agenda.slot import Slot
from domain.agenda.waiting import Standing
from domain.shared.ids import ProfessionalId, WaitingId

NINE = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ANA, BRUNO = ProfessionalId(1), ProfessionalId(2)
ANY_TIME = FreeSlot(ANA, Slot(NINE, NINE + timedelta(minutes=30)))
LATER = FreeSlot(BRUNO, Slot(NINE + timedelta(hours=1), NINE + timedelta(hours=2)))
EARLY = NINE - timedelta(hours=5)


def test_the_first_free_time_is_offered():
    assert first_new([ANY_TIME, LATER], set(), EARLY) == ANY_TIME


def test_what_they_were_asked_about_before_is_not_offered_again():
    assert first_new([ANY_TIME, LATER], {(ANA, NINE)}, EARLY) == LATER
    assert first_new([ANY_TIME], {(ANA, NINE)}, EARLY) is None


def test_the_same_hour_at_somebody_else_is_another_time():
    assert first_new([ANY_TIME], {(BRUNO, NINE)}, EARLY) == ANY_TIME


def test_what_begins_too_soon_to_be_answered_is_not_offered():
    assert first_new([ANY_TIME, LATER], set(), NINE - timedelta(minutes=30)) == LATER


@given(minutes=st.integers(-60, 60 * 24 * 30))
def test_a_hold_ends_well_before_the_time_itself(minutes: int):
    now = NINE - timedelta(minutes=minutes)

    until = held_until(NINE, now)

    if minutes < 60:
        assert until is None
    else:
        assert until is not None
        assert timedelta(minutes=15) <= until - now <= timedelta(minutes=30)
        assert until < NINE


def an_offer(who: int, outcome: Outcome = Outcome.OPEN) -> Offer:
    return Offer(OfferId(who), WaitingId(who), ANA, ANY_TIME.slot, NINE - timedelta(hours=4), outcome)


class OneAfterTheOther(RuleBasedStateMachine):
    """The oracle is a list of who has not been asked, and a name for who has the time."""

    @initialize(people=st.integers(0, 6))
    def open(self, people: int) -> None:
        self.people = range(1, people + 1)
        self.offers: list[tuple[int, Offer]] = []
        self.unasked = list(range(1, people + 1))
        self.winner: int | None = None

    @property
    def open_offer(self) -> tuple[int, Offer] | None:
        return next(((who, offer) for who, offer in self.offers if offer.outcome is Outcome.OPEN), None)

    @precondition(lambda self: self.winner is None and self.open_offer is None)
    @rule()
    def offer_to_the_next(self) -> None:
        asked = {who: {(ANA, NINE)} for who, _ in self.offers}
        found = next((who for who in self.people if first_new([ANY_TIME], asked.get(who, set()), EARLY)), None)
        assert found == (self.unasked.pop(0) if self.unasked else None)
        if found is not None:
            self.offers.append((found, an_offer(found)))

    @precondition(lambda self: self.open_offer is not None)
    @rule(outcome=st.sampled_from([Outcome.DECLINED, Outcome.LAPSED]))
    def no_answer_or_a_no(self, outcome: Outcome) -> None:
        assert self.open_offer is not None
        assert self.open_offer[1].end(outcome) is Standing.WAITING

    @precondition(lambda self: self.open_offer is not None)
    @rule()
    def yes(self) -> None:
        assert self.open_offer is not None
        self.winner, offer = self.open_offer
        assert offer.end(Outcome.TAKEN) is Standing.SERVED

    @precondition(lambda self: self.winner is not None)
    @rule(outcome=st.sampled_from([Outcome.DECLINED, Outcome.LAPSED, Outcome.TAKEN]))
    def a_second_answer_changes_nothing(self, outcome: Outcome) -> None:
        taken = next(offer for _, offer in self.offers if offer.outcome is Outcome.TAKEN)
        with pytest.raises(OfferMoveRefused):
            taken.end(outcome)

    @invariant()
    def one_at_a_time_and_one_winner(self) -> None:
        outcomes = [offer.outcome for _, offer in getattr(self, "offers", [])]
        assert outcomes.count(Outcome.OPEN) <= 1
        assert outcomes.count(Outcome.TAKEN) == (1 if getattr(self, "winner", None) else 0)


TestOneAfterTheOther = OneAfterTheOther.TestCase


@given(outcome=st.sampled_from(Outcome), to=st.sampled_from(Outcome))
def test_an_offer_moves_only_as_the_table_says(outcome: Outcome, to: Outcome):
    offer = an_offer(1, outcome)

    if to in MOVES[outcome]:
        assert offer.end(to) is AFTERWARDS[to]
        assert offer.outcome is to
    else:
        with pytest.raises(OfferMoveRefused):
            offer.end(to)
        assert offer.outcome is outcome
