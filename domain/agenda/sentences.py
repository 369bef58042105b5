"""A reply sentence by sentence, each in plain words, with the times it tells once somebody asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property

from domain.agenda.assertions import ASSURED, COMMA, DENIED_AT_ALL, GOODBYE, INSTANT, IS, SENTENCE, TAG
from domain.assistant.plain import plain, rejoined
from domain.scheduling.understanding import read_wish
from domain.scheduling.wish import Holidays, Wish


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

    @property
    def timed(self) -> bool:
        return bool(self.wish.readings)

    @property
    def ahead(self) -> bool:
        """Whether it tells a day to come, once."""
        ends = (window.end for reading in self.wish.readings for window in reading.windows)
        return not self.wish.recurring and any(end > self.now.reference for end in ends)

    @property
    def exact(self) -> bool:
        """Whether it tells an hour; without such a word it cannot."""
        return INSTANT.search(self.words) is not None and any(
            window.instant for reading in self.wish.readings for window in reading.windows
        )


def sentences(reply: str, now: Now) -> list[Sentence]:
    return [Sentence(text, words, now) for text in SENTENCE.findall(rejoined(reply)) if (words := _words(text))]


def _words(sentence: str) -> str:
    return plain(GOODBYE.sub(" ", IS.sub(" # ", sentence))).replace("*", "").strip()


def times_in(text: str, now: Now) -> Wish:
    return read_wish(text, now.reference, now.zone, now.holidays, every=True)
