"""What `secretaria run` brings along where the settings name nothing: servers, sandboxes, keys, free ports."""

from __future__ import annotations

import os
import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from adapters.security.master_keys import new_master_key
from secretaria.data_folder import DataFolder
from secretaria.embedded.account import account_for_servers
from secretaria.embedded.child import Program, wait_until
from secretaria.embedded.ports import first_free, is_free
from secretaria.embedded.postgres import Postgres
from secretaria.embedded.trouble import ServerTrouble
from secretaria.embedded.valkey import Valkey
from secretaria.settings import Settings
from secretaria.supervisor import Supervisor

PROJECT: Final = Path(__file__).resolve().parents[1]
SERVERS: Final = ("valkey", "postgres")
SANDBOXES: Final = ("whaticket", "calcom", "gemini", "mail")
SMTP: Final = "smtp"  # the other port of the sandbox mail
START_SECONDS: Final = 60.0
PORT_IN_USE_SECONDS: Final = 5.0
NEXT_PORTS: Final = 50


def own_ports(environment: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """A port that was asked for must be free; one that nobody asked for gives way to another checkout's.

    Raises ServerTrouble.
    """
    wanted = {
        "SECRETARIA_PORT": settings.http.port,
        "SECRETARIA_WORKER_METRICS_PORT": settings.worker.metrics_port,
        "SECRETARIA_RELAY_METRICS_PORT": settings.relay.metrics_port,
    }
    chosen: dict[str, int] = {name: port for name, port in wanted.items() if environment.get(name)}
    for name, port in chosen.items():
        if not wait_until(lambda port=port: is_free(port), seconds=PORT_IN_USE_SECONDS):  # type: ignore[misc]
            raise ServerTrouble(f"port {port} is taken by another program: put another one in {name}")
    for name, port in wanted.items():
        if name not in chosen:
            chosen[name] = first_free(range(port, port + NEXT_PORTS), taken=set(chosen.values()))
    return {name: str(port) for name, port in chosen.items()}


def start_servers(
    settings: Settings, folder: DataFolder, supervisor: Supervisor, ports: Mapping[str, int]
) -> dict[str, str]:
    """DATABASE_URL and REDIS_URL of the servers that were missing. Raises ServerTrouble, StartFailed, StopRequested."""
    account = account_for_servers()
    postgres = Postgres(folder.path / "postgres", account, ports["postgres"])
    valkey = Valkey(folder.path / "valkey", account, ports["valkey"])
    missing: list[tuple[Postgres | Valkey, str | None]] = [
        (postgres, settings.database.url),
        (valkey, settings.redis.url),
    ]
    started = [server for server, url in missing if url is None]
    for server in started:
        server.prepare()
        name = type(server).__name__.lower()
        supervisor.keep(server.program(environment=_bare(), log=folder.log(name), notes=folder.notes))
    for server in started:
        supervisor.until(server.answers, seconds=START_SECONDS, what=type(server).__name__)
    urls = {"DATABASE_URL": postgres.furnish()} if postgres in started else {}
    return urls | ({"REDIS_URL": valkey.url} if valkey in started else {})


def sandbox(name: str, folder: DataFolder, port: int, environment: Mapping[str, str], *more: str) -> Program:
    argv = [sys.executable, "-m", f"ops.sandbox.{name}", "--port", str(port), *more]
    return Program(name, argv, environment, folder.log(name), folder.notes, directory=PROJECT)


def own_process(name: str, folder: DataFolder, environment: Mapping[str, str], *words: str) -> Program:
    """One of our own commands: the one called `name`, or the `words`."""
    argv = [sys.executable, "-m", "secretaria", *(words or (name,))]
    return Program(name, argv, environment, folder.log(name), folder.notes, directory=PROJECT)


def made_up_keys(settings: Settings, folder: DataFolder) -> dict[str, str]:
    """Keys that may be made up outside production, kept in the folder so that the next start has the same."""
    keys = {}
    if settings.secrets.master_key is None:
        folder.secret("master.key", new_master_key)
        keys["SECRETARIA_MASTER_KEY_FILE"] = str(folder.path / "master.key")
    if settings.http.service_token is None:
        keys["SECRETARIA_SERVICE_TOKEN"] = folder.secret("service.token")
    return keys


def shared_figures(folder: DataFolder) -> dict[str, str]:
    """Where our processes add up their metrics, so that any of them answers for all; emptied at every start."""
    place = folder.path / "figures"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700)
    return {"PROMETHEUS_MULTIPROC_DIR": str(place)}


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own processes
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False


def _bare() -> dict[str, str]:
    """Servers get nothing of our environment: it holds keys."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
