"""Real servers for the tests that need them: one PostgreSQL and one Valkey per test process, on first use."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
from hypothesis import settings

from secretaria.embedded.account import account_for_servers
from secretaria.embedded.child import Child
from secretaria.embedded.ports import free_port
from secretaria.embedded.postgres import ROLE, Postgres
from secretaria.embedded.valkey import Valkey

READY_SECONDS = 60.0
END_SECONDS = 5.0

MEMORY = Path("/dev/shm")
ENOUGH = 4 << 30
"""Bytes, for several test processes side by side; a container gets 64 MB unless somebody asked for more."""

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def servers_dir() -> Iterator[Path]:
    """A folder that the servers' unprivileged user can reach; pytest's own are closed when root runs them."""
    place = Path(tempfile.mkdtemp(prefix="secretaria-tests-", dir=_quickest()))
    place.chmod(0o711)
    yield place
    shutil.rmtree(place, ignore_errors=True)


def _quickest() -> Path | None:
    """In memory where that is roomy: a new company is a hundred files, and a disk takes five times as long over them."""
    roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH
    return MEMORY if roomy else None


@pytest.fixture(scope="session")
def postgres_server(servers_dir: Path) -> Iterator[Postgres]:
    """A cluster without fsync, furnished as `secretaria run` does it."""
    postgres = Postgres(servers_dir / "postgres", account_for_servers(), free_port(), durable=False)
    with _running(postgres, servers_dir):
        postgres.furnish()
        yield postgres


@pytest.fixture(scope="session")
def postgres_url(postgres_server: Postgres) -> str:
    """The database `secretaria`, as the role that owns it. Tests that write take `database` instead."""
    return postgres_server.url


@pytest.fixture
def database(postgres_server: Postgres) -> Iterator[str]:
    """The URL of an empty database of its own, owned by the role `secretaria`, who is no superuser."""
    with _new_database(postgres_server) as url:
        yield url


@pytest.fixture(scope="module")
def module_database(postgres_server: Postgres) -> Iterator[str]:
    """As `database`, one for all tests of a module."""
    with _new_database(postgres_server) as url:
        yield url


@pytest.fixture(scope="session")
def redis_server(servers_dir: Path) -> Iterator[Valkey]:
    valkey = Valkey(servers_dir / "valkey", account_for_servers(), free_port())
    with _running(valkey, servers_dir):
        yield valkey


@pytest.fixture(scope="session")
def redis_url(redis_server: Valkey) -> str:
    """One Valkey for the whole test process: a test takes a namespace of its own, or flushes first."""
    return redis_server.url


@contextmanager
def _running(server: Postgres | Valkey, folder: Path) -> Iterator[None]:
    log = folder / f"{type(server).__name__}.log"
    server.prepare()
    child = Child(server.program(environment=os.environ, log=log, notes=folder / "processes"))
    child.start()
    try:
        assert server.wait_until_it_answers(seconds=READY_SECONDS), log.read_text()
        yield
    finally:
        child.ask_to_end()
        child.end_by(time.monotonic() + END_SECONDS)


@contextmanager
def _new_database(postgres: Postgres) -> Iterator[str]:
    name = f"t{secrets.token_hex(6)}"
    _as_superuser(postgres, f"create database {name} owner {ROLE} template template0")
    try:
        yield postgres.url_of(ROLE, urlsplit(postgres.url).password or "", name)
    finally:
        _as_superuser(postgres, f"drop database {name} with (force)")


def _as_superuser(postgres: Postgres, statement: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(postgres.superuser_url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(run())
