"""`secretaria run`: everything on one machine, each part a real process, looked after until Ctrl-C.

Servers first, then tables, sandboxes and the demonstration company, then our three processes. What has a URL in the
settings is used as it is; what has none is brought along.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from domain.shared.ids import TenantId
from secretaria import demonstration as demo
from secretaria import demonstration_calendar
from secretaria.brought_along import (
    SANDBOXES,
    SERVERS,
    SMTP,
    START_SECONDS,
    answers,
    made_up_keys,
    own_ports,
    own_process,
    sandbox,
    shared_figures,
    start_servers,
)
from secretaria.data_folder import DataFolder, held
from secretaria.demonstration import Demonstration
from secretaria.demonstration_agenda import furnish
from secretaria.embedded.child import Program
from secretaria.embedded.ports import remembered_ports
from secretaria.run_card import RunCard
from secretaria.settings import Settings
from secretaria.supervisor import StartFailed, StopRequested, Supervisor
from secretaria.workforce import PoolWatch, Workforce, workforce

OURS: Final = ("relay", "api")
MIGRATE_SECONDS: Final = 3_600.0


def run_house(environment: Mapping[str, str], say: Callable[[str], None]) -> None:
    """Returns once it was asked to stop and all is gone. Raises BadSetting, ServerTrouble, StartFailed."""
    settings = Settings.from_environment(environment, complete=False)
    supervisor = Supervisor(say)
    supervisor.listen()
    with held(settings.data_dir, say) as folder:
        house = House(settings, dict(environment), folder, supervisor)
        try:
            card = house.open()
            card.write(folder.run_card)
            say(card.screen(folder.run_card))
            supervisor.serve(meanwhile=house.workforce.look)
        except StopRequested:
            return
        finally:
            house.close()


@dataclass(slots=True)
class House:
    """`environment` is what our processes get: it grows as the parts come up, and `settings` with it."""

    settings: Settings
    environment: dict[str, str]
    folder: DataFolder
    supervisor: Supervisor
    ports: Mapping[str, int] = field(init=False)
    workforce: Workforce = field(init=False)
    pools: PoolWatch | None = None
    sandboxes: tuple[str, ...] = ()

    def open(self) -> RunCard:
        self.environment |= {"SECRETARIA_DATA_DIR": str(self.folder.path), "PYTHONUNBUFFERED": "1"}
        self.environment |= own_ports(self.environment, self.settings)
        self.ports = remembered_ports(self.folder.ports, (*SERVERS, *SANDBOXES, SMTP))
        self.environment |= start_servers(self.settings, self.folder, self.supervisor, self.ports)
        if self.settings.environment != "production":
            self._bring_sandboxes()
            self.environment |= made_up_keys(self.settings, self.folder)
        self.settings = Settings.from_environment(self.environment)
        self._run("migrate", "migrate", seconds=MIGRATE_SECONDS)
        demonstration = self._demonstration() if "whaticket" in self.sandboxes else None
        self._start_ours()
        if demonstration is not None:
            demo.plug_in(self.whaticket, demonstration, public_url=self.settings.http.public_url)
        return self._card(demonstration)

    def close(self) -> None:
        """Nothing is lost by ending soon: what a worker had in hand is handed out again at the next start."""
        workers = self.workforce.names if self.pools is not None else []
        self.supervisor.stop((*OURS, *workers), seconds=2.0)
        if self.pools is not None:
            self.pools.close()
        self.supervisor.stop(SANDBOXES, seconds=0.5)
        self.supervisor.stop(SERVERS, seconds=2.0)

    @property
    def whaticket(self) -> str:
        return f"http://127.0.0.1:{self.ports['whaticket']}"

    @property
    def calcom(self) -> str:
        return f"http://127.0.0.1:{self.ports['calcom']}"

    @property
    def gemini(self) -> str:
        return f"http://127.0.0.1:{self.ports['gemini']}"

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.settings.http.port}"

    @property
    def metrics(self) -> dict[str, str]:
        worker, relay = self.settings.worker.metrics_port, self.settings.relay.metrics_port
        return {
            "api": f"{self.api}/metrics",
            "worker": f"http://127.0.0.1:{worker}/metrics",
            "relay": f"http://127.0.0.1:{relay}/metrics",
        }

    def _bring_sandboxes(self) -> None:
        """A line for the demonstration, a Cal.com to try; a model and a mail server only where none is given."""
        for name, file in (("whaticket", "whaticket.jsonl"), ("calcom", "calcom.json")):
            state = str(self.folder.path / "sandbox" / file)
            self._keep(sandbox(name, self.folder, self.ports[name], self.environment, "--state", state))
        self.sandboxes = ("whaticket", "calcom")
        model = self.settings.model
        if model.api_key is None and model.base_url is None:
            self._keep(sandbox("gemini", self.folder, self.ports["gemini"], self.environment))
            self.sandboxes = (*self.sandboxes, "gemini")
            self.environment |= {"GEMINI_BASE_URL": self.gemini}
        if model.api_key is None:
            self.environment |= {"GEMINI_API_KEY": "sandbox"}
        if self.settings.mail.url is None:
            smtp = self.ports[SMTP]
            self._keep(sandbox("mail", self.folder, self.ports["mail"], self.environment, "--smtp-port", str(smtp)))
            self.sandboxes = (*self.sandboxes, "mail")
            self.environment |= {"SMTP_URL": f"smtp://127.0.0.1:{smtp}"}
        for name in self.sandboxes:
            self._await(f"http://127.0.0.1:{self.ports[name]}/_sandbox/health", what=f"the sandbox {name}")
        demonstration_calendar.open_account(self.calcom)

    def _demonstration(self) -> Demonstration | None:
        """Opened once; a database that already has one whose secrets were lost goes without."""
        known = demo.remembered(self.folder.demonstration)
        if known is not None and asyncio.run(demo.still_open(self.database_url, known, self.whaticket)):
            return known
        token = demo.new_token()
        try:
            told = self._run("company-open", *demo.opening(self.whaticket, token), seconds=START_SECONDS)
        except StartFailed as trouble:
            self.supervisor.say(f"going on without a demonstration company ({trouble})")
            return None
        opened = demo.opened(told, self.whaticket, token)
        demo.remember(self.folder.demonstration, opened)
        asyncio.run(furnish(self.database_url, TenantId(opened.tenant)))
        return opened

    def _start_ours(self) -> None:
        self.environment |= shared_figures(self.folder)
        for name in ("api", "relay"):
            self._keep(own_process(name, self.folder, self.environment))
        self._hire_workers()
        self._await(f"{self.api}/livez", what="the API")
        for name in ("worker", "relay"):
            self._await(self.metrics[name], what=f"the {name}")
        self._await(f"{self.api}/healthz", what="a healthy whole")

    def _hire_workers(self) -> None:
        def worker(name: str, pool: str) -> Program:
            return own_process(name, self.folder, self.environment, "worker", "--pool", pool)

        self.pools = PoolWatch(self.database_url)
        self.workforce = workforce(self.settings, self.supervisor, worker, self.pools)
        self.workforce.look()

    def _card(self, demonstration: Demonstration | None) -> RunCard:
        settings, public = self.settings, self.settings.http.public_url
        key_file = settings.secrets.master_key_file
        return RunCard(
            pid=os.getpid(),
            api=self.api,
            public_url=public,
            metrics=self.metrics,
            database_url=self.database_url,
            redis_url=settings.redis.required_url,
            master_key_file=str(key_file) if key_file else None,
            service_token=settings.http.service_token,
            logs=str(self.folder.path / "logs"),
            gemini=self.gemini if "gemini" in self.sandboxes else None,
            whaticket=self.whaticket if "whaticket" in self.sandboxes else None,
            mail_url=f"http://127.0.0.1:{self.ports['mail']}" if "mail" in self.sandboxes else None,
            calcom=demonstration_calendar.told(self.calcom) if "calcom" in self.sandboxes else None,
            brought_along=tuple(name for name in SERVERS if name in self.supervisor.kept),
            **(demo.told(demonstration, whaticket=self.whaticket, public_url=public) if demonstration else {}),
        )

    @property
    def database_url(self) -> str:
        return self.settings.database.required_url

    def _keep(self, program: Program) -> None:
        self.supervisor.keep(program)

    def _await(self, url: str, *, what: str) -> None:
        self.supervisor.until(lambda: answers(url), seconds=START_SECONDS, what=what)

    def _run(self, name: str, *words: str, seconds: float) -> str:
        """What one of our own commands says; it may be a secret, so it is not left lying about."""
        program = own_process(name, self.folder, self.environment, *words)
        program.log.unlink(missing_ok=True)
        self.supervisor.run_once(program, seconds=seconds)
        told = program.log.read_text()
        program.log.unlink()
        return told
