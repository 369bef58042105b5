"""Where entries are added, and where they are read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from application.shared.ports import Work
from domain.audit.chain import Head
from domain.audit.entry import Deed, Entry
from domain.shared.ids import TenantId


class AuditLog(Protocol):
    """Takes deeds. The log outside any work keeps one at once; that of an open work keeps it when the work commits."""

    async def record(self, deed: Deed) -> None:
        """Raises Unavailable, and then nothing was kept."""


class AuditedWork(Work, Protocol):
    """A company's transaction that tells on itself: what it changed and the entry about it are kept together."""

    @property
    def audit(self) -> AuditLog:
        """Deeds of the company whose work is open, whatever company they name."""


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
