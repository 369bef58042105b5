"""Writes down what recognised callers do: every change, every look at people's data, every door that stayed shut.

It stands around the application and looks at each answer before it leaves. Who must not go unrecorded gets no answer: a
reading of personal data that cannot be written down is answered 503. A change that cannot be written down has happened
already; then the log and a metric say so, and what it changed is in the entry that its own transaction kept. Where there is
such an entry in the caller's own log, a deed that succeeded is not written down a second time.

A route says `opt={"audit": "conversations.export"}` for a name of its own, or `opt={"audit": False}` where a page that was
recorded refreshes its parts.
"""

from __future__ import annotations

from typing import Any, Final

from litestar.enums import ScopeType
from litestar.handlers import BaseRouteHandler
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from adapters.http.access import Requires
from adapters.http.client_address import ClientAddress
from adapters.http.csrf import SAFE
from adapters.http.problems import MEDIA_TYPE, problem
from adapters.telemetry import metrics
from adapters.telemetry.log import error
from adapters.telemetry.origin import coming_from, is_entered
from application.access.caller import Caller
from application.shared.audit import AuditLog
from domain.access.role import Permission
from domain.audit.entry import Deed, Outcome
from domain.shared.errors import Unavailable

PEOPLES_DATA: Final = frozenset(
    {
        Permission.CONVERSATIONS_READ,
        Permission.AGENDA_READ,
        Permission.USERS_READ,
        Permission.AUDIT_READ,
        Permission.PLATFORM_AUDIT_READ,
    }
)
"""Reading under one of these shows what belongs to people: what they wrote, who they are, what they did."""

WEBHOOKS: Final = ("/webhook/", "/api/agenda/webhook/")
RETRY_AFTER: Final = b"5"


class Auditing:
    def __init__(self, app: ASGIApp, log: AuditLog, addresses: ClientAddress) -> None:
        self._app = app
        self._log = log
        self._addresses = addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["path"].startswith(WEBHOOKS):  # no caller of ours comes that way
            await self._app(scope, receive, send)
            return
        peer = scope["client"]
        with coming_from(self._addresses.of(peer[0] if peer else None, scope["headers"])):
            await self._app(scope, receive, _Watched(scope, send, self._log))


class _Watched:
    """The way out of one request."""

    def __init__(self, scope: Scope, send: Send, log: AuditLog) -> None:
        self._scope = scope
        self._send = send
        self._log = log
        self._withheld = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._withheld = not await self._on_record(int(message["status"]))
            if self._withheld:
                await self._refuse()
        if not self._withheld:
            await self._send(message)

    async def _on_record(self, status: int) -> bool:
        """False where the answer must not leave."""
        deed = deed_of(self._scope, status)
        if deed is None or (deed.outcome is Outcome.DONE and is_entered(deed.company)):
            return True
        try:
            await self._log.record(deed)
        except Unavailable as away:
            metrics.AUDIT_LOST.inc()
            error("audit.not_kept", action=deed.action, exception=away)
            return _method(self._scope) not in SAFE
        return True

    async def _refuse(self) -> None:
        body = problem(503).content
        headers = [(b"content-type", MEDIA_TYPE.encode()), (b"retry-after", RETRY_AFTER)]
        await self._send({"type": "http.response.start", "status": 503, "headers": headers})
        await self._send({"type": "http.response.body", "body": body, "more_body": False})


def deed_of(scope: Scope, status: int) -> Deed | None:
    """What to write down of a request that is answered with this status; None where nothing need be."""
    caller, handler = scope.get("user"), scope.get("route_handler")
    if not isinstance(caller, Caller) or not isinstance(handler, BaseRouteHandler):
        return None
    named = handler.opt.get("audit")
    harmless = _method(scope) in SAFE and status != 403 and not shows_peoples_data(handler)
    if named is False or (named is None and harmless):
        return None
    template = str(scope.get("path_template") or "")
    return Deed(
        who=caller.who,
        action=str(named or f"{_method(scope)} {template}"),
        subject=subject_of(template, scope.get("path_params") or {}),
        company=caller.company,
        outcome=_outcome(status),
    )


def shows_peoples_data(handler: BaseRouteHandler) -> bool:
    return any(guard.permissions & PEOPLES_DATA for guard in handler.resolve_guards() if isinstance(guard, Requires))


def subject_of(template: str, params: dict[str, Any]) -> str:
    """The last thing the path names, by the word before it: /api/dead-letters/{id}/retry is about "dead-letters:7"."""
    subject, word = "", ""
    for part in template.split("/"):
        if part.startswith("{"):
            value = params.get(part.strip("{}").partition(":")[0])
            subject = f"{word}:{value}" if value is not None else subject
        else:
            word = part
    return subject


def _method(scope: Scope) -> str:
    return str(scope.get("method", ""))


def _outcome(status: int) -> Outcome:
    if status in (401, 403):
        return Outcome.REFUSED
    return Outcome.DONE if status < 400 else Outcome.FAILED
