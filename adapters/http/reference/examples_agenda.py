"""Examples of the agenda and its calendars: Ana's consultation with Dra. Marina, on a Tuesday at nine."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import msgspec

from adapters.http.agenda_setup_wire import (
    HOURS,
    DayOffIn,
    DayOffOut,
    HoursIn,
    HoursWire,
    ProfessionalIn,
    ProfessionalOut,
    ProfessionalWhole,
    ServiceIn,
    ServiceOut,
    ServiceWhole,
    WaitIn,
    WaitOut,
    rules_out,
)
from adapters.http.agenda_wire import (
    EXAMPLE,
    SLOTS,
    AppointmentOut,
    AppointmentsOut,
    AvailabilityOut,
    BookingIn,
    CancelIn,
    ClientIn,
    RescheduleIn,
)
from adapters.http.calendar_settings import CalendarIn, CalendarOut, EventTypeWire, FeedOut, SecretOut, TriedOut
from adapters.http.calendar_webhook import KnockOut
from adapters.http.reminder_rules import manners_out
from application.agenda.try_calendar import Found
from domain.agenda.rules import Rules
from domain.reminders.manners import Manners

TUESDAY: Final = datetime.fromisoformat("2026-11-24T09:00:00-03:00")
EVENING: Final = TUESDAY.replace(hour=18)
OPEN: Final = msgspec.convert(HOURS, HoursWire)
APPOINTMENT: Final = msgspec.convert(EXAMPLE, AppointmentOut)
EVENT_TYPE: Final = EventTypeWire(service=3, professional=1, number=812_345)
CITY: Final = {"first": date(2027, 1, 25), "last": date(2027, 1, 25), "name": "Aniversário da cidade", "yearly": True}
MARINA: Final = {"name": "Dra. Marina", "hours": HOURS, "active": True, "email": "marina@example.com"}
CONSULTATION: Final = {
    "name": "Consulta",
    "minutes": 30,
    "before_minutes": 0,
    "after_minutes": 10,
    "price_cents": 18_000,
    "notice_minutes": 1_440,
    "professionals": [1],
    "active": True,
}
AGENDA: Final[tuple[msgspec.Struct, ...]] = (
    msgspec.convert(SLOTS, AvailabilityOut),
    BookingIn(client=ClientIn("+5511987654321", "Ana", "ana@example.com"), service=3, professional=1, starts=TUESDAY),
    APPOINTMENT,
    AppointmentsOut("America/Sao_Paulo", [APPOINTMENT]),
    CancelIn(12, "Vai viajar"),
    RescheduleIn(EVENING, professional=2),
    msgspec.convert(MARINA, ProfessionalIn),
    msgspec.convert(MARINA, ProfessionalWhole),
    ProfessionalOut(1, "Dra. Marina", OPEN, active=True, email="marina@example.com"),
    HoursIn(OPEN),
    msgspec.convert(CONSULTATION, ServiceIn),
    msgspec.convert(CONSULTATION, ServiceWhole),
    msgspec.convert(CONSULTATION | {"id": 3}, ServiceOut),
    msgspec.convert(CITY, DayOffIn),
    msgspec.convert(CITY | {"id": 5}, DayOffOut),
    rules_out(Rules(state="SP")),
    manners_out(Manners(question="Oi, {nome}! Como foi a sua {servico} com {profissional}?")),
    WaitIn(88, 3, TUESDAY, EVENING, professional=1),
    WaitOut(contact=88, service=3, starts=TUESDAY, ends=EVENING, professional=1, id=9, standing="waiting"),
    CalendarIn("cal_live_0123456789abcdef", [EVENT_TYPE]),
    CalendarOut("calcom", "https://api.cal.com", "cdef", [EVENT_TYPE]),
    FeedOut("https://secretaria.example/api/agenda/feed/7/the-secret-of-this-feed"),
    TriedOut(service=3, professional=2, number=1234, found=Found.FREE),
    SecretOut("https://secretaria.example/api/agenda/webhook/k3jd82hf9s0a7d6f5g4h1z", "shown-in-this-answer-only"),
    KnockOut("queued"),
)
