"""What the demonstration company lends out: services, two professionals and their hours."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from adapters.postgres.lanes import build_lanes
from adapters.postgres.work import PostgresWorkshop
from application.agenda.set_up import SetUpAgenda
from domain.agenda.opening_hours import WeekHours
from domain.agenda.people import Professional, Service
from domain.assistant.attendance import Span
from domain.shared.ids import TenantId
from secretaria.composition import database_name, now

WHO: Final = "system"
MORNING, AFTERNOON = Span(8 * 60, 12 * 60), Span(13 * 60, 18 * 60)
WEEK: Final = WeekHours(((MORNING, AFTERNOON),) * 5 + ((MORNING,), ()))
DENTIST, PHYSIOTHERAPIST = Professional("Dra. Marina Lopes", WEEK), Professional("Dr. Paulo Reis", WEEK)
NOTICE: Final = timedelta(hours=2)


async def furnish(database_url: str, tenant: TenantId) -> None:
    """Once: a company that has professionals keeps what it has."""
    lanes = await build_lanes(database_url, count=1, name="demonstration")
    try:
        set_up = SetUpAgenda(PostgresWorkshop(lanes, database_name(database_url)), now)
        if not await set_up.professionals(tenant):
            await _fill(set_up, tenant)
    finally:
        lanes.terminate()


async def _fill(set_up: SetUpAgenda, tenant: TenantId) -> None:
    dentist = await set_up.put_professional(tenant, DENTIST, WHO)
    physiotherapist = await set_up.put_professional(tenant, PHYSIOTHERAPIST, WHO)
    for service in (
        Service("Consulta", 30, price_cents=15_000, notice=NOTICE),
        Service("Limpeza", 40, after=5, price_cents=18_000, notice=NOTICE, professionals=frozenset({dentist.id})),
        Service(
            "Sessão de fisioterapia",
            50,
            after=10,
            price_cents=12_000,
            notice=NOTICE,
            professionals=frozenset({physiotherapist.id}),
        ),
    ):
        await set_up.put_service(tenant, service, WHO)
