"""A freed time goes from one waiting person to the next, against a plain list of who was asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.agenda.offers import (
    AFTERWARDS,
    MOVES,
    Freed,
    Offer,
    OfferId,
    OfferMoveRefused,
    Outcome,
    held_until,
    next_in_line,
)
from domain.agenda.people import Service
from domain.agenda.slot import Slot
from domain.agenda.waiting import Standing, Wait
from domain.shared.ids import ContactId, ProfessionalId, ServiceId, WaitingId

NINE = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ANA, BRUNO = ProfessionalId(1), ProfessionalId(2)
CUT, COLOUR = ServiceId(1), ServiceId(2)
SERVICES = {
    CUT: Service("Corte", 30, id=CUT),
    COLOUR: Service("Coloração", 90, id=COLOUR, professionals=frozenset({ANA})),
}
HOUR = Slot(NINE, NINE + timedelta(hours=1))
FREED = Freed(ANA, HOUR, HOUR)
THAT_DAY = Slot(NINE - timedelta(hours=6), NINE + timedelta(hours=12))


def waiting(
    number: int, service: ServiceId = CUT, professional: ProfessionalId | None = None, within: Slot = THAT_DAY
) -> Wait:
    return Wait(ContactId(number), service, within, professional, id=WaitingId(number))


def test_the_longest_waiting_one_is_asked_first():
    assert next_in_line([waiting(7), waiting(3), waiting(5)], FREED, SERVICES, ()) == waiting(3)


@pytest.mark.parametrize(
    "wait",
    [
        waiting(1, service=COLOUR),
        waiting(1, professional=BRUNO),
        waiting(1, within=Slot(NINE + timedelta(minutes=1), NINE + timedelta(hours=9))),
        waiting(1, within=Slot(NINE - timedelta(hours=1), NINE + timedelta(minutes=29))),
        waiting(1, service=ServiceId(9)),
    ],
    ids=["longer than what is free", "another professional", "later", "earlier", "a service that is gone"],
)
def test_whom_it_would_not_help_is_not_asked(wait: Wait):
    assert next_in_line([wait], FREED, SERVICES, ()) is None


def test_what_needs_more_room_around_it_than_is_free_is_not_offered():
    careful = {CUT: Service("Corte", 60, before=5, id=CUT)}

    assert next_in_line([waiting(1)], FREED, careful, ()) is None


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


class OneAfterTheOther(RuleBasedStateMachine):
    """The oracle is a list of who has not been asked, and a name for who has the time."""

    @initialize(people=st.integers(0, 6))
    def open(self, people: int) -> None:
        self.waits = {number: waiting(number) for number in range(1, people + 1)}
        self.offers: list[tuple[int, Offer]] = []
        self.unasked = list(range(1, people + 1))
        self.winner: int | None = None

    @property
    def open_offer(self) -> tuple[int, Offer] | None:
        return next(((who, offer) for who, offer in self.offers if offer.outcome is Outcome.OPEN), None)

    @precondition(lambda self: self.winner is None and self.open_offer is None)
    @rule()
    def offer_to_the_next(self) -> None:
        found = next_in_line(self.waits.values(), FREED, SERVICES, [WaitingId(who) for who, _ in self.offers])
        expected = self.unasked.pop(0) if self.unasked else None
        assert (found.id if found else None) == expected
        if found is not None:
            until = held_until(NINE, NINE - timedelta(hours=5))
            assert until is not None
            self.offers.append((found.id, Offer(OfferId(len(self.offers)), found.id, HOUR, until)))

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

    @invariant()
    def one_at_a_time_and_one_winner(self) -> None:
        outcomes = [offer.outcome for _, offer in getattr(self, "offers", [])]
        assert outcomes.count(Outcome.OPEN) <= 1
        assert outcomes.count(Outcome.TAKEN) == (1 if getattr(self, "winner", None) else 0)


TestOneAfterTheOther = OneAfterTheOther.TestCase


@given(outcome=st.sampled_from(Outcome), to=st.sampled_from(Outcome))
def test_an_offer_moves_only_as_the_table_says(outcome: Outcome, to: Outcome):
    offer = Offer(OfferId(1), WaitingId(1), HOUR, NINE, outcome)

    if to in MOVES[outcome]:
        assert offer.end(to) is AFTERWARDS[to]
        assert offer.outcome is to
    else:
        with pytest.raises(OfferMoveRefused):
            offer.end(to)
        assert offer.outcome is outcome
