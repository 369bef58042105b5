"""A reply sentence by sentence, each in plain words, with the times it tells once somebody asks for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import Final

from domain.agenda.assertions import (
    AFTER_A_SIGN,
    ASSURED,
    COMMA,
    DENIED_AT_ALL,
    FAREWELL,
    GOODBYE,
    INSTANT,
    IS,
    SENTENCE,
    TAG,
)
from domain.agenda.offering_phrases import LENGTH, LISTED, UNTAKEN
from domain.agenda.waiting_phrases import one_list
from domain.assistant.plain import plain, rejoined
from domain.scheduling.understanding import read_wish
from domain.scheduling.wish import Grain, Holidays, Reading, Window, Wish

HOURS: Final = (Grain.MINUTE, Grain.HOUR)
STRETCHES: Final = (Grain.PART, Grain.DAY)


@dataclass(frozen=True, slots=True)
class Now:
    """When and where the reply is written, for what "amanhã" means in it."""

    reference: datetime
    zone: tzinfo
    holidays: Holidays


@dataclass
class Sentence:
    """A sentence of the reply, and its times once they are looked for: most sentences tell none."""

    text: str
    words: str
    now: Now

    @property
    def asked(self) -> bool:
        return "?" in self.words and not ASSURED.search(self.words)

    @cached_property
    def tagged(self) -> bool:
        return self.asked and TAG.search(self.words) is not None

    @cached_property
    def body(self) -> str:
        return TAG.sub("", self.words) if self.tagged else self.words

    @cached_property
    def clauses(self) -> list[str]:
        return [clause.strip() for clause in COMMA.split(self.body) if clause.strip()]

    @cached_property
    def wish(self) -> Wish:
        return times_in(", ".join(clause for clause in self.clauses if not DENIED_AT_ALL.search(clause)), self.now)

    @cached_property
    def stated(self) -> list[str]:
        """The clauses that a question after them takes nothing back of."""
        return self.clauses[:-1] if self.asked and not self.tagged else self.clauses

    @property
    def timed(self) -> bool:
        return bool(self.wish.readings)

    @property
    def ahead(self) -> bool:
        """Whether it tells a day to come, once."""
        return not self.wish.recurring and any(window.end > self.now.reference for window in self._windows())

    @cached_property
    def exact(self) -> bool:
        """Whether it tells an hour to come; without such a word it cannot."""
        return INSTANT.search(self.words) is not None and any(
            window.instant and window.start > self.now.reference for window in self._windows()
        )

    @property
    def stretch(self) -> bool:
        """Whether it tells a day, or a part of one, to come."""
        return (
            self.wish.day_named
            and self.ahead
            and all(window.grain in STRETCHES and not window.open_end for window in self._windows())
        )

    @property
    def day(self) -> date | None:
        """The one day to come that it names, if it is one."""
        days = {window.start.date() for window in self._windows() if window.grain in (*HOURS, *STRETCHES)}
        return days.pop() if len(days) == 1 and self.wish.day_named and self.ahead else None

    def _windows(self) -> list[Window]:
        return [window for reading in self.wish.readings for window in reading.windows]


def sentences(reply: str, now: Now) -> list[Sentence]:
    return [Sentence(text, words, now) for text in SENTENCE.findall(_parted(reply)) if (words := _words(text))]


def _parted(reply: str) -> str:
    return AFTER_A_SIGN.sub(r"\1\n", rejoined(reply))


def _words(sentence: str) -> str:
    met = GOODBYE.sub(" ", FAREWELL.sub(" nos vemos ", sentence.strip()))
    words = plain(IS.sub(" # ", met)).replace("*", "").strip()
    return one_list(UNTAKEN.sub("esta livre", words) if "nao " in words else words)


def times_in(text: str, now: Now) -> Wish:
    told = LISTED.sub(r"\g<one>, ", LENGTH.sub(" ", text))
    return read_wish(told, now.reference, now.zone, now.holidays, every=True)


def on_day(wish: Wish, day: date) -> Wish:
    """The same hours, on that day."""

    def moved(window: Window) -> Window:
        start = window.start.replace(year=day.year, month=day.month, day=day.day)
        return replace(window, start=start, end=start + (window.end - window.start))

    return replace(
        wish, day_named=True, readings=tuple(Reading(tuple(map(moved, one.windows))) for one in wish.readings)
    )
