"""Where a service still fits: opening hours, less days off, holidays and what is taken, at the company's beat.

Reckoned in whole seconds since the epoch, because sixty days of ten professionals are twenty thousand starts, and only the
few that somebody looks at need become slots.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.agenda.local_time import moment
from domain.agenda.opening_hours import DayOff, WeekHours, off_on
from domain.agenda.people import Service
from domain.agenda.rules import Rules
from domain.agenda.slot import Slot
from domain.assistant.attendance import Span
from domain.shared.ids import ProfessionalId

Stretch = tuple[int, int]
"""From one whole second since the epoch up to another."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Openings:
    """What is known of one professional: when they attend, what is taken (buffers included), what their calendar offers."""

    professional: ProfessionalId
    hours: WeekHours
    taken: Sequence[Stretch] = ()
    offered: Sequence[Slot] = ()


@dataclass(frozen=True, slots=True)
class FreeSlot:
    professional: ProfessionalId
    slot: Slot


@dataclass(frozen=True, slots=True)
class House:
    """What holds for all professionals of a company. `holidays`: the days on which nobody attends."""

    zone: ZoneInfo
    rules: Rules
    days_off: Sequence[DayOff] = ()
    holidays: Collection[date] = ()


@dataclass(frozen=True, slots=True)
class _Ready:
    """A professional's openings as they are reckoned with: both lists in order, what blocks joined where it touches."""

    openings: Openings
    blocks: Sequence[Stretch]
    offered: Sequence[Stretch]


@dataclass(slots=True)
class Search:
    """One look for free starts; `window` is where the appointment must lie, and leads are kept from `now`."""

    house: House
    service: Service
    window: Slot
    now: datetime
    _moments: dict[tuple[date, int], int] = field(default_factory=dict)

    def first(self, openings: Sequence[Openings], limit: int) -> list[FreeSlot]:
        """The earliest, of all professionals; at the same time in the order the professionals were given."""
        ready = [_Ready(each, _blocks(each, self.service), sorted(map(_seconds, each.offered))) for each in openings]
        bounds, found = self._bounds(), list[FreeSlot]()
        for day in self._days():
            starts = [(at, place) for place, each in enumerate(ready) for at in set(self._starts(day, each, bounds))]
            for at, place in sorted(starts)[: limit - len(found)]:
                slot = Slot.lasting(datetime.fromtimestamp(at, UTC), self.service.length)
                found.append(FreeSlot(openings[place].professional, slot))
            if len(found) >= limit:
                break
        return found

    def is_free(self, openings: Openings) -> bool:
        """Whether the window itself, which is as long as the service, may be booked."""
        return bool(self.first([openings], 1))

    def _days(self) -> Iterator[date]:
        """From the day before: hours are those of the day they begin on, also where the zone's midnight is moved."""
        day = self.window.starts.astimezone(self.house.zone).date() - ONE_DAY
        last = self.window.ends.astimezone(self.house.zone).date()
        while day <= last:
            if not (self.house.rules.closed_on_holidays and day in self.house.holidays):
                yield day
            day += ONE_DAY

    def _starts(self, day: date, ready: _Ready, bounds: Stretch) -> Iterator[int]:
        """Cutting keeps the beat of the opening: a start after somebody else's end waits for the next beat."""
        spans = ready.openings.hours.on(day)
        if not spans:
            return
        length, beat = self.service.minutes * 60, self.house.rules.beat * 60
        away = off_on(day, self.house.days_off, ready.openings.professional)
        off = [self._stretch(day, span) for span in away]
        earliest, latest = bounds
        for span in spans:
            opens, closes = self._stretch(day, span)
            cuts = _touching(ready.blocks, opens, closes)
            if cuts and cuts[0][0] <= opens and closes <= cuts[0][1]:
                continue
            for begins, ends in _left((opens, closes), _joined([*off, *cuts]) if off else cuts, ready.offered):
                at = max(begins, earliest)
                at += (opens - at) % beat
                yield from range(at, min(ends - length, latest) + 1, beat)

    def _bounds(self) -> Stretch:
        """First and last moment at which it may start."""
        rules, now = self.house.rules, self.now
        earliest = max(self.window.starts, now + rules.lead)
        latest = min(self.window.ends - self.service.length, now + rules.ahead)
        return -int(-earliest.timestamp() // 1), int(latest.timestamp())

    def _stretch(self, day: date, span: Span) -> Stretch:
        return self._moment(day, span.opens), self._moment(day, span.closes)

    def _moment(self, day: date, minute: int) -> int:
        known = self._moments.get((day, minute))
        if known is None:
            known = self._moments[day, minute] = int(moment(day, minute, self.house.zone).timestamp())
        return known


def _blocks(openings: Openings, service: Service) -> list[Stretch]:
    """What the service itself may not touch, in order and apart: its own buffers may not touch what is taken either."""
    before, after = service.before * 60, service.after * 60
    return _joined((starts - after, ends + before) for starts, ends in openings.taken)


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for starts, ends in sorted(stretches):
        if joined and starts <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(ends, joined[-1][1]))
        else:
            joined.append((starts, ends))
    return joined


def _left(stretch: Stretch, cuts: Sequence[Stretch], offered: Sequence[Stretch]) -> Iterator[Stretch]:
    """What is left of a stretch once the cuts are out, as far as each single offered stretch reaches. All are in order."""
    opens, closes = stretch
    for lent_from, lent_to in offered:
        if lent_to <= opens:
            continue
        if lent_from >= closes:
            break
        at, end = max(opens, lent_from), min(closes, lent_to)
        for cut_from, cut_to in _touching(cuts, at, end):
            if cut_from > at:
                yield at, cut_from
            at = max(at, cut_to)
        if at < end:
            yield at, end


def _touching(cuts: Sequence[Stretch], opens: int, closes: int) -> Sequence[Stretch]:
    """Of stretches in order and apart, those that reach in between."""
    first = bisect_right(cuts, opens, key=lambda cut: cut[1])
    return cuts[first : bisect_left(cuts, closes, lo=first, key=lambda cut: cut[0])]


def _seconds(slot: Slot) -> Stretch:
    return int(slot.starts.timestamp()), -int(-slot.ends.timestamp() // 1)
