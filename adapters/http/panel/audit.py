"""The audit log as people search it: by who, what and when, newest first, and the same search as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from litestar import Response, Router, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter
from litestar.response import Stream

from adapters.http.access import CallerGiven, requires
from adapters.http.audit import MEDIA
from adapters.http.panel import audit_words as words
from adapters.http.panel.frame import PLATFORM, Asked, Frame
from application.access.caller import Caller
from application.access.ports import Users
from application.audit.export import ExportAudit, Format
from application.audit.ports import Wanted
from application.audit.search import SearchAudit
from domain.access.role import Permission
from domain.access.user import User
from domain.shared.errors import Invalid

OWN: Final = "/painel/auditoria"
PLATFORMS: Final = "/painel/empresas/auditoria"
PAGE: Final = 50
DAY: Final = "Escreva a data como 21/11/2026."

Before = Annotated[int | None, QueryParameter(name="antes", ge=1, le=2**63 - 1)]
Shape = Annotated[Format, QueryParameter(name="formato")]


@dataclass(frozen=True, slots=True)
class Sought:
    """What was asked in the address, as it stands in the form's fields."""

    who: str
    action: str
    since: str
    until: str

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> Sought:
        return cls(*(str(query.get(name, ""))[:200].replace("\0", "") for name in ("quem", "oque", "de", "ate")))

    def wanted(self, zone: ZoneInfo) -> Wanted:
        """Days are the company's own, the last one included. Raises Invalid, naming the field."""
        since, until = _midnight(self.since, zone, "de"), _midnight(self.until, zone, "ate", later=1)
        return Wanted(self.who or None, self.action or None, None, since, until)

    @property
    def query(self) -> str:
        said = {"quem": self.who, "oque": self.action, "de": self.since, "ate": self.until}
        return urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True, slots=True)
class AuditPages:
    frame: Frame
    search: SearchAudit
    export: ExportAudit
    users: Users

    async def show(self, request: Asked, caller: Caller, before: int | None) -> Response[str]:
        sought, problems = Sought.of(request.query_params), {}
        try:
            wanted = sought.wanted(await self._zone(caller))
        except Invalid as error:
            wanted, problems = Wanted(), {error.field or "": DAY}
        page = None if problems else await self.search(caller.company, wanted, below=before, limit=PAGE)
        people = await self._people(caller)
        context = {
            "active": "all_audit" if caller.company is None else "audit",
            "here": _page(caller),
            "sought": sought,
            "problems": problems,
            "page": page,
            "people": people,
            "names": {f"user:{person.id}": person.name for person in people},
            "groups": words.GROUPS,
        }
        return await self.frame.page(request, caller, "audit/list.html", context, status=422 if problems else 200)

    async def _people(self, caller: Caller) -> list[User]:
        people, company = await self.users.of(caller.company), caller.company
        return list(people) if company is None else [each.as_known_to(company) for each in people]

    async def file(self, request: Asked, caller: Caller, shape: Format) -> Stream:
        wanted = Sought.of(request.query_params).wanted(await self._zone(caller))
        headers = {"content-disposition": f'attachment; filename="auditoria.{shape}"', "cache-control": "no-store"}
        return Stream(self.export(caller.company, wanted, shape), media_type=MEDIA[shape], headers=headers)

    async def _zone(self, caller: Caller) -> ZoneInfo:
        return PLATFORM.zone if caller.company is None else (await self.frame.profiles.of(caller.company)).zone


def audit_pages_router(pages: AuditPages, path: str, permission: Permission) -> Router:
    """A caller's company, or its absence, says whose log it is; the permission says who gets this far."""
    guards = [requires(permission)]

    @get("/", guards=guards)
    async def show(request: Asked, caller: CallerGiven, before: Before = None) -> Response[str]:
        return await pages.show(request, caller, before)

    @get("/exportar", guards=guards, opt={"audit": "audit.export"})
    async def file(request: Asked, caller: CallerGiven, shape: Shape = Format.CSV) -> Stream:
        return await pages.file(request, caller, shape)

    handlers: list[HTTPRouteHandler] = [show, file]
    return Router(path, route_handlers=handlers, include_in_schema=False)


def _page(caller: Caller) -> str:
    return PLATFORMS if caller.company is None else OWN


def _midnight(typed: str, zone: ZoneInfo, field: str, *, later: int = 0) -> datetime | None:
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed) + timedelta(days=later)
        return datetime.combine(day, time(), zone).astimezone(zone)
    except (ValueError, OverflowError):
        raise Invalid("a day", field=field) from None
