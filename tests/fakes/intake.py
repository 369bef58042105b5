"""Intake's ports in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from application.intake.ports import Envelope, InboxAway
from domain.shared.ids import TenantId


@dataclass
class FakeInbox:
    """Keeps envelopes in order; while `away`, nothing."""

    kept: list[Envelope] = field(default_factory=list)
    away: bool = False

    async def keep(self, envelope: Envelope) -> bool:
        if self.away:
            raise InboxAway("nobody answers", retry_after=2)
        known = {one.key for one in self.kept if _place(one) == _place(envelope)}
        if known & {envelope.key, envelope.previous_key}:
            return False
        self.kept.append(envelope)
        return True


def _place(envelope: Envelope) -> tuple[TenantId, str, str]:
    return envelope.tenant, envelope.connection, envelope.address


@dataclass
class FakeRateLimits:
    """Says that the limit `exceeded` is; `hits` is the record."""

    exceeded: str | None = None
    hits: list[tuple[TenantId, str, str]] = field(default_factory=list)

    async def hit(self, tenant: TenantId, *, number: str, ip: str) -> str | None:
        self.hits.append((tenant, number, ip))
        return self.exceeded
