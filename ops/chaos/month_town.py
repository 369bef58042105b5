"""The month's town: clinics with a line each, their agendas set up by their own people, some with a calendar at Cal.com."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from application.agenda.connections import CalendarConnection, CalendarConnectionId, EventTypeOf
from application.agenda.face import Agenda
from application.agenda.keep import Asker
from domain.agenda.opening_hours import WeekHours
from domain.agenda.people import Professional, Service
from domain.agenda.rules import Rules
from domain.assistant.attendance import Span
from domain.shared.ids import ProfessionalId, ServiceId, TenantId
from ops.chaos.phones import Opened
from ops.load.system import System
from ops.sandbox.handle import Calcom, Whaticket
from secretaria.calendars import ChosenCalendars

WHO: Final = "user:00000000-0000-0000-0000-000000000001"
RECEPTION: Final = Asker(WHO)
MORNING, AFTERNOON = Span(8 * 60, 12 * 60), Span(13 * 60, 18 * 60)
HOURS: Final[Mapping[str, WeekHours]] = {
    "Dra. Marina": WeekHours(((MORNING, AFTERNOON),) * 5 + ((), ())),
    "Dr. Paulo": WeekHours(((), (AFTERNOON,), (), (AFTERNOON,), (MORNING,), (MORNING,), ())),
}
SERVICES: Final = (
    Service("Limpeza", 30, after=10),
    Service("Consulta", 60, notice=timedelta(hours=2)),
)
RULES: Final = Rules(beat=30, state="SP")


@dataclass(frozen=True, slots=True)
class Clinic:
    """`line` is its id in the sandboxed Whaticket; `account` that of its calendar at Cal.com, if it has one there."""

    tenant: TenantId
    line: str
    services: Mapping[str, ServiceId]
    professionals: Mapping[str, ProfessionalId]
    account: int | None = None


@dataclass(frozen=True, slots=True)
class Builder:
    """Opens clinics as an operator does, and sets them up as their people do."""

    system: System
    whaticket: Whaticket
    calcom: Calcom
    agenda: Agenda
    calendars: ChosenCalendars

    async def open_line(self, name: str) -> Opened:
        opened = Opened(name, f"token-of-{name}", f"{name}@example.com", f"panel-of-{name}")
        await self.whaticket.open(
            id=name,
            profile="saas-classic",
            token=opened.token,
            panel_email=opened.panel_email,
            panel_password=opened.panel_password,
        )
        return opened

    async def lend_out(self, tenant: TenantId, line: str, *, elsewhere: bool) -> Clinic:
        set_up = self.agenda.set_up
        await set_up.set_rules(tenant, RULES, WHO)
        professionals = {
            name: (await set_up.put_professional(tenant, Professional(name, hours), WHO)).id
            for name, hours in HOURS.items()
        }
        services = {one.name: (await set_up.put_service(tenant, one, WHO)).id for one in SERVICES}
        clinic = Clinic(tenant, line, services, professionals)
        return replace(clinic, account=await self._connect(clinic)) if elsewhere else clinic

    async def _connect(self, clinic: Clinic) -> int:
        """Each professional is a host of their own over there, who would attend at any hour: the hours are ours."""
        account = await self.calcom.enter(
            per_minute=0,
            key=f"cal_live_{secrets.token_hex(8)}",
            username=clinic.line,
            email=f"{clinic.line}@example.com",
        )
        always = [{"days": [1, 2, 3, 4, 5, 6, 7], "opens": "07:00", "closes": "19:00"}]
        kinds = []
        for who in clinic.professionals.values():
            for service in SERVICES:
                kind = await self.calcom.offer(
                    account,
                    host=account.id * 1_000 + who,
                    slug=f"{service.name.lower()}-{who}",
                    length=service.minutes,
                    every=30,
                    hours=always,
                )
                kinds.append(EventTypeOf(clinic.services[service.name], who, kind.id))
        id = CalendarConnectionId(secrets.token_hex(11))
        connection = CalendarConnection(id, clinic.tenant, self.calcom.url, account.key, (secrets.token_hex(16),))
        await self.calendars.desk.put(connection, kinds)
        return account.id
