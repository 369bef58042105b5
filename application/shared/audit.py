"""Where every feature says what was done: one port, inside a company's transaction or outside of any."""

from __future__ import annotations

from typing import Protocol

from application.shared.ports import Work
from domain.audit.entry import Deed


class AuditLog(Protocol):
    """Takes deeds. The log outside any work keeps one at once; that of an open work keeps it when the work commits."""

    async def record(self, deed: Deed) -> None:
        """Raises Unavailable, and then nothing was kept."""


class AuditedWork(Work, Protocol):
    """A company's transaction that tells on itself: what it changed and the entry about it are kept together."""

    @property
    def audit(self) -> AuditLog:
        """Deeds of the company whose work is open, whatever company they name."""
