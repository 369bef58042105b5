"""Secretaria as an operator would start it: real processes, ports of their own, companies opened by the CLI."""

from __future__ import annotations

import base64
import json
import os
import secrets
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ops.load.processes import PYTHON, ROOT, Command, Process, free_port
from ops.load.webhooks import Target

UNLIMITED = "10000000"


@dataclass(frozen=True, slots=True)
class Company:
    """A company as `secretaria company open --json` printed it."""

    tenant: int
    connection: str
    target: Target


@dataclass(slots=True)
class System:
    """How every process of one installation is started. `env` is what all share; limits are out of the way."""

    folder: Path
    database_url: str
    redis_url: str
    model_url: str
    env: Mapping[str, str] = field(default_factory=dict)
    api_port: int = field(default_factory=free_port)
    master_key: str = field(default_factory=lambda: base64.b64encode(secrets.token_bytes(32)).decode())

    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "GEMINI_API_KEY": "local",
            "GEMINI_BASE_URL": self.model_url,
            "SECRETARIA_MASTER_KEY": self.master_key,
            "SECRETARIA_PORT": str(self.api_port),
            "SECRETARIA_DATA_DIR": str(self.folder),
            "SECRETARIA_RATE_PER_NUMBER": UNLIMITED,
            "SECRETARIA_RATE_PER_IP": UNLIMITED,
            "SECRETARIA_RATE_PER_TENANT": UNLIMITED,
            "SECRETARIA_SENDS_PER_CONTACT_PER_MINUTE": "6000",
            "SECRETARIA_SENDS_PER_CONNECTION_PER_MINUTE": "100000",
            "SECRETARIA_PART_PAUSE_SECONDS": "0",
            **self.env,
        }

    def command(self, name: str, env: Mapping[str, str] | None = None) -> Command:
        """`name` is "api", "worker-1", "relay-2": the part before the dash is the subcommand."""
        ports = {
            "SECRETARIA_WORKER_METRICS_PORT": str(free_port()),
            "SECRETARIA_RELAY_METRICS_PORT": str(free_port()),
        }
        return Command(
            name,
            [PYTHON, "-m", "secretaria", name.partition("-")[0]],
            self.folder / f"{name}.log",
            {**self.environment(), **ports, **(env or {})},
        )

    def start(self, name: str, env: Mapping[str, str] | None = None) -> Process:
        return self.command(name, env).start()

    def migrate(self) -> None:
        self.run("migrate")

    def open_company(self, name: str, whaticket_url: str, token: str, extra: Sequence[str] = ()) -> Company:
        said = self.run(
            "company", "open", "--name", name, "--whaticket-url", whaticket_url, "--whaticket-token", token,
            "--dialect", "saas-classic", "--json", *extra,
        )  # fmt: skip
        told = json.loads(said)
        return Company(int(told["tenant"]), told["connection"], Target(told["webhook_url"], told["webhook_secret"]))

    def run(self, *words: str) -> str:
        done = subprocess.run(
            [PYTHON, "-m", "secretaria", *words],
            cwd=ROOT,
            env={**os.environ, **self.environment()},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        if done.returncode != 0:
            raise RuntimeError(f"secretaria {words[0]} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout
