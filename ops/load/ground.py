"""The ground a benchmark stands on: servers, the outside, Secretaria with its companies, and load."""

from __future__ import annotations

import json
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import psutil
import redis

from ops.load.orders import CONTACTS_PER_TARGET, Order, Outcome
from ops.load.processes import PYTHON, ROOT, Command, Process, free_port
from ops.load.servers import Servers
from ops.load.system import Company, System
from ops.load.webhooks import Target

MODEL_SECONDS = 0.3
SEND_SECONDS = 0.02
COMPANIES = 8
CALM_PERCENT = 15.0
CALM_WITHIN = 5.0
ENDED_WITHIN = 1.0
"""Seconds: what a flood left behind need not be worked off."""

AT_ONCE = {"SECRETARIA_BURST_WINDOW_SECONDS": "0"}


@dataclass(frozen=True, slots=True)
class Shot:
    """An acknowledged request of a generator's journal: when it was due and answered, on the common clock."""

    token: str
    target: int
    due: float
    answered: float


@dataclass(slots=True)
class Ground:
    folder: Path
    servers: Servers
    outside_url: str
    system: System
    companies: Sequence[Company]
    runs: Iterator[int] = field(default_factory=lambda: iter(range(1, 1_000_000)))

    @property
    def targets(self) -> tuple[Target, ...]:
        return tuple(company.target for company in self.companies)

    @contextmanager
    def running(self, *names: str, env: Mapping[str, str] | None = None) -> Iterator[dict[str, Process]]:
        """Processes of Secretaria, ready to work; ended with the block, replacements in the dict as well."""
        started: dict[str, Process] = {}
        try:
            for name in names:
                started[name] = self.system.start(name, env)
            for name in names:
                self.wait_for(name, started[name])
            yield started
        finally:
            for process in started.values():
                process.stop(ENDED_WITHIN)

    def wait_for(self, name: str, process: Process) -> None:
        """Each process says on a port that it is ready: the API on its own, the others on their metrics port."""
        ports = {
            "api": "SECRETARIA_PORT",
            "worker": "SECRETARIA_WORKER_METRICS_PORT",
            "relay": "SECRETARIA_RELAY_METRICS_PORT",
        }
        process.wait_for(int(process.command.env[ports[name.partition("-")[0]]]))

    def generator(self, order: Order) -> Generator:
        """Every run has contacts of its own: no conversation carries what an earlier measure left in it."""
        number = next(self.runs)
        first = number * CONTACTS_PER_TARGET * len(self.companies)
        journal = str(self.folder / f"{number}.journal")
        return Generator(replace(order, run=f"b{number}", first_contact=first, journal=journal))

    def calm(self) -> None:
        """Wait a little for what the last load left behind: checkpoints, vacuum, other people's work."""
        until = time.monotonic() + CALM_WITHIN
        while psutil.cpu_percent(interval=0.3) > CALM_PERCENT and time.monotonic() < until:
            continue

    def clear(self) -> None:
        """No work and no queue left of what was measured before."""
        with redis.Redis.from_url(self.servers.redis_url) as client:
            client.flushall()
        self.servers.execute("truncate public.jobs")
        self.seen(forget=True)

    def seen(self, *, forget: bool = False) -> dict[str, dict[str, float]]:
        """When each token first came by outside: {"model": {token: seconds}, "send": {...}}."""
        found: dict[str, dict[str, float]] = {"model": {}, "send": {}}
        for kind, token, at in self.sights(forget=forget):
            found[kind].setdefault(token, at)
        return found

    def sights(self, *, forget: bool = False) -> list[tuple[str, str, float]]:
        """Every time a token came by: kind, token, seconds."""
        asking = urllib.request.Request(f"{self.outside_url}/records", method="DELETE" if forget else "GET")
        with urllib.request.urlopen(asking, timeout=30) as answer:
            lines = answer.read().decode().splitlines()
        return [(kind, token, float(at)) for kind, token, at in (line.split() for line in lines)]

    def sent_by(self, tokens: Sequence[str], patience: float) -> dict[str, float]:
        """When each of these was sent; waits for all of them, or until patience ends."""
        until = time.monotonic() + patience
        while True:
            sent = self.seen()["send"]
            if all(token in sent for token in tokens) or time.monotonic() > until:
                return {token: sent[token] for token in tokens if token in sent}
            time.sleep(0.25)


class Generator:
    """A generator process at work."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self._popen = subprocess.Popen(
            [PYTHON, "-m", "ops.load.generator"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self._popen.stdin is not None
        self._popen.stdin.write(json.dumps(asdict(order)))
        self._popen.stdin.close()

    def outcome(self) -> Outcome:
        assert self._popen.stdout is not None
        told = self._popen.stdout.read()
        if self._popen.wait(60) != 0:
            raise RuntimeError("the load generator failed")
        return Outcome(**json.loads(told))

    def shots(self) -> list[Shot]:
        """What was accepted, once it is over."""
        assert self.order.journal is not None
        lines = (line.split() for line in Path(self.order.journal).read_text().splitlines())
        return [
            Shot(token, int(target), float(due), float(answered))
            for token, target, due, answered, status in lines
            if status == "202"
        ]


@contextmanager
def ground(folder: Path) -> Iterator[Ground]:
    with ExitStack() as stack:
        servers = stack.enter_context(Servers(folder))
        port = free_port()
        outside = Command(
            "outside",
            [PYTHON, "-m", "ops.load.outside", "--port", str(port),
             "--model-seconds", str(MODEL_SECONDS), "--send-seconds", str(SEND_SECONDS)],
            folder / "outside.log",
            {},
        ).start()  # fmt: skip
        stack.callback(outside.stop)
        outside.wait_for(port)
        url = f"http://127.0.0.1:{port}"
        system = System(folder, servers.database_url, servers.redis_url, url, AT_ONCE)
        system.migrate()
        companies = [system.open_company(f"Clínica {number}", url, f"token-{number}") for number in range(COMPANIES)]
        yield Ground(folder, servers, url, system, companies)
