"""The running system as the nemesis finds it: what each blow really does to processes, servers and wires."""

from __future__ import annotations

import asyncio
import contextlib
import random
import shutil
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import asyncpg
import psutil
import redis

from ops.chaos.clients import Crowd
from ops.chaos.points import POINTS, Tripwire
from ops.chaos.proxy import Proxy
from ops.chaos.supervisor import Supervisor
from ops.chaos.toxics import CutError, Direction, Link
from ops.load.processes import family
from ops.load.servers import Servers

PATIENCE = 6.0
"""A point that no message reaches within this many seconds is left alone: the load had a pause."""

POISON = b"#poison-"
REPLAYS = 40


@dataclass(slots=True)
class RealStage:
    """`wires` are the proxies by the names that points use. `say` tells the person who watches."""

    servers: Servers
    supervisor: Supervisor
    wires: Mapping[str, Proxy]
    crowd: Crowd
    dice: random.Random
    say: Callable[[str], None]
    _servers_lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def arm_poison(self) -> None:
        """From now on whoever shows the poison message to the model dies of it."""
        self.wires["model"].watchers.append(self._poisoned)

    async def _poisoned(self, direction: Direction, data: bytes, link: Link) -> None:
        if direction is Direction.UPSTREAM and POISON in data:
            await self._kill_who_holds(link)
            raise CutError

    async def kill(self, part: str) -> None:
        self.supervisor.kill(part)

    async def kill_at(self, point: str) -> None:
        trip = Tripwire(POINTS[point], self._kill_who_holds, count=self.dice.randint(1, 5))
        if not await trip.wait(self.wires[POINTS[point].wire], PATIENCE):
            self.say(f"         nothing passed the point: {point}")

    async def _kill_who_holds(self, link: Link) -> None:
        """The process at the other end of a proxied connection is the one whose local port the proxy saw."""
        for name, process in list(self.supervisor.running.items()):
            with contextlib.suppress(psutil.Error):
                for member in family(process.pid):
                    if any(one.laddr and one.laddr.port == link.client_port for one in member.net_connections()):
                        self.supervisor.kill(name)
                        self.say(f"         struck {name}")
                        return

    async def pause(self, part: str, seconds: float) -> None:
        if part in self.supervisor.running:
            await self.supervisor.pause(part, seconds)
            return
        server = "valkey" if part == "redis" else part
        async with self._servers_lock:
            self.servers.signal(server, signal.SIGSTOP)
            try:
                await asyncio.sleep(seconds)
            finally:
                self.servers.signal(server, signal.SIGCONT)

    async def terminate(self, part: str) -> None:
        self.supervisor.terminate(part)

    async def restart_redis(self, *, keep: bool) -> None:
        async with self._servers_lock:
            self.servers.end("valkey", signal.SIGKILL)
            if not keep:
                shutil.rmtree(self.servers.valkey.home / "appendonlydir")
            self.servers.launch("valkey")
            await asyncio.to_thread(self.servers.wait_for_valkey)

    async def flush_redis(self) -> None:
        async with self._servers_lock:
            with redis.Redis.from_url(self.servers.redis_url) as client:
                client.flushall()

    async def restart_postgres(self) -> None:
        async with self._servers_lock:
            self.servers.end("postgres", signal.SIGQUIT)
            self.servers.launch("postgres")
            await asyncio.to_thread(self.servers.wait_for_postgres)

    async def cut_connections(self) -> None:
        async with self._servers_lock:
            connection = await asyncpg.connect(self.servers.postgres.superuser_url)
            try:
                await connection.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where backend_type = 'client backend' and pid <> pg_backend_pid()"
                )
            finally:
                await connection.close()

    async def replay(self) -> None:
        await self.crowd.replay(REPLAYS)

    async def poison(self) -> None:
        await self.crowd.poison()
