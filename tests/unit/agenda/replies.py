"""The corpus of replies and the ledgers they are told over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.agenda.claim import Act
from domain.agenda.claims import claims
from domain.agenda.sentences import Now
from domain.agenda.verdicts import Fact, Free, Ledger, check
from tests.unit.scheduling.corpus import HOLIDAYS, REFERENCE, ZONE

NOW = Now(REFERENCE, ZONE, HOLIDAYS.get)


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


OFFERED = (at(11, 19, 10), at(11, 19, 15), at(11, 19, 16))
TUESDAY = at(11, 24, 15)
ANA = ("Dra. Marina", "Consulta")
"""Of one blind set: a Monday on which Ana has an appointment on Wednesday, and was shown three times for Thursday."""

ANAS = Ledger(
    (Fact(at(11, 25, 15), "booked", (), *ANA, at(11, 25, 15, 30)),),
    tuple(Free(each, *ANA) for each in (at(11, 26, 9), at(11, 26, 9, 30), at(11, 26, 14))),
    changed=False,
    brought_up=frozenset({9, 10, 14, 15, 18}),
)
MONDAY = Now(at(11, 23, 10), ZONE, HOLIDAYS.get, ("Consulta", "Limpeza de pele"), ("Dra. Marina", "Júlia"), ("Ana",))
NOWS = {"ana": MONDAY}
LEDGERS = {
    "ana": ANAS,
    "none": Ledger((), OFFERED),
    "bare": Ledger((), ()),
    "unasked": Ledger((), (), brought_up=frozenset()),
    "booked": Ledger((Fact(TUESDAY, "booked"),), OFFERED),
    "cancelled": Ledger((Fact(TUESDAY, "cancelled"),), OFFERED),
    "moved": Ledger((Fact(at(11, 26, 10), "rescheduled", (TUESDAY,)),), OFFERED),
}


@dataclass(frozen=True)
class Reply:
    ledger: Ledger
    meaning: str
    text: str
    now: Now = NOW


def replies(name: str = "replies.tsv") -> list[Reply]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    parts = (line.split("\t") for line in lines)
    return [
        Reply(LEDGERS[ledger], meaning, text.replace("\\n", "\n"), NOWS.get(ledger, NOW))
        for ledger, meaning, text in parts
    ]


def verdict(reply: Reply) -> str:
    """The word of the corpus for what was found: none, ok or false."""
    if not check(reply.text, reply.ledger, reply.now).ok:
        return "false"
    return "ok" if any(claim.act is not Act.OFFERED for claim in claims(reply.text, reply.now)) else "none"
