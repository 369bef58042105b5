"""(g) How long a look for a free time takes at ten professionals over sixty days: half of all hours taken, or booked out.

Through the same use case that the chat, the panel and the API call, on a real PostgreSQL: the rules, the hours, the holidays,
the places that are taken, the signed tokens. Beside it the one thing it cannot do without: reading the taken places.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import asyncpg
import uvloop

from application.agenda.face import Agenda
from application.agenda.look import Wanted
from domain.agenda.opening_hours import WeekHours
from domain.agenda.people import Professional, Service
from domain.agenda.rules import Rules
from domain.agenda.slot import Slot
from domain.assistant.attendance import Span
from domain.shared.ids import ServiceId, TenantId
from ops.load.figures import Figure, quantile
from ops.load.ground import Ground
from secretaria.agenda import build_agenda
from secretaria.calendars import open_calendars
from secretaria.composition import lay_foundations
from secretaria.settings import Settings

WHO: Final = "bench"
PROFESSIONALS: Final = 10
DAYS: Final = 60
LIMIT_MS: Final = 10.0
PEER: Final = "reading the taken places alone, p95"
LEAST: Final = 200
"""Looks, however short the measure: a p95 of fewer says nothing."""

WARM_UP: Final = 20
HOURS: Final = WeekHours(((Span(480, 720), Span(780, 1080)),) * 5 + ((Span(480, 720),), ()))
TAKEN: Final = """
insert into tenant_{tenant}.contacts (phone) values ('+5511900000000') on conflict do nothing;
insert into tenant_{tenant}.agenda_places (professional_id, busy, contact_id, held_until)
select p.id, tstzrange(t, t + interval '30 minutes'), (select min(id) from tenant_{tenant}.contacts), '2100-01-01'
from tenant_{tenant}.professionals p,
    generate_series(date_trunc('hour', now()), now() + interval '60 days', interval '1 hour') t
where p.name like 'Profissional %';
analyze tenant_{tenant}.agenda_places;
"""
BOOKED_OUT: Final = """
delete from tenant_{tenant}.agenda_places;
insert into tenant_{tenant}.agenda_places (professional_id, busy, contact_id, held_until)
select p.id, tstzrange(t, t + interval '30 minutes'), (select min(id) from tenant_{tenant}.contacts), '2100-01-01'
from tenant_{tenant}.professionals p,
    generate_series(date_trunc('hour', now()), now() + interval '56 days', interval '30 minutes') t
where p.name like 'Profissional %'
    and extract(hour from t at time zone 'America/Sao_Paulo') between 8 and 17
    and extract(isodow from t at time zone 'America/Sao_Paulo') < 7;
analyze tenant_{tenant}.agenda_places;
"""
READ: Final = "select professional_id, busy from tenant_{tenant}.agenda_places where busy && tstzrange($1, $2)"


@dataclass(frozen=True, slots=True)
class Looks:
    """Milliseconds: of ours, and of reading what is taken and nothing else."""

    ours: list[float]
    bare: list[float]
    places: int

    def figure(self, what: str, *, limit: float) -> Figure:
        p95 = quantile(self.ours, 0.95)
        return Figure(
            f"free times of {PROFESSIONALS} professionals over {DAYS} days, {what}, p95",
            p95,
            "ms",
            f"<= {limit:.0f} ms",
            met=p95 <= limit,
            peer=PEER,
            beside=quantile(self.bare, 0.95),
            note=f"p50 {quantile(self.ours, 0.5):.1f} ms; {self.places} places taken, {len(self.ours)} looks",
        )


def measure(ground: Ground, seconds: float) -> list[Figure]:
    """A company that is booked out has no limit but the peer: all that is taken has to be read."""
    half, booked_out = uvloop.run(_measured(ground, TenantId(ground.companies[-1].tenant), seconds))
    alone = quantile(booked_out.bare, 0.95)
    return [half.figure("half taken", limit=LIMIT_MS), booked_out.figure("booked out for 56", limit=alone)]


async def _measured(ground: Ground, tenant: TenantId, seconds: float) -> tuple[Looks, Looks]:
    settings = Settings.from_environment(ground.system.environment())
    async with lay_foundations(settings, name="bench") as base, open_calendars(base) as calendars:
        agenda = build_agenda(base, calendars)
        now = datetime.now(UTC)
        wanted = Wanted(await _furnished(agenda, tenant), Slot(now, now + timedelta(days=DAYS)))
        superuser = await asyncpg.connect(ground.servers.superuser_url)

        async def looked(rows: str) -> Looks:
            await superuser.execute(rows.format(tenant=tenant))
            taken = await superuser.fetchval(f"select count(*) from tenant_{tenant}.agenda_places")
            ground.calm()
            ours = await _timed(lambda: agenda.find_slots(tenant, wanted), seconds / 2)
            read = READ.format(tenant=tenant)
            bare = await _timed(lambda: superuser.fetch(read, now, now + timedelta(days=DAYS)), seconds / 4)
            return Looks(ours, bare, taken)

        try:
            return await looked(TAKEN), await looked(BOOKED_OUT)
        finally:
            await superuser.close()


async def _furnished(agenda: Agenda, tenant: TenantId) -> ServiceId:
    for place in range(PROFESSIONALS):
        await agenda.set_up.put_professional(tenant, Professional(f"Profissional {place}", HOURS), WHO)
    await agenda.set_up.set_rules(tenant, Rules(ahead=timedelta(days=DAYS + 1), state="SP"), WHO)
    return (await agenda.set_up.put_service(tenant, Service("Consulta", 30), WHO)).id


async def _timed(look: Callable[[], Awaitable[object]], seconds: float) -> list[float]:
    """Milliseconds of each, one after the other."""
    took, until = list[float](), time.perf_counter() + seconds
    while len(took) < LEAST + WARM_UP or time.perf_counter() < until:
        begun = time.perf_counter()
        await look()
        took.append((time.perf_counter() - begun) * 1000)
    return took[WARM_UP:]
