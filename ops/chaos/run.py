"""`make chaos`: the whole system as real processes, several companies, a nemesis, and a verdict.

    python -m ops.chaos.run [--seed S] [--seconds N] [--tenants K] [--only F1,F5] [--keep]

Prints the seed first and the verdict last; ends with 0 only when nothing was lost, doubled, swapped or
misdelivered.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import secrets
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import uvloop

from ops.chaos import autopsy
from ops.chaos.checker import Verdict, check, report
from ops.chaos.clients import Crowd, Line
from ops.chaos.journal import Answer, Journal
from ops.chaos.nemesis import Kind, Nemesis, plan
from ops.chaos.phones import Phones
from ops.chaos.proxy import Proxy
from ops.chaos.stage import RealStage
from ops.chaos.supervisor import Supervisor
from ops.load.processes import PYTHON, Command, DidNotStartError, Process, free_port
from ops.load.servers import Servers
from ops.load.system import Company, System

VOICES = 3
"""Contacts at a time on every line."""

DRAINED_WITHIN = 120.0
SETTLED_AFTER = 10.0
"""Longer than a lease: a second answer that is still on its way would come within this time."""

PACE = {"SECRETARIA_BURST_WINDOW_SECONDS": "0.3", "SECRETARIA_BURST_CAP_SECONDS": "2"}
PARTS = ("api", "worker-1", "worker-2", "relay-1", "relay-2")


@dataclass(frozen=True, slots=True)
class Order:
    seed: int
    seconds: float
    tenants: int
    kinds: tuple[Kind, ...]
    keep: bool


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

    @property
    def superuser_url(self) -> str:
        return self.stage.servers.superuser_url


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@asynccontextmanager
async def arena(order: Order, folder: Path, servers: Servers) -> AsyncIterator[Arena]:
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(httpx2.AsyncClient(timeout=8.0))
        outside = {name: await sandbox(stack, client, name, folder) for name in ("whaticket", "gemini")}
        wires = await wired(stack, servers, outside)
        system = System(
            folder, servers.database_url, servers.redis_url, f"http://127.0.0.1:{wires['model'].port}", PACE
        )
        phones = Phones(client, f"http://127.0.0.1:{outside['whaticket']}")
        companies = await opened(system, phones, wires["whaticket"].port, order.tenants)
        supervisor = Supervisor({name: command_of(system, wires, name) for name in PARTS})
        stack.callback(supervisor.stop)
        supervisor.start()
        await answering(client, f"http://127.0.0.1:{system.api_port}/healthz", *supervisor.running.values())
        dice = random.Random(order.seed)
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
        "worker database": servers.postgres.port,
        "api database": servers.postgres.port,
    }
    return {name: await stack.enter_async_context(Proxy("127.0.0.1", port)) for name, port in ports.items()}


def command_of(system: System, wires: Mapping[str, Proxy], name: str) -> Command:
    """Workers and API reach the database over their wires; relays directly."""
    wire = {"api": "api database", "worker": "worker database"}.get(name.partition("-")[0])
    if wire is None:
        return system.command(name)
    url = urlsplit(system.database_url)
    userinfo = url.netloc.rpartition("@")[0]
    through = url._replace(netloc=f"{userinfo}@127.0.0.1:{wires[wire].port}").geturl()
    return system.command(name, {"DATABASE_URL": through})


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


async def fight(order: Order, ring: Arena) -> Verdict:
    """Load and faults together, then calm, then the phones are compared with the journal."""
    watching = asyncio.ensure_future(ring.stage.supervisor.watch())
    try:
        async with asyncio.TaskGroup() as going:
            going.create_task(ring.crowd.talk(VOICES))
            going.create_task(
                Nemesis(plan(order.seed, order.seconds, kinds=order.kinds), ring.stage, ring.journal, say).run()
            )
            await asyncio.sleep(order.seconds)
            ring.crowd.stop.set()
        answers = await drained(ring)
    finally:
        watching.cancel()
    verdict = check(list(ring.journal.entries.values()), answers, ring.journal.blows, ring.crowd.refused)
    await explain(ring, verdict)
    return verdict


async def drained(ring: Arena) -> list[Answer]:
    """Until every promise is kept and nothing is left to do, or patience ends."""
    say(f"         faults are over; {len(ring.journal.promised())} messages are promised an answer")
    until = time.monotonic() + DRAINED_WITHIN
    kept_since: float | None = None
    poisons = sum(entry.poison for entry in ring.journal.entries.values())
    while time.monotonic() < until:
        answers = await ring.phones.answers()
        seen = {token for answer in answers for token in answer.tokens}
        if all(entry.token in seen for entry in ring.journal.promised()):
            kept_since = kept_since or time.monotonic()
            idle = await autopsy.unfinished(ring.superuser_url) <= poisons
            if idle or time.monotonic() - kept_since > SETTLED_AFTER:
                break
        await asyncio.sleep(0.5)
    return await ring.phones.answers()


async def explain(ring: Arena, verdict: Verdict) -> None:
    """What helps to find the cause: dead letters, processes that ended by themselves, the fate of the lost."""
    for line in await autopsy.dead_letters(ring.superuser_url):
        say(f"         {line}")
    for crash in ring.stage.supervisor.crashes:
        say(f"         {crash}")
    tenants = [company.tenant for company in ring.companies]
    for token in (*verdict.lost[:10], *verdict.twice[:10], *verdict.out_of_order[:10], verdict.slowest_token):
        say(f"         {token}: {await autopsy.fate(ring.superuser_url, tenants, token)}")


def kinds_named(only: str) -> tuple[Kind, ...]:
    """ "F1,F5" are all kinds that begin so; nothing means all."""
    starts = tuple(word.strip() for word in only.split(",") if word.strip())
    kinds = tuple(kind for kind in Kind if kind.startswith(starts or ("",)))
    if not kinds:
        raise SystemExit("there is no such fault: " + ", ".join(Kind))
    return kinds


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("--seed", type=int, default=None, help="repeat a run (default: a new seed)")
    reading.add_argument("--seconds", type=float, default=240.0, help="how long faults go on")
    reading.add_argument("--tenants", type=int, default=4)
    reading.add_argument("--only", default="", help="only faults whose name begins so: F1,F5")
    reading.add_argument("--keep", action="store_true", help="keep logs, journal and data")
    words = reading.parse_args()
    seed = words.seed if words.seed is not None else secrets.randbelow(1_000_000)
    order = Order(seed, words.seconds, words.tenants, kinds_named(words.only), words.keep)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    say(f"seed {order.seed}, {order.seconds:.0f} s of faults, {order.tenants} companies")
    folder = Path(tempfile.mkdtemp(prefix="secretaria-chaos-"))
    folder.chmod(0o755)  # the servers' own user must reach its folder
    try:
        with Servers(folder) as servers:
            verdict = uvloop.run(carry_out(order, folder, servers))
    finally:
        if order.keep:
            say(f"kept in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    say("\n" + report(order.seed, verdict))
    sys.exit(0 if verdict.clean else 1)


async def carry_out(order: Order, folder: Path, servers: Servers) -> Verdict:
    async with arena(order, folder, servers) as ring:
        return await fight(order, ring)


if __name__ == "__main__":
    main()
