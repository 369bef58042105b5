"""A Whaticket panel with people's logins, tickets and pages of messages, as contracts §1.2 tells it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

from tests.integration.whaticket.scripted import Behaviour, Reply, Seen
from tests.integration.whaticket.whaticket_parts import NOW

PER_PAGE = 20


@dataclass
class Ticket:
    id: int
    number: str
    queue: int | None = None
    whatsapp: int = 1
    messages: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Panel:
    """`clock` is the panel's own. Logins are refused with `refuses_with` once they are in `expired`."""

    clock: datetime
    tickets: list[Ticket] = field(default_factory=list)
    queues: list[int] = field(default_factory=list)
    password: str = "a long password"
    logins: int = 0
    expired: set[str] = field(default_factory=set)
    refuses_with: int = 403
    instead: Callable[[Seen], Behaviour | None] = lambda _: None

    def says(self, ticket: Ticket, text: str, *, ago: float = 0, ours: bool = True, **changes: Any) -> dict[str, Any]:
        at = self.clock - timedelta(seconds=ago)
        message = {
            "id": f"3EB0{len(ticket.messages)}",
            "body": text,
            "fromMe": ours,
            "createdAt": at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
        } | changes
        ticket.messages.append(message)
        return message

    def __call__(self, request: Seen) -> Behaviour:
        special = self.instead(request)
        if special is not None:
            return special
        if request.path == "/auth/login":
            return self._login(request)
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not token.startswith("jwt-") or token in self.expired:
            return self._reply(self.refuses_with, {"error": "ERR_SESSION_EXPIRED"})
        return self._reply(200, self._shown(request))

    def _login(self, request: Seen) -> Reply:
        if request.body["password"] != self.password:
            return self._reply(401, {"error": "ERR_INVALID_CREDENTIALS"})
        self.logins += 1
        return self._reply(200, {"token": f"jwt-{self.logins}", "user": {"id": 1}}, {"set-cookie": "jrt=x"})

    def _shown(self, request: Seen) -> Any:
        if request.path == "/queue":
            return [{"id": queue, "name": f"Fila {queue}"} for queue in self.queues]
        page = int(request.query.get("pageNumber", "1"))
        if request.path == "/tickets":
            visible = {None, *json.loads(request.query["queueIds"])}
            assert request.query["showAll"] == "true"
            found = [
                {"id": ticket.id, "contact": {"number": ticket.number}, "queueId": ticket.queue}
                for ticket in self.tickets
                if ticket.queue in visible and request.query["searchParam"] in ticket.number
            ]
            return {"tickets": found, "count": len(found), "hasMore": False}
        ticket = next(ticket for ticket in self.tickets if request.path == f"/messages/{ticket.id}")
        newest_first = sorted(ticket.messages, key=lambda message: message["createdAt"], reverse=True)
        shown = newest_first[(page - 1) * PER_PAGE : page * PER_PAGE]
        more = len(newest_first) > page * PER_PAGE
        return {"messages": shown[::-1], "count": len(newest_first), "hasMore": more}

    def _reply(self, status: int, body: Any, headers: dict[str, str] | None = None) -> Reply:
        return Reply(status, body, {"date": format_datetime(self.clock, usegmt=True)} | (headers or {}))


def a_panel(*tickets: Ticket, **changes: Any) -> Panel:
    """A panel whose clock is right and that knows Ana, unless told otherwise."""
    return Panel(NOW, list(tickets) or [Ticket(1, "5531987654321")], **changes)
