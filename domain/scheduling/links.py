"""The words between days and hours: or, until, after, before, but not; and the days that are named from today."""

from __future__ import annotations

import re
from typing import Final

from domain.scheduling.clock import CLOCK_RULES
from domain.scheduling.counting import DAY, Span, one_day
from domain.scheduling.dates import DATE_RULES
from domain.scheduling.feasts import FEAST_RULES
from domain.scheduling.grammar import Context, Node, Rule, during, link, rule
from domain.scheduling.offsets import OFFSET_RULES
from domain.scheduling.parts import PART_RULES
from domain.scheduling.periods import PERIOD_RULES
from domain.scheduling.told import TOLD_RULES
from domain.scheduling.weekdays import NAMES, WEEKDAY_RULES
from domain.scheduling.wish import HORIZON
from domain.scheduling.within import WITHIN_RULES

FROM_TODAY: Final = {"hoje": 0, "amanha": 1, "ontem": -1, "anteontem": -2, "antes de ontem": -2, "ante ontem": -2,
    "depois de amanha": 2, "depois da amanha": 2, "depois amanha": 2}  # fmt: skip
CANNOT: Final = (
    r"nao (?:posso|consigo|da|rola|vai dar|pode ser|quero|tenho como|serve|estou|vou poder|vou conseguir|atende)"
)

IS_HARD: Final = (
    r"(?:#|esta|ta|fica|ficaria|seria|vai ser|acho) (?:muito |mais |meio |bem |1 pouco )?"
    r"(?:impossivel|ruim|pessim[oa]|dificil|complicad[oa]|corrid[oa]|puxad[oa]|inviavel)"
)
""" "Quarta é ruim pra mim"."""


def relative(found: re.Match[str], context: Context) -> Node:
    day = context.today + FROM_TODAY[found["name"]] * DAY
    return Node("R", days=((one_day(day),),))


def any_day(_found: re.Match[str], context: Context) -> Node:
    """From now on, as long as we look ahead."""
    span = Span(context.today, context.today + HORIZON, open_end=True, from_now=True)
    return Node("Q", days=((span,),))


def next_day(_found: re.Match[str], context: Context) -> Node:
    return during(one_day(context.today + DAY), code="R")


def one_day_or_the_next(_found: re.Match[str], context: Context) -> Node:
    """ "Amanhã ou depois"."""
    return during(*(one_day(context.today + count * DAY) for count in (1, 2)), code="D")


LINK_RULES: Final[tuple[Rule, ...]] = (
    rule(r"amanha ou depois(?! (?:d[aeo]s?|[ao]s?|que)\b)", one_day_or_the_next),
    rule(r"(?:ainda |so |logo )?(?P<name>hoje|amanha|ontem|anteontem)(?: mesmo)?", relative),
    rule(r"(?P<name>antes de ontem|ante ontem|depois d[ae] amanha|depois amanha)", relative),
    rule(r"(?:em |n?o )?(?:qualquer|todo e qualquer) (?:dia|data|horario|h)|tanto faz|quando (?:quiser|puder|der)"
         r"|quando tiver(?: vaga)?", any_day),
    link(r"o mais (?:cedo|rapido|breve) possivel|(?:o )?quanto antes|(?:o )?mais rapido|primeir[oa] (?:horario|vaga"
         r"|h)(?: disponivel| livre)?"
         r"|com urgencia|urgente|(?:o )?proximo horario|(?:a )?proxima vaga|assim que (?:der|puder|possivel)", "+"),
    link(r"ou(?: entao)?|e|/|e tambem|ou ainda", "O"),
    link(rf"(?:, ?)?(?:# |que # |que e )?(?:1|n?uma?)(?= (?:{NAMES})\b)", "C"),
    link(rf", ?#(?= (?:{NAMES})\b)|# (?:1 )?(?:feriado|ponto facultativo)(?! d[aeo])", "C"),
    link(r",|que (?:#|vai ser|cai)(?: (?:1 |n?[ao]|em))?", "C"),
    link(r"(?:(?:no maximo |o mais tardar )?ate|nao mais (?:tarde )?que|no maximo|o mais tardar)(?: (?:as?|os?)(?! \d))?", "U"),
    link(r"ao?|-", "T"),
    Rule(re.compile(r"-(?=\d)"), lambda _found, _context: Node("T")),
    link(r"entre(?: (?:as?|os?)(?! \d))?", "B"),
    link(r"d[eo](?=.{2,30} em diante)", "S"),
    link(r"(?:(?<=\d )|(?<=h )|(?<=meia ))(?:para|de) (?:cima|frente|la)|(?:em|por) diante|adiante", "I"),
    link(r"d[aeo]s?", "F"),
    rule(r"(?:n?o )?(?:proximo dia(?! ?\d| util)|dia seguinte(?! a))", next_day),
    link(r"depois(?: de)?(?: (?:(?:d[aeo]s?|as?|os?)(?! \d)|disso|disto|del[ea]))?", "A"),
    link(r"antes(?: (?:d[aeo]s?(?! \d)|disso|disto|del[ea]))?", "Z"),
    link(r"(?:(?:a|so) (?:partir|comecar|contar)|partir|desde)(?: (?:d[aeo]s?|as?|os?)(?! \d))?", "S"),
    link(r"menos(?: (?:n[ao]s?|as?|os?|de|em))?|exceto(?: (?:n?[ao]s?|de))?|tirando(?: [ao]s?)?|salvo|fora(?: [ao]s?)?"
         r"|sem ser(?: (?:de|d?n?[ao]s?|a))?|com excecao d[aeo]s?|nada de|(?:so |mas )?nao (?:sendo|seja"
              r"|for)(?: (?:d[ae]|n?[ao]))?"
         rf"|(?:so |mas |e )?{CANNOT}(?: (?:ir|vir|marcar|ser|comparecer))?(?: (?:d[ae]|n?[ao]s?|em))?"
         r"|(?:mas |so |e )?nao(?: (?:d[ae]|n[ao]s?|em|a))?|so nao(?: n[ao])?|nem(?: (?:d[ae]|n?[ao]))?"
         rf"|(?:impossivel|ruim|pessimo|{IS_HARD})(?: (?:d[ae]|n[ao]|para (?:mim|nos)|demais))?", "N"),
    link(rf"primeir[ao](?= (?:{NAMES})(?: feira)? depois )|feriado(?= d[eo] (?:dia )?\d)", "_"),
    link(r"(?:ante)?vespera|daqui (?:a )?(?:pouco|alguns|algumas|uns|umas) ?(?:dias|semanas|meses|tempo)?|(?:1 |algum )dia desses"
         r"|qualquer (?:dia|h) dess[ae]s|outro dia|(?:mais )?para (?:a )?frente|em breve"
         r"|depois d[aeo]s? (?:minhas |meu |minha )?(?:ferias|festas|viagem|prova|provas)", "?"),
    link(r"(?:n?[ao] )?(?:proxim[ao]|outr[ao]|seguinte)(?= ?(?:$|,|#|as |de |a |pela ))", "E"),
    link(r"n[ao]s?|as?|os?|em|para(?: [ao]s?)?|por|la|ai|tipo|so|bem|no dia|dia|pel[ao]s?|feira|mesmo|ja|mas|certinh[oa]"
         r"|exat[ao]s|exatamente|direitinho"
         r"|(?:periodo|parte|turno) d[ae]|ser|ir|no mes d[eo]|durante|mes d[eo]", "_"),
)  # fmt: skip
RULES: Final = (
    *FEAST_RULES, *DATE_RULES, *WITHIN_RULES, *CLOCK_RULES, *OFFSET_RULES, *PERIOD_RULES, *WEEKDAY_RULES, *PART_RULES,
    *TOLD_RULES, *LINK_RULES,
)  # fmt: skip
"""All of them: the longest stretch wins, and of equal ones the first."""
