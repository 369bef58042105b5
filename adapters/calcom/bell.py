"""Cal.com's webhooks, registered with the company's own key: nobody copies an address and a secret by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

import httpx2

from adapters.calcom.client import CalcomClient
from adapters.calcom.inbound import OF_BOOKINGS
from adapters.calcom.lines import Lines
from adapters.calcom.terms import SLOTS, CalcomTerms
from application.agenda.connections import CalendarConnection

VERSION: Final = SLOTS
"""Webhooks answer alike to any."""


@dataclass(frozen=True, slots=True)
class CalcomBell:
    """Implements application.agenda.hang_bell.Bell."""

    http: httpx2.AsyncClient
    lines: Lines

    async def hang(self, connection: CalendarConnection, url: str) -> None:
        """Looked up first: what was asked once without an answer may have been done, and a second one would be refused."""
        client = self._client(connection)
        body = {"triggers": sorted(OF_BOOKINGS), "active": True, "secret": connection.webhook_secrets[0]}
        known = await _hung(client, url)
        if not known:
            await client.change("/webhooks", version=VERSION, body={"subscriberUrl": url, **body})
        for id in known:
            await client.amend(_path(id), version=VERSION, body=body)

    async def take_down(self, connection: CalendarConnection, url: str) -> bool:
        client = self._client(connection)
        known = await _hung(client, url)
        for id in known:
            await client.remove(_path(id), version=VERSION)
        return bool(known)

    def _client(self, connection: CalendarConnection) -> CalcomClient:
        terms = CalcomTerms(connection.tenant, connection.id, connection.base_url, connection.api_key)
        return CalcomClient(self.http, terms, self.lines)


async def _hung(client: CalcomClient, url: str) -> list[object]:
    """What Cal.com calls those that knock there."""
    known = await client.ask("/webhooks", version=VERSION, query={})
    found = [one for one in known.get("data") or () if isinstance(one, dict)]
    return [one.get("id") for one in found if one.get("subscriberUrl") == url]


def _path(id: object) -> str:
    return f"/webhooks/{quote(str(id), safe='')}"
