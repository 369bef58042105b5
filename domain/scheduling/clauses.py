"""Clauses: each a choice of days and a choice of hours, with what is never meant beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from domain.scheduling.counting import DAY
from domain.scheduling.grammar import NOON, Days, Hours, Node, Pick, Times
from domain.scheduling.wish import Grain

DAYLIKE: Final = "DWRQ"
DUSK: Final = 2 * 60
"""Minutes after its end that still are called the afternoon, or early."""

EARLY: Final = 9 * 60
"""Where "cedo" ends."""


@dataclass(frozen=True, slots=True)
class Clause:
    """`lent`: its days were those of the clause before; a day of its own replaces them. `linked`: nothing unknown stood
    between it and the clause before."""

    days: Days = ()
    times: Times = ()
    recurring: bool = False
    lent: bool = False
    linked: bool = True
    pick: Pick | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    length: timedelta | None = None
    soonest: bool = False
    impossible: bool = False
    vague: bool = False
    past: bool = False


@dataclass(slots=True)
class _Draft:
    done: list[Clause] = field(default_factory=list)
    current: Clause = field(default_factory=Clause)
    alternative: bool = False
    linked: bool = True

    def day(self, node: Node) -> None:
        if self.current.days and not self.current.lent:
            self.close()
            self.current = Clause(linked=self.linked)
        times = refined(self.current.times, node.times) or node.times or self.current.times
        self.current = replace(self.current, days=node.days, times=times, recurring=node.recurring, lent=False)

    def hour(self, times: Times) -> None:
        if not self.alternative and _of_something_else(self.current.times, times):
            self.current = replace(self.current, times=())
        met = () if self.alternative else refined(self.current.times, times)
        if not self.current.times or met:
            self.current = replace(self.current, times=met or times)
            return
        self.close()
        self.current = Clause(self.current.days, times, self.current.recurring, lent=True, linked=self.linked)

    def close(self) -> None:
        if self.current.days or self.current.times:
            self.done.append(self.current)


def sentence(nodes: list[Node]) -> Sentence:
    """Days and hours that stand together belong together; hours are lent backwards, days forwards."""
    draft = _Draft()
    if any(node.code in "DWR" for node in nodes):
        nodes = [node for node in nodes if node.code != "Q"]
    for node in nodes:
        if node.code in DAYLIKE:
            draft.day(node)
        elif node.code == "H":
            draft.hour(node.times)
        draft.alternative = node.code in "OC" and (draft.alternative or node.code == "O")
        draft.linked = node.code != "G" and (draft.linked or node.code in DAYLIKE + "H")
    draft.close()
    codes = {node.code for node in nodes}
    return Sentence(
        clauses=_lent_backwards(draft.done),
        excluded=tuple(Clause(node.days, node.times, pick=node.pick) for node in nodes if node.excludes),
        length=next((node.length for node in nodes if node.length and node.code == "L"), None),
        soonest="+" in codes,
        impossible="!" in codes,
        vague="?" in codes,
        past=any(node.past for node in nodes),
    )


def _lent_backwards(clauses: list[Clause]) -> tuple[Clause, ...]:
    """ "terça ou quinta às 15h" means both at three."""
    out: list[Clause] = []
    times: Times = ()
    linked = False
    for clause in reversed(clauses):
        own = clause.times or (times if linked else ())
        out.append(replace(clause, times=own))
        times, linked = own, clause.linked
    return _days_lent_backwards(_without_what_holds_another(tuple(reversed(out))))


def _without_what_holds_another(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """ "Dia 30 de manhã ... antes da virada", "dia 20 é feriado mas abrem? quero dia 20 às 10h"."""
    if len(clauses) < 2:
        return clauses
    narrow = [at for at, clause in enumerate(clauses) if clause.days and not clause.lent]
    timed = [at for at in narrow if clauses[at].times]
    held = {
        at
        for at, wide in enumerate(clauses)
        if _one_stretch(wide)
        and any(
            at != other and not clauses[max(at, other)].linked and _holds(wide, clauses[other])
            for other in (narrow if _roomy(wide) else timed)
        )
    }
    return tuple(one for at, one in enumerate(clauses) if at not in held)


def _one_stretch(clause: Clause) -> bool:
    return not clause.times and not clause.recurring and len(clause.days) == 1 and len(clause.days[0]) == 1


def _roomy(wide: Clause) -> bool:
    around = wide.days[0][0]
    return around.from_now or around.open_end or around.grain is Grain.YEAR


def _holds(wide: Clause, narrow: Clause) -> bool:
    """A single day holds the hours told of it."""
    around = wide.days[0][0]
    if not (_roomy(wide) or around.until - around.first == DAY):
        return False
    return all(
        around.first <= span.first and span.until <= around.until and (narrow.times or span.until - span.first == DAY)
        for span in narrow.days[0]
    )


def _days_lent_backwards(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """ "10h30 ou 11h30 de amanhã"."""
    out: list[Clause] = []
    days: Days = ()
    for clause in reversed(clauses):
        days = clause.days or days
        out.append(replace(clause, days=days))
    return tuple(reversed(out))


def refined(first: Times, second: Times) -> Times:
    """ "de manhã" and "às 9": the hour, where it lies in the part of the day."""
    if not first or not second:
        return ()
    if all(times[0][0].grain is Grain.PART for times in (first, second)):
        return _overlap(first, second)
    part, instant = (first, second) if first[0][0].grain is Grain.PART else (second, first)
    if part[0][0].grain is not Grain.PART or instant[0][0].grain is Grain.PART:
        return ()
    inside = tuple(moved for reading in instant if (moved := _inside(reading[0], part[0][0])))
    return tuple((hours,) for hours in inside[:1])


def _of_something_else(told: Times, then: Times) -> bool:
    """ "Dentista às 9h, queria depois das 11h": an hour outside of the stretch that follows is not its evening."""
    if not told or not then or not then[0][0].bound or told[0][0].grain is Grain.PART:
        return False
    return not any(then[0][0].start <= one.start < then[0][0].end for reading in told for one in reading)


def _overlap(first: Times, second: Times) -> Times:
    """ "à noite" and "depois das 19h"."""
    common = (
        replace(one, start=max(one.start, other.start), end=min(one.end, other.end), or_later=False)
        for reading in second
        for one, other in [(first[0][0], reading[0])]
        for one, other in _also_later(one, other)
    )
    return tuple((hours,) for hours in common if hours.start < hours.end)[:1]


def _also_later(first: Hours, second: Hours) -> Iterator[tuple[Hours, Hours]]:
    """ "À noite, das 8 às 10", "à noite, antes das 8": twelve hours later, where the clock does not tell."""
    if second.or_later and first.start >= NOON:
        yield first, second.later()
    if first.or_later and second.start >= NOON:
        yield first.later(), second
    yield first, second


def _inside(hours: Hours, part: Hours) -> Hours | None:
    """The hour as it is, or twelve hours later where only that lies inside; "à tarde, às 7" is still the evening."""
    early = DUSK if part.end == EARLY else 0
    for start, late in ((hours.start, early), (hours.start + NOON, DUSK if part.start >= NOON else 0)):
        if part.start <= start < part.end + late:
            return replace(hours, start=start, end=start + hours.end - hours.start, or_later=False)
    return None
