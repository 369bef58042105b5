"""Who hears of a company's bills and of how full its plan is: people by mail, its own systems by webhook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from application.quotas.ports import Endpoint, QuotaWork
from application.shared.ports import OpenWork
from domain.access.email import checked_email
from domain.shared.errors import Invalid
from domain.shared.ids import TenantId
from domain.shared.web_address import checked_address

MOST_CONTACTS: Final = 20


@dataclass(frozen=True, slots=True)
class Told:
    addresses: Sequence[str]
    url: str | None


@dataclass(frozen=True, slots=True)
class WhomToTell:
    open_work: OpenWork[QuotaWork]
    new_secret: Callable[[], str]

    async def read(self, tenant: TenantId) -> Told:
        async with self.open_work(tenant) as work:
            found = [await work.contacts.address(contact) for contact in await work.contacts.all()]
            endpoint = await work.endpoints.get()
        return Told(sorted(address for address in found if address), endpoint.url if endpoint else None)

    async def write_to(self, tenant: TenantId, typed: Sequence[str]) -> None:
        """These and no others. Raises Invalid."""
        addresses = sorted({checked_email(one) for one in typed})
        if len(addresses) > MOST_CONTACTS:
            raise Invalid(f"at most {MOST_CONTACTS} addresses", field="contacts")
        async with self.open_work(tenant) as work:
            await work.contacts.put(addresses)
            await work.commit()

    async def call(self, tenant: TenantId, url: str) -> Endpoint | None:
        """A new secret with every new address, in clear this once; None where there is to be no webhook. Raises Invalid."""
        endpoint = Endpoint(checked_address(url, field="url"), self.new_secret()) if url else None
        async with self.open_work(tenant) as work:
            await work.endpoints.put(endpoint)
            await work.commit()
        return endpoint
