"""Whether a reminder was left out for a true reason: proved from the clock, the night, the log of moves and what was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from ops.chaos.month_claims import SAO_PAULO
from ops.chaos.month_days import STEP
from ops.chaos.month_facts import STANDING, Change, Facts

DAY_BEGINS, NIGHT_BEGINS, LAST_WORD = time(8), time(21), time(20, 30)
LEAST: Final = {"72h": timedelta(hours=30), "24h": timedelta(hours=3), "1h": timedelta(minutes=10)}
"""Nearer to the beginning it would come too late."""

SETTLING: Final = timedelta(minutes=2)
"""Between a move in the ledger and what is written of it."""

CALENDAR_AWAY: Final = timedelta(hours=12)
"""For so long at the most a move waits for a calendar elsewhere; until then nobody is reminded of the old time."""


@dataclass(frozen=True, slots=True)
class Owed:
    """`until`: when it stopped to be owed, moved or called off by `ended`, or over."""

    appointment: int
    kind: str
    starts: datetime
    due: datetime
    until: datetime
    ended: Change | None = None

    @property
    def last(self) -> datetime:
        return self.starts - LEAST[self.kind]


def is_true(facts: Facts, owed: Owed, row: Mapping[str, Any]) -> bool:
    """Of a row that was `dropped`, and when."""
    proof = PROOFS.get(row["why"])
    return proof is not None and row["settled_at"] >= owed.due - SETTLING and proof(facts, owed, row["settled_at"])


def _cancelled(_facts: Facts, owed: Owed, dropped: datetime) -> bool:
    return owed.ended is not None and owed.ended.status not in STANDING and owed.until <= dropped + SETTLING


def _changed(facts: Facts, owed: Owed, dropped: datetime) -> bool:
    if owed.ended is None:
        return False
    waits = CALENDAR_AWAY if facts.clinic.account is not None else timedelta(0)
    return owed.until <= dropped + waits + SETTLING


def _too_late(_facts: Facts, owed: Owed, dropped: datetime) -> bool:
    return dropped > owed.last and not _could_be_said(owed)


def _quiet(_facts: Facts, owed: Owed, dropped: datetime) -> bool:
    return not _awake(dropped) and not _could_be_said(owed)


def _opted_out(facts: Facts, owed: Owed, dropped: datetime) -> bool:
    return any("sair" in one["text"].lower() and one["received_at"] <= dropped for one in _words(facts, owed))


def _unreachable(facts: Facts, owed: Owed, _dropped: datetime) -> bool:
    return not _words(facts, owed)


PROOFS: Final[Mapping[str, Callable[[Facts, Owed, datetime], bool]]] = {
    "cancelled": _cancelled,
    "changed": _changed,
    "too_late": _too_late,
    "quiet": _quiet,
    "opted_out": _opted_out,
    "unreachable": _unreachable,
}


def _could_be_said(owed: Owed) -> bool:
    """Whether half an hour of the day lay between its hour and the last moment at which it was of use."""
    moment = owed.due
    while moment + STEP <= min(owed.last, owed.until):
        if _awake(moment) and _awake(moment + STEP):
            return True
        moment += STEP
    return False


def _awake(moment: datetime) -> bool:
    return DAY_BEGINS <= moment.astimezone(SAO_PAULO).time() < NIGHT_BEGINS


def _words(facts: Facts, owed: Owed) -> list[Mapping[str, Any]]:
    """What the person who has the appointment ever wrote."""
    phone = next(one["phone"] for one in facts.rows["appointments"] if one["id"] == owed.appointment)
    return [one for one in facts.rows["messages"] if one["phone"] == phone]
