"""A login that goes on: a family of tokens, of which only the newest renews it, and two ages at which it ends.

Each renewal makes the refresh token before worthless. When one of those comes back, somebody kept a copy, and nobody can say
who of the two is honest: the whole family ends. Two tabs that renew at the same moment are no thieves, so the token just
before the newest is taken for a few seconds more and answered with the newest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from domain.shared.errors import Unauthenticated
from domain.shared.ids import SessionId, TenantId, UserId

NEVER: Final = datetime.fromtimestamp(0, UTC)
"""When somebody proved who they are who has not."""


class SessionOver(Unauthenticated):
    """Ended, too old, or unused for too long."""


class TokenReused(Unauthenticated):
    """A refresh token that was already exchanged: the session must end now."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """`idle`: how long one may stay away; `whole`: when even the busiest logs in again; `grace`: how long a tab may lag."""

    idle: timedelta = timedelta(hours=12)
    whole: timedelta = timedelta(days=14)
    grace: timedelta = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Session:
    """`generation` is the number of the newest refresh token; `proven` when the person last showed password and factor.

    `epoch` is the user's at login. `agent` is what the browser calls itself, for the person's own list of sessions.
    `vouched`: a company's own identity provider let the person in. It speaks for that company only, and whoever it names has
    shown us nothing: before anything of the account itself, they show the password and the factor that are theirs.
    """

    id: SessionId
    user: UserId
    company: TenantId | None
    epoch: int
    began: datetime
    renewed: datetime
    proven: datetime
    idle_until: datetime
    ends: datetime
    generation: int = 1
    second_factor: bool = False
    agent: str = ""
    vouched: bool = False

    @property
    def over(self) -> datetime:
        return min(self.idle_until, self.ends)

    def renew(self, generation: int, now: datetime, lifetime: Lifetime) -> Session:
        """The session after this token was shown. Raises SessionOver or TokenReused."""
        if now >= self.over:
            raise SessionOver("the session has ended")
        if generation == self.generation:
            return replace(self, generation=generation + 1, renewed=now, idle_until=min(now + lifetime.idle, self.ends))
        if generation == self.generation - 1 and now - self.renewed <= lifetime.grace:
            return self
        raise TokenReused("a refresh token came back")

    def moved(self, id: SessionId, company: TenantId, now: datetime) -> Session:
        """The same login in another company: no younger, and proven no later."""
        return replace(self, id=id, company=company, renewed=now, generation=1)

    def vouched_for(self) -> Session:
        """By a company's provider, whose word proves nothing of the account."""
        return replace(self, vouched=True, proven=NEVER)

    def proved(self, now: datetime) -> Session:
        """The person has just shown once more who they are."""
        return replace(self, proven=now)

    def is_fresh(self, now: datetime, within: timedelta) -> bool:
        """Whether the person showed who they are lately enough for what cannot be taken back."""
        return now - self.proven <= within


def begin(
    id: SessionId, user: UserId, company: TenantId | None, *, epoch: int, now: datetime, lifetime: Lifetime
) -> Session:
    return Session(
        id=id,
        user=user,
        company=company,
        epoch=epoch,
        began=now,
        renewed=now,
        proven=now,
        idle_until=now + lifetime.idle,
        ends=now + lifetime.whole,
    )
