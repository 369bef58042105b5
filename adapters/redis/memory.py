"""Short memory of a conversation: what was said lately, for as long as it may still be talked about."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import msgspec
from redis.asyncio import Redis
from redis.exceptions import RedisError

from adapters.redis.keys import Keys
from application.assistant.ports import Speaker, Utterance
from application.conversations.ports import Recollection
from domain.shared.ids import ConversationId, TenantId

PATIENCE: Final = 0.25
"""Seconds; a memory that takes longer is rebuilt from PostgreSQL sooner."""


class _Kept(msgspec.Struct):
    version: int
    said: list[tuple[Speaker, str]]


_DECODER = msgspec.json.Decoder(_Kept)


class RedisMemory:
    def __init__(self, client: Redis, keys: Keys, *, ttl_seconds: int) -> None:
        self._client: Any = client
        self._keys = keys
        self._ttl = ttl_seconds

    async def recall(self, tenant: TenantId, conversation: ConversationId) -> Recollection | None:
        try:
            async with asyncio.timeout(PATIENCE):
                raw = await self._client.get(self._keys.memory(tenant, conversation))
            kept = _DECODER.decode(raw) if raw is not None else None
        except (RedisError, OSError, msgspec.MsgspecError):
            return None
        if kept is None:
            return None
        return Recollection(kept.version, tuple(Utterance(who, text) for who, text in kept.said))

    async def remember(self, tenant: TenantId, conversation: ConversationId, recollection: Recollection) -> None:
        kept = _Kept(recollection.version, [(one.speaker, one.text) for one in recollection.said])
        try:
            async with asyncio.timeout(PATIENCE):
                await self._client.set(self._keys.memory(tenant, conversation), msgspec.json.encode(kept), ex=self._ttl)
        except (RedisError, OSError):
            return
