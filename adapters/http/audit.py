"""The audit log over HTTP: a company's own people read theirs, the platform's operator the platform's and anybody's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any, Final

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency, Provide
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Parameter, QueryParameter
from litestar.response import Stream

from adapters.http.access import CallerGiven, requires
from application.audit.export import ExportAudit, Format, fields_of
from application.audit.ports import Wanted
from application.audit.search import Page, SearchAudit
from domain.access.role import Permission
from domain.audit.entry import Entry
from domain.shared.errors import Invalid
from domain.shared.ids import TenantId

MEDIA: Final = {Format.CSV: "text/csv; charset=utf-8", Format.JSON_LINES: "application/jsonl"}
ALSO: Final = {"also": "application/jsonl"}
FILE: Final = ResponseSpec(bytes, generate_examples=False, description="The file", media_type="text/csv")

Word = Annotated[str | None, Parameter(max_length=200, description="Exactly this")]
Action = Annotated[str | None, Parameter(max_length=200, description="Exactly this, or all that begin so: `access.`")]
Since = Annotated[datetime | None, Parameter(description="With an offset: 2026-11-21T00:00:00-03:00")]
Until = Annotated[datetime | None, Parameter(description="Exclusive")]
Below = Annotated[
    int | None, QueryParameter(name="after", ge=1, le=2**63 - 1, description="`next_after` of the page before")
]
Limit = Annotated[int, Parameter(ge=1, le=200)]
Shape = Annotated[Format, QueryParameter(name="format")]
CompanyNumber = Annotated[int | None, Parameter(ge=1, le=2**31 - 1, description="Without it: the platform's own log")]


class EntryOut(msgspec.Struct):
    """`number` counts without gaps; `digest` covers the entry and the digest before it. Secrets and personal values are
    covered in `before` and `after`.
    """

    company: int | None
    number: int
    at: datetime
    who: str
    action: str
    subject: str
    outcome: str
    origin: str
    correlation: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    digest: str


class AuditPage(msgspec.Struct):
    """Newest first. `next_after` is what to give as `after` for the following page; null on the last."""

    entries: list[EntryOut]
    next_after: int | None = None


def audit_router(search: SearchAudit, export: ExportAudit) -> Router:
    """For a company's own people: the company is theirs, whatever they ask."""

    @get("/", summary="The company's audit log")
    async def page(
        caller: CallerGiven, wanted: NamedDependency[Wanted], after: Below = None, limit: Limit = 50
    ) -> AuditPage:
        return _page(await search(caller.own_company, wanted, below=after, limit=limit))

    @get("/export", summary="The company's audit log as a file", responses={200: FILE}, opt=ALSO)
    async def file(caller: CallerGiven, wanted: NamedDependency[Wanted], shape: Shape = Format.CSV) -> Stream:
        return _file(export(caller.own_company, wanted, shape), shape)

    return Router(
        "/api/audit",
        route_handlers=[page, file],
        dependencies={"wanted": Provide(wanted_entries, sync_to_thread=False)},
        guards=[requires(Permission.AUDIT_READ)],
        tags=["audit"],
        security=[{"bearer": []}],
    )


def platform_audit_router(search: SearchAudit, export: ExportAudit) -> Router:
    """For the operator: the platform's own log, or a company's by number."""

    @get("/", summary="The platform's audit log, or a company's")
    async def platform_page(
        wanted: NamedDependency[Wanted], company: CompanyNumber = None, after: Below = None, limit: Limit = 50
    ) -> AuditPage:
        return _page(await search(_named(company), wanted, below=after, limit=limit))

    @get("/export", summary="The platform's audit log, or a company's, as a file", responses={200: FILE}, opt=ALSO)
    async def platform_file(
        wanted: NamedDependency[Wanted], company: CompanyNumber = None, shape: Shape = Format.CSV
    ) -> Stream:
        return _file(export(_named(company), wanted, shape), shape)

    return Router(
        "/api/platform/audit",
        route_handlers=[platform_page, platform_file],
        dependencies={"wanted": Provide(wanted_entries, sync_to_thread=False)},
        guards=[requires(Permission.PLATFORM_AUDIT_READ)],
        tags=["audit"],
        security=[{"bearer": []}],
    )


def wanted_entries(
    who: Word = None, action: Action = None, subject: Word = None, since: Since = None, until: Until = None
) -> Wanted:
    """Which entries the query asks for. Raises Invalid."""
    for name, word in (("who", who), ("action", action), ("subject", subject)):
        if word is not None and "\0" in word:
            raise Invalid("text without control characters", field=name)
    for name, moment in (("since", since), ("until", until)):
        if moment is not None and moment.tzinfo is None:
            raise Invalid("a moment with its offset: 2026-11-21T00:00:00-03:00, or …Z", field=name)
    return Wanted(who, action, subject, since, until)


def _named(company: int | None) -> TenantId | None:
    return None if company is None else TenantId(company)


def _page(page: Page) -> AuditPage:
    return AuditPage([_out(entry) for entry in page.entries], page.next_below)


def _out(entry: Entry) -> EntryOut:
    return msgspec.convert(fields_of(entry), EntryOut)


def _file(lines: AsyncIterator[str], shape: Format) -> Stream:
    headers = {"content-disposition": f'attachment; filename="audit.{shape}"'}
    return Stream(lines, media_type=MEDIA[shape], headers=headers)
