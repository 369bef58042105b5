"""What a reply asserts about appointments: every sentence that says somebody is expected, was moved or called off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from domain.agenda.assertions import (
    AND,
    ATTENDED,
    BULLET,
    CANCELLED,
    CANCELLED_WITH_A_TIME,
    CLOSING,
    COMING,
    DAY_OF_A_LIST,
    DENIED,
    DONE,
    DONE_SOMEHOW,
    DONE_WITH_A_TIME,
    EXPECTED,
    GENERAL,
    GO_AHEAD,
    INSTANT,
    MOVED,
    ON_CONDITION,
    PERFORMED,
    PROMISED,
    RULED,
    SETTLED,
    SOMETHING_ELSE,
    SUPPOSED,
    THEIR_OWN,
    THEIRS,
    THINGS,
    UNSURE,
    VOCATIVE,
    WISHED,
    YOUR,
)
from domain.agenda.claim import Act, Claim, Named
from domain.agenda.framing_phrases import ALL_OF_IT, COUNTED, ENDS, POLICY, THAT_TIME
from domain.agenda.naming import all_named, as_appointments, named_in, names_told, only_names, without_names
from domain.agenda.offering_phrases import CLOSED, LOOKS, OFFER, OURS, OWN_LIST, REFUSED, UNKNOWN, WHOLE
from domain.agenda.sentences import Now, Sentence, on_day, sentences, times_in
from domain.agenda.silent_claims import attended_by_name, claims_in_asking, silent_claims
from domain.agenda.standing_phrases import PRESENCE, denied_standing
from domain.agenda.waiting_phrases import (
    IF_LIKED,
    LIST_KEPT,
    ON_A_PLACE,
    PUT_ON,
    TAKEN_OFF,
    WAITING_LIST,
    WAITING_OFFERED,
    told_of_a_place,
)
from domain.assistant.plain import plain, undisguised
from domain.scheduling.vocabulary import NUMBERS
from domain.scheduling.wish import Wish


def claims(reply: str, now: Now) -> Iterator[Claim]:
    """Every assertion of a booking, a change, a cancellation, or a time; questions, offers and denials are none."""
    said = sentences(reply, now)
    list_offered = any(WAITING_LIST.search(one.words) and (one.asked or LIST_KEPT.search(one.words)) for one in said)
    listed: Act | None = None
    claimed = False
    names: list[Named] | None = None
    for place, one in enumerate(said):
        goes_on = listed and (_goes_on(one) or (place and _answers(one, said[place - 1])))
        under = listed if goes_on else None
        listed = _heading(one) or under
        meant = _of_that_time(one, said[place - 1]) if place else ()
        for claim in (*_claims_of(one, under, promised=not list_offered), *meant):
            listed = listed or (claim.act if claim.act is Act.WAITING else None)
            claimed = True
            names = names_told(said) if names is None else names
            told = claim if claim.act is Act.NOTHING else replace(claim, named=names[place].over(claim.named))
            told = replace(told, count=_count(claim.act, one))
            yield _repeated(_on_the_day_before(told, said[:place]), one, said[place + 1 : place + 2])
    if not claimed and _only_done(said):
        yield Claim(Act.DONE, reply.strip(), Wish())


def _goes_on(said: Sentence) -> bool:
    """Whether it stands in a list below what it is told of."""
    return bool(BULLET.match(said.text) or DAY_OF_A_LIST.match(said.words) or only_names(said))


def _answers(said: Sentence, before: Sentence) -> bool:
    """ "Tem sim! Quinta às 10h com a Júlia": what there is, in a breath of its own."""
    return not OURS.search(before.words) and DAY_OF_A_LIST.match(without_names(said)) is not None


def _count(act: Act, said: Sentence) -> int:
    """How many appointments it tells of, or times that are free."""
    if act is Act.OFFERED and said.stretch and ALL_OF_IT.search(said.words):
        return 3 if said.in_part else 6
    many = COUNTED.search(said.words) if act is Act.BOOKED else None
    told = many["many"] or many["more"] if many else "1"
    return int(told) if told.isdigit() else NUMBERS[told]


def _of_that_time(said: Sentence, before: Sentence) -> Iterator[Claim]:
    """ "Quinta às 10h? Esse horário está livre": what is free was asked about in the sentence before."""
    if not THAT_TIME.search(said.words) or not WHOLE.search(said.words) or said.asked or not before.exact:
        return
    if said.wish.readings or any(one.search(said.words) for one in (REFUSED, UNKNOWN, SUPPOSED)):
        return
    yield Claim(Act.OFFERED, said.text.strip(), before.wish, named=named_in(before))


def _on_the_day_before(claim: Claim, before: list[Sentence]) -> Claim:
    """ "Na sexta está tranquilo. Tenho 10h e 15h": hours that are free without a day are of the one that was named."""
    if claim.act not in (Act.OFFERED, Act.POSSIBLE) or claim.wish.day_named or not claim.wish.readings:
        return claim
    named = next((one for one in reversed(before) if one.timed and one.wish.day_named), None)
    if named is None or REFUSED.search(named.words) or OURS.search(named.words):
        return claim
    return replace(claim, wish=on_day(claim.wish, named.day)) if named.day else claim


def _repeated(claim: Claim, said: Sentence, after: list[Sentence]) -> Claim:
    """ "Ok, amanhã às 15h. Vou verificar": an hour is said back before it is looked up, unless more is said of it."""
    more = (EXPECTED, COMING, SETTLED, OURS, THINGS)
    if claim.act is not Act.BOOKED or not any(LOOKS.search(one.words) for one in after):
        return claim
    if not said.exact or any(map(_verbs, map(undisguised, said.stated))) or any(one.search(said.words) for one in more):
        return claim
    return replace(claim, act=Act.NAMED)


def _heading(said: Sentence) -> Act | None:
    """What the points of a list below this line would be, if it says so without claiming anything itself."""
    return Act.OFFERED if OFFER.search(said.words) and not OWN_LIST.search(said.words) else None


def _only_done(said: list[Sentence]) -> bool:
    """ "Prontinho, Ana! Qualquer coisa me chama": nothing is told but that it is done."""
    others = [one for one in said if not PERFORMED.fullmatch(plain(VOCATIVE.sub("", one.text)))]
    return len(others) < len(said) and all(CLOSING.search(one.words) for one in others)


YOU: Final = re.compile(r"\b(?:voce|vc|te)\b")
ACTS: Final = (
    (Act.PRESENCE, PRESENCE),
    (Act.CANCELLED, CANCELLED),
    (Act.CANCELLED, CANCELLED_WITH_A_TIME),
    (Act.MOVED, MOVED),
    (Act.BOOKED, DONE),
    (Act.BOOKED, DONE_WITH_A_TIME),
)


def _claims_of(said: Sentence, under: Act | None, *, promised: bool) -> Iterator[Claim]:
    """`under`: what the points of the list are, of which it is one. `promised`: to tell of a free time is more than what the
    waiting list would do for them, if they liked.
    """
    if under is Act.WAITING and BULLET.match(said.text) and not _asserts_more(said.words):
        yield Claim(Act.WAITING, said.text.strip(), said.wish)
        return
    if WAITING_LIST.search(said.words) or told_of_a_place(said.words):
        yield from _claims_of_waiting(said, promised=promised)
        said = Sentence(said.text, _beside_waiting(said.words), said.now)
    if said.words:
        denied = denied_standing(said)
        if denied is not None:
            yield Claim(Act.NOTHING, said.text.strip(), denied, named=all_named(said))
        if (over := said.over) and over.readings:
            yield Claim(Act.OVER, said.text.strip(), over)
        silent = denied is None or said.exact
        listing = under is Act.OFFERED and not OURS.search(said.words)
        yield from _claims_of_times(said, listing=listing, silent=silent)


def _claims_of_waiting(said: Sentence, *, promised: bool) -> Iterator[Claim]:
    """Of a question only what is said before it was done; none where it is offered or denied."""
    asked = said.asked and not said.tagged
    words = ", ".join(said.stated) if asked else said.words
    kinds = (
        (Act.NOT_WAITING, TAKEN_OFF.search(words)),
        (Act.WAITING, PUT_ON.search(words)),
        (Act.WAITING, told_of_a_place(words) if promised else None),
    )
    for act, found in kinds:
        if found and not any(no.search(words[: found.start()]) for no in (DENIED, SUPPOSED, GENERAL)):
            done = not asked or DONE_SOMEHOW.search(found[0])
            liked = IF_LIKED.match(words, found.end()) and not DONE_SOMEHOW.search(found[0])
            if done and not liked and not WAITING_OFFERED.search(words[: found.end()]):
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


def _claims_of_times(said: Sentence, *, listing: bool, silent: bool) -> Iterator[Claim]:
    verbs = [(clause, found) for clause in map(undisguised, said.stated) if (found := _verbs(clause))]
    acts = {act for clause, found in verbs for act in _acts(clause, found, said)}
    for act in acts:
        target = _target(said.words, said.now) if act is Act.MOVED else None
        yield Claim(act, said.text.strip(), said.wish, target, together=len(acts) > 1)
    if acts or not silent or (verbs and not said.exact):
        return
    expected = any(re.search(one, said.words) for one in (EXPECTED, ATTENDED, GO_AHEAD)) or attended_by_name(said)
    if not said.asked or (said.tagged and expected):
        yield from silent_claims(said, listing=listing)
    else:
        yield from claims_in_asking(said)


def _target(words: str, now: Now) -> Wish | None:
    """The times after "para": whither somebody was moved."""
    _, para, whither = words.rpartition(" para ")
    wish = times_in(whither, now) if para else None
    return wish if wish and wish.readings else None


def _verbs(clause: str) -> list[tuple[Act, re.Match[str]]]:
    return [(act, found) for act, pattern in ACTS if (found := pattern.search(clause))]


def _acts(clause: str, verbs: list[tuple[Act, re.Match[str]]], said: Sentence) -> Iterator[Act]:
    told = [found for act, found in verbs if act in (Act.CANCELLED, Act.PRESENCE)]
    for act, found in verbs:
        if not _of_an_appointment(found, clause, said) or (POLICY.search(clause) and not said.exact):
            continue
        if act is Act.BOOKED and any(one.start() <= found.start() < one.end() for one in told):
            continue
        before = as_appointments(clause[: found.start()], said.now)
        theirs = THEIRS.search(before) or re.match(YOUR, found[0])
        if GENERAL.search(before) or (RULED.match(clause, found.end()) and not theirs):
            continue
        if not _in_doubt(before, found[0], said.body) and not (act is Act.BOOKED and WISHED.match(clause, found.end())):
            yield act


def _of_an_appointment(found: re.Match[str], clause: str, said: Sentence) -> bool:
    """Verbs of many things are of an appointment beside a time or a word for one."""
    pattern = found.re
    if pattern is DONE_WITH_A_TIME:
        return THINGS.search(clause) is not None or (said.timed and not re.search(CLOSED, clause))
    if pattern is CANCELLED_WITH_A_TIME:
        return (said.timed or THEIR_OWN.search(clause) is not None) and not ENDS.search(clause)
    if pattern is not MOVED:
        return True
    if found[0].startswith("pass") and not THINGS.search(clause):
        return not SOMETHING_ELSE.search(clause) and (said.timed or YOU.search(clause) is not None)
    return said.timed or not SOMETHING_ELSE.search(clause)


def _in_doubt(before: str, verb: str, body: str) -> bool:
    """Denied, supposed, or promised on a condition."""
    if DENIED.search(before) or SUPPOSED.search(before) or UNSURE.search(verb):
        return True
    promised = PROMISED.search(before) or re.search(r"\bfica(?:m|ra)?\b| # ", verb)
    return bool(promised and ON_CONDITION.search(body))
