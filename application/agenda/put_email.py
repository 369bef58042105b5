"""Where letters about a client's appointments go: written down at the desk, or taken away."""

from __future__ import annotations

from dataclasses import dataclass

from application.agenda.keep import Asker
from application.agenda.work import AgendaWork
from application.shared.ports import OpenWork
from domain.access.email import checked_email
from domain.audit.entry import Deed
from domain.shared.ids import ContactId, TenantId


@dataclass(frozen=True, slots=True)
class PutEmail:
    open_work: OpenWork[AgendaWork]

    async def __call__(self, tenant: TenantId, contact: ContactId, said: str, asker: Asker) -> str | None:
        """The address as it is kept; nothing said is none. The log tells that it changed, not what it is.

        Raises Invalid or ClientNotFound.
        """
        email = checked_email(said) if said.strip() else None
        async with self.open_work(tenant) as work:
            before = await work.clients.get(contact)
            if before.email != email:
                await work.clients.put_email(contact, email)
                was, now = {"known": before.email is not None}, {"known": email is not None}
                await work.audit.record(Deed(asker.who, "client.email", f"contact:{contact}", before=was, after=now))
                await work.commit()
        return email
