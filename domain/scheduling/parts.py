"""Parts of a day, as a business means them: "de manhã", "fim da tarde", "depois do almoço", "mais tarde"."""

from __future__ import annotations

import re
from typing import Final

from domain.scheduling.counting import DAY, Span, one_day
from domain.scheduling.grammar import MIDNIGHT, Context, Hours, Node, Rule, rule
from domain.scheduling.weekdays import MANY
from domain.scheduling.wish import Grain

WHOLE: Final = {"madrugada": (0, 6), "manha": (6, 12), "tarde": (12, 18), "noite": (18, 24), "dia": (6, 18),
    "expediente": (8, 18)}  # fmt: skip
START: Final = {"madrugada": (0, 2), "manha": (6, 9), "tarde": (12, 15), "noite": (18, 20), "dia": (6, 9),
    "expediente": (8, 10)}  # fmt: skip
MIDDLE: Final = {"madrugada": (2, 4), "manha": (8, 10), "tarde": (14, 16), "noite": (20, 22), "dia": (11, 14),
    "expediente": (11, 14)}  # fmt: skip
END: Final = {"madrugada": (4, 6), "manha": (10, 12), "tarde": (16, 18), "noite": (21, 24), "dia": (16, 20),
    "expediente": (16, 18)}  # fmt: skip
NAMED: Final = {
    "before lunch": (6, 12), "lunch": (12, 14), "after lunch": (13, 18), "early": (6, 9), "dusk": (16, 18),
    "evening": (18, 20), "open": (8, 18), "after work": (18, 24), "before dinner": (6, 20), "dinner": (19, 21),
    "after dinner": (20, 24), "bedtime": (21, 24),
}  # fmt: skip
NAME: Final = r"(?P<name>manha|tarde|noite|madrugada)"
IN: Final = (
    r"(?:(?:d[ae]|n?a|pela|n?o|ainda (?:d[ae]|a)|so (?:d[ae]|a)|durante a) (?:(?:parte|periodo|turno|horario) d[ae] )?)"
)


def whole(found: re.Match[str], _context: Context) -> Node:
    start, end = WHOLE[found["name"]]
    if found["early"] or found.groupdict().get("soon"):
        start, end = START[found["name"]]
    return _between(start, end)


def bare(found: re.Match[str], context: Context) -> Node:
    """ "sexta tarde": counts only beside a day, for "tarde" is also late."""
    return Node("h", times=whole(found, context).times)


def edge(found: re.Match[str], _context: Context) -> Node:
    word = found["edge"]
    table = MIDDLE if word.startswith("me") else END if word.startswith(("fi", "ul")) else START
    return _between(*table[found["name"]])


def _between(start: int, end: int) -> Node:
    return Node("H", times=((Hours(start * 60, end * 60, Grain.PART),),))


def this(found: re.Match[str], context: Context) -> Node:
    """ "esta noite", "essa tarde"; "última noite" was yesterday's."""
    day = one_day(context.today - DAY if found["past"] else context.today)
    return Node("R", days=((day,),), times=whole(found, context).times)


def every_day(found: re.Match[str], context: Context) -> Node:
    """ "toda noite", "todas as manhãs"."""
    days = tuple(one_day(context.today + count * DAY) for count in range(MANY))
    return Node("D", days=(days,), times=whole(found, context).times, recurring=True)


def until_night(_found: re.Match[str], context: Context) -> Node:
    return Node("R", days=((Span(context.today, context.today + DAY, from_now=True),),))


def _named(name: str, code: str = "H") -> Node:
    return Node(code, times=_between(*NAMED[name]).times)


def later(_found: re.Match[str], context: Context) -> Node:
    now = context.now.hour * 60 + context.now.minute
    return Node("D", days=((one_day(context.today),),), times=((Hours(now, MIDNIGHT, Grain.PART),),))


def now(found: re.Match[str], context: Context) -> Node:
    """ "Agora" alone is left to its neighbours: "dia 30 agora" is not now."""
    start = context.now.hour * 60 + context.now.minute
    return Node(
        "n" if found[0] == "agora" else "D",
        days=((one_day(context.today),),),
        times=((Hours(start, start + 1, Grain.MINUTE),),),
    )


PART_RULES: Final[tuple[Rule, ...]] = (
    rule(rf"(?P<soon>logo )?{IN}{NAME}(?: toda)?(?P<early>,? (?:bem |logo )?cedo)?", whole),
    rule(rf"{NAME}(?P<early> (?:bem )?cedo)?", bare),
    rule(
        rf"(?:{IN}|(?:pel|[an])[ao]s? )?(?P<edge>comec(?:o|inho)|inicio|principio|meio|meados|metade|fim|final|finz?inho"
        r"|(?:primeir|ultim)as h) d[aeo] "
        r"(?P<name>manha|tarde|noite|madrugada|dia|expediente)",
        edge,
    ),
    rule(rf"(?:n?est[ae]|n?ess[ae]|(?P<past>(?:n?a )?ultima)) {NAME}(?P<early>(?!))?", this),
    rule(rf"toda(?:s as)? {NAME}s?(?P<early>(?!))?", every_day),
    rule(r"ate (?:o )?(?:fim|final) do dia(?: de hoje)?", until_night),
    rule(r"(?:antes do|pre) almoco", lambda _found, _context: _named("before lunch")),
    rule(r"(?:(?:logo )?depois(?: de)? d?o|depois de|pos|depois) (?:almoco"
         r"|almocar)", lambda _found, _context: _named("after lunch")),
    rule(r"(?:n?[ao] )?(?:hor(?:a|ario)|h) d[eo] almoco|(?:n|a)o almoco", lambda _found, _context: _named("lunch")),
    rule(r"(?:n?[ao] )?(?:hor(?:a|ario)|h) d[eoa] jantar?|(?:n|a)o jantar|na janta",
         lambda _found, _context: _named("dinner")),
    rule(r"antes d[eoa] jantar?", lambda _found, _context: _named("before dinner")),
    rule(r"(?:logo )?depois(?: de)?(?: d?[oa])? jantar?", lambda _found, _context: _named("after dinner")),
    rule(r"antes de (?:dormir|deitar)", lambda _found, _context: _named("bedtime")),
    rule(r"(?:a |de |na |a )?tardinha|(?:ao )?entardecer", lambda _found, _context: _named("dusk")),
    rule(r"(?:a |de |na )?(?:noitinha|boca da noite)|(?:ao )?anoitecer", lambda _found, _context: _named("evening")),
    rule(r"(?:em |no )?(?:horario|h) comercial", lambda _found, _context: _named("open")),
    rule(r"(?:depois d?o|ao sair d?o|saindo do) (?:trabalho|expediente|servico)", lambda _found, _context: _named("after work")),
    rule(r"(?:bem |logo |de )?cedo", lambda _found, _context: _named("early", "h")),
    rule(r"(?:um pouco |hoje )?mais tarde(?: hoje)?(?! (?:te|eu|vou|ligo|falo|aviso|volto|confirmo|respondo|vejo|lhe"
         r"|mando))", later),
    rule(r"^ja$|agora(?: mesmo)?|n?es[st]e (?:exato )?(?:momento|instante)|imediatamente", now),
)  # fmt: skip
