"""A PostgreSQL and a Valkey of one's own for one run, as the product itself would start them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import asyncpg
import psutil

from ops.load.processes import family
from secretaria.embedded.account import account_for_servers
from secretaria.embedded.child import Child
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
        self.launch("postgres")
        self.launch("valkey")
        self.wait_for_postgres()
        self.wait_for_valkey()
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

    @property
    def superuser_url(self) -> str:
        """Into the database of the system, past its roles and row policies."""
        path = urlsplit(self.database_url).path
        return urlsplit(self.postgres.superuser_url)._replace(path=path).geturl()

    def execute(self, sql: str) -> None:
        asyncio.run(on_connection(self.superuser_url, lambda connection: connection.execute(sql)))

    def count(self, sql: str) -> int:
        return int(asyncio.run(on_connection(self.superuser_url, lambda connection: connection.fetchval(sql))))

    def launch(self, name: str) -> None:
        """From the main thread only: the server ends with the thread that started it."""
        server = self.postgres if name == "postgres" else self.valkey
        child = Child(
            server.program(environment=os.environ, log=self.folder / f"{name}.log", notes=self.folder / "processes")
        )
        child.start()
        self._children[name] = child

    def wait_for_postgres(self) -> None:
        if not self.postgres.wait_until_it_answers():
            raise TimeoutError("PostgreSQL does not answer")

    def wait_for_valkey(self) -> None:
        if not self.valkey.wait_until_it_answers():
            raise TimeoutError("Valkey does not answer")

    def signal(self, name: str, number: int) -> None:
        """To "postgres" or "valkey" with all its children: PostgreSQL's backends lead groups of their own."""
        for member in family(self._children[name].process.pid):
            with contextlib.suppress(psutil.NoSuchProcess):
                member.send_signal(number)

    def end(self, name: str, number: int) -> None:
        """Signal the server alone and wait for its end. SIGQUIT is `pg_ctl stop -m immediate`."""
        self._children[name].process.send_signal(number)
        self._children[name].process.wait(30)


async def on_connection(url: str, ask: Callable[[asyncpg.Connection], Awaitable[Any]]) -> Any:  # noqa: ANN401 - asyncpg's
    connection = await asyncpg.connect(url)
    try:
        return await ask(connection)
    finally:
        await connection.close()
