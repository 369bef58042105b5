"""The company's contacts by a part of their name or number, for whoever books for one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from application.agenda.work import AgendaWork, Client
from application.shared.ports import OpenWork
from domain.shared.ids import ContactId, TenantId

MOST: Final = 8


@dataclass(frozen=True, slots=True)
class FindClients:
    open_work: OpenWork[AgendaWork]

    async def __call__(self, tenant: TenantId, words: str) -> Sequence[Client]:
        """The newest first; nobody for nothing asked."""
        if not words:
            return ()
        async with self.open_work(tenant) as work:
            return await work.clients.find(words, MOST)

    async def one(self, tenant: TenantId, id: ContactId) -> Client:
        """Raises ClientNotFound."""
        async with self.open_work(tenant) as work:
            return await work.clients.get(id)
