"""What the month runs on: real servers, the outside as HTTP services, and Secretaria's processes, kept alive by a supervisor."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import httpx2

from application.agenda.face import Agenda
from application.agenda.hang_bell import HANG_BELL
from domain.shared.ids import TenantId
from ops.chaos.arena import answering
from ops.chaos.month_clock import Tide
from ops.chaos.month_town import Builder, Clinic
from ops.chaos.supervisor import Supervisor
from ops.load.processes import PYTHON, Command
from ops.load.servers import Servers
from ops.load.system import System
from ops.sandbox.handle import Calcom, Gemini, Whaticket, start_calcom, start_gemini, start_whaticket
from secretaria.agenda import build_agenda
from secretaria.calendars import open_calendars
from secretaria.composition import lay_foundations
from secretaria.settings import Settings

PACE = {
    "SECRETARIA_BURST_WINDOW_SECONDS": "0",
    "SECRETARIA_API_WORKERS": "1",
    "SECRETARIA_LOG_LEVEL": "warning",
}
HEARD_WITHIN = 60
"""Seconds."""

TIDE = """
-- a message is received when the month says so: the database's clock is a port as well
create table public.tide (lead interval not null);
insert into public.tide values ('0');
grant select on public.tide to public;
"""
RECEIVED_BY_THE_TIDE = """
create function tenant_{tenant}.now_by_the_tide() returns timestamptz language sql stable
    as 'select clock_timestamp() + lead from public.tide';
alter table tenant_{tenant}.envelopes alter column received_at set default tenant_{tenant}.now_by_the_tide();
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """`postgres` looks past all roles; `agenda` is the reception's, by the month's clock.

    `leaps`: when the clock leapt, and how far ahead it was from then on.
    """

    tide: Tide
    servers: Servers
    supervisor: Supervisor
    whaticket: Whaticket
    gemini: Gemini
    calcom: Calcom
    agenda: Agenda
    postgres: asyncpg.Pool
    clinics: tuple[Clinic, ...]
    leaps: list[tuple[datetime, timedelta]] = field(default_factory=list)

    async def leap_to(self, moment: datetime) -> None:
        self.tide.leap_to(moment)
        self.leaps.append((datetime.now(UTC), self.tide.lead))
        await self.postgres.execute("update public.tide set lead = $1", self.tide.lead)
        await self.calcom.set(now=moment.isoformat())

    async def hear_calendars(self) -> None:
        """Until every calendar elsewhere knows where to knock: of what is booked before that it tells nothing."""
        for _ in range(HEARD_WITHIN * 10):
            if not await self.postgres.fetchval("select exists (select from public.jobs where actor = $1)", HANG_BELL):
                return
            await asyncio.sleep(0.1)
        raise TimeoutError("a calendar was not told where to knock")


@asynccontextmanager
async def month_ground(servers: Servers, *, tenants: int, elsewhere: int) -> AsyncIterator[Ground]:
    """`elsewhere`: how many of the clinics keep their calendar at Cal.com."""
    folder = servers.folder
    async with AsyncExitStack() as stack:
        whaticket = await stack.enter_async_context(start_whaticket(latency_ms=0))
        gemini = await stack.enter_async_context(start_gemini(latency_ms=0, log=1))
        calcom = await stack.enter_async_context(start_calcom())
        system = System(folder, servers.database_url, servers.redis_url, gemini.url, PACE)
        await asyncio.to_thread(system.migrate)
        tide = Tide(folder / "tide")
        postgres = await stack.enter_async_context(asyncpg.create_pool(servers.superuser_url, min_size=1, max_size=4))
        await postgres.execute(TIDE)
        settings = Settings.from_environment(system.environment())
        base = await stack.enter_async_context(lay_foundations(settings, name="reception", clock=tide))
        calendars = await stack.enter_async_context(open_calendars(base))
        agenda = build_agenda(base, calendars)
        builder = Builder(system, whaticket, calcom, agenda, calendars)
        clinics = [await _clinic(builder, postgres, number, number < elsewhere) for number in range(tenants)]
        supervisor = Supervisor(_commands(system, folder))
        stack.callback(supervisor.stop)
        supervisor.start()
        async with httpx2.AsyncClient(trust_env=False) as client:
            url = f"http://127.0.0.1:{system.api_port}/healthz"
            await answering(client, url, *supervisor.running.values())
        yield Ground(tide, servers, supervisor, whaticket, gemini, calcom, agenda, postgres, tuple(clinics))


async def _clinic(builder: Builder, postgres: asyncpg.Pool, number: int, elsewhere: bool) -> Clinic:
    line = await builder.open_line(f"clinica-{number}")
    extra = ("--panel-email", line.panel_email, "--panel-password", line.panel_password)
    url = builder.whaticket.base_url(line.name)
    open_company = builder.system.open_company
    company = await asyncio.to_thread(open_company, f"Clínica {number}", url, line.token, extra)
    target = company.target
    await builder.whaticket.change(line.name, webhook_url=target.url, auth="hmac", secrets=[target.secret])
    await postgres.execute(RECEIVED_BY_THE_TIDE.format(tenant=company.tenant))
    return await builder.lend_out(TenantId(company.tenant), line.name, elsewhere=elsewhere)


def _commands(system: System, folder: Path) -> dict[str, Command]:
    """API and worker go by the month's clock; the relay knows no time but its database's."""

    def by_the_tide(name: str, module: str) -> Command:
        usual = system.command(name)
        return Command(name, [PYTHON, "-m", module, str(folder / "tide")], usual.log, usual.env)

    return {
        "api": by_the_tide("api", "ops.chaos.month_api"),
        "relay-1": system.command("relay-1"),
        "worker-1": by_the_tide("worker-1", "ops.chaos.month_worker"),
    }
