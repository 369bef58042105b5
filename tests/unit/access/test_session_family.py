"""The refresh tokens of a session: only the newest renews, an old one ends everything, two tabs do no harm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.access.session import Lifetime, Session, SessionOver, TokenReused, begin
from domain.shared.ids import SessionId, TenantId, UserId

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LIFETIME = Lifetime(idle=timedelta(hours=2), whole=timedelta(hours=10), grace=timedelta(seconds=20))
IDLE, WHOLE, GRACE = 2 * 3600, 10 * 3600, 20


def a_session() -> Session:
    return begin(SessionId("s"), UserId(UUID(int=1)), TenantId(1), epoch=0, now=START, lifetime=LIFETIME)


class Family(RuleBasedStateMachine):
    """The oracle is a list of the tokens handed out with the second each was replaced in, and three numbers of seconds."""

    @initialize()
    def log_in(self) -> None:
        self.second = 0
        self.session: Session | None = a_session()
        self.replaced: list[int | None] = [None]
        self.last_use = 0

    @rule(seconds=st.one_of(st.integers(0, 40), st.sampled_from([GRACE, IDLE - 1, IDLE, 3600])))
    def time_passes(self, seconds: int) -> None:
        self.second += seconds

    @rule(back=st.integers(0, 4))
    def a_token_is_shown(self, back: int) -> None:
        assume(self.session is not None)
        assert self.session is not None
        assume(back < len(self.replaced))
        index = len(self.replaced) - 1 - back
        now = START + timedelta(seconds=self.second)
        if self.second >= self.last_use + IDLE or self.second >= WHOLE:
            with pytest.raises(SessionOver):
                self.session.renew(index + 1, now, LIFETIME)
            self.session = None
        elif back == 0:
            self.session = self.session.renew(index + 1, now, LIFETIME)
            self.replaced[index] = self.second
            self.replaced.append(None)
            self.last_use = self.second
        elif back == 1 and self.second - (self.replaced[index] or 0) <= GRACE:
            assert self.session.renew(index + 1, now, LIFETIME) == self.session
        else:
            with pytest.raises(TokenReused):
                self.session.renew(index + 1, now, LIFETIME)
            self.session = None

    @invariant()
    def the_newest_token_is_the_last_one_handed_out(self) -> None:
        if self.session is not None:
            assert self.session.generation == len(self.replaced)
            assert self.session.over <= START + timedelta(seconds=WHOLE)


TestFamily = Family.TestCase


@given(generation=st.integers().filter(lambda number: number not in (0, 1)))
def test_a_token_that_was_never_handed_out_ends_the_session(generation: int):
    with pytest.raises(TokenReused):
        a_session().renew(generation, START, LIFETIME)


def test_the_busiest_session_ends_when_its_time_is_over():
    session, now = a_session(), START
    for _ in range(9):
        now += timedelta(hours=1)
        session = session.renew(session.generation, now, LIFETIME)

    with pytest.raises(SessionOver):
        session.renew(session.generation, START + LIFETIME.whole, LIFETIME)


def test_what_cannot_be_taken_back_wants_a_login_of_just_now():
    session = a_session()
    later = START + timedelta(minutes=11)

    assert session.is_fresh(START + timedelta(minutes=10), timedelta(minutes=10))
    assert not session.is_fresh(later, timedelta(minutes=10))
    assert session.proved(later).is_fresh(later, timedelta(minutes=10))
