"""Pools and workers, alive: what waits, who works, since when and how much at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Final

from litestar import Response, Router, get
from litestar.params import QueryParameter
from litestar.response import ServerSentEvent

from adapters.http.access import CallerGiven, requires
from adapters.http.panel.frame import Asked, Frame
from adapters.http.panel.live import SECONDS, Scene, mark, stream
from application.provisioning.look_at_workers import LookAtWorkers, PoolView
from domain.access.role import Permission

PAGE: Final = "/painel/trabalhadores"
Text = Annotated[str, QueryParameter(max_length=100)]


@dataclass(frozen=True, slots=True)
class WorkerPages:
    frame: Frame
    look_at: LookAtWorkers
    stream_seconds: float = SECONDS

    async def look(self) -> Sequence[PoolView]:
        """Waiting times in whole seconds: a stream speaks when something can be seen to change."""
        pools = await self.look_at()
        return [replace(pool, load=replace(pool.load, oldest=float(round(pool.load.oldest)))) for pool in pools]


def workers_router(pages: WorkerPages) -> Router:
    guards = [requires(Permission.PLATFORM_WORKERS_READ)]

    @get("/", guards=guards)
    async def show(request: Asked, caller: CallerGiven) -> Response[str]:
        pools = await pages.look()
        context = _context(pools) | {"active": "workers", "stream": f"{PAGE}/ao-vivo?visto={mark(pools)}"}
        return await pages.frame.page(request, caller, "workers/list.html", context)

    @get("/ao-vivo", guards=guards)
    async def live(request: Asked, caller: CallerGiven, visto: Text = "") -> ServerSentEvent:
        async def draw(pools: Sequence[PoolView]) -> str:
            around = await pages.frame.around(request, caller)
            return pages.frame.pages.render("workers/_pools.html", around | _context(pools))

        seen = request.headers.get("last-event-id", visto)
        return stream(request, Scene("pools", pages.look, draw), seen, pages.stream_seconds)

    return Router(PAGE, route_handlers=[show, live], include_in_schema=False)


def _context(pools: Sequence[PoolView]) -> dict[str, object]:
    return {
        "pools": pools,
        "began": {one.id: datetime.fromisoformat(one.started) for pool in pools for one in pool.workers},
    }
