"""Free times for a service; for a contact each with a token that only they can book it with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from application.agenda.look import Look, Wanted
from application.agenda.slot_tokens import SlotTokens
from domain.agenda.availability import FreeSlot
from domain.shared.ids import TenantId


@dataclass(frozen=True, slots=True)
class Offer:
    free: FreeSlot
    token: str | None


@dataclass(frozen=True, slots=True)
class FindSlots:
    look: Look
    tokens: SlotTokens

    async def __call__(self, tenant: TenantId, wanted: Wanted) -> Sequence[Offer]:
        """The earliest first.

        Raises ServiceNotFound, ProfessionalNotFound, ClientNotFound, DoesNotDoThat or Unavailable.
        """
        free = await self.look.free(tenant, wanted)
        if wanted.contact is None:
            return [Offer(each, None) for each in free]
        return [Offer(each, await self.tokens.issue(tenant, each, wanted.service, wanted.contact)) for each in free]
