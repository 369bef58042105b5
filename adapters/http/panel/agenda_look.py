"""What part of the agenda somebody looks at: which days, whose, and whom they search for; as it stands in an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from adapters.http.needle import needle
from adapters.http.panel.agenda_words import long_date, week_of
from application.agenda.work import Listed
from domain.agenda.local_time import moment
from domain.agenda.slot import Slot
from domain.shared.ids import ProfessionalId

PAGE: Final = "/painel/agenda"
WEEK: Final = 7
MOST: Final = 2_000
"""More than ten people have in a full week: what is looked at must not end early without a word."""
MOST_FOUND: Final = 60
"""Of what is ahead, and of what is past."""
LONGEST_ID: Final = 2**63 - 1
YEARS: Final = range(2001, 2199)
BACK: Final = timedelta(days=60)
AHEAD: Final = timedelta(days=120)
"""How far around the day somebody is searched for."""


@dataclass(frozen=True, slots=True)
class Sight:
    day: date
    weekly: bool = False
    professional: ProfessionalId | None = None
    words: str = ""

    @property
    def days(self) -> Sequence[date]:
        if not self.weekly:
            return [self.day]
        monday = self.day - timedelta(days=self.day.weekday())
        return [monday + timedelta(days=place) for place in range(WEEK)]

    @property
    def title(self) -> str:
        return week_of(self.days[0], self.days[-1]) if self.weekly else long_date(self.day).capitalize()

    def listed(self, zone: ZoneInfo, today: date) -> Sequence[Listed]:
        """Searching looks further than the days on the page: whoever telephones seldom asks about this week."""
        if not self.words:
            return [Listed(_window(self.days[0], self.days[-1], zone), professional=self.professional, limit=MOST)]
        first, last, yesterday = self.day - BACK, self.day + AHEAD, today - timedelta(days=1)
        asked = Listed(
            _window(first, last, zone), professional=self.professional, words=needle(self.words), limit=MOST_FOUND + 1
        )
        parts = []
        if last >= today:
            parts.append(replace(asked, window=_window(max(first, today), last, zone)))
        if first < today:
            parts.append(replace(asked, window=_window(first, min(last, yesterday), zone), latest_first=True))
        return parts

    def href(self, path: str = PAGE, **more: str) -> str:
        asked = {
            "ver": "semana" if self.weekly else "",
            "dia": self.day.isoformat(),
            "profissional": str(self.professional or ""),
            "busca": self.words,
            **more,
        }
        return f"{path}?{urlencode({name: value for name, value in asked.items() if value})}"

    def moved(self, steps: int) -> Sight:
        return replace(self, day=self.day + timedelta(days=steps * (WEEK if self.weekly else 1)))


@dataclass(frozen=True, slots=True)
class Query:
    """An address as it was asked for; what nobody could mean is today, everybody, nobody searched."""

    ver: str = ""
    dia: str = ""
    profissional: str = ""
    busca: str = ""

    def sight(self, today: date) -> Sight:
        words = "".join(mark for mark in self.busca if mark.isprintable())
        number = number_of(self.profissional)
        return Sight(
            day_of(self.dia) or today,
            self.ver == "semana",
            None if number is None else ProfessionalId(number),
            " ".join(words.split()),
        )


def _window(first: date, last: date, zone: ZoneInfo) -> Slot:
    return Slot(moment(first, 0, zone), moment(last + timedelta(days=1), 0, zone))


def day_of(said: str) -> date | None:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def number_of(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 19 and 0 < int(said) <= LONGEST_ID else None
