"""The audit log in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.audit.entry import Deed


@dataclass
class FakeAuditLog:
    deeds: list[Deed] = field(default_factory=list)

    async def record(self, deed: Deed) -> None:
        self.deeds.append(deed)
