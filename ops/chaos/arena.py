"""Puts the whole system up for a fight: sandbox, wires that can be watched, companies, processes under a supervisor."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx2

from ops.chaos.clients import Crowd, Line
from ops.chaos.journal import Journal
from ops.chaos.phones import Phones
from ops.chaos.proxy import Proxy
from ops.chaos.rolling import SUPERVISE, WORKERS, Rolling
from ops.chaos.stage import RealStage
from ops.chaos.supervisor import Supervisor
from ops.load.processes import PYTHON, Command, DidNotStartError, Process, free_port
from ops.load.servers import Servers
from ops.load.system import Company, System

PACE = {"SECRETARIA_BURST_WINDOW_SECONDS": "0.3", "SECRETARIA_BURST_CAP_SECONDS": "2"}
PARTS = ("api", "worker-1", "worker-2", "relay-1", "relay-2", SUPERVISE)
WORKERS_WIRE = "worker database"
CREW = {"SECRETARIA_WORKERS_LEAST": str(WORKERS), "SECRETARIA_WORKERS_MOST": str(WORKERS)}


@dataclass(frozen=True, slots=True)
class Arena:
    """Everything that runs, ready for the fight."""

    stage: RealStage
    phones: Phones
    companies: tuple[Company, ...]

    @property
    def crowd(self) -> Crowd:
        return self.stage.crowd

    @property
    def journal(self) -> Journal:
        return self.stage.crowd.journal

    def rolling(self, wanted: int) -> Rolling:
        return Rolling(self.stage.supervisor, self.stage.wires[WORKERS_WIRE].port, wanted, self.stage.say)

    @property
    def superuser_url(self) -> str:
        return self.stage.servers.superuser_url


@asynccontextmanager
async def arena(servers: Servers, *, seed: int, tenants: int, say: Callable[[str], None]) -> AsyncIterator[Arena]:
    folder = servers.folder
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(httpx2.AsyncClient(timeout=8.0))
        outside = {name: await sandbox(stack, client, name, folder) for name in ("whaticket", "gemini")}
        wires = await wired(stack, servers, outside)
        system = System(
            folder, servers.database_url, servers.redis_url, f"http://127.0.0.1:{wires['model'].port}", PACE
        )
        phones = Phones(client, f"http://127.0.0.1:{outside['whaticket']}")
        companies = await opened(system, phones, wires["whaticket"].port, tenants)
        supervisor = Supervisor({name: command_of(system, wires, name) for name in PARTS})
        stack.callback(supervisor.stop)
        supervisor.start()
        await answering(client, f"http://127.0.0.1:{system.api_port}/healthz", *supervisor.running.values())
        dice = random.Random(seed)
        lines = [Line(f"line-{n}", company.target) for n, company in enumerate(companies)]
        journal = Journal(folder / "journal.jsonl")
        stack.callback(journal.close)
        crowd = Crowd(lines, journal, dice, client, phones.meet)
        stage = RealStage(servers, supervisor, wires, crowd, dice, say)
        stage.arm_poison()
        yield Arena(stage, phones, tuple(companies))


async def sandbox(stack: AsyncExitStack, client: httpx2.AsyncClient, name: str, folder: Path) -> int:
    """Starts one of the outside services; its port."""
    port = free_port()
    pace = {"whaticket": "20", "gemini": "150"}[name]
    argv = [PYTHON, "-m", f"ops.sandbox.{name}", "--port", str(port), "--latency-ms", pace]
    process = Command(f"sandbox {name}", argv, folder / f"sandbox-{name}.log", {}).start()
    stack.callback(process.stop)
    await answering(client, f"http://127.0.0.1:{port}/_sandbox/health", process)
    return port


async def wired(stack: AsyncExitStack, servers: Servers, outside: Mapping[str, int]) -> dict[str, Proxy]:
    """One proxy per wire that points can be named on."""
    ports = {
        "model": outside["gemini"],
        "whaticket": outside["whaticket"],
        WORKERS_WIRE: servers.postgres.port,
        "api database": servers.postgres.port,
    }
    return {name: await stack.enter_async_context(Proxy("127.0.0.1", port)) for name, port in ports.items()}


def command_of(system: System, wires: Mapping[str, Proxy], name: str) -> Command:
    """Workers and API reach the database over their wires; relays directly."""
    wires_of = {"api": "api database", "worker": WORKERS_WIRE, SUPERVISE: WORKERS_WIRE}
    wire = wires_of.get(name.partition("-")[0])
    if wire is None:
        return system.command(name)
    url = urlsplit(system.database_url)
    userinfo = url.netloc.rpartition("@")[0]
    through = url._replace(netloc=f"{userinfo}@127.0.0.1:{wires[wire].port}").geturl()
    return system.command(name, {"DATABASE_URL": through, **CREW})


async def opened(system: System, phones: Phones, port: int, tenants: int) -> list[Company]:
    await asyncio.to_thread(system.migrate)
    companies: list[Company] = []
    for number in range(tenants):
        line = await phones.open(f"line-{number}")
        extra = ("--panel-email", line.panel_email, "--panel-password", line.panel_password)
        url = f"http://127.0.0.1:{port}/c/{line.name}"
        companies.append(await asyncio.to_thread(system.open_company, f"Clínica {number}", url, line.token, extra))
    return companies


async def answering(client: httpx2.AsyncClient, url: str, *who: Process, patience: float = 30.0) -> None:
    """Until the address says that all is well. Raises DidNotStartError, with the last words of whoever ended."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with contextlib.suppress(httpx2.HTTPError):
            if (await client.get(url)).status_code == 200:
                return
        if ended := [f"{one.command.name} ended:\n{one.last_words()}" for one in who if not one.alive]:
            raise DidNotStartError("\n".join(ended))
        await asyncio.sleep(0.05)
    raise DidNotStartError(f"{url} is not well:\n{who[0].last_words()}")
