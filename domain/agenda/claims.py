"""What a reply asserts about appointments: every sentence that says somebody is expected, was moved or called off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.agenda.assertions import (
    AND,
    BULLET,
    CANCELLED,
    CANCELLED_WITH_A_TIME,
    CLOSING,
    COMING,
    DENIED,
    DONE,
    DONE_SOMEHOW,
    DONE_WITH_A_TIME,
    EXPECTED,
    GENERAL,
    HARMLESS,
    HOUSE_HOURS,
    INSTANT,
    MOVED,
    ON_CONDITION,
    OUR_ANSWER,
    PERFORMED,
    PROMISED,
    RULED,
    SETTLED,
    SOME_DAY,
    SOMETHING_ELSE,
    SUPPOSED,
    THEIRS,
    THINGS,
    UNSURE,
    WELCOMED,
    WISHED,
)
from domain.agenda.offering_phrases import (
    ABLE,
    GIVEN,
    HOUSE,
    NO_CLAIM,
    OFFER,
    OUR_CALL,
    OURS,
    OWN_LIST,
    REFUSED,
    SOUGHT,
    UNKNOWN,
    WHOLE,
    YOURS,
)
from domain.agenda.sentences import Now, Sentence, sentences, times_in
from domain.agenda.waiting_phrases import (
    LIST_KEPT,
    ON_A_PLACE,
    PUT_ON,
    TAKEN_OFF,
    WAITING_LIST,
    WAITING_OFFERED,
    told_of_a_place,
)
from domain.assistant.plain import undisguised
from domain.scheduling.wish import Wish


class Act(StrEnum):
    """What is asserted: that somebody is expected, was moved or cancelled, that a time is free, or only that it is done."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    OFFERED = "offered"
    POSSIBLE = "possible"
    """Somebody could see them then."""
    NAMED = "named"
    """A time is asked about or repeated: somebody must have brought it up."""
    DONE = "done"
    WAITING = "waiting"
    """They are on the waiting list, or will be told when a time is free: only who is on it will be."""
    NOT_WAITING = "not_waiting"
    """They were taken off it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """`text` asserts `act`, of the times in `wish`. `target`: those after "para", where a move says whither. `together`: the
    sentence asserts something else too, so not every time in it is of this act."""

    act: Act
    text: str
    wish: Wish
    target: Wish | None = None
    together: bool = False


def claims(reply: str, now: Now) -> Iterator[Claim]:
    """Every assertion of a booking, a change, a cancellation, or a time; questions, offers and denials are none."""
    said = sentences(reply, now)
    list_offered = any(WAITING_LIST.search(one.words) and (one.asked or LIST_KEPT.search(one.words)) for one in said)
    listed: Act | None = None
    silent = False
    for one in said:
        listed = _heading(one) or (listed if BULLET.match(one.text) else None)
        for claim in _claims_of(one, listed, promised=not list_offered):
            listed = listed or (claim.act if claim.act is Act.WAITING else None)
            silent = True
            yield claim
    if not silent and _only_done([one.words for one in said]):
        yield Claim(Act.DONE, reply.strip(), Wish())


def _heading(said: Sentence) -> Act | None:
    """What the points of a list below this line would be, if it says so without claiming anything itself."""
    return Act.OFFERED if OFFER.search(said.words) and not OWN_LIST.search(said.words) else None


def _only_done(sentences: list[str]) -> bool:
    """ "Prontinho! Qualquer coisa me chama": nothing is told but that it is done."""
    others = [words for words in sentences if not PERFORMED.fullmatch(words)]
    return len(others) < len(sentences) and all(CLOSING.search(words) for words in others)


ACTS: Final = (
    (Act.CANCELLED, CANCELLED),
    (Act.CANCELLED, CANCELLED_WITH_A_TIME),
    (Act.MOVED, MOVED),
    (Act.BOOKED, DONE),
    (Act.BOOKED, DONE_WITH_A_TIME),
)


def _claims_of(said: Sentence, listed: Act | None, *, promised: bool) -> Iterator[Claim]:
    """`promised`: to tell of a free time is more than what the waiting list would do for them, if they liked."""
    if listed is Act.WAITING and BULLET.match(said.text) and not _asserts_more(said.words):
        yield Claim(Act.WAITING, said.text.strip(), said.wish)
        return
    if WAITING_LIST.search(said.words) or told_of_a_place(said.words):
        yield from _claims_of_waiting(said, promised=promised)
        said = Sentence(said.text, _beside_waiting(said.words), said.now)
    if said.words:
        yield from _claims_of_times(said, listing=listed is Act.OFFERED and not OURS.search(said.words))


def _claims_of_waiting(said: Sentence, *, promised: bool) -> Iterator[Claim]:
    """None in a question, nor where it is only offered or denied."""
    words = said.words
    if said.asked and not said.tagged:
        return
    kinds = (
        (Act.NOT_WAITING, TAKEN_OFF.search(words)),
        (Act.WAITING, PUT_ON.search(words)),
        (Act.WAITING, told_of_a_place(words) if promised else None),
    )
    for act, found in kinds:
        if found and not any(no.search(words[: found.start()]) for no in (DENIED, SUPPOSED, GENERAL)):
            if not WAITING_OFFERED.search(words[: found.end()]):
                meant = ", ".join(clause for clause in AND.split(words) if not _asserts_more(clause))
                yield Claim(act, said.text.strip(), times_in(meant, said.now))
            return


def _beside_waiting(words: str) -> str:
    """What else the sentence asserts: the times in it are those that somebody waits for, unless they are told apart."""
    return ", ".join(_without_waiting(clause) for clause in AND.split(words) if _asserts_more(clause))


def _asserts_more(clause: str) -> bool:
    left = _without_waiting(clause)
    if EXPECTED.search(left) or any(pattern.search(undisguised(left)) for _, pattern in ACTS):
        return True
    if not INSTANT.search(left):
        return False
    alone = left == clause.strip()
    return OFFER.search(left) is not None or (alone and any(one.search(left) for one in (OURS, COMING, SETTLED)))


def _without_waiting(clause: str) -> str:
    for pattern in (TAKEN_OFF, PUT_ON, ON_A_PLACE, WAITING_LIST):
        clause = pattern.sub(" ", clause)
    return clause.strip()


def _claims_of_times(said: Sentence, *, listing: bool) -> Iterator[Claim]:
    verbs = [(clause, found) for clause in map(undisguised, said.stated) if (found := _verbs(clause))]
    acts = {act for clause, found in verbs for act in _acts(clause, found, said)}
    for act in acts:
        target = _target(said.words, said.now) if act is Act.MOVED else None
        yield Claim(act, said.text.strip(), said.wish, target, together=len(acts) > 1)
    if acts or (verbs and not said.exact):
        return
    if not said.asked or (said.tagged and EXPECTED.search(said.words)):
        yield from _silent_claims(said, listing=listing)
    else:
        yield from _told_in_asking(said)


def _target(words: str, now: Now) -> Wish | None:
    """The times after "para": whither somebody was moved."""
    _, para, whither = words.rpartition(" para ")
    wish = times_in(whither, now) if para else None
    return wish if wish and wish.readings else None


def _verbs(clause: str) -> list[tuple[Act, re.Match[str]]]:
    return [(act, found) for act, pattern in ACTS if (found := pattern.search(clause))]


def _acts(clause: str, verbs: list[tuple[Act, re.Match[str]]], said: Sentence) -> Iterator[Act]:
    gone = next((found for act, found in verbs if act is Act.CANCELLED), None)
    for act, found in verbs:
        if not _of_an_appointment(found.re, clause, said):
            continue
        if act is Act.BOOKED and gone and gone.start() <= found.start() < gone.end():
            continue
        before = clause[: found.start()]
        if GENERAL.search(before) or (RULED.match(clause, found.end()) and not THEIRS.search(before)):
            continue
        if not _in_doubt(before, found[0], said.body) and not WISHED.match(clause, found.end()):
            yield act


def _of_an_appointment(pattern: re.Pattern[str], clause: str, said: Sentence) -> bool:
    """Verbs of many things are of an appointment beside a time or a word for one."""
    if pattern is DONE_WITH_A_TIME:
        return THINGS.search(clause) is not None or said.timed
    if pattern is CANCELLED_WITH_A_TIME:
        return said.timed
    return pattern is not MOVED or not SOMETHING_ELSE.search(clause) or said.timed


def _in_doubt(before: str, verb: str, body: str) -> bool:
    """Denied, supposed, or promised on a condition."""
    if DENIED.search(before) or SUPPOSED.search(before) or UNSURE.search(verb):
        return True
    promised = PROMISED.search(before) or verb in ("fica", "ficara")
    return bool(promised and ON_CONDITION.search(body))


def _silent_claims(said: Sentence, *, listing: bool) -> Iterator[Claim]:
    """What is asserted without a known verb: "Terça às 15h!" is a claim unless it is offered, asked or denied."""
    words = said.words
    if EXPECTED.search(words) and ((WELCOMED.search(words) and not SOME_DAY.search(words)) or said.timed):
        yield Claim(Act.BOOKED, said.text.strip(), said.wish)
    elif listing or OFFER.search(words) or ABLE.search(words):
        yield from _free_times(said, listing=listing)
    elif SOUGHT.search(words):
        yield from _named(said)
    elif not HOUSE.search(words) and not NO_CLAIM.search(words) and _tells_of_an_appointment(said):
        yield Claim(Act.BOOKED, said.text.strip(), said.wish)


def _free_times(said: Sentence, *, listing: bool) -> Iterator[Claim]:
    """Each clause for itself: "15h não tem, mas 16h está livre"."""
    able = [clause for clause in said.clauses if not REFUSED.search(clause)]
    offers = [clause for clause in able if OFFER.search(clause) and not UNKNOWN.search(clause)]
    if (listing and len(able) == len(said.clauses)) or offers:
        if said.exact or (said.stretch and any(WHOLE.search(clause) for clause in offers)):
            yield Claim(Act.OFFERED, said.text.strip(), said.wish)
    elif any(ABLE.search(clause) for clause in able) and said.exact:
        yield Claim(Act.POSSIBLE, said.text.strip(), said.wish)


def _told_in_asking(said: Sentence) -> Iterator[Claim]:
    """ "Amanhã às 10h está livre, quer?" says that it is; "amanhã às 10h?" only names it."""
    stated = [
        clause
        for clause in said.stated
        if not any(no.search(clause) for no in (REFUSED, UNKNOWN, SOUGHT, YOURS, HOUSE))
    ]
    if any(GIVEN.search(clause) for clause in stated):
        if said.exact:
            yield Claim(Act.OFFERED, said.text.strip(), said.wish)
    elif any(ABLE.search(clause) for clause in said.stated if not REFUSED.search(clause)):
        if said.exact:
            yield Claim(Act.POSSIBLE, said.text.strip(), said.wish)
    else:
        yield from _named(said)


def _named(said: Sentence) -> Iterator[Claim]:
    if said.exact and not HOUSE.search(said.words) and not OUR_CALL.search(said.words):
        yield Claim(Act.NAMED, said.text.strip(), said.wish)


def _tells_of_an_appointment(said: Sentence) -> bool:
    """An hour; a day, or something done, beside a word for appointments; a day that is yours; or that you are expected."""
    words = said.words
    if said.exact or COMING.search(words):
        return True
    if THINGS.search(HOUSE_HOURS.sub(" ", words)) and (DONE_SOMEHOW.search(HARMLESS.sub(" ", words)) or said.timed):
        return True
    return SETTLED.search(words) is not None and not OUR_ANSWER.search(words) and said.ahead
