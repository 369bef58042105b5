"""One professional of a Cal.com of the sandbox, seen through our calendar with a clock for its breaker, limits and memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from adapters.calcom.calendar import CalcomCalendar
from application.agenda.ports import Attendee, CalendarBooking, FreeQuery
from domain.agenda.slot import Slot
from domain.shared.ids import AppointmentId, ProfessionalId, ServiceId
from domain.shared.phone import Phone
from ops.sandbox.calcom.records import Account
from ops.sandbox.handle import Calcom

ANA, VISIT = ProfessionalId(1), ServiceId(1)
MONDAY = datetime(2031, 3, 3, 12, 0, tzinfo=UTC)
SLOT = Slot.lasting(MONDAY, timedelta(minutes=30))
BOOKING = CalendarBooking(
    AppointmentId(1), ANA, VISIT, SLOT, Attendee("Bia", Phone("+5531987654321"), "America/Sao_Paulo")
)
QUERY = FreeQuery(VISIT, [ANA], Slot.lasting(MONDAY, timedelta(hours=2)), timedelta(minutes=30))


@dataclass
class Scene:
    calcom: Calcom
    calendar: CalcomCalendar
    account: Account
    now: list[float]
    """The clock of breaker, limits and memory, in seconds."""

    async def asked(self) -> int:
        return len((await self.calcom.calls()).requests)

    def forget(self) -> None:
        """What was said a moment ago, as any change does."""
        self.calendar.client.lines.forget(self.calendar.terms.tenant)
