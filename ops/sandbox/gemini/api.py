"""`/v1` and `/v1beta` over HTTP: keys, faults, latency, and one entry in the log for every call."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from typing import Any, Final

import msgspec
from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream

from ops.sandbox.control import answer
from ops.sandbox.gemini import bodies, embeddings, wire
from ops.sandbox.gemini.model import Model, own_parts, scripted_body
from ops.sandbox.gemini.records import Answer, Call
from ops.sandbox.gemini.replies import End, Reply, as_json, broken
from ops.sandbox.serving import Asked, cut, until_gone

ACTIONS: Final = frozenset({"generateContent", "countTokens", "embedContent", "batchEmbedContents"})
OFFERED: Final = ("gemini-3.8-flash", "gemini-3.5-flash-lite", "gemini-2.5-flash-lite", "gemini-embedding-001")
BAD_KEY: Final = re.compile(r"bad(?:-.*)?")
FLUSHED: Final = 0.05  # seconds for half a body to leave before the line is cut


class Desk:
    """Takes every call of the API."""

    def __init__(self, model: Model) -> None:
        self._model = model

    async def serve(self, request: Asked, version: str, path: str) -> Response[bytes] | Stream:
        name, _, action = path.partition(":")
        raw = await request.body()
        call = _call(request, version, name, action, raw)
        self._model.counters.began()
        reply = Reply(499, end="hang")
        try:
            reply = await self._reply(call)
        finally:
            self._note(call, reply, raw)
        return await self._finish(request, reply)

    def _note(self, call: Call, reply: Reply, raw: bytes) -> None:
        if call.body is not None:
            call.body = msgspec.Raw(raw)  # far smaller than what it decodes to
        call.seq, call.status = self._model.numbers(), reply.status if reply.end == "answer" else None
        call.answer = reply.content.decode(errors="replace")
        self._model.counters.ended(call.status)
        self._model.calls.add(call)

    async def _reply(self, call: Call) -> Reply:
        if self._model.latency_ms:
            await asyncio.sleep(self._model.latency_ms / 1000)
        refused = _refused(call)
        if refused:
            return refused
        fault = self._model.faults.take(
            lambda one: one.model in (None, call.model) and one.action in (None, call.action)
        )
        if fault:
            call.fault = fault.kind
            if fault.kind != "slow":
                return broken(fault, call)
            await asyncio.sleep(fault.seconds)
        try:
            return await self._done(call)
        except wire.InvalidArgumentError as error:
            return as_json(400, bodies.error_body(400, str(error)))

    async def _done(self, call: Call) -> Reply:
        body = call.body
        if call.action == "countTokens":
            inner = wire.field(body, "generateContentRequest") or body
            return as_json(200, {"totalTokens": bodies.prompt_tokens(inner)})
        if call.action == "embedContent":
            return as_json(200, {"embedding": embeddings.embedding(body)})
        if call.action == "batchEmbedContents":
            return as_json(200, {"embeddings": [embeddings.embedding(one) for one in body.get("requests") or []]})
        scripted = self._model.scripted(call.model, call.last_text)
        if scripted:
            return await _from_script(scripted, call)
        wire.check(body, call.model)
        return as_json(200, bodies.answer_body(body, call.model, own_parts(body)))

    async def _finish(self, request: Asked, reply: Reply) -> Response[bytes] | Stream:
        if reply.end == "hang":
            await until_gone(request)
        if reply.end == "before":
            cut(request)
        if reply.end == "middle":
            headers = reply.headers | {"Content-Length": str(len(reply.content))}
            return Stream(_half(request, reply.content), media_type=reply.kind, headers=headers)
        return Response(reply.content, status_code=reply.status, media_type=reply.kind, headers=reply.headers)


async def _half(request: Asked, content: bytes) -> AsyncIterator[bytes]:
    yield content[: len(content) // 2]
    await asyncio.sleep(FLUSHED)
    cut(request)


def _call(request: Asked, version: str, model: str, action: str, raw: bytes) -> Call:
    try:
        body: Any = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        body = None
    call = Call(
        seq=0, at=time.time(), version=version, model=model, action=action,
        api_key=request.headers.get("x-goog-api-key", "") or request.query_params.get("key", ""),
        headers=dict(request.headers), body=body,
    )  # fmt: skip
    if isinstance(body, dict):
        call.last_text = wire.text_of(wire.last_user(body))
    return call


def _refused(call: Call) -> Reply | None:
    if not call.api_key:
        missing = "Method doesn't allow unregistered callers (callers without established identity)."
        return as_json(403, bodies.error_body(403, missing))
    if BAD_KEY.fullmatch(call.api_key):
        return as_json(400, bodies.bad_key_body())
    if call.action not in ACTIONS or call.model.startswith("missing"):
        message = (
            f"models/{call.model} is not found for API version {call.version}, or is not supported for {call.action}."
        )
        return as_json(404, bodies.error_body(404, message))
    if not isinstance(call.body, dict):
        return as_json(400, bodies.error_body(400, "Invalid JSON payload received."))
    return None


async def _from_script(scripted: Answer, call: Call) -> Reply:
    if scripted.delay:
        await asyncio.sleep(scripted.delay)
    content = scripted_body(scripted, call.body, call.model)
    end: End = "hang" if scripted.hang else scripted.drop or "answer"
    return Reply(scripted.status, content, scripted.content_type, dict(scripted.headers), end)


def routes(model: Model) -> list[HTTPRouteHandler]:
    desk = Desk(model)

    def versioned(version: str) -> list[HTTPRouteHandler]:
        @post(f"/{version}/models/{{path:str}}", status_code=200, name=f"{version} call")
        async def call(request: Asked, path: str) -> Response[bytes] | Stream:
            return await desk.serve(request, version, path)

        @get(f"/{version}/models", name=f"{version} models")
        async def models() -> Response[bytes]:
            return answer({"models": [bodies.model_body(name) for name in OFFERED]})

        @get(f"/{version}/models/{{name:str}}", name=f"{version} model")
        async def one(name: str) -> Response[bytes]:
            return answer(bodies.model_body(name))

        return [call, models, one]

    return [*versioned("v1"), *versioned("v1beta")]
