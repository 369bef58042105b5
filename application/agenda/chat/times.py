"""From somebody's words about when to a few free times that suit them, or the question that has to be asked first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from application.agenda.chat.books import Books
from application.agenda.chat.ports import Offered, Visit
from application.agenda.chat.unserved import Unserved
from application.agenda.face import Agenda
from application.agenda.look import Wanted
from application.scheduling.texts import VAGUE
from application.scheduling.understand_when import understand
from domain.agenda.availability import FreeSlot
from domain.agenda.people import ServiceNotFound
from domain.agenda.slot import Slot
from domain.scheduling.ranking import ranked
from domain.scheduling.wish import Wish
from domain.shared.ids import AppointmentId, ProfessionalId, ServiceId

MOST: Final = 6
"""Times offered at once: more is a timetable, not an answer."""

MOST_WINDOWS: Final = 8
SEARCHED: Final = 400
NEARBY: Final = timedelta(days=14)
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TimeWanted:
    """`moved` is the appointment that gets another time."""

    service: ServiceId
    words: str
    professional: ProfessionalId | None = None
    moved: AppointmentId | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """Either a `question`, or free times; not `exact` where they are only near what was wished for.

    `why` that could never be had, where it is so: nobody is to wait for it.
    """

    offered: tuple[Offered, ...] = ()
    question: str = ""
    exact: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class FindTimes:
    agenda: Agenda

    async def __call__(self, visit: Visit, books: Books, wanted: TimeWanted) -> Times:
        """Raises ServiceNotFound, ProfessionalNotFound, DoesNotDoThat or Unavailable."""
        if wanted.service not in books.services:
            raise ServiceNotFound("this service is no longer offered")
        wish = wish_of(visit, books, wanted)
        if not wish.settled:
            return Times(question=wish.question)
        windows = () if wish.past else wish.windows[:MOST_WINDOWS]
        if not windows and not wish.soonest:
            return Times(question=VAGUE)
        search = _Search(self.agenda, visit, books, wanted)
        if not windows:
            return await search.offered(await search.within(visit.now, visit.now + books.ahead), wish)
        found = [each for window in windows for each in await search.within(window.start, window.end)]
        suiting = [each for each in found if _suits(wish, each.slot.starts)]
        if suiting:
            return await search.offered(suiting, wish)
        why = Unserved(visit, books, books.who(wanted.service, wanted.professional))(wish)
        return replace(await search.near(windows[0].start, wish), exact=False, why=why)


@dataclass(frozen=True, slots=True)
class _Search:
    agenda: Agenda
    visit: Visit
    books: Books
    wanted: TimeWanted

    async def within(self, starts: datetime, ends: datetime) -> Sequence[FreeSlot]:
        """Free slots that start in [starts, ends), as far as the agenda is open."""
        length = self.books.services[self.wanted.service].length
        now, last = self.visit.now, self.visit.now + self.books.ahead + length
        window_from, window_until = max(starts, now), min(ends + length, last)
        if window_from >= window_until:
            return ()
        asked = Wanted(
            self.wanted.service,
            Slot(window_from, window_until),
            self.wanted.professional,
            self.visit.contact,
            self.wanted.moved,
            SEARCHED,
        )
        free = await self.agenda.find_slots.look.free(self.visit.tenant, asked)
        return [each for each in free if each.slot.starts < ends and not self._is_theirs(each)]

    def _is_theirs(self, free: FreeSlot) -> bool:
        """What is moved is in nobody's way; but the time it has already is not another time."""
        return any(
            each.appointment.id == self.wanted.moved
            and (each.appointment.professional, each.appointment.slot) == (free.professional, free.slot)
            for each in self.books.mine
        )

    async def near(self, wished: datetime, wish: Wish) -> Times:
        """The nearest to what was wished for, looked for ever farther around it, as far as the agenda is open."""
        first, last = self.visit.now, self.visit.now + self.books.ahead
        wished = min(max(wished, first), last)
        before, after, reach = wished.replace(hour=0, minute=0), wished + NEARBY, NEARBY
        found = await self.within(before, after)
        while not found and (before > first or after < last):
            found = [*await self.last_within(before - reach, before), *await self.within(after, after + reach)]
            before, after, reach = before - reach, after + reach, reach * 2
        return await self.offered(found, wish)

    async def last_within(self, starts: datetime, ends: datetime) -> Sequence[FreeSlot]:
        """As `within`, and the last of them surely: a search ends with the first so many."""
        found = await self.within(starts, ends)
        if len(found) < SEARCHED // 2 or ends - starts <= A_DAY:
            return found
        return [*found, *await self.last_within(starts + (ends - starts) / 2, ends)]

    async def offered(self, free: Sequence[FreeSlot], wish: Wish) -> Times:
        visit, service, tokens = self.visit, self.wanted.service, self.agenda.tokens
        return Times(
            tuple(
                [
                    Offered(
                        await tokens.issue(visit.tenant, each, service, visit.contact),
                        service,
                        each.professional,
                        each.slot.starts,
                    )
                    for each in best_of(free, wish, visit.now)
                ]
            )
        )


def wish_of(visit: Visit, books: Books, wanted: TimeWanted) -> Wish:
    possible = Unserved(visit, books, books.doing(books.services[wanted.service])).attended
    return understand(wanted.words, visit.now, visit.zone, books.holidays, possible)


def _suits(wish: Wish, starts: datetime) -> bool:
    """Who names an hour means that hour, unless it was only about then."""
    meant = any(
        not window.instant or window.about or window.start == starts for window in wish.windows if window.holds(starts)
    )
    return meant and wish.allows(starts)


def best_of(free: Sequence[FreeSlot], wish: Wish, now: datetime) -> list[FreeSlot]:
    """The few that answer the wish best; those that answer it equally well in the order of the days, as people read lists.

    One for each start: who does it is asked only where somebody was wanted.
    """
    first: dict[datetime, FreeSlot] = {}
    for each in free:
        first.setdefault(each.slot.starts, each)
    chosen = sorted(ranked(first, wish, now=now, limit=MOST), key=lambda choice: (choice.why, choice.start))
    return [first[choice.start] for choice in chosen]
