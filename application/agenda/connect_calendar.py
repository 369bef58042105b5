"""A company's calendar elsewhere is connected, looked at, or given up again."""

from __future__ import annotations

import secrets
import string
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from application.agenda.connections import (
    CalendarConnection,
    CalendarConnectionId,
    CalendarDesk,
    EventTypeOf,
)
from application.shared.audit import AuditLog
from domain.audit.entry import Deed
from domain.shared.ids import TenantId

LETTERS: Final = string.ascii_letters + string.digits
SHOWN: Final = 4
"""Of a key, at its end: enough to tell two apart."""


@dataclass(frozen=True, slots=True)
class CalendarOrder:
    base_url: str
    api_key: str = field(repr=False)
    event_types: Sequence[EventTypeOf] = ()


@dataclass(frozen=True, slots=True)
class ConnectedCalendar:
    """`secret` only where it was drawn a moment ago: it is told once. `changing`: the secret before is still good."""

    id: CalendarConnectionId
    base_url: str
    key_end: str
    event_types: Sequence[EventTypeOf]
    secret: str | None = field(default=None, repr=False)
    changing: bool = False


@dataclass(frozen=True, slots=True)
class ConnectCalendar:
    desk: CalendarDesk
    log: AuditLog

    async def show(self, tenant: TenantId) -> ConnectedCalendar | None:
        """None: the built-in one."""
        connection = await self.desk.connection(tenant)
        if connection is None:
            return None
        event_types = (await self.desk.event_types(tenant)).values()
        return ConnectedCalendar(
            connection.id,
            connection.base_url,
            connection.api_key[-SHOWN:],
            [*event_types],
            changing=len(connection.webhook_secrets) > 1,
        )

    async def left_hanging(self, tenant: TenantId) -> CalendarConnectionId | None:
        """The connection whose webhook the company's own people have to remove over there."""
        return await self.desk.left_hanging(tenant)

    async def connect(self, tenant: TenantId, order: CalendarOrder, who: str) -> ConnectedCalendar:
        """Anew too: then the webhook's address and secret are new ones. Raises Invalid or ProfessionalNotFound."""
        id = CalendarConnectionId("".join(secrets.choice(LETTERS) for _ in range(22)))
        secret = secrets.token_urlsafe(32)
        connection = CalendarConnection(id, tenant, order.base_url.rstrip("/"), order.api_key, (secret,))
        await self.desk.put(connection, order.event_types)
        after = {"base_url": connection.base_url, "event_types": len(order.event_types)}
        await self.log.record(Deed(who, "calendar.connected", f"company:{tenant}", company=tenant, after=after))
        return ConnectedCalendar(id, connection.base_url, order.api_key[-SHOWN:], order.event_types, secret)

    async def give_up(self, tenant: TenantId, who: str) -> None:
        """Raises NoCalendarConnection."""
        await self.desk.remove(tenant)
        await self.log.record(Deed(who, "calendar.given_up", f"company:{tenant}", company=tenant))
