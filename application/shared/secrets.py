"""Secrets at rest: sealed under a company's own key, itself wrapped by a key that PostgreSQL never sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Protocol

from domain.shared.errors import Unavailable
from domain.shared.ids import TenantId

PLATFORM: Final = TenantId(0)
"""No company has this number: whose key seals what belongs to people rather than to companies."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a sealed value lives. A value opens in its own cell only: copied anywhere else, it is refused."""

    tenant: TenantId
    table: str
    column: str
    row: str


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A company's data key as the database keeps it, with the name of the master key that opens it."""

    tenant: TenantId
    master_key_id: str
    sealed: bytes = field(repr=False)


class Unreadable(Unavailable):
    """A sealed value was changed, moved to another cell, or sealed under another key."""


class MasterKeyMissing(Unavailable):
    """This process was not given the master key a company's key was wrapped with."""


@dataclass(frozen=True, slots=True)
class MasterKey:
    """256 bits, named by a fingerprint, so that nobody has to give names to keys."""

    id: str
    bits: bytes = field(repr=False)


class MasterKeys(Protocol):
    """Where master keys come from: the environment, a file, a secret manager."""

    def current(self) -> MasterKey:
        """What new keys are wrapped with. Raises MasterKeyMissing."""

    def get(self, key_id: str) -> MasterKey:
        """The current or an earlier one. Raises MasterKeyMissing."""


class Vault(Protocol):
    """Seals and opens. Every method may raise MasterKeyMissing or Unreadable."""

    def new_key(self, tenant: TenantId) -> WrappedKey: ...

    def rewrap(self, key: WrappedKey) -> WrappedKey:
        """The same data key under the current master key."""

    def seal(self, key: WrappedKey, cell: Cell, clear: str) -> bytes: ...

    def open(self, key: WrappedKey, cell: Cell, sealed: bytes) -> str: ...

    def derive(self, key: WrappedKey, purpose: str) -> bytes:
        """256 bits for signing, of this company and this purpose alone: the same from every process."""
