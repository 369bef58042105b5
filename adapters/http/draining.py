"""What a caller still sends while it is already refused is read and thrown away, so that it lives to hear the refusal.

A server that answers and closes with unread bytes in its buffer resets the connection: whoever sends six megabytes
then sees a broken pipe and not our 413, and sends them again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

MOST: Final = 64 * 1_048_576
SECONDS: Final = 5.0
"""Beyond either the caller is cut off after all: it is no longer a mistake but an attack."""


SHORT: Final = 262_144
"""Bytes that the sockets' buffers swallow anyway: a body this short needs no care."""


class Draining:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or not _may_be_long(scope["headers"]):
            await self._app(scope, receive, send)
            return
        ended = False

        async def heard() -> Message:
            nonlocal ended
            message = await receive()
            ended = not message.get("more_body", False)
            return message  # type: ignore[return-value]

        async def once_all_is_read(message: Message) -> None:
            if message["type"] == "http.response.start":
                with suppress(TimeoutError):
                    async with asyncio.timeout(SECONDS):
                        left = MOST
                        while not ended and left > 0:
                            left -= len((await heard()).get("body", b""))  # type: ignore[arg-type]
            await send(message)

        await self._app(scope, heard, once_all_is_read)  # type: ignore[arg-type]


def _may_be_long(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    for name, value in headers:
        if name == b"content-length":
            return not value.isdigit() or len(value) > 12 or int(value) > SHORT
        if name == b"transfer-encoding":
            return True
    return False
