"""Keys for machines: made by a person, shown once, looked at, revoked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from application.access.caller import Caller
from application.access.proofs import ApiKeys
from application.shared.ports import Clock
from domain.access.api_key import ApiKey, MoreThanOneHas, checked_key_name, checked_scopes
from domain.access.role import Permission
from domain.shared.errors import Unauthenticated
from domain.shared.ids import UserId

MARK: Final = "sec_"
"""Every key begins with it: secret scanners know what they found, and we know what is shown to us."""

PREFIX_LENGTH: Final = 12


class NewApiKey(Protocol):
    """An id, and a key of which `MARK` and the next eight characters may be shown."""

    def __call__(self) -> tuple[UUID, str]: ...


@dataclass(frozen=True, slots=True)
class KeyOrder:
    name: str
    scopes: frozenset[Permission]
    days: int | None = None
    """Until it expires; None: never."""


@dataclass(frozen=True, slots=True)
class NewKey:
    key: ApiKey
    clear: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys of the caller's company, or the platform's for its own people."""

    keys: ApiKeys
    new_key: NewApiKey
    clock: Clock

    async def make(self, caller: Caller, order: KeyOrder) -> NewKey:
        """Raises Invalid, or MoreThanOneHas."""
        name = checked_key_name(order.name)
        scopes = checked_scopes(order.scopes, company=caller.company)
        if not scopes <= caller.permissions:
            raise MoreThanOneHas("a key may not do more than who makes it")
        id, clear = self.new_key()
        now = self.clock()
        key = ApiKey(
            id=id,
            name=name,
            prefix=clear[:PREFIX_LENGTH],
            scopes=scopes,
            created_at=now,
            company=caller.company,
            created_by=None if caller.session is None else UserId(caller.id),
            expires_at=None if order.days is None else now + timedelta(days=order.days),
        )
        await self.keys.add(key, key_digest(clear))
        return NewKey(key, clear)

    async def list(self, caller: Caller) -> Sequence[ApiKey]:
        return await self.keys.of(caller.company)

    async def revoke(self, caller: Caller, id: UUID) -> None:
        """Raises ApiKeyNotFound."""
        await self.keys.revoke(caller.company, id, self.clock())


@dataclass(frozen=True, slots=True)
class RecogniseKey:
    keys: ApiKeys
    clock: Clock

    async def __call__(self, shown: str) -> Caller:
        """Raises Unauthenticated."""
        now: datetime = self.clock()
        key = await self.keys.used(shown[:PREFIX_LENGTH], key_digest(shown), now)
        if key is None or not key.is_good(now):
            raise Unauthenticated("no such key")
        return Caller(id=key.id, name=key.name, permissions=key.scopes, company=key.company)


def key_digest(clear: str) -> bytes:
    """A key has 256 bits of chance: nobody guesses one from its digest, so one round is enough."""
    return hashlib.sha256(clear.encode("utf-8", "surrogatepass")).digest()
