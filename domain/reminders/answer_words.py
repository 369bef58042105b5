"""The words with which people in Brazil answer "posso confirmar?", as data: read by `answers.read_answer`, made plain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

SIGNS: Final[Mapping[str, str]] = {
    **dict.fromkeys("👍✅👌☑✔🆗🤝💯", " sim "),
    **dict.fromkeys("❌👎🚫✖", " nao "),
    **dict.fromkeys("🤔🤷", " talvez "),
}
"""Folded hands thank as often as they agree, and a heart is no promise: neither is a word."""

SHORT: Final = (
    (re.compile(r"^(?:s+|s+i+m+|sin)$"), "sim"),
    (re.compile(r"^(?:n+|n+a+o+|naum|nop)$"), "nao"),
    (re.compile(r"^(?:o+k+|oka?ye?|okey|okei|oki)$"), "ok"),
    (re.compile(r"^(?:hj|oje)$"), "hoje"),
    (re.compile(r"^(?:amanh?a|amn|amnh|amanhan)$"), "amanha"),
    (re.compile(r"^(?:p|pra|pro|p/)$"), "para"),
)
TYPED_WRONG: Final = (
    *[
        "confirmo",
        "confirmado",
        "confirmada",
        "confirma",
        "confirmar",
        "cancelar",
        "cancela",
        "cancele",
        "desmarcar",
        "desmarca",
    ],
    *["remarcar", "remarca", "reagendar", "reagenda"],
)
SPELT_RIGHT: Final = re.compile(r"^(?:(?:confirm|cancel|remarc|remarq|desmarc|desmarq|reagend)\w*[aeioums]|canelas?)$")

FILLERS: Final = re.compile(
    r"\b(?:por favor|por gentileza|pfv|pfvr|pf|muito obrigad[oa]|obrigad[oa]|obg|obgd|brigad[oa]|grat[oa]|vlw|valeu|bjs?|beijos?"
    r"|abracos?|oie?|ola|opa|bom dia|boa tarde|boa noite|senhora?|moc[ao]|querid[oa]|desculpa|desculpe|entao|viu|gente|eu"
    r"|ai|la|aqui|tambem|mesmo|(?:para )?(?:amanha|hoje)|de manha|a tarde|a noite|nao se preocupe|sem problemas?"
    r"|nao tem problema|(?:para )?(?:o )?dia \d{1,2}|(?:para )?(?:as|a|as) \d{1,2}(?:h|hs|:| horas)? ?(?:\d{2})?h?"
    r"|\d{1,2}(?:h|hs|:)(?:\d{2})?h?|(?:na |para |nesta |essa )?(?:segunda|terca|quarta|quinta|sexta|sabado)(?:[- ]feira)?)\b"
)
"""What may stand beside a yes or a no without changing it."""

NEGATED: Final = re.compile(
    r"\bnao (?:precisa|quero|vou|pretendo|precisamos|vamos)(?: mais)? (?:de )?"
    r"(remarcar|reagendar|cancelar|desmarcar|mudar|adiar|faltar)(?: nao)?\b"
)
QUESTION: Final = re.compile(
    r"^(?:eh? |mas |oi |ola |entao )*(?:que|qual|quais|quanto|quantos|onde|aonde|com quem|quem|como|quando|por ?que|pq|o que"
    r"|ate (?:quando|que)|se|ja (?:te )?(?:cancel|remarq|confirmei|desmarq)\w*"
    r"|tem certeza|vcs|voces|vc|a consulta|nao (?:foi|e|era))\b"
)
PUT_OFF: Final = re.compile(
    r"\b(?:talvez|acho q(?:ue)?|nao sei(?! (?:o|a|os|as|onde|como|qual|quando|quem)\b)|nem sei|(?:vou|deixa eu|deixe eu) ver"
    r"|(?:depois|mais tarde|ja|logo|assim que der)(?: eu)?(?: te| lhe)? (?:confirmo|aviso|falo|retorno|respondo)"
    r"|te (?:confirmo|aviso|falo|retorno)"
    r"|(?:confirmo|aviso|falo|retorno|respondo) (?:depois|mais tarde|logo|amanha(?! as)|a noite)"
    r"|ainda nao (?:posso|sei|consigo)|pode ser que|depende|nao tenho (?:tanta )?certeza|vou tentar|se (?:eu )?(?:der|conseguir)"
    r"|vou confirmar|sim (?:ou )?nao|nao (?:ou )?sim|quase|provavel\w*|quem sabe|a confirmar|mais ou menos|h+u?m+)\b"
)

A_TIME: Final = (
    r"(?:(?:a |as |para |na |no |de |o |pela )*(?:\d{1,2}(?:h|hs|:\d\d| horas)|as \d{1,2}|dia \d|amanha|depois|semana|mes"
    r"|segunda|terca|quarta|quinta|sexta|sabado|manha|tarde|noite|outr[oa]|mais (?:tarde|cedo)))"
)
MOVE: Final = re.compile(
    r"\b(?:remarc(?:ar|a|o|acao)|remarque|reagend(?:ar|a|e|o|amento)|adi(?:ar|a|e)|antecip(?:ar|a|e)"
    r"|(?:mud|troc|transfer|alter|pass)(?:ar|ir|a|e|o) (?:.{0,20}\b(?:dia|horario|hora|data|consulta)\b|"
    + A_TIME
    + r")"
    r"|(?:pode(?:ria)? ser|da para ser|consegue|seria possivel) " + A_TIME + r""
    r"|(?:tem|teria|ha|quero|queria|prefiro|preciso|marc\w+|seria)(?: \w+){0,2} outr[oa] (?:dia|horario|hora|data)"
    r"|(?:tem|da para|consegue|quero|prefiro)(?: ser)? mais (?:tarde|cedo)|mais (?:tarde|cedo) (?:tem|da))\b"
    r"|^outr[oa] (?:dia|horario|data)\b"
)
CANCEL: Final = re.compile(r"\b(?:cancel(?:ar|a|e|em|o)|desmarc(?:ar|a|o)|desmarque|desist(?:o|i|e|ir))\b")
ASKED_TO_CANCEL: Final = re.compile(
    r"\b(?:pode|poderia|consegue|tem como|da para|quero|preciso|favor)\b.*\b(?:cancel|desmarc)"
)

WILL: Final = (
    r"(?:vou|posso|consigo|poderei|irei|conseguirei|comparecerei|estarei|confirmo|da|vai dar|rola"
    r"|tenho como|quero ir)"
)
NO: Final = re.compile(
    r"(?:^|\b)(?:(?:nao|nem) "
    + WILL
    + r"(?: (?:poder|conseguir|mais|ir|comparecer|estar|presente|nao|mim|para|nesse|neste|horario"
    r"|dia|porque .*|pq .*|pois .*))*"
    r"|(?:(?:vou|terei|tenho|vamos) )(?:ter )?(?:que |de )?faltar|impossivel(?: ir)?)$"
    r"|^(?:infelizmente ?)?(?:nao ?)+$|^infelizmente$|^negativo$|^(?:vou|posso|da|quero|rola) nao$"
)
GOING: Final = (
    r"(?:sim|confirm(?:o|ad[oa]|adissimo|a|e|ar)(?: (?:(?:a|minha|meu|os|o|nossa)? ?(?:presenca|consulta|horario|dados)|para))?"
    r"|pode (?:confirmar|manter)|(?:ta|to|esta|estou|tudo|ja ta) (?:confirmad[oa]|mantid[oa]|marcado)|mant(?:em|ido|enha|er)"
    r"|(?:vou|irei|vamos|iremos)(?: (?:estar|comparecer|ir))?(?: presente)?|(?:estarei|estaremos)(?: presente)?"
    r"|(?:ja )?(?:to|estou|estamos) (?:indo|a caminho)|comparecerei|compareco|quero|positivo|(?:com |c )?certeza|yes|uhum|aham"
    r"|claro(?: que)?|isso|de acordo|conte comigo|eh)"
)
AGREED: Final = (
    r"(?:(?:ta )?ok|(?:ta |tudo |esta )?(?:bom|certo|certinho|bem)|blz|beleza|combinado|fechado|perfeito|show|joia|otimo"
    r"|pode(?: ser| deixar)?|dale|bora|ate(?: logo| breve)?|nos vemos|maravilha|tranquilo|legal|top)"
)
YES: Final = re.compile(rf"^(?:(?:{GOING}|{AGREED})(?: |$))+$")
SURE: Final = re.compile(rf"(?:^| ){GOING}(?: |$)")
UNPROMISING: Final = re.compile(r"^(?:quero|eh|claro que)$")
