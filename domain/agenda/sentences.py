"""A reply sentence by sentence, each in plain words, with the times it tells once somebody asks for them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import Final

from domain.agenda.assertions import (
    AFTER_A_SIGN,
    AND,
    ASSURED,
    CANCELLED,
    COMMA,
    DENIED_AT_ALL,
    DONE,
    DONE_WITH_A_TIME,
    EXPECTED,
    FAREWELL,
    GOODBYE,
    HOUSE_HOURS,
    INSTANT,
    IS,
    MOVED,
    SENTENCE,
    TAG,
    YOUR,
)
from domain.agenda.framing_phrases import ENDS, PRESUMED, QUOTED
from domain.agenda.offering_phrases import LENGTH, LISTED, NOT_SEEN, OFFER, SEEN, UNTAKEN
from domain.agenda.waiting_phrases import one_list
from domain.assistant.plain import plain, rejoined
from domain.scheduling.understanding import read_wish
from domain.scheduling.wish import Grain, Holidays, Reading, Window, Wish

HOURS: Final = (Grain.MINUTE, Grain.HOUR)
SEEING: Final = (SEEN, DONE, DONE_WITH_A_TIME, MOVED, CANCELLED, EXPECTED)
SOME_MINUTES: Final = timedelta(minutes=20)
STRETCHES: Final = (Grain.PART, Grain.DAY)
ADMIRED: Final = r"(?! (?:\w+ )?(?:ficou|foi|esta|ta) (?:\w+ )?(?:lind|otim|bo[am]|perfeit|maravilh|incrivel|excelen))"
DESCRIBED: Final = re.compile(
    r" (?:ja )?(?:#|vale|(?:segue|continua|permanece) (?:ativ|valid|dispon|gratuit|com |custando|saindo))"
)
"""What a service is, costs or goes on being: a booking only if its day or hour is told."""
WHITHER: Final = {"pra": "para", "pro": "para o", "pras": "para as", "pros": "para os"}
FOR: Final = re.compile(r"\bpr[ao]s?\b")
FREED: Final = re.compile(r"\b((?:voce|vc) (?:ja )?(?:esta|estara|fica|ficara)) livre\b")
"""Somebody who is done, and not a time."""
LACKING: Final = re.compile(
    r"\bfaltam? (?:so |apenas )?(?=\w+ (?:dias?|semanas?|mes(?:es)?) para (?:a |o )?(?:sua|seu)\b)"
)
AT_ONCE: Final = re.compile(r"\bagora\b")
NOWADAYS: Final = re.compile(r"\bhoje (?=(?:(?:voce|vc) (?:ja |so )?tem|(?:ela |sua \w+ )?(?:esta|ta|#))\b)")


@dataclass(frozen=True, slots=True)
class Now:
    """When and where the reply is written, for what "amanhã" means in it."""

    reference: datetime
    zone: tzinfo
    holidays: Holidays
    services: tuple[str, ...] = ()
    """What the house does, by name: "sua limpeza" is as much an appointment as "sua consulta"."""
    professionals: tuple[str, ...] = ()
    """Who attends, by name."""
    others: tuple[str, ...] = ()
    """The client and whoever writes: called by their names, they are nobody who attends."""


@dataclass
class Sentence:
    """A sentence of the reply, and its times once they are looked for: most sentences tell none."""

    text: str
    words: str
    now: Now

    @cached_property
    def plainly(self) -> str:
        """In plain words as well, but with the house's services by their own names."""
        return " ".join(plain(IS.sub(" # ", self.text)).replace("*", "").split())

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
        return times_in(", ".join(_of_somebody(clause) for clause in self.clauses), self.now)

    @property
    def over(self) -> Wish | None:
        """When it is over, if it says so of an appointment that is not only offered."""
        if not ENDS.search(self.words) or self.asked or HOUSE_HOURS.search(self.words):
            return None
        if OFFER.search(ENDS.sub(" ", self.words)):
            return None
        return closely(times_in(", ".join(part for part in AND.split(self.body) if ENDS.search(part)), self.now))

    @cached_property
    def stated(self) -> list[str]:
        """The clauses that a question after them takes nothing back of."""
        asks = self.asked and not self.tagged and not PRESUMED.search(self.clauses[-1] if self.clauses else "")
        return self.clauses[:-1] if asks else self.clauses

    @property
    def timed(self) -> bool:
        """Whether it tells a time that is not over: what was is nobody's appointment any more."""
        return self.wish.recurring or any(window.end > self.now.reference for window in self._windows())

    @property
    def ahead(self) -> bool:
        """Whether it tells a day to come, once."""
        return self.timed and not self.wish.recurring

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
    def in_part(self) -> bool:
        """Whether it tells no more than a part of a day."""
        return all(window.grain is Grain.PART for window in self._windows())

    @property
    def several(self) -> bool:
        """Whether it tells more than one hour, all of one day if it says which."""
        starts = [{one.start for one in each.windows if one.instant} for each in self.wish.readings]
        return any(
            len(each) > 1 and (not self.wish.day_named or len({start.date() for start in each}) == 1) for each in starts
        )

    @property
    def day(self) -> date | None:
        """The one day to come that it names, if it is one."""
        days = {window.start.date() for window in self._windows() if window.grain in (*HOURS, *STRETCHES)}
        return days.pop() if len(days) == 1 and self.wish.day_named and self.ahead else None

    def _windows(self) -> list[Window]:
        return [window for reading in self.wish.readings for window in reading.windows]


def sentences(reply: str, now: Now) -> list[Sentence]:
    return [Sentence(text, words, now) for text in SENTENCE.findall(_parted(reply)) if (words := _words(text, now))]


def _parted(reply: str) -> str:
    return AFTER_A_SIGN.sub(r"\1\n", rejoined(reply))


def _words(sentence: str, now: Now) -> str:
    met = GOODBYE.sub(" ", FAREWELL.sub(" nos vemos ", sentence.strip()))
    words = plain(IS.sub(" # ", met)).replace("*", "").strip()
    words = FREED.sub(r"\1 liberada", words) if "livre" in words else words
    words = LACKING.sub("daqui a ", words) if "falta" in words else words
    words = FOR.sub(lambda one: WHITHER[one[0]], QUOTED.sub("", words))
    words = one_list(UNTAKEN.sub("esta livre", words) if "nao " in words else words)
    if not now.services or not (theirs := _named_as(now.services)).search(words):
        return words
    untimed = DESCRIBED.search(words) is not None and not times_in(words, now).readings
    return theirs.sub(
        lambda one: one[0] if untimed and DESCRIBED.match(words, one.end()) else f"{one[1]} consulta", words
    )


@lru_cache(maxsize=64)
def _named_as(services: tuple[str, ...]) -> re.Pattern[str]:
    """A service that is somebody's, by its name or the first word of it; how well their "corte ficou" is another matter."""
    names = {plain(name).strip() for name in services}
    names |= {word for name in names if len(word := name.split(" ")[0]) > 3 and not word.startswith("primeir")}
    told = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name)
    return re.compile(rf"\b({YOUR}) (?>{told or '(?!)'})\b{ADMIRED}")


def _of_somebody(clause: str) -> str:
    """Without the times that are denied, or of what is no appointment: "te ligo às 9h"."""
    if DENIED_AT_ALL.search(clause):
        return ""
    told = ", ".join(part for part in AND.split(clause) if not ENDS.search(part)) if ENDS.search(clause) else clause
    if not NOT_SEEN.search(told) or any(one.search(told) for one in SEEING):
        return told
    return ", ".join(takewhile(lambda part: not NOT_SEEN.search(part), AND.split(told)))


def times_in(text: str, now: Now) -> Wish:
    """ "Agora" is an hour, and "hoje você tem" a day, only where no other is told: "agora ficou para quinta às 10h" speaks of
    Thursday."""
    told = LISTED.sub(r"\g<one>, ", LENGTH.sub(" ", text))
    if NOWADAYS.search(told):
        then = read_wish(NOWADAYS.sub(" ", told), now.reference, now.zone, now.holidays, every=True)
        if then.day_named and any(window.instant for reading in then.readings for window in reading.windows):
            return then
    if AT_ONCE.search(told):
        later = read_wish(AT_ONCE.sub(" ", told), now.reference, now.zone, now.holidays, every=True)
        if any(window.instant for reading in later.readings for window in reading.windows):
            return later
    return read_wish(told, now.reference, now.zone, now.holidays, every=True)


def closely(wish: Wish) -> Wish:
    """ "Por volta das 16h" is some minutes before or after, where it is told of what is known to the minute."""

    def narrowed(window: Window) -> Window:
        if not window.about or not window.instant:
            return window
        first, last = window.start - SOME_MINUTES, window.start + SOME_MINUTES
        return replace(window, start=first, end=last, grain=Grain.PART)

    return replace(wish, readings=tuple(Reading(tuple(map(narrowed, one.windows))) for one in wish.readings))


def on_day(wish: Wish, day: date) -> Wish:
    """The same hours, on that day."""

    def moved(window: Window) -> Window:
        start = window.start.replace(year=day.year, month=day.month, day=day.day)
        return replace(window, start=start, end=start + (window.end - window.start))

    return replace(
        wish, day_named=True, readings=tuple(Reading(tuple(map(moved, one.windows))) for one in wish.readings)
    )
