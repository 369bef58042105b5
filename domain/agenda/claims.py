"""What a reply asserts about appointments, and whether the ledger holds it: a lie must not leave, however it is put."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Final

from domain.agenda.assertions import (
    AND,
    BULLET,
    CANCELLED,
    COMMA,
    DENIED,
    DENIED_AT_ALL,
    DONE,
    DONE_SOMEHOW,
    DONE_WITH_A_TIME,
    EXPECTED,
    GOODBYE,
    HARMLESS,
    HOUSE_HOURS,
    MOVED,
    NO_CLAIM,
    NO_OFFER,
    OFFER,
    ON_A_PLACE,
    ON_CONDITION,
    OURS,
    PROMISED,
    PUT_ON,
    SENTENCE,
    SOMETHING_ELSE,
    SUPPOSED,
    TAG,
    TAKEN_OFF,
    THINGS,
    UNSURE,
    WAITING_LIST,
    WAITING_OFFERED,
)
from domain.assistant.plain import plain, rejoined, undisguised
from domain.scheduling.understanding import read_wish
from domain.scheduling.wish import Holidays, Wish

STANDING: Final = frozenset({"booked", "confirmed", "rescheduled"})
"""The states in which a person is expected; pending is none of them."""

GONE: Final = "cancelled"


class Act(StrEnum):
    """What is asserted: that somebody is expected, was moved, was cancelled, that a time is free, or that they wait for one."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    OFFERED = "offered"
    WAITING = "waiting"
    """They are on the waiting list, or will be told when a time is free: only who is on it will be."""
    NOT_WAITING = "not_waiting"
    """They were taken off it."""


class Why(StrEnum):
    """What is wrong with a claim, for the counter and the panel."""

    NOTHING_BOOKED = "nothing_booked"
    ANOTHER_TIME = "another_time"
    NOT_MOVED = "not_moved"
    NOT_CANCELLED = "not_cancelled"
    NOT_OFFERED = "not_offered"
    NOT_WAITING = "not_waiting"
    STILL_WAITING = "still_waiting"


@dataclass(frozen=True, slots=True)
class Fact:
    """An appointment of the contact: its state by name, its start, and the starts it was moved away from."""

    start: datetime
    state: str
    earlier: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that is true of the contact. `offered`: the slots they were shown; None where offers are not looked at.

    `waits`: from when to when the waiting list is to find them a place; None where it is not looked at. `waits_no_more`:
    they were just taken off it.
    """

    facts: tuple[Fact, ...] = ()
    offered: tuple[datetime, ...] | None = None
    waits: tuple[tuple[datetime, datetime], ...] | None = ()
    waits_no_more: bool = False

    def standing(self) -> list[datetime]:
        return [fact.start for fact in self.facts if fact.state in STANDING]

    def moved(self) -> list[datetime]:
        return [fact.start for fact in self.facts if fact.state in STANDING and fact.earlier]

    def gone(self) -> list[datetime]:
        """Starts that were given up, by a cancellation or a move."""
        cancelled = [fact.start for fact in self.facts if fact.state == GONE]
        return cancelled + [start for fact in self.facts for start in fact.earlier]

    def cancelled(self) -> list[datetime]:
        return [fact.start for fact in self.facts if fact.state == GONE]


@dataclass(frozen=True, slots=True)
class Claim:
    """`text` asserts `act`, of the times in `wish`. `target`: those after "para", where a move says whither. `together`: the
    sentence asserts something else too, so not every time in it is of this act."""

    act: Act
    text: str
    wish: Wish
    target: Wish | None = None
    together: bool = False


@dataclass(frozen=True, slots=True)
class Now:
    """When and where the reply is written, for what "amanhã" means in it."""

    reference: datetime
    zone: tzinfo
    holidays: Holidays


def claims(reply: str, now: Now) -> Iterator[Claim]:
    """Every assertion of a booking, a change, a cancellation, or a time; questions, offers and denials are none."""
    listing = False
    for sentence in SENTENCE.findall(rejoined(reply)):
        words = _words(sentence)
        if not words:
            continue
        listing = OFFER.search(words) is not None or (listing and BULLET.match(sentence) is not None)
        yield from _claims_of(sentence, words, now, listing=listing and not OURS.search(words))


ACTS: Final = ((Act.CANCELLED, CANCELLED), (Act.MOVED, MOVED), (Act.BOOKED, DONE), (Act.BOOKED, DONE_WITH_A_TIME))


def _words(sentence: str) -> str:
    return plain(GOODBYE.sub(" ", re.sub(r"(?i)\bé\b", " # ", sentence))).replace("*", "").strip()


def _claims_of(sentence: str, words: str, now: Now, *, listing: bool) -> Iterator[Claim]:
    if WAITING_LIST.search(words) or ON_A_PLACE.search(words):
        yield from _claims_of_waiting(sentence, words, now)
        words = _beside_waiting(words)
    if words:
        yield from _claims_of_times(sentence, words, now, listing=listing)


def _claims_of_waiting(sentence: str, words: str, now: Now) -> Iterator[Claim]:
    """None in a question, nor where it is only offered or denied."""
    if ("?" in words and not TAG.search(words)) or WAITING_OFFERED.search(words):
        return
    for act, pattern in ((Act.NOT_WAITING, TAKEN_OFF), (Act.WAITING, PUT_ON), (Act.WAITING, ON_A_PLACE)):
        found = pattern.search(words)
        if found and not DENIED.search(words[: found.start()]) and not SUPPOSED.search(words[: found.start()]):
            meant = ", ".join(clause for clause in AND.split(words) if not _asserts_more(clause))
            yield Claim(act, sentence.strip(), _when(meant, now))
            return


def _beside_waiting(words: str) -> str:
    """What else the sentence asserts, by a verb of its own: the times in it are those that somebody waits for."""
    return ", ".join(_without_waiting(clause) for clause in AND.split(words) if _asserts_more(clause))


def _asserts_more(clause: str) -> bool:
    left = _without_waiting(clause)
    return EXPECTED.search(left) is not None or any(pattern.search(undisguised(left)) for _, pattern in ACTS)


def _without_waiting(clause: str) -> str:
    for pattern in (TAKEN_OFF, PUT_ON, ON_A_PLACE, WAITING_LIST):
        clause = pattern.sub(" ", clause)
    return clause.strip()


def _claims_of_times(sentence: str, words: str, now: Now, *, listing: bool) -> Iterator[Claim]:
    asked = "?" in words
    tagged = asked and TAG.search(words) is not None
    body = TAG.sub("", words) if tagged else words
    clauses = [clause.strip() for clause in COMMA.split(body) if clause.strip()]
    wish = _when(", ".join(clause for clause in clauses if not DENIED_AT_ALL.search(clause)), now)
    said = clauses[:-1] if asked and not tagged else clauses
    acts = {act for clause in said for act in _acts(clause, body, timed=bool(wish.readings))}
    for act in acts:
        target = _target(words, now) if act is Act.MOVED else None
        yield Claim(act, sentence.strip(), wish, target, together=len(acts) > 1)
    if not acts and (not asked or (tagged and EXPECTED.search(words))):
        denied = any(pattern.search(undisguised(body)) for _, pattern in ACTS)
        if not denied or _exact(wish):
            yield from _silent_claims(sentence, words, wish, listing=listing)


def _target(words: str, now: Now) -> Wish | None:
    """The times after "para": whither somebody was moved."""
    _, para, whither = words.rpartition(" para ")
    wish = _when(whither, now) if para else None
    return wish if wish and wish.readings else None


def _acts(clause: str, body: str, *, timed: bool) -> Iterator[Act]:
    clause = undisguised(clause)
    gone = CANCELLED.search(clause)
    for act, pattern in ACTS:
        found = pattern.search(clause)
        if found is None or (pattern is DONE_WITH_A_TIME and not timed and not THINGS.search(clause)):
            continue
        if act is Act.MOVED and not timed and SOMETHING_ELSE.search(clause):
            continue
        if act is Act.BOOKED and gone and gone.start() <= found.start() < gone.end():
            continue
        if not _in_doubt(clause[: found.start()], found[0], body):
            yield act


def _in_doubt(before: str, verb: str, body: str) -> bool:
    """Denied, supposed, or promised on a condition."""
    if DENIED.search(before) or SUPPOSED.search(before) or UNSURE.search(verb):
        return True
    promised = PROMISED.search(before) or verb in ("fica", "ficara")
    return bool(promised and ON_CONDITION.search(body))


def _silent_claims(sentence: str, words: str, wish: Wish, *, listing: bool) -> Iterator[Claim]:
    """What is asserted without a known verb: "Terça às 15h!" is a claim unless it is offered, asked or denied."""
    if EXPECTED.search(words) and wish.readings:
        yield Claim(Act.BOOKED, sentence.strip(), wish)
    elif listing or OFFER.search(words):
        if _exact(wish) and not NO_OFFER.search(words):
            yield Claim(Act.OFFERED, sentence.strip(), wish)
    elif _tells_of_an_appointment(words, wish) and not NO_CLAIM.search(words):
        yield Claim(Act.BOOKED, sentence.strip(), wish)


def _tells_of_an_appointment(words: str, wish: Wish) -> bool:
    """An hour; or a day, or something done, beside a word for appointments."""
    told = bool(wish.readings) or DONE_SOMEHOW.search(HARMLESS.sub(" ", words)) is not None
    return _exact(wish) or (told and THINGS.search(HOUSE_HOURS.sub(" ", words)) is not None)


def _when(text: str, now: Now) -> Wish:
    return read_wish(text, now.reference, now.zone, now.holidays)


def _exact(wish: Wish) -> bool:
    return any(window.instant for reading in wish.readings for window in reading.windows)
