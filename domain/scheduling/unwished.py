"""What was told and is not wished for leaves the sentence, unless nothing else is left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from domain.scheduling.bounding import bounded
from domain.scheduling.clauses import refined
from domain.scheduling.counting import DAY, Span, later_by_months, open_from
from domain.scheduling.grammar import MIDNIGHT, Context, Hours, Node, Times
from domain.scheduling.stepping import DAYS_CODES, Step, coded, named, step, stepped
from domain.scheduling.wish import Grain

TOLD: Final = "MVtkbYwlvaum="
ANY_TOLD: Final = re.compile(f"[{TOLD}p]")
WISHED: Final = "DWRQHh?!E"
A_WHILE: Final = 62
"""Days: far enough back for any day of a month."""


def _over(node: Node, context: Context) -> bool:
    return all(span.until <= context.today for reading in node.days for span in reading)


def was(nodes: Sequence[Node], context: Context) -> list[Node] | None:
    """ "Fui aí em dezembro": the last one, and nobody asks for it."""
    day = next(node for node in nodes if node.code in (*DAYS_CODES, "a"))
    span = None if context.every else _gone(day, context)
    if span is None:
        return None
    times = day.times
    for hours in (node.times for node in nodes if node.code == "H"):
        times = refined(times, hours) or hours
    return [replace(day, code="p", days=((span,),), times=times[:1], pick=None, past=True)]


def was_after_a_pause(nodes: Sequence[Node], context: Context) -> list[Node] | None:
    """ "Fui aí, semana passada"; but "quebrei o dente, sexta tem vaga?" asks for what is to come."""
    return was(nodes, context) if _over(named(nodes)[0], context) else None


def _gone(node: Node, context: Context) -> Span | None:
    span = node.days[0][0]
    if span.first <= context.today:
        return span
    if node.code == "W" and node.pick:
        before = node.pick(Span(context.today - A_WHILE * DAY, context.today))
        return before[-1] if before else None
    if node.code != "D" or span.grain not in (Grain.DAY, Grain.MONTH):
        return None
    earlier = replace(span, first=later_by_months(span.first, -12), until=later_by_months(span.last, -12) + DAY)
    return earlier if earlier.first <= context.today else None


def since_then(nodes: Sequence[Node], context: Context) -> list[Node] | None:
    """ "Tô com dor desde ontem"; nobody wishes for what is "desde ontem" either."""
    day = named(nodes)[0]
    if context.every or (nodes[0].code == "S" and not _over(day, context)):
        return None
    span = _gone(day, context)
    return [Node("p", days=((open_from(span.first),),), past=True)] if span else None


def told_before(nodes: Sequence[Node], context: Context) -> list[Node] | None:
    """ "Semana retrasada eu fui"."""
    return was(nodes, context) if _over(nodes[0], context) else None


def never(nodes: Sequence[Node], _context: Context) -> list[Node]:
    """Days and the hours on them, which are given up or somebody else's."""
    out: list[Node] = []
    for node, before in zip(nodes, [None, *nodes], strict=False):
        if node.code == "H" and before and before.code in DAYS_CODES and not out[-1].times:
            out[-1] = replace(out[-1], times=node.times)
        elif node.code in (*DAYS_CODES, "H", "h"):
            out.append(replace(node, code="X", excludes=True))
    return out


def busy_at(nodes: Sequence[Node], context: Context) -> list[Node]:
    """ "Tenho reunião terça de manhã, à tarde posso"."""
    return busy_then([named(nodes)[0], nodes[-1]], context)


def busy_then(nodes: Sequence[Node], _context: Context) -> list[Node]:
    """ "Segunda trabalho de manhã": the rest of Monday is free."""
    day, hours = nodes[0], nodes[-1]
    return [day, replace(hours, code="X", days=day.days, excludes=True)]


def refused_hour(nodes: Sequence[Node], _context: Context) -> list[Node]:
    """ "Sexta 15h não dá, tem 16h30?": another hour of that day."""
    day, hours = nodes[0], nodes[1]
    return [day, replace(hours, code="X", days=day.days, excludes=True)]


def refused_first(nodes: Sequence[Node], context: Context) -> list[Node]:
    """ "15h não rola amanhã, tem 16h30?"."""
    return refused_hour([nodes[-1], nodes[0]], context)


def refused_only(nodes: Sequence[Node], context: Context) -> list[Node]:
    """ "15h não rola amanhã"."""
    return refused_first(nodes, context)[1:]


def before_or_after_that_day(nodes: Sequence[Node], context: Context) -> list[Node] | None:
    """ "Viajo dia 28, tem antes?"; with its hour told, the day itself still has a part that suits."""
    how = nodes[-1].code
    if any(node.code == "H" for node in nodes):
        how = "S" if how == "A" else "U"
    return bounded([Node(how), named(nodes)[0]], context)


def before_or_after_that_hour(nodes: Sequence[Node], context: Context) -> list[Node] | None:
    """ "Saio do trabalho às 18h, tem depois disso?"."""
    return bounded([nodes[-1], next(node for node in nodes if node.code == "H")], context)


def refusing(_nodes: Sequence[Node], _context: Context) -> list[Node]:
    return [Node("N")]


def _nothing(_nodes: Sequence[Node], _context: Context) -> list[Node]:
    return [Node("G")]


TOLD_BEFORE: Final = (step(r"XH*G?v(?!X)", told_before), step(r"XH*G?(?=vX)", told_before))
PAST_STEPS: Final[tuple[Step, ...]] = (
    *TOLD_BEFORE,
    step(r"v(?:F?G|F)?XH*", was),
    step(r"vG?CXH*", was_after_a_pause),
    step(r"va", was),
    step(r"[uS]F?XH*", since_then),
)
INSTEAD: Final = step(r"VF*(?:XF?H|HFX|X|H)", never)
BARE_BOUND: Final = "[CFG]{1,4}(?:Z(?=[FG]{0,2}(?:C|$))|A(?=C*$))"
LAST_STEPS: Final[tuple[Step, ...]] = (
    *TOLD_BEFORE,
    step(rf"(?:[Yb]F?XH?|XH?Y){BARE_BOUND}", before_or_after_that_day),
    step(rf"bF?H{BARE_BOUND}", before_or_after_that_hour),
    step(r"XYF?H", busy_then),
    step(r"X(?:[OC]X)*H?Y|HY", never),
    step(r"YF?XH(?=[CG][^DWR]*H[^DWR]*$)", busy_at),
    step(r"YF?(?:XH?|H)", never),
    step(r"w[FC]?(?:XH?|H)|(?:XH?|H)w|(?:XO)*XH?l", _nothing),
)
BOOKED: Final = re.compile(r"(?:tG?k|b)(?P<after>[DWR]H?|H[DWR]?)(?!H?O)|t(?P<between>[DWR]H?|H)k")
BY_WHAT_IS_BOOKED: Final = "m="
"""Hours that are told by those that are given up."""


def wished(nodes: list[Node], context: Context) -> list[Node]:
    """Without what is given up and what was; where nothing else is told, what was stays, marked as past."""
    if not ANY_TOLD.search(coded(nodes)):
        return nodes
    nodes = _after_the_move(nodes)
    if not context.every:
        nodes = _without_what_is_booked(stepped(nodes, LAST_STEPS, context))
    if any(node.code in WISHED or node.excludes for node in nodes):
        nodes = [node for node in nodes if node.code != "p"]
    left = [replace(node, code="D") if node.code == "p" else node for node in nodes]
    return [Node("G") if node.code in TOLD else node for node in left]


def _after_the_move(nodes: list[Node]) -> list[Node]:
    """ "Mudar a de amanhã às 9h para as 11h": what was before the move lends its day to an hour alone."""
    at = next((at for at, node in enumerate(nodes) if node.code == "M"), None)
    if at is None or not any(node.code in WISHED + BY_WHAT_IS_BOOKED for node in nodes[at:]):
        return nodes
    return _given_up(nodes, range(at), nodes[at:])


def _without_what_is_booked(nodes: list[Node]) -> list[Node]:
    """ "Tô marcada amanhã 9h, pode ser às 11h?"."""
    found = BOOKED.search(coded(nodes))
    if found is None:
        return nodes
    old = range(found.start(), found.end())
    others = [node for at, node in enumerate(nodes) if at not in old]
    return _given_up(nodes, old, others) if any(node.code in "DWRHm=" for node in others) else nodes


def _given_up(nodes: list[Node], old: range, others: Sequence[Node]) -> list[Node]:
    days = named([nodes[at] for at in old])
    lent = days[-1:] if days and not named(others) and not any(node.code in "?!E" for node in others) else []
    hours = next((nodes[at].times for at in old if nodes[at].code == "H"), ())
    left = [(at, node) for at, node in enumerate(nodes) if at not in old or node.code in "XL+" or node in lent]
    return [_by_what_is_booked(node, hours) if at not in old else node for at, node in left]


def _by_what_is_booked(node: Node, booked: Times) -> Node:
    """ "Nesse mesmo horário", "uma hora antes"."""
    if node.code not in BY_WHAT_IS_BOOKED or not booked:
        return node
    by = int(node.length.total_seconds() // 60) if node.length else 0
    times = tuple(tuple(_later(one, by) for one in reading) for reading in booked)
    return Node("H", times=times) if all(0 <= one.start < MIDNIGHT for reading in times for one in reading) else node


def _later(hours: Hours, minutes: int) -> Hours:
    moved = replace(hours, start=hours.start + minutes, end=hours.end + minutes)
    return moved if minutes % 60 == 0 else replace(moved, end=moved.start + 1, grain=Grain.MINUTE)
