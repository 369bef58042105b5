"""Which calendar a company's appointments are told to, and how calendars elsewhere are listened to; wired for both processes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2

from adapters.calcom.bell import CalcomBell
from adapters.calcom.calendar import CalcomCalendar
from adapters.calcom.client import CalcomClient
from adapters.calcom.inbound import CalcomInbound
from adapters.calcom.lines import Lines
from adapters.calcom.terms import CalcomTerms, EventType
from adapters.http.calendar_settings import WEBHOOK
from adapters.postgres.agenda_calendar import BuiltInCalendars
from adapters.postgres.calendar_connections import (
    PostgresCalendarConnections,
    PostgresCalendarDesk,
)
from adapters.postgres.calendar_secrets import PostgresCalendarSecrets
from adapters.postgres.left_calendars import PostgresGivenUpCalendars
from adapters.postgres.zones import PostgresZones
from adapters.queue import calendars as actors
from adapters.telemetry.calendar_measures import CalendarCounters
from adapters.whaticket.client import build_http_client
from application.agenda.connections import CalendarConnection, CalendarConnections, CalendarDesk
from application.agenda.hang_bell import HangBell
from application.agenda.ports import Calendar, Calendars
from application.agenda.receive_calendar_event import ReceiveCalendarEvent
from application.agenda.reconcile_calendar import ReconcileCalendar
from application.agenda.repair_drift import RepairDrift
from application.agenda.take_down_bell import TakeDownBell
from application.shared.rate_limits import RateLimits
from domain.shared.ids import TenantId
from secretaria.agenda import keep_over
from secretaria.composition import Foundations


@dataclass(frozen=True, slots=True)
class ChosenCalendars:
    """Implements application.agenda.ports.Calendars: the one a company connected, else the one that is built in."""

    connections: CalendarConnections
    desk: CalendarDesk
    built_in: Calendars
    http: httpx2.AsyncClient
    lines: Lines

    async def of(self, tenant: TenantId) -> Calendar:
        return await self._behind(tenant, await self.connections.of(tenant))

    async def anew(self, tenant: TenantId) -> Calendar:
        """As it was connected a moment ago."""
        return await self._behind(tenant, await self.desk.connection(tenant))

    async def _behind(self, tenant: TenantId, connection: CalendarConnection | None) -> Calendar:
        if connection is None:
            return await self.built_in.of(tenant)
        return CalcomCalendar(CalcomClient(self.http, await self._terms(connection), self.lines))

    async def _terms(self, connection: CalendarConnection) -> CalcomTerms:
        event_types = await self.desk.event_types(connection.tenant)
        return CalcomTerms(
            tenant=connection.tenant,
            name=connection.id,
            base_url=connection.base_url,
            key=connection.api_key,
            event_types={key: EventType(one.number, one.flexible) for key, one in event_types.items()},
        )


@asynccontextmanager
async def open_calendars(base: Foundations) -> AsyncIterator[ChosenCalendars]:
    """For as long as the process lives: one HTTP pool, one memory of who is ill."""
    # `build_http_client` is whaticket's because that is where strangers' addresses came up first; it knows nothing of it
    async with build_http_client(private_addresses=base.settings.delivery.private_addresses) as http:
        yield ChosenCalendars(
            connections=PostgresCalendarConnections(base.pool, base.vault),
            desk=PostgresCalendarDesk(base.pool, base.vault, base.open_work),
            built_in=BuiltInCalendars(base.open_work, base.clock),
            http=http,
            lines=Lines(now=base.steady),
        )


def receiving(base: Foundations, calendars: ChosenCalendars, limits: RateLimits) -> ReceiveCalendarEvent:
    secrets = PostgresCalendarSecrets(base.pool, base.vault)
    return ReceiveCalendarEvent(
        calendars.connections, secrets, CalcomInbound(), calendars.lines, limits, base.open_work, base.clock
    )


def reconciling(base: Foundations, calendars: ChosenCalendars) -> ReconcileCalendar:
    keep = keep_over(PostgresZones(base.pool), base.clock)
    return ReconcileCalendar(
        open_work=base.open_work,
        connections=calendars.connections,
        calendars=calendars,
        repair=RepairDrift(base.open_work, keep, base.clock),
        measures=CalendarCounters(),
        clock=base.clock,
    )


def register_calendars(base: Foundations, calendars: ChosenCalendars) -> None:
    door = f"{base.settings.http.public_url}{WEBHOOK}"
    bell, given_up = CalcomBell(calendars.http, calendars.lines), PostgresGivenUpCalendars(base.pool, base.vault)
    hang = HangBell(base.open_work, calendars.connections, bell, door)
    take_down = TakeDownBell(base.open_work, given_up, calendars.connections, bell, door)
    actors.register(base.broker, reconciling(base, calendars), hang, take_down)
