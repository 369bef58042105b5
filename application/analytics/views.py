"""The figures of a company's days, as its home page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from application.shared.ports import Work


@dataclass(frozen=True, slots=True)
class Day:
    """One day in the company's own zone. A conversation counts on each day on which its contact wrote."""

    day: date
    conversations: int = 0
    received: int = 0
    by_assistant: int = 0
    by_person: int = 0
    unsent: int = 0


@dataclass(frozen=True, slots=True)
class Now:
    """What stands open at this moment."""

    waiting: int
    waiting_since: datetime | None
    with_people: int
    dead_letters: int


class Figures(Protocol):
    """Those of the company whose work is open."""

    async def days(self, since: datetime, until: datetime, zone: str) -> Sequence[Day]:
        """Every day between the two on which anything happened."""

    async def now(self) -> Now: ...


class FiguresWork(Work, Protocol):
    @property
    def figures(self) -> Figures: ...
