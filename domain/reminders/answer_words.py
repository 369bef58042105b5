"""The words with which people in Brazil answer "posso confirmar?", as data: read by `answers.read_answer`, made plain."""

from __future__ import annotations

import re
from typing import Final

from domain.assistant.clause_words import ANY_CALLING_OFF

STAYS_AWAY: Final = r"(?:faltar|falto|furar|furo|esquecer|esqueco|perder|perco|deixar de ir|deixo de ir)"
DENIED: Final = re.compile(
    rf"\b(?:nao|nunca|jamais) (?:(?:vou|irei|posso|vamos|pretendo) )?(?:mais )?{STAYS_AWAY}\b"
    r"(?: (?:isso|(?:ess|est)[ae]|a|minha|meu|o|consulta|horario|por (?:nada|nenhum motivo)|de jeito nenhum|nunca"
    r"|mais))*(?:(?: \w+){0,3} nao$)?"
)
""" "Não vou faltar" comes."""

LATER_MINE: Final = re.compile(
    r"\b(?:depois|mais (?:tarde|para (?:frente|tarde))|outra hora|outro dia|qualquer coisa|assim que (?:der|puder)|ai) "
    r"(?:eu )?(?:mesm[oa] )?(?:te |lhe |ja )?(?:vejo|marco|remarco|agendo|reagendo|procuro|chamo|volto|resolvo"
    r"|entro em contato)\b.*"
)
"""What they will see to themselves, some day, is no wish of now."""

PRESENT: Final = re.compile(r"\b(?:to|estou|estamos|vou ta|vou estar|estarei|vamos estar) (?:la|ai|dentro|presente)\b")

QUESTION: Final = re.compile(
    r"^(?:eh? |mas |oi |ola |entao )*(?:que|qual|quais|quanto|quantos|onde|aonde|com quem|quem|como|quando|por ?que|pq|o que"
    r"|ate (?:quando|que)|se|ja (?:te )?(?:cancel|remarq|confirmei|desmarq)\w*"
    r"|tem certeza|voces?|a consulta|nao (?:foi|e|era))\b"
)

TIME_WORD: Final = (
    r"(?:\d{1,2}(?:h|hs|:\d\d| horas)|as \d{1,2}|dia \d|hoje|amanha|depois|semana|mes"
    r"|segunda|terca|quarta|quinta|sexta|sabado|manha|tarde|noite|outr[oa]|mais (?:tarde|cedo))"
)
A_TIME: Final = rf"(?:(?:a |as |para |na |no |de |o |pela )*{TIME_WORD})"
ANOTHER: Final = r"(?:outr[oa]s?|nov[oa]|proxim[oa]) (?:dia|horario|hora|data|semana|vaga)s?"
MOVE: Final = re.compile(
    r"\b(?:remarc(?:ar|a|o|acao)|remarque|reagend(?:ar|a|e|o|amento)|adi(?:ar|a|e)|antecip(?:ar|a|e)"
    r"|(?:mud|troc|transfer|alter|pass|jog|empurr|encaix)(?:ar|ir|a|e|o) (?:.{0,20}\b(?:dia|horario|hora|data|consulta)\b|"
    r"(?:\w+ ){0,2}?" + A_TIME + r"|(?:\w+ )?(?:mais )?para (?:frente|depois))"
    rf"|(?:bot|deix|coloc)(?:ar|a|e|em) (?:\w+ )?para (?:a )?(?!outr){A_TIME}"
    r"|(?:pode(?:ria)? ser|da para ser|consegue|seria possivel|tem como (?:ser|ir)) " + A_TIME + r""
    r"|(?:tem|teria|ha|quero|queria|prefiro|preciso|marc\w+|seria|aceito|fico com)(?: \w+){0,2} outr[oa] (?:dia|horario|hora"
    r"|data)"
    r"|(?:ve|ver|veja|arrum[ae]r?|arranj[ae]r?|procur[ae]r?|busc(?:a|ar)|consegue|sugere|gostaria de|acha(?:r)?)(?: \w+){0,3} "
    rf"{ANOTHER}"
    r"|(?:tem|da para|consegue|quero|prefiro)(?: ser)? mais (?:tarde|cedo)|mais (?:tarde|cedo) (?:tem|da))\b"
    r"|^outr[oa] (?:dia|horario|data)\b"
    r"|\b(?:so|somente|apenas) (?:(?:vou |posso |confirmo )?se (?:for|fosse|tiver|puder ser|pudesse ser)|posso|consigo"
    rf"|da(?: para ir)?)(?: \w+){{0,2}}? {A_TIME}\b"
)
SUITS: Final = re.compile(
    rf"^(?:mas |na |no |a |as |de |para |so |eu )*{TIME_WORD}\b.*\b(?:da|posso|consigo|serve|pode(?: ser)?|melhor|rola|vou)$"
    rf"|^(?:posso|consigo|da para ir|da|serve|prefiro|melhor) {A_TIME}\b"
)
""" "Sexta dá": beside a no it is the time that they want instead."""

CANCEL: Final = re.compile(rf"\b{ANY_CALLING_OFF}")
ASKED_TO_CANCEL: Final = re.compile(
    r"\b(?:pode|poderia|consegue|tem como|da para|quero|preciso|favor)\b.*\b(?:cancel|desmarc)"
)

GOING: Final = (
    r"(?:sim|confirm(?:o|ad[oa]|adissimo|a|e|ar)(?: (?:(?:a|minha|meu|os|o|nossa)? ?(?:presenca|consulta|horario|dados)|para))?"
    r"|pode (?:confirmar|manter)|(?:ta|to|esta|estou|tudo|ja ta) (?:confirmad[oa]|mantid[oa]|marcado)|mant(?:em|ido|enha|er)"
    r"|(?:vou|irei|vamos|iremos)(?: (?:estar|comparecer|ir))?(?: presente)?|(?:estarei|estaremos)(?: presente)?"
    r"|(?:ja )?(?:to|estou|estamos) (?:indo|a caminho)|comparecerei|compareco|quero|positivo|(?:com |c )?certeza|yes|uhum|aham"
    r"|claro(?: que)?|isso|de acordo|conte comigo|contar comigo|(?:com toda )certeza|sem duvida|presente|(?:ta|esta) de pe"
    r"|firmeza|eh)"
)
AGREED: Final = (
    r"(?:(?:ta )?ok|(?:ta |tudo |esta )?(?:bom|certo|certinho|bem)|blz|beleza|combinado|fechado|fechou|perfeito|show|joia|otimo"
    r"|pode(?: ser| deixar)?|dale|bora|ate(?: logo| breve)?|nos vemos|maravilha|tranquilo|legal|top)"
)
YES: Final = re.compile(rf"^(?:(?:que )?(?:{GOING}|{AGREED})(?: |$))+$")
SURE: Final = re.compile(rf"(?:^| ){GOING}(?: |$)")
COMES: Final = re.compile(r"\b(?:vou|vamos|irei|iremos|estarei|estaremos|compare\w+|mant\w+)\b")
"""More than a "sim", which may have been to anything."""

UNPROMISING: Final = re.compile(r"^(?:quero|eh|claro que)$")
