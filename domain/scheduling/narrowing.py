"""The same time told twice is the narrower of the two: "dia 8, uma sexta", "semana que vem à tarde, de segunda a sexta"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.scheduling.counting import DAY, Span, one_day
from domain.scheduling.grammar import Context, Days, Node, Pick
from domain.scheduling.stepping import named


def chosen(pick: Pick, days: Days) -> Days:
    """What a word picks out of each reading; nothing where it finds nothing in one."""
    picked = tuple(tuple(one for span in reading for one in pick(span)) for reading in days)
    return picked if all(picked) else ()


def single(node: Node) -> bool:
    return all(len(reading) == 1 and reading[0].until - reading[0].first == DAY for reading in node.days)


def agreed(nodes: Sequence[Node], _context: Context) -> list[Node] | None:
    """ "quinta" + "dia 19": one day where they agree, a question where they do not."""
    first, second = named(nodes)
    if not (single(first) and single(second)):
        return None
    if second.pick and second.following and not first.following and chosen(second.pick, first.days):
        return [replace(first, times=first.times or second.times)]
    if second.days[0] in first.days:
        return [replace(second, code="D", times=second.times or first.times)]
    if first.code == "W" and first.pick and second.code == "D" and chosen(first.pick, second.days):
        return [replace(second, times=second.times or first.times)]
    if first.following is None or second.following is not None or second.code == "R":
        return [replace(first, code="D")] if first.days[0] in second.days else None
    if first.code == "W" and first.pick and chosen(first.pick, second.days):
        return [replace(second, code="D")]
    return [Node("D", days=(second.days[0], first.days[0]))]


def narrowed(nodes: Sequence[Node], context: Context) -> list[Node] | None:
    """Days told again with a comma between them, an hour perhaps before it."""
    first, second = named(nodes)
    if first.recurring or second.recurring or (first.times and second.times):
        return None
    met = agreed((first, second), context) or _within(first, second)
    if met is None or len(met[0].days) > 1:
        return None
    return [*met, *(node for node in nodes if node.code == "H")]


def _within(first: Node, second: Node) -> list[Node] | None:
    for narrow, wide in ((first, second), (second, first)):
        if len(wide.days) > 1 or len(wide.days[0]) > 1 or single(wide):
            continue
        around = wide.days[0][0]
        if len(narrow.days) == 1 and all(_inside(span, around) for span in narrow.days[0]):
            return [replace(narrow, code="D", times=narrow.times or wide.times)]
        if narrow.pick and (picked := narrow.pick(around)):
            days = picked[:1] if around.open_end or narrow is second else picked
            return [Node("D", days=(days,), times=narrow.times or wide.times)]
    return None


def stretch_within(nodes: Sequence[Node], _context: Context) -> list[Node] | None:
    """ "Semana que vem" + "tô livre" + "de terça a quinta"."""
    around, stretch = named(nodes)
    if not stretch.pick or single(around) or len(around.days) > 1:
        return None
    days = chosen(stretch.pick, around.days)
    return [Node("D", days=days, times=stretch.times or around.times)] if days else None


def _inside(span: Span, around: Span) -> bool:
    return around.first <= span.first and span.until <= around.until


def now_or_filler(nodes: Sequence[Node], context: Context) -> list[Node] | None:
    """ "Dia 30 agora" is day 30; "hoje agora" is now."""
    day = named(nodes)[0]
    if day.days == ((one_day(context.today),),):
        return [replace(node, code="D") for node in nodes if node.code == "n"]
    return [node for node in nodes if node.code != "n"]


def from_now_on(nodes: Sequence[Node], context: Context) -> list[Node]:
    """ "Agora de manhã": this one."""
    hours = next(node for node in nodes if node.code == "H")
    return [Node("R", days=((one_day(context.today),),)), hours]


def now_itself(nodes: Sequence[Node], _context: Context) -> list[Node]:
    return [replace(node, code="D") if node.code == "n" else node for node in nodes]


def lasting_instead(nodes: Sequence[Node], _context: Context) -> list[Node] | None:
    """ "Drenagem 1h, quarta 18h30": the first is how long it takes."""
    *others, last = nodes
    return [*others, Node("L", length=last.length)] if last.length else None


def dotted(nodes: Sequence[Node], _context: Context) -> list[Node] | None:
    """ "Amanhã 10.12" is an hour, "15.01" alone a day, and "sexta 15.01" where they agree."""
    day, other = named(nodes)[0], next(node for node in nodes if node.code == "d")
    agreeing = single(day) and other.days[0] in day.days
    return [replace(other, code="D", times=())] if agreeing else [day, Node("H", times=other.times)]


def hours_beside_a_day(nodes: Sequence[Node], _context: Context) -> list[Node] | None:
    """ "Sexta, 8-12"."""
    return [node.otherwise or node for node in nodes if node.code != "C"]


def a_date(nodes: Sequence[Node], _context: Context) -> list[Node]:
    return [replace(nodes[0], code="D", times=())]
