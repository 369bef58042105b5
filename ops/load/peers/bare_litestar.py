"""The least that is durable: Litestar on granian, one signature, one asyncpg insert."""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from litestar import Litestar, Request, Response, post
from litestar.datastructures import State

SECRET = os.environ.get("PEER_SECRET", "").encode()
INSERT = "insert into public.bare_inbox (body) values ($1)"


@post("/webhook/whaticket", status_code=202)
async def webhook(request: Request[None, None, State]) -> Response[dict[str, bool]]:
    raw = await request.body()
    stamp = request.headers.get("x-timestamp", "0")
    expected = hmac.digest(SECRET, stamp.encode() + b"." + raw, hashlib.sha256).hex()
    if abs(time.time() - int(stamp)) > 300 or not hmac.compare_digest(expected, request.headers.get("x-signature", "")):
        return Response({"queued": False}, status_code=401)
    await request.app.state.pool.execute(INSERT, raw.decode())
    return Response({"queued": True}, status_code=202)


@asynccontextmanager
async def database(app: Litestar) -> AsyncIterator[None]:
    async with asyncpg.create_pool(os.environ["PEER_DATABASE_URL"], min_size=16, max_size=16) as pool:
        app.state.pool = pool
        yield


app = Litestar([webhook], lifespan=[database], openapi_config=None)
