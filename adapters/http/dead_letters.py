"""Dead letters over HTTP: list, show, retry, discard. For the platform: its operators, its keys, its service token."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

import msgspec
from litestar import Router, delete, get, post
from litestar.params import Parameter
from litestar.status_codes import HTTP_202_ACCEPTED, HTTP_204_NO_CONTENT

from adapters.http.access import requires
from application.dead_letters.ports import DeadLetters
from domain.access.role import Permission
from domain.dead_letters.dead_letter import DeadLetter
from domain.shared.ids import JobId, TenantId

MOST_COMPANIES: Final = 2**31 - 1
MOST_JOBS: Final = 2**63 - 1
"""What the database can count to; it cannot even be asked about more."""

Number = Annotated[int, Parameter(ge=0, le=MOST_JOBS)]


class DeadLetterOut(msgspec.Struct):
    """`args` are ids inside the company; no message text stands here."""

    id: int
    tenant: int
    actor: str
    args: dict[str, int | str]
    failures: int
    reason: str
    correlation: str
    created_at: datetime
    died_at: datetime


class DeadLetterPage(msgspec.Struct):
    """`next_after` is what to give as `after` for the following page; null on the last."""

    dead_letters: list[DeadLetterOut]
    next_after: int | None = None


class RetriedOut(msgspec.Struct):
    """The dead letter that lives again; what became of it shows in the delivery log, or here once more."""

    retried: int


def dead_letter_router(dead_letters: DeadLetters) -> Router:
    @get("/", summary="Dead letters, newest first")
    async def parked(
        tenant: Annotated[int | None, Parameter(ge=1, le=MOST_COMPANIES)] = None,
        after: Annotated[int | None, Parameter(ge=1, le=MOST_JOBS)] = None,
        limit: Annotated[int, Parameter(ge=1, le=200)] = 50,
    ) -> DeadLetterPage:
        found = await dead_letters.parked(
            tenant=None if tenant is None else TenantId(tenant),
            after=None if after is None else JobId(after),
            limit=limit + 1,
        )
        shown = found[:limit]
        return DeadLetterPage([_out(one) for one in shown], shown[-1].id if len(found) > limit else None)

    @get("/{id:int}", summary="One dead letter")
    async def show(id: Number) -> DeadLetterOut:
        return _out(await dead_letters.get(JobId(id)))

    @post("/{id:int}/retry", status_code=HTTP_202_ACCEPTED, summary="Try again from the first step of the ladder")
    async def retry(id: Number) -> RetriedOut:
        await dead_letters.retry(JobId(id))
        return RetriedOut(id)

    @delete("/{id:int}", status_code=HTTP_204_NO_CONTENT, summary="Discard for good")
    async def discard(id: Number) -> None:
        await dead_letters.discard(JobId(id))

    return Router(
        "/api/dead-letters",
        route_handlers=[parked, show, retry, discard],
        guards=[requires(Permission.PLATFORM_DEAD_LETTERS)],
        tags=["dead letters"],
        security=[{"bearer": []}],
    )


def _out(letter: DeadLetter) -> DeadLetterOut:
    return DeadLetterOut(
        id=letter.id,
        tenant=letter.tenant,
        actor=letter.actor,
        args=dict(letter.args),
        failures=letter.failures,
        reason=letter.reason,
        correlation=letter.correlation,
        created_at=letter.created_at,
        died_at=letter.died_at,
    )
