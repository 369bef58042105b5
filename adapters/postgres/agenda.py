"""How a company's agenda is set up, as rows: rules, professionals, services, days off."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from datetime import timedelta
from typing import Any, Final, TypeVar

import asyncpg
import msgspec

from adapters.postgres.pool import Connection
from domain.agenda.opening_hours import DayOff, DayOffNotFound, WeekHours
from domain.agenda.people import (
    NEW_PROFESSIONAL,
    NEW_SERVICE,
    AgendaNameTaken,
    Professional,
    ProfessionalNotFound,
    Service,
    ServiceNotFound,
)
from domain.agenda.rules import Rules
from domain.assistant.attendance import Span
from domain.shared.ids import DayOffId, ProfessionalId, ServiceId

T = TypeVar("T")
HOURS: Final = msgspec.json.Decoder(list[list[tuple[int, int]]])
PROFESSIONAL: Final = "select id, name, hours, active, email from professionals"
SERVICE: Final = """
    select s.id, s.name, s.minutes, s.before_minutes, s.after_minutes, s.price_cents, s.notice_minutes, s.active,
        array(select professional_id from service_professionals p where p.service_id = s.id) as professionals
    from services s
"""


class PostgresAgenda:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def rules(self) -> Rules:
        row = await self._connection.fetchrow(
            "select beat, lead_minutes, ahead_days, closed_on_holidays, optional_holidays, state from agenda_rules"
        )
        return Rules(
            beat=row["beat"],
            lead=timedelta(minutes=row["lead_minutes"]),
            ahead=timedelta(days=row["ahead_days"]),
            closed_on_holidays=row["closed_on_holidays"],
            optional_holidays=row["optional_holidays"],
            state=row["state"],
        )

    async def put_rules(self, rules: Rules) -> None:
        await self._connection.execute(
            "update agenda_rules set beat = $1, lead_minutes = $2, ahead_days = $3, closed_on_holidays = $4,"
            " optional_holidays = $5, state = $6, updated_at = now()",
            rules.beat,
            minutes(rules.lead),
            rules.ahead.days,
            rules.closed_on_holidays,
            rules.optional_holidays,
            rules.state,
        )

    async def professionals(self, *, also_inactive: bool = False) -> Sequence[Professional]:
        rows = await self._connection.fetch(f"{PROFESSIONAL} where active or $1 order by id", also_inactive)
        return [_professional(row) for row in rows]

    async def professional(self, id: ProfessionalId, *, lock: bool = False) -> Professional:
        """`no key`: who is locked can still be named by new rows of others."""
        row = await self._connection.fetchrow(f"{PROFESSIONAL} where id = $1{' for no key update' if lock else ''}", id)
        if row is None:
            raise ProfessionalNotFound(f"there is no professional {id}")
        return _professional(row)

    async def put_professional(self, professional: Professional) -> ProfessionalId:
        hours = [[(span.opens, span.closes) for span in spans] for spans in professional.hours.days]
        values = (professional.name, msgspec.json.encode(hours).decode(), professional.active, professional.email)
        if professional.id == NEW_PROFESSIONAL:
            query = "insert into professionals (name, hours, active, email) values ($1, $2, $3, $4) returning id"
            id = await _named_once(self._connection.fetchval(query, *values))
        else:
            query = "update professionals set name = $1, hours = $2, active = $3, email = $4 where id = $5 returning id"
            id = await _named_once(self._connection.fetchval(query, *values, professional.id))
        if id is None:
            raise ProfessionalNotFound(f"there is no professional {professional.id}")
        return ProfessionalId(id)

    async def services(self, *, also_inactive: bool = False) -> Sequence[Service]:
        rows = await self._connection.fetch(f"{SERVICE} where s.active or $1 order by s.id", also_inactive)
        return [_service(row) for row in rows]

    async def service(self, id: ServiceId) -> Service:
        row = await self._connection.fetchrow(f"{SERVICE} where s.id = $1", id)
        if row is None:
            raise ServiceNotFound(f"there is no service {id}")
        return _service(row)

    async def put_service(self, service: Service) -> ServiceId:
        values = (
            service.name,
            service.minutes,
            service.before,
            service.after,
            service.price_cents,
            minutes(service.notice),
            service.active,
        )
        if service.id == NEW_SERVICE:
            query = (
                "insert into services"
                " (name, minutes, before_minutes, after_minutes, price_cents, notice_minutes, active)"
                " values ($1, $2, $3, $4, $5, $6, $7) returning id"
            )
            id = await _named_once(self._connection.fetchval(query, *values))
        else:
            query = (
                "update services set name = $1, minutes = $2, before_minutes = $3, after_minutes = $4,"
                " price_cents = $5, notice_minutes = $6, active = $7 where id = $8 returning id"
            )
            id = await _named_once(self._connection.fetchval(query, *values, service.id))
        if id is None:
            raise ServiceNotFound(f"there is no service {service.id}")
        await self._name_professionals(id, service.professionals)
        return ServiceId(id)

    async def _name_professionals(self, service: int, professionals: frozenset[ProfessionalId]) -> None:
        await self._connection.execute("delete from service_professionals where service_id = $1", service)
        added = await self._connection.execute(
            "insert into service_professionals (service_id, professional_id)"
            " select $1, id from professionals where id = any($2::bigint[])",
            service,
            sorted(professionals),
        )
        if added != f"INSERT 0 {len(professionals)}":
            raise ProfessionalNotFound("one of the professionals of this service")

    async def days_off(self) -> Sequence[DayOff]:
        rows = await self._connection.fetch(
            "select id, professional_id, first, last, opens, closes, yearly, name from days_off order by first, id"
        )
        return [_day_off(row) for row in rows]

    async def add_day_off(self, day_off: DayOff) -> DayOffId:
        span = day_off.span
        try:
            id: int = await self._connection.fetchval(
                "insert into days_off (professional_id, first, last, opens, closes, yearly, name)"
                " values ($1, $2, $3, $4, $5, $6, $7) returning id",
                day_off.professional,
                day_off.first,
                day_off.last,
                None if span is None else span.opens,
                None if span is None else span.closes,
                day_off.yearly,
                day_off.name,
            )
        except asyncpg.ForeignKeyViolationError:
            raise ProfessionalNotFound(f"there is no professional {day_off.professional}") from None
        return DayOffId(id)

    async def remove_day_off(self, id: DayOffId) -> None:
        if await self._connection.execute("delete from days_off where id = $1", id) != "DELETE 1":
            raise DayOffNotFound(f"there is no day off {id}")


def minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60


async def _named_once(writing: Awaitable[T]) -> T:
    """Raises AgendaNameTaken."""
    try:
        return await writing
    except asyncpg.UniqueViolationError:
        raise AgendaNameTaken("another one has this name") from None


def _professional(row: Any) -> Professional:  # noqa: ANN401 - asyncpg has no types
    days = tuple(tuple(Span(*pair) for pair in spans) for spans in HOURS.decode(row["hours"]))
    return Professional(row["name"], WeekHours(days), row["active"], ProfessionalId(row["id"]), row["email"])


def _service(row: Any) -> Service:  # noqa: ANN401
    return Service(
        name=row["name"],
        minutes=row["minutes"],
        before=row["before_minutes"],
        after=row["after_minutes"],
        price_cents=row["price_cents"],
        notice=timedelta(minutes=row["notice_minutes"]),
        professionals=frozenset(map(ProfessionalId, row["professionals"])),
        active=row["active"],
        id=ServiceId(row["id"]),
    )


def _day_off(row: Any) -> DayOff:  # noqa: ANN401
    return DayOff(
        first=row["first"],
        last=row["last"],
        name=row["name"],
        professional=None if row["professional_id"] is None else ProfessionalId(row["professional_id"]),
        span=None if row["opens"] is None else Span(row["opens"], row["closes"]),
        yearly=row["yearly"],
        id=DayOffId(row["id"]),
    )
