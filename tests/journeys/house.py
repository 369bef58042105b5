"""Secretaria as an operator runs it: real processes on free ports, companies opened by the command line, real neighbours."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

import asyncpg
import httpx2
import psutil
from click.testing import CliRunner

from ops.load.processes import family
from ops.sandbox.handle import Running, launch
from secretaria.commands.company import company
from secretaria.embedded.child import Child, Program
from secretaria.embedded.ports import free_port

ROOT: Final = Path(__file__).resolve().parents[2]
READY_SECONDS: Final = 40.0
CALM_SECONDS: Final = 30.0
PARTS: Final = ("relay", "worker", "api")
OURS: Final = ("SECRETARIA_", "GEMINI_", "GOOGLE_", "DATABASE_", "REDIS_", "SMTP_")


@dataclass(frozen=True, slots=True)
class Line:
    """One company's WhatsApp line as both ends know it: `sandbox` is its id in the sandboxed Whaticket."""

    tenant: int
    connection: str
    sandbox: str
    dialect: str
    auth: str
    webhook_url: str
    secret: str = field(repr=False)
    webhook_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Servers:
    """Where the house's data are. `superuser_url` opens the same database past all roles."""

    database_url: str
    redis_url: str
    superuser_url: str


class House:
    """`settings` are environment variables on top of the usual ones; all parts started later see a change of them."""

    def __init__(self, folder: Path, servers: Servers, settings: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.servers = servers
        self.namespace = f"j{secrets.token_hex(4)}"
        self.port = free_port()
        self.metrics_ports = {"worker": free_port(), "worker-2": free_port(), "relay": free_port()}
        self.service_token = secrets.token_hex(24)
        self.parts: dict[str, Child] = {}
        self.whaticket: Running
        self.gemini: Running
        self.settings = {
            "DATABASE_URL": servers.database_url,
            "REDIS_URL": servers.redis_url,
            "GEMINI_API_KEY": f"gemini-{secrets.token_hex(12)}",
            "SECRETARIA_REDIS_NAMESPACE": self.namespace,
            "SECRETARIA_PORT": str(self.port),
            "SECRETARIA_RELAY_METRICS_PORT": str(self.metrics_ports["relay"]),
            "SECRETARIA_DATA_DIR": str(folder / "var"),
            "SECRETARIA_BURST_WINDOW_SECONDS": "0.3",
            "SECRETARIA_MODEL_DEADLINE_SECONDS": "3",
            "SECRETARIA_MASTER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
            "SECRETARIA_SERVICE_TOKEN": self.service_token,
            "SECRETARIA_SENDS_PER_CONTACT_PER_MINUTE": "6000",
            "SECRETARIA_SENDS_PER_CONNECTION_PER_MINUTE": "60000",
            "SECRETARIA_PART_PAUSE_SECONDS": "0",
            **(settings or {}),
        }

    def __enter__(self) -> Self:
        (self.folder / "logs").mkdir(parents=True, exist_ok=True)
        self.whaticket = launch("whaticket", port=0, latency_ms=0)
        self.gemini = launch("gemini", port=0, latency_ms=0)
        self.settings.setdefault("GEMINI_BASE_URL", self.gemini.url)
        self.command("migrate")
        return self

    def __exit__(self, *_: object) -> None:
        for name in list(self.parts):
            self.signal(name, signal.SIGCONT)
            self.parts[name].ask_to_end()
        for part in self.parts.values():
            part.end_by(time.monotonic() + 8)
        self.gemini.stop()
        self.whaticket.stop()

    # processes

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Ours and nothing of the machine's: a developer's own keys stay out of the tests."""
        foreign = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return foreign | {"PYTHONPATH": str(ROOT)} | self.settings | dict(more or {})

    def log_of(self, name: str) -> Path:
        return self.folder / "logs" / f"{name}.log"

    def command(self, *words: str, fails: bool = False) -> str:
        """`secretaria WORDS...`: what it printed. Its errors join the logs."""
        done = subprocess.run(
            [sys.executable, "-m", "secretaria", *words],
            cwd=self.folder, env=self.environment(), capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        with self.log_of("commands").open("a") as log:
            log.write(done.stderr)
        assert (done.returncode != 0) is fails, done.stdout + done.stderr
        return done.stdout

    def start(self, *names: str, env: Mapping[str, str] | None = None) -> None:
        """Parts by name ("api", "worker", "worker-2", "relay") that do not run yet, ready when this returns."""
        missing = [name for name in names if name not in self.parts or not self.parts[name].runs]
        for name in missing:
            port = {"SECRETARIA_WORKER_METRICS_PORT": str(self.metrics_ports[name])} if "worker" in name else {}
            argv = [sys.executable, "-m", "secretaria", name.partition("-")[0]]
            program = Program(
                name, argv, self.environment({**port, **(env or {})}),
                self.log_of(name), self.folder / "processes", None, self.folder,
            )  # fmt: skip
            self.parts[name] = Child(program)
            self.parts[name].start()
        for name in missing:
            self._await_part(name)

    def start_supervise(self) -> None:
        """`secretaria supervise`; who it starts is seen on /healthz."""
        argv = [sys.executable, "-m", "secretaria", "supervise"]
        place = self.folder / "processes"
        program = Program("supervise", argv, self.environment(), self.log_of("supervise"), place, None, self.folder)
        self.parts["supervise"] = Child(program)
        self.parts["supervise"].start()

    def _await_part(self, name: str) -> None:
        url = f"{self.url}/livez" if name == "api" else f"http://127.0.0.1:{self.metrics_ports[name]}/metrics"
        deadline = time.monotonic() + READY_SECONDS
        while not _answers(url):
            assert self.parts[name].runs, self.log_of(name).read_text()
            assert time.monotonic() < deadline, self.log_of(name).read_text()
            time.sleep(0.03)

    def wait_until_well(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not _answers(f"{self.url}/healthz"):
            assert time.monotonic() < deadline, self.log_of("api").read_text()
            time.sleep(0.05)

    def signal(self, name: str, number: signal.Signals) -> None:
        """To the part and its children: granian's master would otherwise outlive its worker."""
        for member in family(self.parts[name].process.pid):
            with suppress(psutil.NoSuchProcess):
                member.send_signal(number)

    def kill(self, name: str) -> None:
        self.signal(name, signal.SIGKILL)
        self.parts[name].process.wait(10)

    def stop(self, name: str, *, seconds: float = 40) -> int:
        """As a deploy does: SIGTERM, and its exit status."""
        self.parts[name].ask_to_end()
        return self.parts[name].process.wait(seconds)

    def logs(self) -> str:
        return "".join(log.read_text(errors="replace") for log in sorted((self.folder / "logs").iterdir()))

    # companies

    def open_company(self, name: str, *, via: str | None = None, **line: Any) -> Line:
        """A company with one line, its Whaticket included. `via` is another address of that Whaticket."""
        return self._open("open", "--name", name, via=via, **line)

    def connect(self, tenant: int, *, via: str | None = None, **line: Any) -> Line:
        """One more line of a company."""
        return self._open("connect", str(tenant), via=via, **line)

    def _company(self, *words: str) -> str:
        """`secretaria company WORDS...`, without the second that a process of its own would take."""
        nobody_elses = {name: None for name in os.environ if name.startswith(OURS)}
        with ThreadPoolExecutor(1) as desk:  # a command runs a loop of its own
            done = desk.submit(CliRunner().invoke, company, words, env={**nobody_elses, **self.settings}).result()
        assert done.exit_code == 0, done.output
        return done.stdout

    def _open(self, *words: str, via: str | None, **line: Any) -> Line:
        dialect, auth = line.pop("dialect", "saas-classic"), line.pop("auth", "hmac")
        extra = line.pop("options", [])
        sandbox = f"{self.whaticket.url}/_sandbox/connections"
        far = _ask_sandbox("POST", sandbox, {"profile": dialect, **line})
        told = json.loads(
            self._company(
                *words,
                "--whaticket-url", f"{via or self.whaticket.url}/c/{far['id']}", "--whaticket-token", far["token"],
                "--panel-email", far["panel_email"], "--panel-password", far["panel_password"],
                "--dialect", dialect, "--auth", auth, *extra, "--json",
            )
        )  # fmt: skip
        opened = Line(
            tenant=told["tenant"],
            connection=told["connection"],
            sandbox=far["id"],
            dialect=dialect,
            auth=auth,
            webhook_url=told["webhook_url"],
            secret=told["webhook_secret"],
            webhook_token=told.get("webhook_token"),
        )
        proof = {"auth": auth, "secrets": [opened.secret], "webhook_token": opened.webhook_token}
        _ask_sandbox("PATCH", f"{sandbox}/{opened.sandbox}", {"webhook_url": opened.webhook_url, **proof})
        return opened

    # the truth

    async def rows(self, sql: str, *args: object, tenant: int | None = None) -> list[dict[str, Any]]:
        """Of the tenant's schema when one is given, past its role."""
        connection = await asyncpg.connect(self.servers.superuser_url)
        try:
            if tenant is not None:
                await connection.execute(f"set search_path to tenant_{tenant}")
            return [dict(row) for row in await connection.fetch(sql, *args)]
        finally:
            await connection.close()

    def rows_now(self, sql: str, *args: object, tenant: int | None = None) -> list[dict[str, Any]]:
        """As `rows`, for stories without an event loop."""
        return asyncio.run(self.rows(sql, *args, tenant=tenant))

    async def hurry(self) -> None:
        """What waits for its next attempt may be tried now."""
        await self.rows("update public.jobs set due_at = now() where state = 'pending' and due_at > now()")

    async def until(self, sql: str, *args: object, tenant: int | None = None, seconds: float = CALM_SECONDS) -> None:
        """Until the query gives a row."""
        async with asyncio.timeout(seconds):
            while not await self.rows(sql, *args, tenant=tenant):
                await asyncio.sleep(0.03)

    async def calm(self, tenant: int, *, seconds: float = CALM_SECONDS) -> None:
        """Until the company has no work left; dead letters rest, reminders wait for their day, freed times for whoever waits."""
        soon = (
            "from public.jobs where tenant_id = $1 and state <> 'dead' and actor <> 'agenda.offer_free'"
            " and due_at < now() + interval '2 minutes'"
        )
        try:
            await self.until(f"select 1 where not exists (select {soon})", tenant, seconds=seconds)
        except TimeoutError:
            left = await self.rows(
                f"select actor, key, state, failures, last_error, due_at - now() as due_in {soon}", tenant
            )
            raise AssertionError(f"work is left: {left}") from None


def _ask_sandbox(method: str, url: str, fields: Mapping[str, object]) -> dict[str, Any]:
    answer = httpx2.request(method, url, json=fields, timeout=20, trust_env=False)
    assert answer.is_success, answer.text
    told: dict[str, Any] = answer.json()
    return told


def _answers(url: str) -> bool:
    with suppress(httpx2.HTTPError):
        return httpx2.get(url, timeout=2.0, trust_env=False).status_code == 200
    return False
