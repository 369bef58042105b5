"""Where entries are read again; they are added through application/shared/audit.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.audit.chain import Head
from domain.audit.entry import Entry
from domain.shared.ids import TenantId


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries somebody looks for; what is None does not narrow the search. `until` is exclusive.

    An `action` that ends in a dot or a colon stands for all that begin with it.
    """

    who: str | None = None
    action: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class AuditBook(Protocol):
    """The log as it is read, one company's or the platform's (None) at a time. Every method may raise Unavailable."""

    async def newest(
        self, company: TenantId | None, wanted: Wanted, *, below: int | None, limit: int
    ) -> Sequence[Entry]:
        """Newest first, only entries with a number below the given one."""

    async def onwards(self, company: TenantId | None, wanted: Wanted, *, above: int, limit: int) -> Sequence[Entry]:
        """Oldest first, only entries with a number above the given one."""

    async def head(self, company: TenantId | None) -> Head | None:
        """Where the chain is known to end; None where no entry was ever kept."""

    async def chains(self) -> Sequence[TenantId | None]:
        """Everybody of whom there is an entry or a head, the platform first."""
