"""Words around times that are told and not wished for: what is given up, what was, who works, who will write."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Final

from domain.scheduling.grammar import Context, Node, Rule, link, rule
from domain.scheduling.offsets import COUNT, HALF, ago, lasting
from domain.scheduling.vocabulary import MONTHS, WEEKDAYS

DAY_WORDS: Final = (
    rf"(?:\d|hoje|ontem|anteontem|amanha|{'|'.join(WEEKDAYS)}|{'|'.join(MONTHS)}|semana|mes|ano|dia|natal|pascoa|carnaval"
    r"|feriado|fim|final|comeco|inicio|manha|tarde|noite|proxim|ultim|passad|n?ess[ae]|n?est[ae]|outr)"
)
A_DAY: Final = rf"(?:(?:{'|'.join(WEEKDAYS)}|hoje|amanha|dia)\b|\d{{1,2}} ?/)"
NO_TIME: Final = (
    rf"(?!{DAY_WORDS}|(?:e|mas|ou|que|quando|se|ha|faz|fazem|tem|desde|de|depois|antes|ate|entre|agora|para|em|n[ao]s?|quero"
    r"|queria|preciso|gostaria|posso|poderia|consigo|marcar|remarcar)\b)[a-z]+"
)
NOT_THERE: Final = (
    r"(?!(?:marqu|agend|reserv|combin|confirm|desmarqu|remarqu|cancel|pens|gost|ador|ach|fal|ligu|pergunt|avis|mand|precis"
    r"|solicit|deix|program|tent|mud|troqu|pass|transfer|adi|antecip|encaix|anot|ajust|garant|inclu)ei\b|(?:sei|hei|rei|lei|frei)\b)"
)
WAS_THERE: Final = (
    rf"(?:fui|fomos|vim|viemos|estive|estivemos|fiz|fizemos|nasci|nasceu|nascid[ao]|tive|{NOT_THERE}[a-z]+"
    r"(?:(?<![aei])r|(?<!r))ei|tirei|retirei|virei|parei|esperei"
    r"|(?:tomou|cort(?:ou|aram)|fez|fizeram|atend(?:eu|eram)|caiu|quebrou|comecou|vomitou|comeu|doeu|sangrou|machucou|inflamou"
    r"|inchou|manch(?:ou|aram)|pint(?:ou|aram)|err(?:ou|aram)|atras(?:ou|aram)|queim(?:ou|aram)|sumiu|saiu|tirou|trincou"
    r"|operou|arrancou|esteve|fazia|atendia|cortava|vinha|costumava|frequentava)"
    r"(?! (?:1 |a |algum |alguma )?(?:vaga|horario|desistencia|encaixe)))"
)
""" "Cortei" and "comprei", but not "cortarei", nor "marquei", after which a day may still be to come."""

STATE: Final = r"(?:tenho|tinha|to|tou|estou|estava|tava|esta|ta|fiquei|ficou|sou)"
STATE_BEFORE: Final = re.compile(
    rf"\b(?:{STATE}|sinto|doi|doendo|inchad[oa]|inflamad[oa]|dor|dores|febre"
    r"|nao (?:come|como|dorme|durmo|bebe|anda|para|paro|melhora|consigo (?:comer|dormir|mastigar|andar)))\b[^,]{0,60}$"
)
AILING: Final = re.compile(
    r"\b(?:(?:to|tou|estou|ta|esta) (?:com|sentindo|mal|doente|gripad[oa])|sinto|doendo|doi|inchad[oa]|inflamad[oa]|sangrando)\b"
)
FREE_BEFORE: Final = re.compile(r"\b(?:livre|disponivel|folga|ferias|aberto)\b[^,#]{0,30}$")
BOOKED_BEFORE: Final = re.compile(rf"\b{STATE}\b[^,#]{{0,60}}$")
IN_THE_WAY: Final = (
    r"(?:aula|prova|plantao|reuniao|viagem|faculdade|escola|treino|ensaio|estagio|curso|compromisso"
    r"|outr[ao] (?:compromisso|consulta|reuniao))s?"
)
OWN_DAY: Final = (
    r"(?:(?:(?:meu|minha|nosso|nossa|[oa]) )?(?:aniversario|niver|formatura|festa|casamento|voo|viagem|prova|evento|batizado"
    r"|show)"
    r"(?: del[ea]s?)?)"
)
"""Why they want another time."""

OF_MY_DAY: Final = rf"(?:saio|largo|tomo|acordo|almoco|janto|durmo|busco|tenho {IN_THE_WAY})"
""" "Tomo remédio às 8h"."""

WILL_WRITE: Final = (
    r"(?:(?:e |que |ai |dai )?(?:eu )?(?:ja |vou |posso )?(?:te|lhe) (?:falo|falar|aviso|avisar|confirmo|confirmar|respondo"
    r"|responder|retorno|retornar|ligo|ligar|mando|mandar|chamo|chamar|digo|dizer|dou|dar|passo|escrevo|procuro)"
    r"|(?:eu )?(?:aviso|respondo|mando (?:mensagem|msg)|dou (?:1 |a )?(?:retorno|resposta|certeza)))"
    r"(?: (?:(?:1 |a )?(?:mensagem|msg|retorno|resposta|certeza|posicao|ok|noticias?|alo)|isso|tudo|aqui|ai|ja))?"
)

CANNOT_TELL: Final = (
    r"nao (?:posso|consigo|da para|vou conseguir|sei) (?:te )?"
    r"(?:decidir|responder|falar|confirmar|pensar|ver isso|dizer|dar certeza)"
)
PAYING: Final = (
    r"(?:(?<=dia \d )|(?<=dia \d\d ))(?:(?:que|eu|so|ja) )*(?:recebo|pago"
    r"|(?:cai|entra|sai) (?:[oa] |meu )?(?:salario|pagamento|vale))|"
    r"(?:(?:eu )?(?:so )?(?:recebo|pago|posso pagar)(?= (?:so |tudo |n?o )*dia \d)"
    r"|(?:(?:o|meu) )?(?:boleto|fatura|salario|pagamento|cartao|vale)"
    r"(?: d[aeo] [a-z]+)? (?:so )?(?:cai|vence|vira|fecha|entra|sai)|vence)(?: (?:so|tudo|o resto|no pix|n[ao]|em))*"
)


def so_much_off(found: re.Match[str], context: Context) -> Node:
    """ "Uma hora antes", "adianta meia hora": of what is booked."""
    length = lasting(found, context).length or timedelta()
    early = found["way"] and found["way"].startswith(("ant", "adiant", "mais cedo"))
    return Node("m", length=-length if early else length)


def booked(found: re.Match[str], _context: Context) -> Node | None:
    """ "Marcado", where it is said of something and not asked for."""
    return Node("k") if BOOKED_BEFORE.search(found.string[: found.start()]) else None


def ever_since(found: re.Match[str], _context: Context) -> Node | None:
    """ "Tô com dor desde domingo": the last one."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    lasting = STATE_BEFORE.search(before) or AILING.search(after)
    return Node("u") if lasting and not FREE_BEFORE.search(before) else None


def since(found: re.Match[str], context: Context) -> Node | None:
    """ "Fiz a unha tem 15 dias": after a verb of what was; a child "tem 15 dias" too."""
    node = ago(found, context)
    return node and replace(node, code="a")


TOLD_RULES: Final[tuple[Rule, ...]] = (
    link(">", "M"),
    link(r"em vez d[aeo]s?|(?:n?o|em) lugar d[aeo]s?|(?:ao|em) inves d[aeo]s?", "V"),
    link(rf"{STATE}(?= [^,#]{{0,60}}?(?:marcad|agendad)[oa]s?\b)", "t"),
    link(rf"meu (?:horario|atendimento) (?:#|e|esta|ta|ficou)(?: marcado)?(?: para)?(?: [ao])?(?= {A_DAY})", "b"),
    link(rf"(?:(?:minha|essa) (?:consulta|sessao|avaliacao)|{OWN_DAY}) (?:#|e|esta|ta|ficou|era|seria)(?: (?:marcad|agendad)a)?"
         r"(?: para(?: [ao]s?)?)?|(?:vou |eu |me )*(?:casar|caso|formo|volto de viagem|chego de viagem|faco aniversario"
         r"|faco \d{1,2} anos)", "b"),
    link(rf"{OWN_DAY}(?: d[aeo](?: meu| minha)? (?!{DAY_WORDS})[a-z]+)?(?= (?:n?[ao] )?{A_DAY})", "b"),
    link(rf"{OF_MY_DAY}(?: (?!{DAY_WORDS}|(?:depois|antes|so|para)\b)[a-z]+){{0,3}}?(?= as? \d)", "b"),
    rule(r"(?:ja )?(?:marcad|agendad)[oa]s?(?: (?:para(?: [ao]s?)?|em|n[ao]))?", booked),
    link(rf"(?<!nao )(?<!do )(?<!no )(?<!ao )(?<!meu )(?:eu )?(?:ja |so )?"
         rf"(?:trabalho|viajo|vou viajar|dou aula|faco plantao"
         rf"|tenho {IN_THE_WAY}(?: (?:n[ao]|d[aeo]) (?!{DAY_WORDS})[a-z]+)?"
         r"|(?:to|tou|estou|estarei|vou estar) (?:trabalhando|viajando|fora|ocupad[oa]|de plantao|em aula|indisponivel))"
         rf"(?! (?:em|perto|ai|as|das|pel[ao]|depois|so|com)\b| (?:para )?n?[ao] (?!{DAY_WORDS}))(?: *#)?", "Y"),
    link(rf"nao (?:trabalho|viajo|dou aula|tenho {IN_THE_WAY})", "G"),
    link(rf"{WILL_WRITE}|{CANNOT_TELL}|{PAYING}", "w"),
    link(rf"(?:(?<=\d )|(?<=h ))nao (?:posso|consigo|da|vai dar|rola|serve|pode(?: ser)?)(?: (?:n?[ao]|para))?(?= {A_DAY})", "x"),
    link(r"(?:ai |depois )?a gente (?:ve|conversa|combina|decide)(?: (?:isso|depois))?(?= *(?:,|#|$|mas\b))", "l"),
    link(r"(?:n?ess[ea] |n?est[ea] |n?[ao] )?mesm[ao] (?:horario|h)(?: de (?:sempre|antes))?", "="),
    rule(rf"{COUNT}(?P<unit>h|min){HALF}(?: (?P<way>antes|mais cedo|depois|mais tarde)(?! (?:d[aeo]s?|que)\b))", so_much_off),
    rule(rf"(?:(?P<way>adiant|antecip)|atras|adi)(?:a|ar|e|em) (?:em )?{COUNT}(?P<unit>h|min){HALF}", so_much_off),
    link(rf"{WAS_THERE}(?: {NO_TIME}){{0,3}}(?!(?: [a-z]+)? para )", "v"),
    rule(r"desde(?: (?:[ao]s?)(?! \d))?", ever_since),
    rule(rf"tem {COUNT}(?P<unit>dias?|semanas?|mes(?:es)?)(?P<half>(?!))?", since),
)  # fmt: skip
