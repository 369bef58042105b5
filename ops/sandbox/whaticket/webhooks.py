"""Posts webhooks as Whaticket (or the relay that signs for it) does, and writes down what came back."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from collections.abc import Mapping
from typing import Final

import httpx2

from ops.sandbox.whaticket.families import headers
from ops.sandbox.whaticket.lines import Line
from ops.sandbox.whaticket.records import WebhookCall
from ops.sandbox.whaticket.spoken import Signature
from ops.sandbox.whaticket.world import World

LONGEST_KEPT_ANSWER: Final = 2000
FAR: Final = 1000  # seconds, well outside the window of ±300 that a signature lives


class Webhooks:
    """The way from the sandbox to whoever listens. No retries and no redirects: no Whaticket has them."""

    def __init__(self, world: World) -> None:
        self._world = world
        limits = httpx2.Limits(max_connections=500, max_keepalive_connections=200)
        self._client = httpx2.AsyncClient(timeout=60.0, limits=limits, trust_env=False)

    async def post(
        self, line: Line, call: WebhookCall, body: bytes,
        *, signature: Signature = "valid", age: int = 0, extra: Mapping[str, str] | None = None,
    ) -> WebhookCall:  # fmt: skip
        """Post `body`, fill `call` with the answer, and put it into the journal."""
        url, proof = _proof(line, body, signature, age)
        sent = {"Content-Type": "application/json"} | headers(line, call.event) | proof | dict(extra or {})
        began = time.monotonic()
        try:
            response = await self._client.post(url, content=body, headers=sent)
            call.status, call.body = response.status_code, response.text[:LONGEST_KEPT_ANSWER]
        except httpx2.HTTPError as error:
            call.error = f"{type(error).__name__}: {error}"
        call.seconds = round(time.monotonic() - began, 4)
        return self.note(call)

    def note(self, call: WebhookCall) -> WebhookCall:
        call.seq = self._world.numbers()
        self._world.webhooks.add(call, call.connection, (call.connection, call.contact))
        return call

    def in_background(self, line: Line, call: WebhookCall, body: bytes) -> None:
        task = asyncio.create_task(self._alone(line, call, body))
        self._world.tasks.add(task)
        task.add_done_callback(self._world.tasks.discard)

    async def _alone(self, line: Line, call: WebhookCall, body: bytes) -> None:
        await self.post(line, call, body)


def new_call(line: Line, contact: str, *, message_id: str | None = None, event: str = "message") -> WebhookCall:
    return WebhookCall(
        seq=0, connection=line.setup.id, contact=contact, message_id=message_id, at=time.time(), event=event
    )


def _proof(line: Line, body: bytes, signature: Signature, age: int) -> tuple[str, dict[str, str]]:
    """The URL and headers that prove, or are meant to fail to prove, where this comes from."""
    setup = line.setup
    secret = setup.secrets[0] if setup.secrets else ""
    if signature == "wrong":
        secret = f"{secret}x"
    url = (setup.webhook_url or "").replace("{secret}", secret)
    token = {"X-Webhook-Token": setup.webhook_token} if setup.webhook_token else {}
    if signature == "missing":
        return (setup.webhook_url or "").replace("{secret}", ""), {}
    if setup.auth == "path" and signature == "wrong" and "{secret}" not in (setup.webhook_url or ""):
        return f"{url}x", token
    if setup.auth == "header":
        return url, token | {setup.auth_header: secret}
    if setup.auth == "flow":
        return url, token | {"X-Signature": _signed(secret, body)}
    if setup.auth == "hmac":
        shift = age + {"stale": FAR, "future": -FAR}.get(signature, 0)
        stamp = str(int(time.time()) - shift)
        signed = _signed(secret, stamp.encode() + b"." + body)
        return url, token | {"X-Timestamp": stamp, "X-Signature": signed}
    return url, token


def _signed(secret: str, content: bytes) -> str:
    return hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()
