"""What is going to happen in the month unless something said changes it: thrown for each customer before the first day."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Final

from ops.chaos.month_people import EARLIER, LIE, WISHES, Customer

LATEST_START: Final = 0.7
"""Of the month: who first writes on its last day leaves nothing to be seen."""


@dataclass(order=True, frozen=True, slots=True)
class Deed:
    at: datetime
    number: int
    customer: Customer = field(compare=False)
    text: str = field(compare=False)
    begins: bool = field(compare=False, default=True)


@dataclass(slots=True)
class Plans:
    """By time; what is due is taken out."""

    _heap: list[Deed] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def add(self, at: datetime, customer: Customer, text: str, *, begins: bool = True) -> None:
        heapq.heappush(self._heap, Deed(at, next(self._numbers), customer, text, begins))

    def due(self, moment: datetime) -> list[Deed]:
        found = []
        while self._heap and self._heap[0].at <= moment:
            found.append(heapq.heappop(self._heap))
        return found

    def next_at(self) -> datetime | None:
        return self._heap[0].at if self._heap else None

    def throw(self, customer: Customer, first_day: datetime, days: int) -> None:
        """`first_day` is its midnight where the clinic is."""
        dice = customer.dice

        def some_hour(day: int) -> datetime:
            return first_day + timedelta(days=day, minutes=dice.randrange(8 * 60, 20 * 60))

        day = dice.randrange(max(1, int(days * LATEST_START)))
        self.add(some_hour(day), customer, customer.wish())
        later = (
            (0.3, 1, f"preciso remarcar para {dice.choice(WISHES)}"),
            (0.2, 1, "preciso cancelar meu horário"),
            (0.2, 1, "quais são meus horários?"),
            (0.3, 9, customer.wish()),
            (0.1, 3, LIE),
            (0.15, 1, EARLIER),
            (0.1, 2, "oi, vocês aceitam convênio?"),
        )
        for chance, gap, text in later:
            if dice.random() < chance:
                self.add(some_hour(day + gap + dice.randrange(3)), customer, text)
