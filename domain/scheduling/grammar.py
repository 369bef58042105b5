"""What the grammar builds with: nodes that mean days, hours or a link between them, and the rules that find them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from domain.scheduling.counting import Span, one_day
from domain.scheduling.wish import Grain, Holidays

NOON: Final = 12 * 60
MIDNIGHT: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes of a day, from `start` up to `end`.

    `or_later`: "às 8" may also be twelve hours later, if the first is over. `bound`: "depois das 11" tells one end only.
    """

    start: int
    end: int
    grain: Grain
    about: bool = False
    or_later: bool = False
    bound: bool = False

    def later(self) -> Hours:
        """Twelve hours later, as far as it was told: an end that nobody named stays."""
        return replace(
            self,
            start=self.start + NOON if self.start or not self.bound else 0,
            end=min(self.end + NOON, MIDNIGHT) if self.bound else self.end + NOON,
            or_later=False,
        )


Days = tuple[tuple[Span, ...], ...]
"""Readings, the likeliest first; each is a choice of spans."""

Times = tuple[tuple[Hours, ...], ...]
Pick = Callable[[Span], tuple[Span, ...]]
"""What a word chooses out of a period: the Mondays of December, its first week, its end, the day before."""


@dataclass(frozen=True, slots=True)
class Node:
    """A stretch of text that was understood. `code` is one letter, so that a sentence is a string rules can match:

    D days, R days told from today, W days that can also choose within a period, P only chooses, H hours, h a bare part
    of a day, L length, O or, and, C comma, T to, F of, U until, S since, A after, Z before, B between, N but not, X never
    meant, Q any day, E the next one, ? vague, ! impossible, + as soon as possible, G anything else.

    In `told.py`: M moved to, V instead of, k and b booked for, t having something booked, Y busy, w will write, v was there, a
    so long ago, u ever since; n is the word "agora", d and e what may be a day or hours, p days that were,
    x refuses the hour before it on the day after it, l put off, m and = hours that are told by what is booked; I and on.

    `past`: told of what was, not wished for. `otherwise`: what the words are if they are not this.
    """

    code: str
    days: Days = ()
    times: Times = ()
    pick: Pick | None = None
    following: Callable[[date], Span] | None = None
    recurring: bool = False
    length: timedelta | None = None
    excludes: bool = False
    past: bool = False
    otherwise: Node | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Where and when the words were written: `now` in the company's zone.

    `every`: all times that are told count, as in a reply that is judged, not only those somebody wishes for.
    """

    now: datetime
    holidays: Holidays
    every: bool = False

    @property
    def today(self) -> date:
        return self.now.date()


Builder = Callable[[re.Match[str], Context], Node | None]


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: re.Pattern[str]
    build: Builder


def rule(pattern: str, build: Builder) -> Rule:
    """A pattern that ends where a word ends."""
    return Rule(re.compile(rf"(?:{pattern})(?![a-z0-9])"), build)


def link(pattern: str, code: str) -> Rule:
    node = Node(code)
    return rule(pattern, lambda _found, _context: node)


def on(day: date | None) -> Node:
    """That day, or the news that there is none."""
    return Node("!") if day is None else during(one_day(day))


def during(*choice: Span, code: str = "D", recurring: bool = False) -> Node:
    return Node(code, days=(choice,), recurring=recurring)


def picking(pick: Pick, following: Callable[[date], Span] | None = None) -> Node:
    return Node("P", pick=pick, following=following)
