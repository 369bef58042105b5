"""A PostgreSQL and a Valkey of one's own for one run, as the product itself would start them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Self

import psutil

from ops.load.processes import family
from secretaria.embedded.account import account_for_servers
from secretaria.embedded.child import Child, Program
from secretaria.embedded.ports import free_port
from secretaria.embedded.postgres import Postgres
from secretaria.embedded.valkey import Valkey


class Servers:
    """Both servers, durable as in production, with their data below `folder`, which their user must reach."""

    def __init__(self, folder: Path) -> None:
        account = account_for_servers()
        self.folder = folder
        self.postgres = Postgres(folder / "postgres", account, free_port())
        self.valkey = Valkey(folder / "valkey", account, free_port())
        self._children: dict[str, Child] = {}

    def __enter__(self) -> Self:
        self.postgres.prepare()
        self.valkey.prepare()
        self.start_postgres()
        self.start_valkey()
        self.postgres.furnish()
        return self

    def __exit__(self, *_: object) -> None:
        for name, child in self._children.items():
            self.signal(name, signal.SIGCONT)
            child.ask_to_end()
        for child in self._children.values():
            child.end_by(time.monotonic() + 10)

    @property
    def database_url(self) -> str:
        return self.postgres.url

    @property
    def redis_url(self) -> str:
        return self.valkey.url

    def start_postgres(self) -> None:
        self._start(self.postgres.program(environment=os.environ, log=self._log("postgres"), notes=self._notes))
        if not self.postgres.wait_until_it_answers():
            raise TimeoutError("PostgreSQL does not answer")

    def start_valkey(self) -> None:
        self._start(self.valkey.program(environment=os.environ, log=self._log("valkey"), notes=self._notes))
        if not self.valkey.wait_until_it_answers():
            raise TimeoutError("Valkey does not answer")

    def signal(self, name: str, number: int) -> None:
        """To "postgres" or "valkey" with all its children: PostgreSQL's backends lead groups of their own."""
        for member in family(self._children[name].process.pid):
            try:
                member.send_signal(number)
            except psutil.NoSuchProcess:
                continue

    def wait(self, name: str) -> None:
        self._children[name].process.wait(30)

    def restart_postgres_at_once(self) -> None:
        """What `pg_ctl restart -m immediate` does: no goodbye to anybody, recovery at the next start."""
        postmaster = self._children["postgres"].process
        postmaster.send_signal(signal.SIGQUIT)
        postmaster.wait(30)
        self.postgres.prepare()
        self.start_postgres()

    @property
    def _notes(self) -> Path:
        return self.folder / "processes"

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def _start(self, program: Program) -> None:
        child = Child(program)
        child.start()
        self._children[program.name] = child

