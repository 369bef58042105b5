"""What a reply asserts without a verb of booking: a time alone, a free time, or one that is only asked about."""

from __future__ import annotations

from collections.abc import Iterator

from domain.agenda.assertions import (
    ATTENDED,
    ATTENDING,
    COMING,
    DONE_SOMEHOW,
    EXPECTED,
    GENERAL,
    HARMLESS,
    HOUSE_HOURS,
    OUR_ANSWER,
    SETTLED,
    SOME_DAY,
    SUPPOSED,
    THINGS,
    WELCOMED,
)
from domain.agenda.claim import Act, Claim
from domain.agenda.framing_phrases import COUNTED, ONLY_THEN
from domain.agenda.naming import named_in
from domain.agenda.offering_phrases import (
    ABLE,
    CHANGEABLE,
    GIVEN,
    HOUSE,
    NO_CLAIM,
    OFFER,
    OURS,
    REFUSED,
    SOUGHT,
    UNKNOWN,
    WHOLE,
    YOURS,
)
from domain.agenda.sentences import Sentence
from domain.scheduling.wish import Wish


def silent_claims(said: Sentence, *, listing: bool) -> Iterator[Claim]:
    """What is asserted without a known verb: "Terça às 15h!" is a claim unless it is offered, asked or denied."""
    words = said.words
    if ATTENDED.search(words):
        yield Claim(Act.BOOKED if said.ahead else Act.POSSIBLE, said.text.strip(), said.wish if said.ahead else Wish())
    elif attended_by_name(said) or _expected(said):
        yield Claim(Act.BOOKED, said.text.strip(), said.wish)
    elif listing or any(one.search(words) for one in (OFFER, ABLE, CHANGEABLE)):
        yield from _free_times(said, listing=listing)
    elif SOUGHT.search(words) or ONLY_THEN.search(words):
        yield from _named(said)
    elif not HOUSE.search(words) and not NO_CLAIM.search(words) and _tells_of_an_appointment(said):
        chosen = said.several and not OURS.search(words) and not SETTLED.search(words)
        yield Claim(Act.POSSIBLE if chosen else Act.BOOKED, said.text.strip(), said.wish)


def _expected(said: Sentence) -> bool:
    welcomed = WELCOMED.search(said.words) and not SOME_DAY.search(said.words)
    return EXPECTED.search(said.words) is not None and (bool(welcomed) or said.timed)


def attended_by_name(said: Sentence) -> bool:
    """ "A Júlia vai te receber na quarta"."""
    words = said.words
    if not ATTENDING.search(words) or SUPPOSED.search(words) or REFUSED.search(words) or not said.ahead:
        return False
    return bool(named_in(said).professionals)


def _free_times(said: Sentence, *, listing: bool) -> Iterator[Claim]:
    """Each clause for itself: "15h não tem, mas 16h está livre"."""
    able = [clause for clause in said.clauses if not REFUSED.search(clause)]
    offers = [clause for clause in able if OFFER.search(clause) and not UNKNOWN.search(clause)]
    if (listing and len(able) == len(said.clauses)) or offers:
        if said.exact or (said.stretch and any(WHOLE.search(clause) for clause in offers)):
            yield Claim(Act.OFFERED, said.text.strip(), said.wish)
    elif any(ABLE.search(clause) or CHANGEABLE.search(clause) for clause in able) and said.exact:
        yield Claim(Act.POSSIBLE, said.text.strip(), said.wish)


def claims_in_asking(said: Sentence) -> Iterator[Claim]:
    """ "Amanhã às 10h está livre, quer?" says that it is; "amanhã às 10h?" only names it."""
    stated = [
        clause
        for clause in said.stated
        if not any(no.search(clause) for no in (REFUSED, UNKNOWN, SOUGHT, YOURS, HOUSE))
    ]
    able = any(ABLE.search(clause) for clause in said.stated if not REFUSED.search(clause))
    if not able and not any(GIVEN.search(clause) for clause in stated):
        yield from _named(said)
    elif said.exact:
        yield Claim(Act.POSSIBLE if able else Act.OFFERED, said.text.strip(), said.wish)


def _named(said: Sentence) -> Iterator[Claim]:
    if said.exact and not HOUSE.search(said.words):
        yield Claim(Act.NAMED, said.text.strip(), said.wish)


def _tells_of_an_appointment(said: Sentence) -> bool:
    """An hour; a day, or something done, beside a word for appointments; a day that is yours; or that you are expected."""
    words = said.words
    if said.exact or COMING.search(words) or COUNTED.search(words):
        return True
    if GENERAL.search(words):
        return False
    if THINGS.search(HOUSE_HOURS.sub(" ", words)) and (DONE_SOMEHOW.search(HARMLESS.sub(" ", words)) or said.timed):
        return True
    return SETTLED.search(words) is not None and not OUR_ANSWER.search(words) and said.ahead
