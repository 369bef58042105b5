"""Why a time that is wished for can never be had, where that is known: past, too far ahead, a closed day, a holiday."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from application.agenda.chat.books import Books
from application.agenda.chat.ports import Visit
from domain.agenda.people import Professional
from domain.scheduling.wish import Window, Wish

LONG_WINDOW: Final = timedelta(days=7)
PAST: Final = "Esse horário já passou."
BEYOND: Final = "A agenda está aberta até {last}, e ainda não tem essa data."
HOLIDAY: Final = "{day} é feriado ({name}), e não atendemos."
CLOSED: Final = "{who} {on}."
WE: Final = "Não atendemos"
OTHERS: Final = "{name} não atende"
AT_THAT_HOUR: Final = "nesse horário"
ON: Final = (
    "às segundas-feiras",
    "às terças-feiras",
    "às quartas-feiras",
    "às quintas-feiras",
    "às sextas-feiras",
    "aos sábados",
    "aos domingos",
)


@dataclass(frozen=True, slots=True)
class Unserved:
    """Of those `people` who do what is wished for; one of them alone where somebody was asked for by name."""

    visit: Visit
    books: Books
    people: Sequence[Professional]

    @property
    def last(self) -> datetime:
        return self.visit.now + self.books.ahead

    def __call__(self, wish: Wish) -> str:
        """Empty where any of what they wish could be free."""
        whys = [self._why(window) for window in wish.windows]
        return " ".join(dict.fromkeys(whys)) if whys and all(whys) else ""

    def attended(self, window: Window) -> bool:
        """Whether any of them attends in it at all; over many days somebody does."""
        return window.end - window.start > LONG_WINDOW or any(
            span.opens < closes and opens < span.closes
            for professional in self.people
            for day, opens, closes in _minutes(window)
            for span in professional.hours.days[day.weekday()]
        )

    def _why(self, window: Window) -> str:
        if (window.start if window.instant else window.end) <= self.visit.now:
            return PAST
        if window.start > self.last:
            return BEYOND.format(last=f"{self.last:%d/%m/%Y}")
        if window.end - window.start > LONG_WINDOW:
            return ""
        days = [day for day, _, _ in _minutes(window)]
        if (holiday := self._holiday(days)) or self.attended(window):
            return holiday
        closed = not any(each.hours.on(day) for each in self.people for day in days)
        on = " nem ".join(dict.fromkeys(ON[day.weekday()] for day in days)) if closed else AT_THAT_HOUR
        return CLOSED.format(who=self._who, on=on)

    def _holiday(self, days: Sequence[date]) -> str:
        names = [(day, self.books.closed_on(day)) for day in days]
        if not all(name for _, name in names):
            return ""
        return " ".join(HOLIDAY.format(day=f"{day:%d/%m}", name=name) for day, name in names)

    @property
    def _who(self) -> str:
        doing = len(self.people) != 1 or len(self.books.professionals) == 1
        return WE if doing else OTHERS.format(name=self.people[0].name)


def _minutes(window: Window) -> Iterator[tuple[date, int, int]]:
    """Each day that the window touches, with the minutes of that day."""
    midnights = [window.start.replace(hour=0, minute=0) + timedelta(days=days) for days in range(10)]
    for midnight, after in pairwise(midnights):
        starts, ends = max(window.start, midnight), min(window.end, after)
        if starts < ends:
            since = (starts - midnight).total_seconds() // 60, (ends - midnight).total_seconds() // 60
            yield midnight.date(), int(since[0]), int(since[1])
