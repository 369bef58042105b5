"""Logins that go on, in Redis: each expires by itself, and changes only from what it was known to be.

The one place in Redis whose loss is felt: after a flush everybody logs in again. While it is away nobody is let in.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from redis.asyncio import Redis
from redis.exceptions import RedisError

from adapters.redis.keys import Keys, PlatformKeys
from domain.access.session import Session
from domain.shared.errors import Unavailable
from domain.shared.ids import SessionId, TenantId, UserId

PATIENCE: Final = 2.0

PUT: Final = """
redis.call('SET', KEYS[1], ARGV[1], 'PXAT', ARGV[2])
redis.call('SADD', KEYS[2], ARGV[4])
redis.call('PEXPIREAT', KEYS[2], ARGV[3], 'NX')
redis.call('PEXPIREAT', KEYS[2], ARGV[3], 'GT')
"""

REPLACE: Final = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PXAT', ARGV[3])
return 1
"""

_DECODER: Final = msgspec.json.Decoder(Session)


@dataclass(frozen=True, slots=True)
class RedisSessions:
    """Implements application.access.ports.Sessions. A company's keys go with the company."""

    redis: Redis
    keys: Keys
    platform: PlatformKeys

    async def put(self, session: Session) -> None:
        keys = (self._key(session.company, session.id), self._list(session.company, session.user))
        times = (_ms(session.over), _ms(session.ends))
        async with answering():
            await self.redis.eval(PUT, 2, *keys, _encoded(session), *times, session.id)

    async def get(self, company: TenantId | None, id: SessionId) -> Session | None:
        async with answering():
            return _decoded(await self.redis.get(self._key(company, id)))

    async def replace(self, before: Session, after: Session) -> bool:
        key = self._key(before.company, before.id)
        async with answering():
            done = await self.redis.eval(REPLACE, 1, key, _encoded(before), _encoded(after), _ms(after.over))
        return bool(done)

    async def end(self, session: Session) -> None:
        async with answering():
            await self.redis.delete(self._key(session.company, session.id))
            await self.redis.srem(self._list(session.company, session.user), session.id)

    async def of(self, company: TenantId | None, user: UserId) -> Sequence[Session]:
        async with answering():
            members: Any = await self.redis.smembers(self._list(company, user))
            ids = [SessionId(each.decode()) for each in members]
            kept = await self.redis.mget([self._key(company, id) for id in ids]) if ids else []
            gone = [id for id, each in zip(ids, kept, strict=True) if each is None]
            if gone:
                await self.redis.srem(self._list(company, user), *gone)
        return [session for each in kept if (session := _decoded(each)) is not None]

    def _key(self, company: TenantId | None, id: SessionId) -> str:
        return self.platform.session(id) if company is None else self.keys.session(company, id)

    def _list(self, company: TenantId | None, user: UserId) -> str:
        return self.platform.sessions_of(user) if company is None else self.keys.sessions_of(company, user)


def _encoded(session: Session) -> bytes:
    return msgspec.json.encode(session)


def _decoded(kept: bytes | str | None) -> Session | None:
    """One that another version of ours wrote is no session: its person logs in again."""
    try:
        return None if kept is None else _DECODER.decode(kept)
    except msgspec.MsgspecError:
        return None


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


@asynccontextmanager
async def answering() -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(PATIENCE):
            yield
    except (RedisError, OSError) as error:  # TimeoutError is an OSError
        raise Unavailable("Redis did not answer") from error
