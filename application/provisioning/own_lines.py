"""A company's own connections, as its people keep them: seen, added, tried, changed, given new secrets, switched off and on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from application.companies.ports import PlanOf
from application.provisioning.change_line import LineChange, changed_line
from application.provisioning.connect_line import ConnectLine, LineOrder
from application.provisioning.ports import ConnectionNotFound, Lines
from application.provisioning.rotate_webhook import RotateWebhook
from domain.companies.connection import Connection
from domain.companies.limits import room_for_connections
from domain.shared.ids import ConnectionId, TenantId


@dataclass(frozen=True, slots=True)
class OwnLine:
    connection: Connection
    active: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was tried over there; `what` and `outcome` are short words of ours."""

    what: str
    fine: bool
    outcome: str


class LineProbe(Protocol):
    async def __call__(self, connection: Connection) -> Sequence[Check]:
        """Talks to the Whaticket without sending anybody anything. Never raises for what it finds."""


@dataclass(frozen=True, slots=True)
class OwnLines:
    """Another company's connection does not exist."""

    lines: Lines
    connect_line: ConnectLine
    rotate_webhook: RotateWebhook
    probe: LineProbe
    plan_of: PlanOf

    async def list(self, tenant: TenantId) -> Sequence[OwnLine]:
        off = await self.lines.switched_off(tenant)
        return [OwnLine(line, line.id not in off) for line in await self.lines.of(tenant)]

    async def get(self, tenant: TenantId, id: ConnectionId) -> OwnLine:
        """Raises ConnectionNotFound."""
        found = next((one for one in await self.list(tenant) if one.connection.id == id), None)
        if found is None:
            raise ConnectionNotFound(f"there is no connection {id}")
        return found

    async def add(self, tenant: TenantId, order: LineOrder) -> Connection:
        """Its secrets in clear, this once. Raises Invalid or Refused."""
        return await self.connect_line(tenant, order)

    async def change(self, tenant: TenantId, id: ConnectionId, change: LineChange) -> None:
        """Raises ConnectionNotFound, Invalid, or LineChanged for who looked at an older one."""
        await self.get(tenant, id)
        await self.lines.revise(id, lambda before: changed_line(before, change), seen=change.seen)

    async def rotate(self, tenant: TenantId, id: ConnectionId, *, overlap: timedelta) -> Connection:
        """Its new secret in clear, this once. Raises ConnectionNotFound or Invalid."""
        await self.get(tenant, id)
        return await self.rotate_webhook(id, overlap=overlap)

    async def switch(self, tenant: TenantId, id: ConnectionId, *, active: bool) -> None:
        """Off: nothing comes in and nothing goes out. Raises ConnectionNotFound, or PastLimit where there is no place."""
        await self.get(tenant, id)
        await self.lines.switch(id, active=active, room=room_for_connections(await self.plan_of(tenant)))

    async def test(self, tenant: TenantId, id: ConnectionId) -> Sequence[Check]:
        """Raises ConnectionNotFound."""
        return await self.probe((await self.get(tenant, id)).connection)
