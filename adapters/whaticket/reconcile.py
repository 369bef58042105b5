"""After an unknown result: did the message arrive? Count it at the other side before anybody thinks of sending it again."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import httpx2

from adapters.whaticket.destination import digits_of, endpoint
from adapters.whaticket.history import History, Page, PanelHistory, TokenHistory
from adapters.whaticket.login import CannotLook, PanelLogin
from adapters.whaticket.profiles import PROFILES, Lookup
from application.delivery.ports import ChannelMisconfigured, ChannelRefused, ChannelUnavailable, Letter
from application.shared.ports import Clock
from domain.companies.connection import Connection

TICKETS: Final = 3  # the newest: a send goes to the open ticket or to the one touched last
PAGES: Final = 10  # of 20 messages each; who cannot cover the time with these cannot tell
DEADLINE: Final = 30.0  # seconds for the whole look-up
SLACK: Final = timedelta(seconds=1)  # the Date header knows no fractions


@dataclass(frozen=True, slots=True)
class Reconciler:
    http: httpx2.AsyncClient
    login: PanelLogin
    clock: Clock

    async def was_sent(self, connection: Connection, letter: Letter, *, since: datetime, known: int) -> bool | None:
        """None where nobody can tell. Raises ChannelUnavailable."""
        try:
            async with asyncio.timeout(DEADLINE):
                return await self._search(self._history(connection), letter, since, known)
        except TimeoutError as error:
            raise ChannelUnavailable("whaticket: the look-up took too long") from error
        except (CannotLook, ChannelMisconfigured, ChannelRefused):
            return None

    def _history(self, connection: Connection) -> History:
        profile = PROFILES[connection.dialect]
        address = endpoint(connection.base_url, profile)
        if profile.lookup is Lookup.PANEL:
            return PanelHistory(self.http, self.login, connection, address.url)
        if profile.lookup is Lookup.TOKEN_API and connection.api_token:
            number_id = address.options.get("whatsappId")
            return TokenHistory(
                self.http, connection.api_token, address.url, None if number_id is None else str(number_id)
            )
        raise CannotLook("this dialect shows no history")

    async def _search(self, history: History, letter: Letter, since: datetime, known: int) -> bool:
        found = 0
        for ticket in await self._tickets(history, letter):
            found += await self._count(history, ticket, letter.text, since)
            if found > known:
                return True
        return False

    async def _tickets(self, history: History, letter: Letter) -> list[str]:
        """A contact who wrote to us has a ticket; seeing none means that this login may not, not that nothing was sent."""
        number = digits_of(letter)
        listed = await history.tickets_of(number) if number is not None else []
        first = [letter.ticket_id] if letter.ticket_id else []
        tickets = list(dict.fromkeys(first + listed[:TICKETS]))
        if not tickets:
            raise CannotLook("no ticket of this contact is shown")
        return tickets

    async def _count(self, history: History, ticket: str, text: str, since: datetime) -> int:
        found = 0
        for number in range(1, PAGES + 1):
            page = await history.page(ticket, number)
            start = self._their_time(since, page)
            found += sum(said.ours and said.at >= start and _plain(said.text) == _plain(text) for said in page.messages)
            if not page.has_more or any(said.at < start for said in page.messages):
                return found
        raise CannotLook("too many messages since then")

    def _their_time(self, since: datetime, page: Page) -> datetime:
        """`since` on the other side's clock, which stamps its messages and may be minutes away from ours."""
        return since - SLACK + (page.now - self.clock() if page.now is not None else timedelta())


def _plain(text: str) -> str:
    """Forks put an invisible mark before what they send, and trim or double white space."""
    return " ".join(text.replace("\u200e", "").split())
