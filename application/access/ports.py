"""What letting people in needs from outside: where they are kept, what their tokens are, how passwords are hashed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.access.role import Role
from domain.access.session import Session
from domain.access.user import Membership, User
from domain.companies.company import State
from domain.companies.limits import Room, boundless
from domain.shared.ids import SessionId, TenantId, UserId


@dataclass(frozen=True, slots=True)
class Standing:
    """What an active user is in one company that is not closed, at this moment."""

    name: str = field(repr=False)
    role: Role
    epoch: int


@dataclass(frozen=True, slots=True)
class Place:
    """A company somebody belongs to, as its people know it. With `closes_at` its days of grace have begun."""

    company: TenantId
    name: str
    state: State
    closes_at: datetime | None = None


class Users(Protocol):
    """Everybody, above all companies. Every method may raise Unavailable."""

    async def add(self, user: User, room: Room = boundless) -> None:
        """With memberships. `room` is asked with the active people of each company. Raises EmailTaken, or what `room` does."""

    async def get(self, id: UserId) -> User:
        """Raises UserNotFound."""

    async def find(self, email: str) -> User | None:
        """By an address as `checked_email` spells it."""

    async def change(self, before: User, after: User) -> None:
        """Address, name, state, password and epoch; memberships have methods of their own.

        Raises EmailTaken, or UserChanged where address, state or epoch are no longer those of `before`.
        """

    async def of(self, company: TenantId | None) -> Sequence[User]:
        """Those of a company, or the operators; the longest there first."""

    async def all(self) -> Sequence[User]: ...

    async def put_membership(self, user: UserId, membership: Membership, room: Room = boundless) -> None:
        """Writes over a role held in the same company.

        `room` is asked with the company's active people where this makes one more. Raises what it does, and LastOwner where
        it would leave no owner who is active.
        """

    async def drop_membership(self, user: UserId, company: TenantId, *, last_owner: bool = False) -> None:
        """Raises LastOwner, unless that one may go too because the company does."""

    async def places(self, user: UserId) -> Sequence[Place]:
        """Companies they belong to and are not shut out of, the longest there first."""

    async def standing(self, user: UserId, company: TenantId | None) -> Standing | None: ...


class Sessions(Protocol):
    """Sessions that go on; each forgets itself when it is over. Every method raises Unavailable when in doubt."""

    async def put(self, session: Session) -> None: ...

    async def get(self, company: TenantId | None, id: SessionId) -> Session | None: ...

    async def replace(self, before: Session, after: Session) -> bool:
        """Unless it has changed or ended meanwhile: then False."""

    async def end(self, session: Session) -> None: ...

    async def of(self, company: TenantId | None, user: UserId) -> Sequence[Session]: ...


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token of ours says once it is believed; `generation`: of a refresh token its own, of a challenge the epoch."""

    user: UserId
    company: TenantId | None
    session: SessionId
    generation: int = 0


class Tokens(Protocol):
    """Signed words: access (minutes), refresh (until used), challenge (until the code). Reading raises Unauthenticated."""

    def access(self, session: Session, now: datetime) -> tuple[str, datetime]:
        """The token, and until when it is good."""

    def refresh(self, session: Session, now: datetime) -> str: ...

    def challenge(self, user: User, company: TenantId | None, now: datetime) -> str: ...

    def read_access(self, token: str) -> Claims: ...

    def read_refresh(self, token: str) -> Claims: ...

    def read_challenge(self, token: str) -> Claims: ...


class Passwords(Protocol):
    """Slow on purpose, and never in the way of other requests."""

    async def hash(self, password: str) -> str: ...

    async def matches(self, password: str, password_hash: str | None) -> bool:
        """Takes as long where there is no hash to compare with."""

    def is_outdated(self, password_hash: str) -> bool: ...


class NewUserId(Protocol):
    def __call__(self) -> UserId: ...


class NewSessionId(Protocol):
    def __call__(self) -> SessionId: ...


class NewSecret(Protocol):
    def __call__(self) -> str: ...
