"""Somebody at the desk books for a person: known by number, or introduced."""

from __future__ import annotations

from dataclasses import dataclass

from application.agenda.work import AgendaWork
from application.shared.ports import OpenWork
from domain.access.email import checked_email
from domain.shared.ids import ContactId, TenantId
from domain.shared.phone import Phone


@dataclass(frozen=True, slots=True)
class KnowClient:
    open_work: OpenWork[AgendaWork]

    async def __call__(self, tenant: TenantId, phone: Phone, name: str | None, email: str | None = None) -> ContactId:
        """`email` is where letters go from now on; without one, where they went before. Raises Invalid."""
        address = None if email is None else checked_email(email)
        async with self.open_work(tenant) as work:
            contact = await work.clients.by_phone(phone, name, address)
            await work.commit()
        return contact
