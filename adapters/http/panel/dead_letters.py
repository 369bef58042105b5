"""What failed for good in this company: why, whom it concerns, and the two things that can be done about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Annotated, Any, Final

from litestar import Response, Router, get, post
from litestar.params import QueryParameter

from adapters.http.access import CallerGiven, requires
from adapters.http.panel.frame import Asked, Frame, back_to
from application.access.caller import Caller
from application.dead_letters.list_parked import ListParked
from application.dead_letters.settle_own import SettleOwn
from domain.access.role import Permission
from domain.shared.ids import JobId, TenantId

PAGE: Final = "/painel/falhas"
LONGEST_ID: Final = 2**63 - 1
MOST_AT_ONCE: Final = 200

Deed = Callable[[TenantId, Collection[JobId]], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class DeadLetterPages:
    frame: Frame
    list_parked: ListParked
    settle: SettleOwn

    async def settled(self, request: Asked, caller: Caller, deed: Deed, flash: str) -> Response[Any]:
        ids = await chosen(request)
        done = await deed(caller.own_company, ids)
        return back_to(PAGE, flash if done else "nenhuma")


def dead_letters_router(pages: DeadLetterPages) -> Router:
    @get("/", guards=[requires(Permission.DEAD_LETTERS_READ)])
    async def show(
        request: Asked,
        caller: CallerGiven,
        depois: Annotated[int | None, QueryParameter(ge=1, le=LONGEST_ID)] = None,
    ) -> Response[str]:
        page = await pages.list_parked(caller.own_company, None if depois is None else JobId(depois))
        may_settle = Permission.DEAD_LETTERS_WRITE in caller.permissions
        context = {"active": "dead_letters", "page": page, "may_settle": may_settle}
        return await pages.frame.page(request, caller, "dead_letters/list.html", context)

    @post("/repetir", guards=[requires(Permission.DEAD_LETTERS_WRITE)])
    async def retry(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await pages.settled(request, caller, pages.settle.retry, "repetida")

    @post("/descartar", guards=[requires(Permission.DEAD_LETTERS_WRITE)])
    async def discard(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await pages.settled(request, caller, pages.settle.discard, "descartada")

    return Router(PAGE, route_handlers=[show, retry, discard], include_in_schema=False)


async def chosen(request: Asked) -> list[JobId]:
    """The ticked ones; what is no number of a letter is passed by."""
    form = await request.form()
    said = [one for one in form.getall("falha", []) if isinstance(one, str) and one.isascii() and one.isdigit()]
    return [JobId(int(one)) for one in dict.fromkeys(said) if len(one) < 20 and int(one) <= LONGEST_ID][:MOST_AT_ONCE]
