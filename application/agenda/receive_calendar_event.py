"""A webhook of a calendar elsewhere is proven, kept once by what it says, and taken as a knock: go and read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, Protocol

from application.agenda.calendar_work import CalendarWork
from application.agenda.connections import (
    CalendarConnection,
    CalendarConnectionId,
    CalendarConnections,
    CalendarSecrets,
)
from application.agenda.reconcile_calendar import RECONCILE
from application.shared.ports import Clock, Job, OpenWork
from application.shared.rate_limits import RateLimits
from domain.intake.authenticity import verify_body_hmac
from domain.shared.errors import TooOften, Unauthenticated
from domain.shared.ids import TenantId

SOON: Final = timedelta(seconds=2)
"""A cancellation is told before it is written down over there: who reads at once may still find it standing."""

OLD: Final = timedelta(days=1)
AHEAD: Final = timedelta(minutes=10)
PER_MINUTE: Final = 60.0
GRACE: Final = timedelta(minutes=5)
"""For knocks signed by the old secret that were on their way when the first by the new one came."""

NOBODY: Final = CalendarConnection(
    CalendarConnectionId("0" * 22), TenantId(0), "", "nobody's", ("no connection has this secret",)
)
"""Stands in for an unknown connection, so that refusing one takes as long as refusing a bad signature."""


@dataclass(frozen=True, slots=True)
class CalendarNews:
    """What a webhook says that concerns us: the rest of it is about people, and is not read."""

    trigger: str
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NotNews:
    """True, and nothing to do: `reason` is a fixed word."""

    reason: str


class CalendarInbound(Protocol):
    def read(self, body: bytes) -> CalendarNews | NotNews:
        """Never raises."""


class CalendarMemory(Protocol):
    """What this process remembers of calendars elsewhere for some seconds."""

    def forget(self, tenant: TenantId) -> None:
        """What the company's said a moment ago: it is asked anew."""


@dataclass(frozen=True, slots=True)
class CalendarWebhook:
    connection: CalendarConnectionId
    body: bytes = field(repr=False)
    signature: str | None = field(repr=False)
    ip: str
    correlation: str = ""


@dataclass(frozen=True, slots=True)
class ReceiveCalendarEvent:
    connections: CalendarConnections
    secrets: CalendarSecrets
    inbound: CalendarInbound
    memory: CalendarMemory
    limits: RateLimits
    open_work: OpenWork[CalendarWork]
    clock: Clock

    async def __call__(self, webhook: CalendarWebhook) -> str:
        """One fixed word: "queued", "repeated", "old", or why there is nothing to do.

        Raises Unauthenticated, TooOften, or Unavailable; then it was not kept.
        """
        connection = await self._authentic(webhook)
        if await self.limits.hit(connection.tenant, number="calendar", ip=webhook.ip):
            raise TooOften("too many webhooks of this calendar", retry_after=PER_MINUTE)
        if len(connection.webhook_secrets) > 1 and self._proves(webhook, connection.webhook_secrets[:1]):
            await self.secrets.seen(connection.id, grace=GRACE)
        news = self.inbound.read(webhook.body)
        if isinstance(news, NotNews):
            return news.reason
        if news.happened_at is not None and not -AHEAD <= self.clock() - news.happened_at <= OLD:
            return "old"
        self.memory.forget(connection.tenant)
        return await self._keep(connection.tenant, webhook, news)

    async def _authentic(self, webhook: CalendarWebhook) -> CalendarConnection:
        connection = await self.connections.get(webhook.connection)
        if not self._proves(webhook, (connection or NOBODY).webhook_secrets) or connection is None:
            connection = await self.connections.anew(webhook.connection)  # its secret may be a moment old
            if not self._proves(webhook, (connection or NOBODY).webhook_secrets) or connection is None:
                raise Unauthenticated("the webhook could not be authenticated")
        return connection

    @staticmethod
    def _proves(webhook: CalendarWebhook, secrets: Sequence[str]) -> bool:
        """Cal.com signs the body alone and has a word for "no secret": that is no signature and opens nothing."""
        return verify_body_hmac(webhook.body, signature=webhook.signature, secrets=secrets)

    async def _keep(self, tenant: TenantId, webhook: CalendarWebhook, news: CalendarNews) -> str:
        """Cal.com gives its webhooks no number: the same bytes are the same event."""
        key = sha256(webhook.body).hexdigest()
        async with self.open_work(tenant) as work:
            if not await work.calendar.keep_event(key, news.trigger, news.happened_at):
                return "repeated"
            due = self.clock() + SOON
            await work.jobs.add(Job(RECONCILE, {}, key=RECONCILE, due_at=due, correlation=webhook.correlation))
            await work.commit()
        return "queued"
