"""`/_sandbox` of the model: its script, its faults, and what it was asked."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Response, delete, get, patch, post
from litestar.handlers import HTTPRouteHandler

from ops.sandbox.control import UnknownError, answer, number, read, whole
from ops.sandbox.gemini.model import Model
from ops.sandbox.gemini.records import ModelFault, Script
from ops.sandbox.serving import Asked


class Settings(msgspec.Struct, forbid_unknown_fields=True):
    latency_ms: float


def script_routes(model: Model) -> list[HTTPRouteHandler]:
    def left() -> Response[bytes]:
        return answer({"answers": list(model.answers), "rules": model.rules})

    @post("/_sandbox/script", status_code=200)
    async def learn(request: Asked) -> Response[bytes]:
        model.learn(await read(request, Script))
        return left()

    @get("/_sandbox/script")
    async def script() -> Response[bytes]:
        return left()

    @delete("/_sandbox/script", status_code=200)
    async def forget() -> Response[bytes]:
        model.forget_script()
        return left()

    return [learn, script, forget]


def fault_routes(model: Model) -> list[HTTPRouteHandler]:
    @post("/_sandbox/faults")
    async def plant(request: Asked) -> Response[bytes]:
        return answer({"fault": model.faults.plant(await read(request, ModelFault))}, 201)

    @get("/_sandbox/faults")
    async def faults() -> Response[bytes]:
        return answer({"faults": model.faults.planted})

    @delete(["/_sandbox/faults", "/_sandbox/faults/{which:int}"], status_code=200)
    async def remove(which: int | None = None) -> Response[bytes]:
        if which is not None and which not in {one.id for one in model.faults.planted}:
            raise UnknownError(f"fault {which}")
        model.faults.remove(which)
        return answer({"faults": model.faults.planted})

    return [plant, faults, remove]


def log_routes(model: Model) -> list[HTTPRouteHandler]:
    @get("/_sandbox/requests")
    async def requests(request: Asked) -> Response[bytes]:
        found, last = await model.calls.since(
            whole(request, "after", 0), wait=number(request, "wait", 0), limit=whole(request, "limit", 1000)
        )
        return answer({"requests": found, "last": last})

    @delete("/_sandbox/requests", status_code=200)
    async def forget() -> Response[bytes]:
        model.calls.clear()
        return answer({"requests": []})

    @get("/_sandbox/stats")
    async def stats() -> Response[bytes]:
        return answer(model.counters)

    @get("/_sandbox/health")
    async def health() -> Response[bytes]:
        return answer({"ok": True})

    @patch("/_sandbox/settings")
    async def settings(request: Asked) -> Response[bytes]:
        model.latency_ms = (await read(request, Settings)).latency_ms
        return answer({"latency_ms": model.latency_ms})

    @post("/_sandbox/reset", status_code=200)
    async def reset(request: Asked) -> Response[bytes]:
        await read(request, dict[str, Any])
        model.reset()
        return answer({"ok": True})

    return [requests, forget, stats, health, settings, reset]
