"""Keys, codes, letters and tries in memory; tests/contracts says they keep the promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from application.access.proofs import Guessed, LetterTicket, SecondFactor
from application.shared.mail import Mail
from domain.access.api_key import ApiKey, ApiKeyNotFound
from domain.shared.errors import Refused, TooOften, Unavailable
from domain.shared.ids import TenantId, UserId


@dataclass
class FakeApiKeys:
    kept: dict[str, tuple[ApiKey, bytes]] = field(default_factory=dict)
    closed: set[TenantId] = field(default_factory=set)

    async def add(self, key: ApiKey, digest: bytes) -> None:
        self.kept[key.prefix] = key, digest

    async def of(self, company: TenantId | None) -> Sequence[ApiKey]:
        ours = [key for key, _ in self.kept.values() if key.company == company]
        return sorted(ours, key=lambda key: key.created_at, reverse=True)

    async def used(self, prefix: str, digest: bytes, now: datetime) -> ApiKey | None:
        key, known = self.kept.get(prefix, (None, b""))
        if key is None or known != digest or key.company in self.closed:
            return None
        self.kept[prefix] = replace(key, last_used_at=now), digest
        return key

    async def revoke(self, company: TenantId | None, id: UUID, now: datetime) -> None:
        for prefix, (key, digest) in self.kept.items():
            if (key.id, key.company) == (id, company):
                self.kept[prefix] = replace(key, revoked_at=key.revoked_at or now), digest
                return
        raise ApiKeyNotFound(f"key {id}")


@dataclass
class FakeAttempts:
    """Lets everybody try `most` times; counts what was not given back."""

    most: int = 1_000
    taken: Counter[tuple[Guessed, str]] = field(default_factory=Counter)

    async def take(self, what: Guessed, who: str, ip: str) -> None:
        if self.taken[what, who] >= self.most:
            raise TooOften("too many tries; wait a little", retry_after=90)
        self.taken[what, who] += 1

    async def give_back(self, what: Guessed, who: str, ip: str) -> None:
        self.taken[what, who] -= 1


@dataclass
class FakeSecondFactors:
    kept: dict[UserId, SecondFactor] = field(default_factory=dict)
    recovery: dict[UserId, set[bytes]] = field(default_factory=dict)

    async def get(self, user: UserId) -> SecondFactor | None:
        return self.kept.get(user)

    async def propose(self, user: UserId, secret: str) -> None:
        if user in self.kept and self.kept[user].confirmed:
            raise Refused("another second factor is in use; remove it first")
        self.kept[user] = SecondFactor(secret, confirmed=False)

    async def confirm(self, user: UserId, step: int, recovery: Collection[bytes]) -> bool:
        if user not in self.kept or self.kept[user].confirmed:
            return False
        self.kept[user] = replace(self.kept[user], confirmed=True, last_step=step)
        self.recovery[user] = set(recovery)
        return True

    async def take_step(self, user: UserId, step: int) -> bool:
        factor = self.kept.get(user)
        if factor is None or not factor.confirmed or factor.last_step >= step:
            return False
        self.kept[user] = replace(factor, last_step=step)
        return True

    async def take_recovery(self, user: UserId, digest: bytes) -> bool:
        left = self.recovery.get(user, set())
        found = digest in left
        left.discard(digest)
        return found

    async def recovery_left(self, user: UserId) -> int:
        return len(self.recovery.get(user, ()))

    async def remove(self, user: UserId) -> None:
        self.kept.pop(user, None)
        self.recovery.pop(user, None)


@dataclass
class FakeLetterTickets:
    kept: dict[bytes, LetterTicket] = field(default_factory=dict)

    async def put(self, digest: bytes, ticket: LetterTicket) -> None:
        same = (ticket.user, ticket.purpose, ticket.company)
        others = {key: one for key, one in self.kept.items() if (one.user, one.purpose, one.company) != same}
        self.kept = others
        self.kept[digest] = ticket

    async def find(self, digest: bytes, now: datetime) -> LetterTicket | None:
        ticket = self.kept.get(digest)
        return ticket if ticket is not None and now < ticket.expires else None

    async def spend(self, digest: bytes, now: datetime) -> LetterTicket | None:
        ticket = await self.find(digest, now)
        self.kept.pop(digest, None)
        return ticket


@dataclass
class FakeMailer:
    """Keeps the letters; `away` while the mail server is."""

    letters: list[Mail] = field(default_factory=list)
    away: bool = False

    async def send(self, mail: Mail) -> None:
        if self.away:
            raise Unavailable("the mail server did not answer")
        self.letters.append(mail)

    def link(self) -> str:
        """The one of the last letter."""
        return next(word for word in self.letters[-1].text.split() if word.startswith("http"))

    def ticket(self) -> str:
        return self.link().partition("?t=")[2]
