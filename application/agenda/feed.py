"""A professional's appointments for their own calendar program: read-only, by an address that only they know and can change."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, Protocol

from application.agenda.work import AgendaWork, AppointmentView, Listed
from application.shared.ports import Clock, OpenWork
from application.shared.rate_limits import RateLimits
from domain.agenda.appointment import Status
from domain.agenda.slot import Slot
from domain.audit.entry import Deed
from domain.shared.errors import NotFound, Refused, TooOften
from domain.shared.ids import ProfessionalId, TenantId

BACK: Final = timedelta(days=30)
AHEAD: Final = timedelta(days=180)
MOST: Final = 1_000
A_MINUTE: Final = 60.0
SHOWN: Final = frozenset(Status) - {Status.PENDING, Status.CANCELLED}


class FeedNotFound(NotFound):
    """No such feed, or no longer: nobody learns which."""


class AttendsNoLonger(Refused):
    """Who gets no new appointments gets no new address either; the one there is goes on telling of those that are left."""


class Feeds(Protocol):
    """Of the company whose work is open; only digests of the tokens are kept."""

    async def put(self, professional: ProfessionalId, digest: bytes) -> None:
        """The one before is at an end. Raises ProfessionalNotFound."""

    async def remove(self, professional: ProfessionalId) -> bool: ...

    async def given(self) -> Collection[ProfessionalId]:
        """Those who have one."""

    async def professional_of(self, digest: bytes) -> ProfessionalId | None: ...


class FeedWork(AgendaWork, Protocol):
    @property
    def feeds(self) -> Feeds: ...


class Companies(Protocol):
    async def lives(self, tenant: TenantId) -> bool:
        """Whether there is such a company and its people may still look at things."""


class Pages(Protocol):
    def feed(self, tenant: TenantId, name: str, views: Sequence[AppointmentView], now: datetime) -> bytes: ...


@dataclass(frozen=True, slots=True)
class ReadFeed:
    open_work: OpenWork[FeedWork]
    companies: Companies
    pages: Pages
    limits: RateLimits
    clock: Clock

    async def __call__(self, tenant: TenantId, token: str, ip: str) -> bytes:
        """Raises FeedNotFound or TooOften."""
        for whose in (f"feed from {ip}", f"feed {_digest(token).hex()}"):
            if await self.limits.hit(tenant, number=whose, ip=ip):
                raise TooOften("this calendar was read too often", retry_after=A_MINUTE)
        if not await self.companies.lives(tenant):
            raise FeedNotFound("no such feed")
        now = self.clock()
        async with self.open_work(tenant) as work:
            professional = await work.feeds.professional_of(_digest(token))
            if professional is None:
                raise FeedNotFound("no such feed")
            name = (await work.agenda.professional(professional)).name
            views = await _nearest(work, professional, now)
        return self.pages.feed(tenant, name, views, now)


@dataclass(frozen=True, slots=True)
class GiveFeed:
    open_work: OpenWork[FeedWork]

    async def __call__(self, tenant: TenantId, professional: ProfessionalId, who: str) -> str:
        """The token, told this once; the address before it leads nowhere from now on.

        Raises ProfessionalNotFound or AttendsNoLonger.
        """
        token = secrets.token_urlsafe(32)
        async with self.open_work(tenant) as work:
            if not (await work.agenda.professional(professional)).active:
                raise AttendsNoLonger("this professional attends no longer")
            await work.feeds.put(professional, _digest(token))
            await work.audit.record(Deed(who, "agenda.feed_given", f"professional:{professional}"))
            await work.commit()
        return token

    async def given(self, tenant: TenantId) -> Collection[ProfessionalId]:
        """Whose addresses lead somewhere."""
        async with self.open_work(tenant) as work:
            return await work.feeds.given()

    async def take_back(self, tenant: TenantId, professional: ProfessionalId, who: str) -> None:
        """Raises FeedNotFound."""
        async with self.open_work(tenant) as work:
            if not await work.feeds.remove(professional):
                raise FeedNotFound("this professional has no feed")
            await work.audit.record(Deed(who, "agenda.feed_taken_back", f"professional:{professional}"))
            await work.commit()


async def _nearest(work: FeedWork, professional: ProfessionalId, now: datetime) -> list[AppointmentView]:
    """What is to come before what is over: of a busy professional's appointments not all go into one page."""
    ahead = Listed(Slot(now, now + AHEAD), professional, statuses=SHOWN, limit=MOST)
    coming = await work.appointments.list(ahead)
    if len(coming) == MOST:
        return list(coming)
    back = replace(ahead, window=Slot(now - BACK, now), limit=MOST - len(coming), latest_first=True)
    known = {each.appointment.id for each in coming}
    return [*(each for each in await work.appointments.list(back) if each.appointment.id not in known), *coming]


def _digest(token: str) -> bytes:
    """256 random bits need no salt."""
    return sha256(token.encode("utf-8", "surrogatepass")).digest()
