"""Who waits for a place, and what they were offered: the agenda's other book."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.agenda.offers import Offer, OfferId
from domain.agenda.waiting import Standing, Wait
from domain.shared.ids import ContactId, ProfessionalId, WaitingId


class WaitingList(Protocol):
    """Who would like a place that is not free yet, the longest waiting first."""

    async def add(self, wait: Wait) -> WaitingId:
        """Somebody who waits for this service already waits on with what they want now, at their old place."""

    async def list(self) -> Sequence[Wait]: ...

    async def of(self, contact: ContactId) -> Sequence[Wait]:
        """What this one waits for."""

    async def claim(self, id: WaitingId) -> bool:
        """From waiting to offered; False where somebody else was faster, or nobody waits any more."""

    async def move(self, id: WaitingId, standing: Standing) -> None: ...

    async def wait_on(self, contact: ContactId, professional: ProfessionalId, starts: datetime) -> None:
        """Whoever took this offered time and was not given it after all has their old place again, unless they have another."""

    async def remove(self, id: WaitingId) -> None:
        """Raises WaitNotFound."""


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer, and who it was made to."""

    offer: Offer
    wait: Wait


class Offers(Protocol):
    """Freed times as they were offered to those who wait."""

    async def add(self, offer: Offer) -> OfferId: ...

    async def get(self, id: OfferId) -> Offered:
        """Locked until the work ends. Raises OfferNotFound."""

    async def open_to(self, wait: WaitingId) -> Offered | None:
        """Locked until the work ends."""

    async def save(self, offer: Offer) -> None: ...

    async def asked(self, wait: WaitingId) -> AbstractSet[tuple[ProfessionalId, datetime]]:
        """What was offered to this one before."""
