"""When Cal.com would let a service begin, read by whole months: whoever looks next, at other days or hours, asks nothing new.

A company's key has 120 calls a minute for all it does. A look at sixty days in five parts, or at every morning of a week, would
spend them by itself if each part were a call.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from adapters.calcom import wire
from adapters.calcom.client import CalcomClient
from adapters.calcom.moments import iso
from adapters.calcom.terms import SLOTS, EventType
from application.agenda.ports import FreeQuery
from domain.agenda.slot import Slot
from domain.shared.ids import ProfessionalId

A_MINUTE: Final = timedelta(minutes=1)
A_MONTH_AND_MORE: Final = timedelta(days=32)


@dataclass(frozen=True, slots=True)
class FreeStarts:
    """`moving` is the uid by which what is to be moved stands there now."""

    client: CalcomClient
    query: FreeQuery
    moving: str | None

    async def of(self, kinds: Mapping[ProfessionalId, EventType]) -> Mapping[ProfessionalId, Sequence[Slot]]:
        """All side by side. What one of them raises is raised when all have been answered, so that a repeat finds the rest."""
        found = await asyncio.gather(*(self._at(kind) for kind in kinds.values()), return_exceptions=True)
        for each in found:
            if isinstance(each, BaseException):
                raise each
        return dict(zip(kinds, (each for each in found if not isinstance(each, BaseException)), strict=True))

    async def _at(self, kind: EventType) -> Sequence[Slot]:
        months = [await self._month(kind, month) for month in _months(self.query.window)]
        return [slot for month in months for slot in _within(self.query.window, month)]

    async def _month(self, kind: EventType, month: Slot) -> Sequence[Slot]:
        asked: dict[str, Any] = {
            "eventTypeId": kind.id,
            "start": iso(month.starts),
            "end": iso(month.ends + self.query.length),
            "timeZone": "UTC",
            "format": "range",
        }
        if kind.flexible:
            asked["duration"] = round(self.query.length / A_MINUTE)
        if self.moving is not None:
            asked["bookingUidToReschedule"] = self.moving
        terms = self.client.terms
        question = (terms.base_url, terms.key, *asked.items())
        return await self.client.lines.of(terms.tenant).answers.to(question, lambda: self._ask(asked, month))

    async def _ask(self, asked: Mapping[str, Any], month: Slot) -> Sequence[Slot]:
        """Those that begin in the month: an end at midnight is pushed to the end of that day, so that more may come."""
        answer = await self.client.browse("/slots", version=SLOTS, query=asked)
        found = wire.slots(answer.get("data"))
        return sorted(slot for slot in found if month.starts <= slot.starts < month.ends)


def _months(window: Slot) -> Iterator[Slot]:
    first = window.starts.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while first < window.ends:
        after = (first + A_MONTH_AND_MORE).replace(day=1)
        yield Slot(first, after)
        first = after


def _within(window: Slot, slots: Sequence[Slot]) -> Iterator[Slot]:
    first, last = (bisect_left(slots, at, key=_starts) for at in (window.starts, window.ends))
    return (slot for slot in slots[first:last] if slot.ends <= window.ends)


def _starts(slot: Slot) -> datetime:
    return slot.starts
