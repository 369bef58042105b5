"""What Whaticket remembers of a chat, read through the panel or through a fork's own API: tickets, and pages of messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Protocol
from urllib.parse import quote

import httpx2

from adapters.whaticket import errors
from adapters.whaticket.client import Answer, call
from adapters.whaticket.login import CannotLook, PanelLogin
from application.delivery.ports import ChannelUnavailable
from domain.companies.connection import Connection

NOT_ALLOWED: Final = {401, 403}
"""An expired login answers 403 in most forks, 401 in some."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message as Whaticket keeps it; `ours` is everything that left by our number, whoever wrote it."""

    text: str
    ours: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """Messages of one ticket, newest page first. `now` is the other side's clock when it answered."""

    messages: tuple[Said, ...]
    has_more: bool
    now: datetime | None


class History(Protocol):
    """Raises CannotLook or ChannelUnavailable, and nothing else."""

    async def tickets_of(self, number: str) -> list[str]:
        """Ids of the contact's tickets, the one touched last first."""

    async def page(self, ticket: str, number: int) -> Page:
        """Pages count from 1."""


@dataclass(frozen=True, slots=True)
class PanelHistory:
    """As a logged-in person sees it. Community, classic, codatende, Press-Ticket."""

    http: httpx2.AsyncClient
    login: PanelLogin
    connection: Connection
    url: str

    async def tickets_of(self, number: str) -> list[str]:
        # Tickets of queues that are not named are left out, so every queue is named; eight digits find the number
        # with and without its ninth.
        queues = [queue["id"] for queue in _rows(await self._get("/queue", {})) if "id" in queue]
        found = await self._get(
            "/tickets",
            {"searchParam": number[-8:], "showAll": "true", "queueIds": str(queues), "pageNumber": "1"},
        )
        return _ticket_ids(found, number)

    async def page(self, ticket: str, number: int) -> Page:
        return _page(await self._get(f"/messages/{quote(ticket, safe='')}", {"pageNumber": str(number)}))

    async def _get(self, path: str, params: Mapping[str, str]) -> Answer:
        token = await self.login.token(self.connection, self.url)
        answer = await _ask(self.http, self.url + path, params, token)
        if answer.status in NOT_ALLOWED:
            token = await self.login.token(self.connection, self.url, instead_of=token)
            answer = await _ask(self.http, self.url + path, params, token)
        return _readable(answer)


@dataclass(frozen=True, slots=True)
class TokenHistory:
    """As whapiv4 shows it to a token. One token opens all numbers of an install: `number_id` names ours, where it is known."""

    http: httpx2.AsyncClient
    token: str
    url: str
    number_id: str | None = None

    async def tickets_of(self, number: str) -> list[str]:
        # It cannot search by number, but a send touches its ticket, and the last touched come first.
        ours = {} if self.number_id is None else {"whatsappId": self.number_id}
        return _ticket_ids(await self._get("/tickets", {"page": "1", "limit": "100"} | ours), number)

    async def page(self, ticket: str, number: int) -> Page:
        return _page(await self._get(f"/tickets/{quote(ticket, safe='')}/messages", {"page": str(number)}))

    async def _get(self, path: str, params: Mapping[str, str]) -> Answer:
        return _readable(await _ask(self.http, f"{self.url}/api/v1{path}", params, self.token))


async def _ask(http: httpx2.AsyncClient, url: str, params: Mapping[str, str], token: str) -> Answer:
    try:
        address = str(httpx2.URL(url, params=dict(params)))
        return await call(http, "GET", address, headers={"authorization": f"Bearer {token}"})
    except errors.CALL_FAILURES as error:
        raise errors.while_asking(error) from error


def _readable(answer: Answer) -> Answer:
    if answer.is_success:
        return answer
    if answer.status == 429 or answer.status >= 500:
        raise ChannelUnavailable(f"whaticket: {answer.status}", retry_after=answer.retry_after)
    raise CannotLook(f"the panel answered {answer.status}")


def _rows(answer: Answer, inside: str | None = None) -> list[dict[str, Any]]:
    """The list that an answer is, or holds under a name."""
    body: Any = answer.json()
    rows = body.get(inside) if inside and isinstance(body, dict) else body
    if not isinstance(rows, list):
        raise ChannelUnavailable("whaticket: an answer without the list asked for")
    return [row for row in rows if isinstance(row, dict)]


def _ticket_ids(answer: Answer, number: str) -> list[str]:
    tickets = _rows(answer, "tickets")
    mine = [ticket for ticket in tickets if _line(_number_in(ticket)) == _line(number)]
    return list(dict.fromkeys(str(ticket["id"]) for ticket in mine if "id" in ticket))


def _number_in(ticket: dict[str, Any]) -> str:
    contact = ticket.get("contact")
    number = contact.get("number") if isinstance(contact, dict) else None
    return number.partition("@")[0] if isinstance(number, str) else ""


def _line(number: str) -> str:
    """A Brazilian mobile is the same line with and without the ninth digit; forks store either."""
    is_long_mobile = len(number) == 13 and number.startswith("55") and number[4] == "9"
    return number[:4] + number[5:] if is_long_mobile else number


def _page(answer: Answer) -> Page:
    body = answer.json()
    messages = tuple(_said(row) for row in _rows(answer, "messages"))
    return Page(messages, bool(isinstance(body, dict) and body.get("hasMore")), answer.at)


def _said(row: dict[str, Any]) -> Said:
    text, at = row.get("body"), row.get("createdAt")
    try:
        moment = datetime.fromisoformat(at) if isinstance(at, str) else None
    except ValueError:
        moment = None
    if moment is None:
        raise CannotLook("a message without its time")
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return Said(text if isinstance(text, str) else "", row.get("fromMe") is True, aware)
