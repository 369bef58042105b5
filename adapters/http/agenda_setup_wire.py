"""What goes over the wire about how a company attends: professionals, services, days off, rules, and who waits.

What is there is replaced as a whole, so a change names every field: what was left out of it would be lost in silence.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import msgspec

from adapters.http.agenda_wire import Email, Name, Number, When
from domain.access.email import checked_email
from domain.agenda.opening_hours import WEEKDAYS, DayOff, WeekHours
from domain.agenda.people import Professional, Service
from domain.agenda.rules import BEATS, Rules
from domain.agenda.slot import Slot
from domain.agenda.waiting import Wait
from domain.assistant.attendance import BadHours, Span, read_day
from domain.shared.ids import ContactId, ProfessionalId, ServiceId

Minutes = Annotated[int, msgspec.Meta(ge=0, le=60 * 24 * 30)]
Around = Annotated[int, msgspec.Meta(ge=0, le=240)]
Cents = Annotated[int, msgspec.Meta(ge=0, le=100_000_000)]
Doers = Annotated[list[Number], msgspec.Meta(max_length=200)]
Stretches = Annotated[list[Annotated[str, msgspec.Meta(max_length=20)]], msgspec.Meta(max_length=8)]
HOURS: Final = {"monday": ["08:00-12:00", "13:30-18:00"], "saturday": ["09:00-12:00"]}


class HoursWire(msgspec.Struct, forbid_unknown_fields=True):
    """Stretches of each day by the wall clock ("08:00-12:00"), in order; those that touch are one. A day without any is a
    day off, also one that is not named.
    """

    monday: Stretches = []
    tuesday: Stretches = []
    wednesday: Stretches = []
    thursday: Stretches = []
    friday: Stretches = []
    saturday: Stretches = []
    sunday: Stretches = []


class HoursIn(msgspec.Struct, forbid_unknown_fields=True):
    hours: Annotated[HoursWire, msgspec.Meta(examples=[HOURS])]


class ProfessionalWhole(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Not `active`: keeps the appointments there are, and gets no new ones. `email`: where letters about them go."""

    name: Name
    hours: Annotated[HoursWire, msgspec.Meta(examples=[HOURS])]
    active: bool
    email: Email | None


class ProfessionalIn(ProfessionalWhole, forbid_unknown_fields=True, kw_only=True):
    """A new one, of whom only the name has to be known."""

    hours: Annotated[HoursWire, msgspec.Meta(examples=[HOURS])] = msgspec.field(default_factory=HoursWire)
    active: bool = True
    email: Email | None = None


class ProfessionalOut(msgspec.Struct):
    id: int
    name: str
    hours: HoursWire
    active: bool
    email: str | None = None


class ServiceWhole(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """`before_minutes` and `after_minutes` are kept free around it. `notice_minutes`: until then a client may change it.

    `professionals`: who may do it; nobody named is everybody.
    """

    name: Name
    minutes: Annotated[int, msgspec.Meta(ge=1, le=720, examples=[30])]
    before_minutes: Around
    after_minutes: Around
    price_cents: Cents
    notice_minutes: Minutes
    professionals: Doers
    active: bool


class ServiceIn(ServiceWhole, forbid_unknown_fields=True, kw_only=True):
    """A new one, of which only name and length have to be known."""

    before_minutes: Around = 0
    after_minutes: Around = 0
    price_cents: Cents = 0
    notice_minutes: Minutes = 0
    professionals: Doers = []
    active: bool = True


class ServiceOut(ServiceWhole, kw_only=True):
    id: int


class DayOffIn(msgspec.Struct, forbid_unknown_fields=True):
    """Without `professional` it is everybody's; without `hours` ("14:00-16:00") the whole of each day.

    `yearly`: the same dates every year, as a town's holiday.
    """

    first: date
    last: date
    name: Annotated[str, msgspec.Meta(max_length=80, examples=["Aniversário da cidade"])] = ""
    professional: Number | None = None
    hours: Annotated[str, msgspec.Meta(max_length=20)] | None = None
    yearly: bool = False


class DayOffOut(DayOffIn, kw_only=True):
    id: int


class RulesWire(msgspec.Struct, forbid_unknown_fields=True):
    """Starts lie `beat` minutes apart. `state`: whose holidays are kept besides the nation's ("SP").

    `optional_holidays`: closed at Carnival, Corpus Christi and the like, too.
    """

    beat: Annotated[int, msgspec.Meta(extra_json_schema={"enum": list(BEATS)})]
    lead_minutes: Minutes
    ahead_days: Annotated[int, msgspec.Meta(ge=1, le=365)]
    closed_on_holidays: bool
    optional_holidays: bool
    state: Annotated[str, msgspec.Meta(min_length=2, max_length=2)] | None


class WaitIn(msgspec.Struct, forbid_unknown_fields=True):
    """A place for this `contact` between these times, at this `professional` or at any."""

    contact: Number
    service: Number
    starts: When
    ends: When
    professional: Number | None = None


class WaitOut(WaitIn, kw_only=True):
    id: int
    standing: str


def hours_from(wire: HoursWire) -> WeekHours:
    """Raises BadHours that names the day."""
    days = []
    for day in WEEKDAYS:
        stretches: list[str] = getattr(wire, day)
        days.append(tuple(_one_span(text, f"hours.{day}") for text in stretches))
    return WeekHours(tuple(days))


def professional_from(wire: ProfessionalWhole, id: ProfessionalId) -> Professional:
    """Raises Invalid."""
    email = None if wire.email is None else checked_email(wire.email)
    return Professional(wire.name, hours_from(wire.hours), wire.active, id, email)


def professional_out(one: Professional) -> ProfessionalOut:
    days = (list(map(str, spans)) for spans in one.hours.days)
    return ProfessionalOut(one.id, one.name, HoursWire(*days), one.active, one.email)


def service_from(wire: ServiceWhole, id: ServiceId) -> Service:
    """Raises Invalid."""
    return Service(
        name=wire.name,
        minutes=wire.minutes,
        before=wire.before_minutes,
        after=wire.after_minutes,
        price_cents=wire.price_cents,
        notice=timedelta(minutes=wire.notice_minutes),
        professionals=frozenset(map(ProfessionalId, wire.professionals)),
        active=wire.active,
        id=id,
    )


def service_out(one: Service) -> ServiceOut:
    return ServiceOut(
        id=one.id,
        name=one.name,
        minutes=one.minutes,
        before_minutes=one.before,
        after_minutes=one.after,
        price_cents=one.price_cents,
        notice_minutes=int(one.notice.total_seconds()) // 60,
        professionals=sorted(one.professionals),
        active=one.active,
    )


def day_off_from(wire: DayOffIn) -> DayOff:
    """Raises Invalid."""
    professional = None if wire.professional is None else ProfessionalId(wire.professional)
    span = None if wire.hours is None else _one_span(wire.hours, "hours")
    return DayOff(wire.first, wire.last, wire.name, professional, span, wire.yearly)


def day_off_out(one: DayOff) -> DayOffOut:
    hours = None if one.span is None else str(one.span)
    return DayOffOut(
        id=one.id,
        first=one.first,
        last=one.last,
        name=one.name,
        professional=one.professional,
        hours=hours,
        yearly=one.yearly,
    )


def rules_from(wire: RulesWire) -> Rules:
    """Raises Invalid."""
    return Rules(
        beat=wire.beat,
        lead=timedelta(minutes=wire.lead_minutes),
        ahead=timedelta(days=wire.ahead_days),
        closed_on_holidays=wire.closed_on_holidays,
        optional_holidays=wire.optional_holidays,
        state=wire.state,
    )


def rules_out(rules: Rules) -> RulesWire:
    return RulesWire(
        beat=rules.beat,
        lead_minutes=int(rules.lead.total_seconds()) // 60,
        ahead_days=rules.ahead.days,
        closed_on_holidays=rules.closed_on_holidays,
        optional_holidays=rules.optional_holidays,
        state=rules.state,
    )


def wait_from(wire: WaitIn) -> Wait:
    """Raises InvalidSlot."""
    professional = None if wire.professional is None else ProfessionalId(wire.professional)
    return Wait(ContactId(wire.contact), ServiceId(wire.service), Slot(wire.starts, wire.ends), professional)


def wait_out(one: Wait, zone: ZoneInfo) -> WaitOut:
    return WaitOut(
        id=one.id,
        contact=one.contact,
        service=one.service,
        starts=one.within.starts.astimezone(zone),
        ends=one.within.ends.astimezone(zone),
        professional=one.professional,
        standing=one.standing,
    )


def _one_span(text: str, field: str) -> Span:
    spans = read_day(text, field=field)
    if len(spans) != 1:
        raise BadHours("one stretch (14:00-16:00)", field=field)
    return spans[0]
