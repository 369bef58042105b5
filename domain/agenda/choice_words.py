"""The words with which people say yes or no to what a menu asks, or ask for something else, as data: read by `choices`."""

from __future__ import annotations

import re
from typing import Final

YES: Final = re.compile(
    r"(?:(?:sim|s|ss|isso|claro|pode|pode ser|pode marcar|pode sim|confirmo|confirmar|confirmado|confirma|ok|okay|okey|certo|"
    r"beleza|blz|fechado|perfeito|quero|com certeza|positivo|marca|marque|isso mesmo|exato|combinado|otimo|bora|uhum|aham|"
    r"por favor|pfv|(?:ta |esta )?(?:bom|otimo|perfeito|certo)|tudo bem|esse mesmo|esse|essa|vamos|show|maravilha|joia|legal"
    r"|top|"
    r"aceito|serve|para mim|pra mim|por mim|fechou|manda ver|vai(?: n?ess[ea])?|deve)(?: |$))+(?:obrigad[ao])?"
)
INSTEAD: Final = re.compile(
    r"\b(?:nao|nem|ainda|outr[oa]s?|tambem|tem|quais|qual|quando|quanto|quantos|onde|como|se|livres?|vag[ao]s?|disponive\w*"
    r"|mais"
    r"|na verdade|alias|em vez|prefiro|quer(?:o|ia) era"
    r"|(?:minha|meu) (?:filh\w+|mae|pai|espos\w+|marido|irma\w*|amig\w+|namorad\w+))\b"
)
"""Who says one of these about booking means something else than what was just asked."""

ASKS_INSTEAD: Final = re.compile(
    r"\d|\b(?:outr[oa]s?|mais (?:cedo|tarde)|pode ser|tem (?:como|vaga|horario)|da para|em vez|com (?:o|a) dra?"
    r"|segunda|terca|quarta|quinta|sexta|sabado|domingo|amanha|hoje|manha|tarde|noite)\b"
)
MOVES: Final = r"mud(?:ar|a|e)|troc(?:ar|a)|troque|remarc(?:ar|a)|remarque"
MOVES_IT: Final = re.compile(rf"\b(?:{MOVES})\b")
BOOKS: Final = (
    r"marc(?:ar|a)|marque|agend(?:ar|a|e)|reserv(?:ar|a|e)|encaix(?:ar|a|e)|garant(?:ir|e|a)"
    r"|fech(?:ar|a|e)"
)
BEFORE_IT: Final = (
    r"(?:(?:sim|ok|isso|entao|ai|ja|eu|pode|podem|quero|queria|vamos|bora|vou|gostaria de|claro|otimo|beleza|blz|certo"
    r"|dale) )*"
)
AFTER_IT: Final = (
    r"(?: (?:para mim|para (?:ele|ela|nos)|ai|sim|entao|logo|ja|agora|mesmo|tudo|antes que .*"
    r"|(?:n?ess[ea]|n?est[ea])(?: (?:horario|dia|vaga|consulta|data))?|(?:[oa]|minha|meu)(?: \w+){1,3}"
    r"|(?:no|em) (?:meu )?nome(?: d[aeo])?(?: \w+){0,3}))*"
)
CONFIRMS: Final = (
    r"confirm(?:ar|a|e|o)(?: (?:para mim|ai|sim|entao|logo|ja|agora|esse|essa|(?:o|esse|meu) horario|(?:a|essa|minha) consulta"
    r"|antes que .*))*"
)
TO_BOOK: Final = re.compile(rf"{BEFORE_IT}(?:(?:{BOOKS}){AFTER_IT}|{CONFIRMS})")
TO_MOVE: Final = re.compile(rf"{BEFORE_IT}(?:(?:{MOVES}|{BOOKS}){AFTER_IT}|{CONFIRMS})")
""" "Marca a limpeza" is the one that was asked about, "marca unha" another."""

NOT_THIS: Final = re.compile(
    r"^(?:ja |eu )*(?:desisti|desisto|esquece\w*|deixa (?:para la|quieto)|melhor nao)\b"
    r"|\b(?:(?:cliquei|apertei|marquei|escolhi|esta|ta|ficou) errad[oa]|foi (?:engano|sem querer))\b"
    r"|\bnao (?:me )?(?:marc|agend|reserv|confirm|quero|queria|precisa|vou querer)"
    r"|\b(?:marc|agend|reserv|confirm|quer)\w*(?: \w+)? nao$"
)
NO_MATTER: Final = re.compile(r"^(?:nao tem|sem|nenhum) problema\b")
NO: Final = re.compile(
    r"^(?:nao(?! (?:sei|tem problema)\b)|n|nn|nope|negativo|nem|outro|outra|deixa|melhor nao|nao quero|agora nao|esquece)\b"
)
YES_SIGNS: Final = re.compile("[👍👌✅🙏]|🆗")
NO_SIGNS: Final = re.compile("[👎❌✖]")
