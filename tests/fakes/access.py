"""People, sessions and passwords in memory, for tests of what stands on them; tests/contracts says they keep the promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from application.access.ports import Place, Standing
from application.shared.ports import Clock
from domain.access.role import Role
from domain.access.session import Session
from domain.access.user import EmailTaken, LastOwner, Membership, User, UserChanged, UserNotFound, UserState
from domain.companies.company import State
from domain.companies.limits import Room, boundless
from domain.shared.ids import SessionId, TenantId, UserId


@dataclass
class FakeUsers:
    """`closed` companies let nobody in."""

    kept: dict[UserId, User] = field(default_factory=dict)
    closed: set[TenantId] = field(default_factory=set)
    states: dict[TenantId, State] = field(default_factory=dict)

    async def add(self, user: User, room: Room = boundless) -> None:
        self._one_address(user)
        for place in user.memberships:
            room(self._active_in(place.company))
        self.kept[user.id] = user

    async def get(self, id: UserId) -> User:
        if id not in self.kept:
            raise UserNotFound(f"user {id}")
        return self.kept[id]

    async def find(self, email: str) -> User | None:
        return next((user for user in self.kept.values() if user.email == email), None)

    async def change(self, before: User, after: User) -> None:
        self._one_address(after)
        kept = self.kept.get(after.id)
        if kept is None or (kept.email, kept.state, kept.epoch) != (before.email, before.state, before.epoch):
            raise UserChanged("this person was changed meanwhile; look again")
        self.kept[after.id] = replace(after, memberships=kept.memberships)

    async def of(self, company: TenantId | None) -> Sequence[User]:
        return [user for user in self.kept.values() if user.membership(company) is not None]

    async def all(self) -> Sequence[User]:
        return list(self.kept.values())

    async def put_membership(self, user: UserId, membership: Membership, room: Room = boundless) -> None:
        before = self.kept[user].membership(membership.company)
        if membership.active and not (before is not None and before.active):
            room(self._active_in(membership.company))
        places = {each.company: each for each in self.kept[user].memberships} | {membership.company: membership}
        self._change(user, tuple(places.values()), membership.company)

    async def drop_membership(self, user: UserId, company: TenantId, *, last_owner: bool = False) -> None:
        left = tuple(each for each in self.kept[user].memberships if each.company != company)
        self._change(user, left, company, last_owner=last_owner)

    async def places(self, user: UserId) -> Sequence[Place]:
        memberships = self.kept[user].memberships if user in self.kept else ()
        return [
            Place(each.company, f"company {each.company}", self.state_of(each.company))
            for each in memberships
            if each.lets_in and each.company is not None
        ]

    def state_of(self, company: TenantId) -> State:
        return State.CLOSING if company in self.closed else self.states.get(company, State.ACTIVE)

    async def standing(self, user: UserId, company: TenantId | None) -> Standing | None:
        found = self.kept.get(user)
        membership = found.membership(company) if found and found.state is UserState.ACTIVE else None
        if found is None or membership is None or not membership.lets_in or company in self.closed:
            return None
        return Standing(found.name, membership.role, found.epoch)

    def _change(
        self,
        user: UserId,
        memberships: tuple[Membership, ...],
        company: TenantId | None,
        *,
        last_owner: bool = False,
    ) -> None:
        before, had_owner = self.kept[user], not last_owner and self._has_owner(company)
        self.kept[user] = replace(before, memberships=memberships)
        if had_owner and not self._has_owner(company):
            self.kept[user] = before
            raise LastOwner("a company keeps at least one owner")

    def _active_in(self, company: TenantId | None) -> int:
        places = (user.membership(company) for user in self.kept.values())
        return sum(1 for place in places if place is not None and place.active)

    def _has_owner(self, company: TenantId | None) -> bool:
        places = (user.membership(company) for user in self.kept.values() if user.state is UserState.ACTIVE)
        return any(place is not None and place.lets_in and place.role is Role.OWNER for place in places)

    def _one_address(self, user: User) -> None:
        if any(other.email == user.email and other.id != user.id for other in self.kept.values()):
            raise EmailTaken("somebody already logs in with this address")


@dataclass
class FakeSessions:
    clock: Clock
    kept: dict[tuple[TenantId | None, SessionId], Session] = field(default_factory=dict)

    async def put(self, session: Session) -> None:
        self.kept[session.company, session.id] = session

    async def get(self, company: TenantId | None, id: SessionId) -> Session | None:
        session = self.kept.get((company, id))
        return None if session is None or self.clock() >= session.over else session

    async def replace(self, before: Session, after: Session) -> bool:
        if await self.get(before.company, before.id) != before:
            return False
        self.kept[after.company, after.id] = after
        return True

    async def end(self, session: Session) -> None:
        self.kept.pop((session.company, session.id), None)

    async def of(self, company: TenantId | None, user: UserId) -> Sequence[Session]:
        here = [session for (where, _), session in self.kept.items() if where == company and session.user == user]
        return [session for session in here if self.clock() < session.over]


@dataclass
class FakePasswords:
    """Hashes are the password with a mark; `asked` counts the slow work."""

    asked: int = 0

    async def hash(self, password: str) -> str:
        return f"hash of {password}"

    async def matches(self, password: str, password_hash: str | None) -> bool:
        self.asked += 1
        return password_hash in (f"hash of {password}", f"old hash of {password}")

    def is_outdated(self, password_hash: str) -> bool:
        return password_hash.startswith("old")
