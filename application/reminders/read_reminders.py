"""What was said of an appointment beforehand and what will be; and whether one more reminder could be said now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from application.companies.ports import Zones
from application.reminders.ports import ReminderView
from application.reminders.remind_now import WhyNot, why_not
from application.reminders.work import TellingWork
from application.shared.ports import Clock, OpenWork
from domain.shared.ids import AppointmentId, ConnectionId, TenantId

MOST: Final = 12


class Lines(Protocol):
    async def switched_off(self, tenant: TenantId) -> Collection[ConnectionId]: ...


@dataclass(frozen=True, slots=True)
class Outlook:
    """`quiet_until`: people sleep now. `line_off`: the connection they wrote to is switched off. `writes_first`: Manners."""

    reminders: Sequence[ReminderView]
    why_not: WhyNot | None
    quiet_until: datetime | None
    line_off: bool
    writes_first: bool = False


@dataclass(frozen=True, slots=True)
class ReadReminders:
    open_work: OpenWork[TellingWork]
    zones: Zones
    lines: Lines
    clock: Clock

    async def __call__(self, tenant: TenantId, id: AppointmentId) -> Outlook:
        """Raises AppointmentNotFound."""
        zone, now = await self.zones.of(tenant), self.clock()
        off = await self.lines.switched_off(tenant)
        async with self.open_work(tenant) as work:
            appointment = await work.appointments.get(id)
            talk = await work.notices.conversation_of(appointment.contact)
            line_off = talk is not None and (await work.conversations.get(talk)).connection in off
            manners = await work.manners.get()
            morning = manners.quiet.over(now, zone)
            return Outlook(
                reminders=await work.reminders.of(id, MOST),
                why_not=await why_not(work, appointment, now),
                quiet_until=morning if morning > now else None,
                line_off=line_off,
                writes_first=manners.writes_first,
            )
