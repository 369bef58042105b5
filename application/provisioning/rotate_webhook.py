"""Gives a connection a new webhook secret; the one before stays valid while the other end is changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from application.provisioning.ports import Lines, NewSecret
from domain.companies.connection import Connection
from domain.shared.errors import Invalid
from domain.shared.ids import ConnectionId

LONGEST_OVERLAP = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class RotateWebhook:
    lines: Lines
    new_secret: NewSecret

    async def __call__(self, line: ConnectionId, *, overlap: timedelta) -> Connection:
        """The connection, its new secret first. A third, older secret dies at once, and without overlap so does the second."""
        if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
            raise Invalid("the overlap is between 0 and 720 hours", field="overlap")
        before = await self.lines.get(line)
        secret = self.new_secret()
        await self.lines.succeed_secret(line, secret, overlap=overlap)
        kept = before.webhook_secrets[:1] if overlap else ()
        return replace(before, webhook_secrets=(secret, *kept))
