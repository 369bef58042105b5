"""The sandbox Whaticket: lines are opened there, and what reached each phone is read back."""

from __future__ import annotations

import re
from dataclasses import dataclass

import httpx2

from ops.chaos.journal import Answer

TOKEN = re.compile(r"#[A-Za-z0-9-]{4,}")
PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Opened:
    """A line of the sandbox with the credentials that our side needs."""

    name: str
    token: str
    panel_email: str
    panel_password: str


@dataclass(frozen=True, slots=True)
class Phones:
    client: httpx2.AsyncClient
    url: str

    async def open(self, name: str) -> Opened:
        """A classic SaaS line with a panel user, so that a send of unknown end can be looked up there."""
        opened = Opened(name, f"token-of-{name}", f"{name}@example.com", f"panel-of-{name}")
        answer = await self.client.post(
            f"{self.url}/_sandbox/connections",
            json={
                "id": name,
                "profile": "saas-classic",
                "token": opened.token,
                "panel_email": opened.panel_email,
                "panel_password": opened.panel_password,
                "webhook_url": None,
            },
        )
        answer.raise_for_status()
        return opened

    async def meet(self, name: str, phone: str) -> None:
        """A contact has written before: without a ticket of theirs the panel shows no history."""
        answer = await self.client.post(
            f"{self.url}/_sandbox/connections/{name}/say", json={"phone": phone, "text": "Oi", "deliver": False}
        )
        answer.raise_for_status()

    async def answers(self) -> list[Answer]:
        """Everything of ours that reached a phone, in order of arrival."""
        found: list[Answer] = []
        after = 0
        while True:
            page = await self.client.get(
                f"{self.url}/_sandbox/messages", params={"direction": "out", "after": after, "limit": PAGE}
            )
            page.raise_for_status()
            messages = page.json()["messages"]
            found += [
                Answer(one["connection"], one["contact"], tuple(TOKEN.findall(one["text"])), one["at"])
                for one in messages
            ]
            if not messages:
                return found
            after = messages[-1]["seq"]
