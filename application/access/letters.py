"""Letters with a link that proves, once and for a while, that somebody reads an address."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from application.access.ports import NewSecret
from application.access.proofs import LetterTicket, LetterTickets, Purpose
from application.access.texts import invitation_letter, joining_letter, new_address_letter, reset_letter
from application.shared.mail import Mail, Mailer
from application.shared.ports import Clock
from domain.access.user import User
from domain.shared.errors import Refused, Unavailable
from domain.shared.ids import TenantId

GOOD_FOR: Final = {
    Purpose.RESET: timedelta(hours=1),
    Purpose.INVITATION: timedelta(days=7),
    Purpose.EMAIL: timedelta(hours=1),
    Purpose.JOINING: timedelta(days=7),
}

PAGES: Final = {
    Purpose.RESET: "/painel/senha/nova",
    Purpose.INVITATION: "/painel/convite",
    Purpose.EMAIL: "/painel/conta/email",
    Purpose.JOINING: "/painel/convite/aceitar",
}
"""The panel's pages behind the links; each takes the ticket as `t`."""


class LinkUsed(Refused):
    """The link was used, is too old, or another letter has taken its place."""


@dataclass(frozen=True, slots=True)
class Letters:
    """`public_url` is where the panel is reached."""

    tickets: LetterTickets
    mailer: Mailer
    new_secret: NewSecret
    clock: Clock
    public_url: str

    async def reset(self, user: User) -> None:
        link = await self._link(user, Purpose.RESET, user.email)
        await self.mailer.send(reset_letter(user.email, user.name, link))

    async def invite(self, user: User, name: str, company: TenantId | None = None) -> None:
        """`name` is the company's; with `company`, who answers agrees to belong to it."""
        link = await self._link(user, Purpose.INVITATION, user.email, company)
        await self.mailer.send(invitation_letter(user.email, user.name, name, link))

    async def ask_to_join(self, user: User, name: str, company: TenantId) -> None:
        """Somebody who has a password already."""
        link = await self._link(user, Purpose.JOINING, user.email, company)
        await self.mailer.send(joining_letter(user.email, user.name, name, link))

    async def confirm_address(self, user: User, email: str) -> None:
        link = await self._link(user, Purpose.EMAIL, email)
        await self.mailer.send(new_address_letter(email, user.name, link))

    async def tell(self, mail: Mail) -> None:
        """Of what has happened already: a letter that cannot leave undoes nothing, and must not look as if it did."""
        with suppress(Unavailable, Refused):
            await self.mailer.send(mail)

    async def read(self, ticket: str, *purposes: Purpose) -> LetterTicket:
        """Without using it up. Raises LinkUsed."""
        return _good(await self.tickets.find(_digest(ticket), self.clock()), purposes)

    async def spend(self, ticket: str, *purposes: Purpose) -> LetterTicket:
        """For one asker only. Raises LinkUsed."""
        await self.read(ticket, *purposes)
        return _good(await self.tickets.spend(_digest(ticket), self.clock()), purposes)

    async def _link(self, user: User, purpose: Purpose, email: str, company: TenantId | None = None) -> str:
        secret = self.new_secret()
        expires = self.clock() + GOOD_FOR[purpose]
        await self.tickets.put(_digest(secret), LetterTicket(user.id, purpose, email, expires, company))
        return f"{self.public_url}{PAGES[purpose]}?t={secret}"


def _good(found: LetterTicket | None, purposes: tuple[Purpose, ...]) -> LetterTicket:
    if found is None or found.purpose not in purposes:
        raise LinkUsed("this link is no longer good; ask for another")
    return found


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
