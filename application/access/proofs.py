"""What people and machines prove themselves by besides a password: keys, codes, links in letters, and how often they may try."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from domain.access.api_key import ApiKey
from domain.shared.ids import TenantId, UserId


class Guessed(StrEnum):
    """What somebody may try to guess, or make us send letters about."""

    PASSWORD = "password"  # noqa: S105 - a word
    CODE = "code"
    LETTER = "letter"
    LETTER_BY = "letter_by"
    LETTER_TO = "letter_to"
    SIGN_ON = "sign_on"


class ApiKeys(Protocol):
    """Keys of machines; a key itself is never kept, only its digest."""

    async def add(self, key: ApiKey, digest: bytes) -> None: ...

    async def of(self, company: TenantId | None) -> Sequence[ApiKey]:
        """The newest first, revoked ones too."""

    async def used(self, prefix: str, digest: bytes, now: datetime) -> ApiKey | None:
        """The key of this prefix and digest, and notes its use; None too where its company is closed."""

    async def revoke(self, company: TenantId | None, id: UUID, now: datetime) -> None:
        """Raises ApiKeyNotFound; a second time changes nothing."""


class Attempts(Protocol):
    """How often something secret may be guessed at, counted per account, per network and in all."""

    async def take(self, what: Guessed, who: str, ip: str) -> None:
        """Raises TooOften, or Unavailable: nobody guesses uncounted."""

    async def give_back(self, what: Guessed, who: str, ip: str) -> None:
        """It was no guess but the real thing. Never raises."""


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """`last_step`: the newest code taken; it and all before are worth nothing."""

    secret: str = field(repr=False)
    confirmed: bool
    last_step: int = 0


class SecondFactors(Protocol):
    """Secrets are sealed where they lie; recovery codes are kept as digests."""

    async def get(self, user: UserId) -> SecondFactor | None: ...

    async def propose(self, user: UserId, secret: str) -> None:
        """Waits for its first code; writes over another that waits. Raises Refused over a confirmed one."""

    async def confirm(self, user: UserId, step: int, recovery: Collection[bytes]) -> bool:
        """False where none waits. The digests replace all of before."""

    async def take_step(self, user: UserId, step: int) -> bool:
        """False where this code or a newer one was taken: by whom does not matter."""

    async def take_recovery(self, user: UserId, digest: bytes) -> bool:
        """True once per code."""

    async def recovery_left(self, user: UserId) -> int: ...

    async def remove(self, user: UserId) -> None: ...


class OneTimeCodes(Protocol):
    """Codes of thirty seconds, from a secret shared with somebody's telephone."""

    def new_secret(self) -> str: ...

    def step_of(self, secret: str, code: str, now: datetime) -> int | None:
        """Which thirty seconds the code belongs to, of those around now; None for a wrong one."""

    def uri(self, secret: str, account: str) -> str: ...

    def picture(self, uri: str) -> str:
        """The QR code as SVG."""

    def new_recovery_codes(self) -> Sequence[str]: ...


class Purpose(StrEnum):
    RESET = "reset"
    INVITATION = "invitation"
    EMAIL = "email"
    JOINING = "joining"


@dataclass(frozen=True, slots=True)
class LetterTicket:
    """What a letter's link proves: that somebody reads this address. With `company`, that they agree to belong to it."""

    user: UserId
    purpose: Purpose
    email: str = field(repr=False)
    expires: datetime
    company: TenantId | None = None


class LetterTickets(Protocol):
    """One per person, purpose and company: a newer letter makes the older one worthless."""

    async def put(self, digest: bytes, ticket: LetterTicket) -> None: ...

    async def find(self, digest: bytes, now: datetime) -> LetterTicket | None: ...

    async def spend(self, digest: bytes, now: datetime) -> LetterTicket | None:
        """Found and gone, for one asker only."""
