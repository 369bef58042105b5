"""What makes of an assertion something else: a rule for everybody, a quotation, a condition, a question, or an end."""

from __future__ import annotations

import re
from typing import Final

from domain.agenda.assertions import YOUR

ONLY_THEN: Final = re.compile(
    r"\b(?:so|somente|apenas) (?:\w+ ){0,3}?(?:fica\w*|vale\w*|esta|sera|#)\b.{0,80}\b(?:quando|depois|assim que|apos|se|com)\b"
)
"""Of a time: it is nobody's before something comes about."""
POLICY: Final = re.compile(
    rf"^\W*(?:\w+ e )?(?:os |as )?(?:horarios|consultas|sessoes|agendamentos|reservas|atendimentos|cancelamentos|remarcacoes"
    rf"|encaixes|faltas|uma? (?:horario|consulta|sessao|agendamento|reserva|falta))\b"
    rf"(?!.*\b(?:{YOUR}s?|foram|ficaram|estao|foi|ficou)\b)"
    r".*(?:\b(?:podem|devem|precisam|geram|tem|perdem|pagam|sofrem|contam|exigem|serao|sao \w+[ai]d[oa]s)\b|# \w+[ai]d[oa]\b)"
)
"""Of all that are cancelled or moved, whoever's they are."""
QUOTED: Final = re.compile(
    r"\b(?:disse|dizia|falei|escrevi|informei|avisei|contei|entendi|pensei|achei|achava|parecia|constava) que\b[^?!]{0,160}?"
    r"\b(?:mas|porem|so que)\b(?=(?: \w+){0,3}? (?:errei|me enganei|engano|nao (?!se )|continua|segue|aparece|permanece"
    r"|na verdade)\b)"
    r"|\b(?:entendi|pensei|achei|achava|imaginei|parecia) que (?:\w+ ){0,3}?(?:fosse|era|seria)\b"
    r"[^?!,]{0,80}?,? (?:mas|porem|so que)\b"
    r"|(?<!como )\b(?:voce|vc) (?:ja |me |tinha |havia )?"
    r"(?:disse|dito|falado|falou|comentou|contou|escreveu|mencionou|achou|pensou|imaginou|entendeu|acha) (?:que|ter)\b"
    r"(?:(?!\b(?:entao|por isso|\w+(?:ei|amos))\b)[^?!]){0,160}?,? (?:mas|porem|so que)\b"
    r"|(?<!como )\b(?:voce|vc) (?:queria|quer|pediu|preferia|prefere|gostaria|mencionou|citou)\b[^?!,]{0,80}?,?"
    r" (?:mas|porem|so que)\b"
)
"""What was said or wished before, and is not so."""
PRESUMED: Final = re.compile(
    r"\b(?:viu|viram|sabia|percebeu|notou|reparou|lembra|soube|avis(?:ei|amos)|contei|falei|disse|mostrei) que\b"
    r"(?! (?:hora|dia|horario)s?\b)"
)
"""Asked is whether they know, not whether it is so."""
THAT_TIME: Final = re.compile(r"\bess[ea]s? (?:horario|vaga|dia|data|hora)s?\b|^\W*(?:sim\W+)?(?:esta|ta|estao|tao) ")
"""What is told of the time that was named just before."""

ENDS: Final = re.compile(
    r"\b(?:termin\w+|ja acabou(?! (?:de|o|a)\b)|acab(?:a|ar|ara)|encerr(?:a|ar|ara)|finaliz(?:a|ar|ara)"
    r"|(?:voce|vc) (?:ja )?(?:sai|tera saido)|(?:voce|vc) (?:(?!nao\b)\w+ ){1,3}?(?:liberad[oa]|ir embora))\b"
)
"""When it is over, and not when somebody is expected."""

SEVERAL: Final = "(?:consultas|agendamentos|horarios|sessoes|reservas|retornos|atendimentos|compromissos)"
COUNTED: Final = re.compile(
    rf"\b(?:(?:voce|vc) (?:\w+ )?(?:tem|esta com|ta com)|{YOUR}s) (?P<many>[2-9]|dois|duas|tres|quatro|cinco)"
    rf" {SEVERAL}\b"
    r"(?! (?:\w+ ){0,2}?(?:livre|dispon|vag|para (?:escolh|us)|restant|d[oe] (?:\w+ )?(?:pacote|plano)))"
    rf"|\b(?P<more>[2-9]|dois|duas|tres|quatro|cinco) {SEVERAL} (?:\w+ )?(?:su[ao]s\b|(?:em|no) (?:seu|teu) nome\b)"
)
"""How many appointments they are told to have."""
ALL_OF_IT: Final = re.compile(
    r"\b(?:tod[oa]|inteir[oa]|completamente|totalmente) (?:livre|vag|abert|dispon|desocupad)"
    r"|\b(?:manha|tarde|noite|dia|agenda) (?:tod[oa]|inteir[oa])\b"
    r"|\bqualquer (?:horario|hora)\b|\b(?:horario|hora) que (?:(?:voce|vc) )?(?:quiser|preferir)\b"
)
"""Of a stretch that is free: a time or two in it are not enough."""
