"""The words with which people say yes or no to what a menu asks, or ask for something else, as data: read by `choices`."""

from __future__ import annotations

import re
from typing import Final

from domain.assistant.clause_words import CANNOT, LEADS

AGREED: Final = (
    r"(?:sim|s|ss|isso|claro|pode|pode ser|pode marcar|confirmo|confirmar|confirmado|confirma|ok|okay|okey|"
    r"beleza|blz|fechado|quero|com certeza|positivo|marca|marque|isso mesmo|exato|combinado|bora|uhum|aham|"
    r"por favor|pfv|(?:ta |esta )?(?:bom|otimo|perfeito|certo)|tudo bem|esse mesmo|esse|essa|vamos|show|maravilha|joia|legal"
    r"|top|"
    r"aceito|serve|para mim|pra mim|por mim|fechou|manda ver|vai(?: ness[ea])?|deve)"
)
YES: Final = re.compile(rf"(?:{AGREED}(?: |$))+(?:obrigad[ao])?")
HAIL: Final = r"(?:oi+e?|ola|opa|alo|e ai|bom dia|boa (?:tarde|noite)|(?:tudo|td) (?:bem|bom)|como vai)"
HOW_ARE_YOU: Final = re.compile(
    r"\b(?:oi+e?|ola|opa|alo|bom dia|boa (?:tarde|noite))\b(?:[ ,.!]+\w+){0,2}[ ,.!]+(?:tudo|td) (?:bem|bom|certo|joia|otimo)\b"
)
""" "Tudo bem" behind a greeting greets, and agrees to nothing."""

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
BOOKS: Final = r"marc(?:ar|a)|marque|agend(?:ar|a|e)|reserv(?:ar|a|e)|encaix(?:ar|a|e)|garant(?:ir|e|a)"
CLOSES: Final = r"fech(?:ar|a|e)"
BEFORE_IT: Final = (
    rf"(?:(?:{AGREED}|entao|ai|ja|eu|podem|queria|vou|gostaria de|dale|eh|ta(?! (?:bom|otimo|perfeito|certo)\b)) )*"
)
THIS: Final = r"(?:para )?(?:n?ess[ea]|n?est[ea])(?: (?:horario|dia|vaga|consulta|sessao|data))?"
THE_ONE: Final = r"(?:[oa]|minha|meu) (?:horario|vaga|consulta|sessao)"
BESIDE_IT: Final = (
    r"para mim|para (?:ele|ela|nos)|ai|sim|entao|logo|ja|agora|mesmo|tudo|antes que .*"
    r"|(?:no|em) (?:meu )?nome(?: d[aeo])?(?: \w+){0,3}"
)
AFTER_MOVING: Final = rf"(?: (?:{BESIDE_IT}|{THIS}))*"
AFTER_IT: Final = rf"(?: (?:{BESIDE_IT}|{THIS}|{THE_ONE}))*"
"""Nothing but what was asked about: a noun of another kind is another wish."""

CONFIRMS: Final = (
    r"confirm(?:ar|a|e|o)(?: (?:para mim|ai|sim|entao|logo|ja|agora|esse|essa|(?:o|esse|meu) horario|(?:a|essa|minha) consulta"
    r"|antes que .*))*"
)
BOOKS_IT: Final = rf"(?:{BOOKS}){AFTER_IT}|{CLOSES} (?:{THIS}|{THE_ONE}){AFTER_IT}|{CONFIRMS}"
TO_BOOK: Final = re.compile(rf"{BEFORE_IT}(?:{BOOKS_IT})")
TO_MOVE: Final = re.compile(rf"{BEFORE_IT}(?:(?:{MOVES}){AFTER_MOVING}|{BOOKS_IT})")
ALSO: Final = re.compile(r"\btambem\b")
ANOTHER_TIME: Final = re.compile(r"\boutr[oa]s? (?:horarios?|dias?|horas?|datas?|vagas?)\b|\bmais (?:cedo|tarde)\b")
ANOTHER_THING: Final = re.compile(r"\boutr[oa]s? (?!(?:horario|dia|hora|data|vaga)s?\b)\w")
ANOTHER_ONE: Final = re.compile(
    r"\b(?:[oa]s?|d[ao]s?|ess[ea]|minhas?|meus?) outr[oa]s?\b|\boutr[oa]s? (?:horario|consulta|sess[ao]|data|dia)|^outr[oa]s?$"
)
KEEPS: Final = re.compile(
    r"\b(?:mant(?:er|em|enh[ao]|ido|ida)|continu\w+|deix(?:a|e|ar) (?:marcad[oa]|como esta|assim|ela|ele)|fica marcad[oa])\b"
)
COMING: Final = re.compile(
    r"(?:(?:sim|claro|eh|que|com certeza) )*(?:vou|vamos|irei|iremos|estarei|estaremos|comparec\w+)"
    r"(?: (?:sim|la|ai|ir|comparecer|estar|presentes?|com certeza|ness[ea]|dia|horario|consulta|n?[ao]))*"
)
BOOKS_ANYTHING: Final = re.compile(rf"\b(?:{BOOKS})\b")

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
COULD_NOT: Final = re.compile(rf"\b(?:nao|nem) (?:eu )?{CANNOT}\b")
LEAVING: Final = r"(?:sair|saio|tir\w+|remov\w+|retir\w+|exclu\w+|desist\w+)"
LEAVES: Final = re.compile(
    rf"(?:(?:sim|eu|quero|queria|pode|me|por favor|pfv) )*{LEAVING}"
    r"(?: (?:d?(?:a|essa|esta|ela)|daqui|meu nome|lista|fila|de espera|por favor|pfv|obrigad[ao]|sim|mesmo))*"
)
"""All that was said: where waiting lists are shown, it is about them."""
A_LIST: Final = re.compile(r"\b(?:lista|fila)\b")
DENIED_LIST: Final = re.compile(
    rf"\b(?:sem |nao (?!quero mais\b){LEADS}(?:(?:{LEAVING}|entr\w+|fic\w+|estar|particip\w+|coloc\w+|bot\w+)(?: meu nome)? )?)"
    r"(?:(?:de|em|n?a|d?a|n?um|n?uma|n?essa|d?essa|nenhuma) )*(?:lista|fila)(?: de espera)?\b"
)
""" "Não quero lista de espera" wishes for none, and "não quero sair da lista" stays on it."""

ARTICLES: Final = (
    *("a", "o", "as", "os", "um", "uma", "de", "da", "do", "das"),
    *("dos", "com", "em", "no", "na", "para", "pra", "e"),
)
TITLES: Final = ("dr", "dra", "doutor", "doutora", "prof", "profa", "professor", "professora", "sr", "sra")
DOTTED: Final = re.compile(rf"\b({'|'.join(TITLES)})\.", re.IGNORECASE)
"""The full stop behind a title ends no sentence."""
