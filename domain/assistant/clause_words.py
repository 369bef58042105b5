"""The words of short answers that mean the same whatever was asked, as data: read by `clauses`, made plain."""

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
    (re.compile(r"^(?:n+|n+a+o+|naum|nop[es]*|(?:n[ai]){2,}o)$"), "nao"),
    (re.compile(r"^(?:o+k+|oka?ye?|okey|okei|oki)$"), "ok"),
    (re.compile(r"^(?:hj|oje)$"), "hoje"),
    (re.compile(r"^(?:amanh?a|amn|amnh|amanhan)$"), "amanha"),
    (re.compile(r"^(?:p|pra|pro|p/)$"), "para"),
    (re.compile(r"^c(?:r?tz|erte?z)a?$"), "certeza"),
    (re.compile(r"^(?:q|qe)$"), "que"),
    (re.compile(r"^(?:vcs|ces)$"), "voces"),
    (re.compile(r"^(?:vc|ce)$"), "voce"),
    (re.compile(r"^(?:dps|dpois|depos)$"), "depois"),
    (re.compile(r"^(?:tb|tbm|tmb|tambm)$"), "tambem"),
    (re.compile(r"^(?:mt|mto|mta|muita)$"), "muito"),
    (re.compile(r"^td$"), "tudo"),
    (re.compile(r"^(?:tou|tow)$"), "to"),
    (re.compile(r"^tava$"), "estava"),
    (re.compile(r"^tam[ou]s?$"), "estamos"),
    (re.compile(r"^vo$"), "vou"),
    (re.compile(r"^agr$"), "agora"),
    (re.compile(r"^(?:dnv|dinovo)$"), "de novo"),
    (re.compile(r"^(?:qdo|qnd|qndo)$"), "quando"),
    (re.compile(r"^(?:qto|qnto)$"), "quanto"),
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

LAUGHS: Final = re.compile(r"^(?:k{2,}|(?:r+s+)+r?|(?:h+[aeiu]+){2,}h?|(?=[aus]*h)[haus]{5,}|(?:k+[ae]){2,}k*)$")

FILLERS: Final = re.compile(
    r"\b(?:por favor|por gentileza|pfv|pfvr|pf|muito obrigad[oa]|obrigad[oa]|obg|obgd|brigad[oa]|grat[oa]|vlw|valeu|bjs?"
    r"|beijos?"
    r"|abracos?|oie?|ola|opa|bom dia|boa tarde|boa noite|senhora?|moc[ao]|querid[oa]|desculpa|desculpe|entao|viu|gente|eu"
    r"|ai|la|aqui|tambem|mesmo|(?:para )?(?:amanha|hoje)|de manha|a tarde|a noite|nao se preocupe|sem problemas?"
    r"|nao tem problema|(?:para )?(?:o )?dia \d{1,2}|(?:para )?(?:as|a|as) \d{1,2}(?:h|hs|:| horas)? ?(?:\d{2})?h?"
    r"|\d{1,2}(?:h|hs|:)(?:\d{2})?h?|(?:na |para |nesta |essa )?(?:segunda|terca|quarta|quinta|sexta|sabado)(?:[- ]feira)?"
    r"|oxe(?:nte)?|oxi|uai|vixe?|vish|eita|ixi|iih?|ih|bah|tche|poxa|puxa|pox|nossa|ufa|aff|aii+|visse|hein|ne|doutora?"
    r"|menin[ao]|guri[ao]?|amig[ao]|amore?|flor|meu (?:bem|anjo|rei)|prometo|juro|em ponto|na hora (?:marcada|certa"
    r"|combinada)|sem falta|se deus quiser"
    r"|com fe em deus|gracas a deus|(?:por |pela )(?:me )?(?:lembrar|lembranca|avisar|aviso|perguntar)(?: de mim)?|dessa vez"
    r"|desta vez)\b"
)
"""What may stand beside a yes or a no without changing it: politeness, cries, promises by God, the time that was named."""

DOUBT: Final = re.compile(
    r"\b(?:talvez|acho q(?:ue)?|nao sei(?! (?:o|a|os|as|onde|como|qual|quando|quem)\b)|nem sei|(?:vou|deixa eu|deixe eu) ver"
    r"|(?:depois|mais tarde|ja|logo|assim que der)(?: eu)?(?: te| lhe)? (?:confirmo|aviso|falo|retorno|respondo)"
    r"|te (?:confirmo|aviso|falo|retorno)"
    r"|(?:confirmo|aviso|falo|retorno|respondo) (?:depois|mais tarde|logo|amanha(?! as)|a noite)"
    r"|ainda nao (?:posso|sei|consigo)|pode ser que|depend(?:e|endo)|nao tenho (?:tanta )?certeza|vou tentar|se (?:eu )?(?:der"
    r"|conseguir)"
    r"|vou (?:confirmar|falar com|perguntar|conversar|checar|conferir)|preciso (?:ver|falar com|perguntar|checar|conferir)"
    r"|(?:estou|to) (?:esperando|aguardando) (?:a |o )?(?:resposta|escala|retorno|confirmacao)|sim (?:ou )?nao"
    r"|nao (?:ou )?sim|quase|provavel\w*|quem sabe|a confirmar|mais ou menos|h+u?m+)\b"
)
DOUBTS_ANOTHER_THING: Final = re.compile(
    r"\b(?:talvez|acho que|pode ser que|provavel\w*|quase)\b.*\b(?:atras\w+|chegu?(?:ar?|e|o)|demor\w+|mandou|mandaram|numero"
    r"|errad[oa]|engan\w+)\b"
)
""" "Acho que" of being late, or of a wrong number, leaves open nothing that was asked."""

CANNOT: Final = (
    r"(?:vou|posso|consigo|poderei|irei|conseguirei|comparecerei|confirmo|da|vai (?:dar|rola?r?|ter como)|rola"
    r"|(?:vou|vamos) (?:mais )?(?:precisar|querer|dar conta)|vai (?:poder|conseguir)|vamos|dou conta|(?:tem|tenho|ha"
    r"|vejo) (?:mais )?(?:como|jeito|condicoes)|quero ir"
    r"|(?:estarei|vou estar)(?! (?:na|em|no) (?:hora|horario)))"
)
REFUSAL: Final = re.compile(
    r"(?:^|\b)(?:(?<!\bse )(?:nao|nem) (?:eu )?"
    + CANNOT
    + r"(?: (?:poder|conseguir|mais|eu|de|ir|comparecer|estar|presente|nao|mim|para|nesse|neste|nessa|horario|querer"
    r"|dia|data|consulta|atendimento|d[ao]|n[ao] (?:cidade|consulta|estado|pais)|(?:por (?:causa|conta|que)|porque|pq"
    r"|pois) .*))*"
    r"|(?:(?:vou|terei|tenho|vamos|preciso) )(?:ter )?(?:que |de )?faltar|impossivel(?: ir)?)$"
    r"|^nem (?:a pau|pensar|mort[oa]|ferrando)$|^sem (?:condicoes|chance|tempo)(?: de .*)?$"
    r"|(?:nao tenho|perdi)(?: mais)?(?: o)? interesse|^(?:ja )?(?:to|estou) fora$|^(?:infelizmente ?)?(?:nao ?)+$"
    r"|^infelizmente$|^negativo$|^(?:vou|posso|da|quero|rola|pode) nao$"
    r"|^(?:(?:eu|vamos) )*(?:vou|terei|tenho) (?:ter )?(?:que |de )?faltar\b"
)
REASON: Final = re.compile(
    r"\b(?:(?:estou|to|estarei|estaremos|ando|esta|ta|foi|ficou|fiquei|continua) (?:\w+ )?(?:viajando|internad[oa]s?|acamad[oa]"
    r"|hospitalizad[oa]|de cama|de plantao|de repouso|fora d[aeo] (?:cidade|estado|pais))"
    r"|nao (?:me )?(?:liberaram|liberou|deixaram)|vou viajar|viajo (?:nesse|neste|no|na|dia|hoje|amanha)"
    r"|(?:estou|to|estarei|vou estar) trabalhando (?:ate|de|das|nesse|nessa|no|na|segunda|terca|quarta|quinta|sexta|sabado)"
    r"|nesse (?:dia|horario)(?: \w+)? (?:trabalho|trabalhando|tenho (?:aula|prova|reuniao))"
    r"|(?:surgiu|apareceu|pintou|marcaram|caiu|tive)(?: \w+){0,3} (?:viagem|reuniao|prova|plantao|compromisso|imprevisto"
    r"|velorio"
    r"|audiencia|emergencia|urgencia)"
    r"|(?:tenho|terei|vou ter)(?: \w+){0,2} (?:viagem|reuniao|prova|plantao|velorio|audiencia|aula)"
    r"|(?:quebrei|torci|fraturei|operei) (?:o|a|meu|minha) (?:pe|perna|tornozelo|joelho|braco|bacia)"
    r"|(?:carro|moto|onibus) (?:quebrou|enguicou|pifou|nao passou))\b"
)
"""Why somebody cannot come, where they say no more: weaker than a yes that stands beside it."""

CONDITION: Final = re.compile(
    r"(?:^|\b(?:so|somente|apenas|sim|vou|irei|posso|consigo|da|confirmo|estarei|ai|la) )"
    r"(?:eu |so |somente |apenas |entao )*(?:se|caso)\b(?! deus)|\b(?:desde|contanto) que\b|\bso (?:depois|quando"
    r"|apos)(?: que)? (?:eu|o|a|ele|ela|meu|minha)\b"
)
CONTINGENCY: Final = re.compile(
    r"\b(?:avis\w+|cancel\w+|desmarc\w+|remarc\w+|fal(?:o|a|em|e)|lig(?:o|a|ue|uem)|chamo|chama|pergunto|precisar|duvidas?"
    r"|atras\w+)\b"
)
""" "Se precisar eu aviso" makes nothing depend on it."""

TURNED: Final = re.compile(
    r"(?<=[,.!;\n])\s*(?:quer dizer|ou melhor|melhor dizendo|digo|minto|corrigindo|mentira)\b(?=[^?]*\w)"
)
""" "Sim, quer dizer, não": what was said before it is taken back."""

CALLS_OFF: Final = r"(?:cancel|desmarc|desmarq)\w*"
SOMETHING_ELSE: Final = (
    r"(?: (?:a|o|os|as|meu|minha|um|uma|outro|outra|essa|esse))* (?:viage(?:m|ns)|compromissos?|reuni(?:ao|oes)|plano|convenio"
    r"|assinatura"
    r"|cartao|pedido|compra|boleto|cobranca|aula|voo|passagem|festa|d[ao] m(?:inha|eu))\b"
)
OF_COMING: Final = r"(?! d(?:e|a|o) (?!ir|consulta|horario|atendimento|marcar|fazer|tudo))"
MY_HOUR: Final = r" (?:o |a )?m(?:eu|inha) (?:horario|consulta)\b"
CALLING_OFF: Final = (
    ("cancelar", "cancel(?:a|e|em|o)", rf"(?!{SOMETHING_ELSE})"),
    ("desmarcar", "desmarc(?:a|o)|desmarquem?", rf"(?!{SOMETHING_ELSE})"),
    ("desistir", "desist(?:o|i|e)", OF_COMING),
    (
        "(?:re)?tirar",
        "(?:re)?tir(?:a|e|em)",
        r" (?:(?:o |a )?m(?:eu|inha) (?:nome|horario|consulta) )?d(?:a|essa|e) agenda\b",
    ),
    ("remover", "remov(?:a|e|am)", MY_HOUR),
    ("apagar", "apag(?:a|uem?)", MY_HOUR),
    ("excluir", "exclu(?:i|a|am)", MY_HOUR),
    ("liberar", "liber(?:a|e|o|em)", r" (?:o |a )?(?:m(?:eu|inha)|ess[ea]|est[ea]) (?:horario|vaga|consulta|lugar)\b"),
)
"""Every verb that gives a place up, once: its infinitive, what is said to us or of oneself, and what must follow. What cancels
and what a "não" keeps are read from it alike.
"""

TO_CALL_OFF: Final = "(?:" + "|".join(rf"{verb}\b{what}" for verb, _, what in CALLING_OFF) + ")"
ANY_CALLING_OFF: Final = "(?:" + "|".join(rf"(?:{verb}|{said})\b{what}" for verb, said, what in CALLING_OFF) + ")"
LEADS: Final = (
    r"(?:(?:me|se|mais|precisa|preciso|precisamos|quero|queria|queremos|vou|vamos|pretendo|pode|podem|posso|podemos|devo|deve"
    r"|ia|gostaria|desejo|penso|de|em|ter|tenho|que|necessario|eh|foi) )*"
)
"""What may stand between a "não" and the verb that it denies."""

UNMOVED: Final = re.compile(
    rf"\bnao {LEADS}(?:remarcar|reagendar|mudar|adiar|trocar|alterar|antecipar)(?: (?:nada|nao))*\b"
    r"|\bnao (?:remarca|remarque|reagenda|reagende|muda|mude|adia|adie)(?: (?:nada|nao))*\b"
)
UNCANCELLED: Final = re.compile(
    r"\bnao (?:vou|pretendo|quero) (?:mais )?(?:cancelar|desmarcar)(?: nao)?\b(?! (?:eh|mas))"
)
UNMOVED_AFTER: Final = re.compile(
    r"\b(?:remarc(?:a|ar|ue)|reagend(?:a|ar|e)|mud(?:a|ar|e)|adi(?:a|ar|e))(?: isso)? nao$"
)
AUXILIARY: Final = (
    r"(?:vou|vamos|vai|vao|irei|ia|iria|quero|queria|queremos|quis|precis[aoe]m?|precisamos|precisava|posso|podemos|pode|podem"
    r"|podia|pretend(?:o|ia|emos)|dev[oe]m?|deveria|gostaria|desejo|penso|pensei|pense|tenho|temos|tem|tinha|ha|era|eh preciso"
    r"|eh|foi|da|daria|(?:estou|to|estava|estamos) (?:querendo|pensando|precisando|pretendendo|a ?fim)|pedi|pediu|pedimos"
    r"|solicitei|mand[ea]i?|autorizei|autorizo|venham?|tente|invent[ae])"
)
BETWEEN: Final = (
    r"(?:(?:eu|me|te|se|mais|ainda|nem|nunca|que|de|em|para|a|ter|haver|querer|precisar|pensar|pedir|dar para|como|por ?que"
    r"|(?:o )?caso|(?:necessario|necessidade|motivo|intencao|interesse|vontade|ideia|razao)(?: nenhuma?)?) ){0,4}"
)
TOLD_THAT: Final = r"(?:(?:falei|disse|avisei|escrevi|quis dizer) que (?:eu )?)?"
NEVER: Final = r"\b(?:nao|nunca|jamais|nem|sem|ninguem)"
UNGOVERNED: Final = (
    r"(?:(?!(?:quero|queria|preciso|necessito|vou|vamos|pod\w+|posso|gostaria|desejo|da|tem|tenho|peco|pedir|solicito|venho|favor"
    r"|ir|comparecer|conseguir|estarei|esquec\w*|deix\w*|demor\w*)\b)\w+ )"
)
"""What may stand before a preposition and the verb: no wish of its own, and none of the verbs that turn a "não" about."""

KEPT: Final = re.compile(
    rf"{NEVER} (?:(?:eu|me|mais|nunca) )?{TOLD_THAT}(?:{AUXILIARY} )?{BETWEEN}{TO_CALL_OFF}"
    rf"|{NEVER} {UNGOVERNED}{{1,4}}(?:de|em|para|a) {TO_CALL_OFF}"
    rf"|{NEVER} (?:{AUXILIARY} )?(?:mais )?(?:de )?que (?:\w+ )?{ANY_CALLING_OFF}"
    rf"|\b(?:nao|nunca|jamais|ninguem) (?:me |voces? )?{ANY_CALLING_OFF}"
    rf"|\b(?:pode )?{CALLS_OFF}(?: (?:isso|ainda|a consulta|o horario))? (?:nao|jamais|nunca)(?:$| (?=que|pois|porque|eu vou))"
    rf"|(?<!\bpode )\b{ANY_CALLING_OFF} (?:nao|jamais|nunca)(?:$| (?=que|pois|porque|eu vou))"
)
""" "Não cancela" wants it kept; whether they come is still to be said. Nothing but auxiliaries may stand in between: "não estou
bem preciso cancelar" is two sentences.
"""

GIVEN_UP: Final = re.compile(
    r"\b(?:(?:(?:(?<!nao )(?:cheguei a )?pens(?:ei|ar|ava)(?: ate)? em|estava (?:pensando em|querendo|quase|para)"
    r"|tinha pensado em|quase"
    rf"|ia(?: ate)?) (?:\w+ )?(?:{CALLS_OFF}|faltar|remarcar|adiar|desistir)"
    rf"|nao (?:consigo|consegui|(?:estou|to) conseguindo) {CALLS_OFF})"
    rf"|desist(?:o|i|ir|imos) d(?:e|o|a) (?:(?:ideia|intencao|vontade) de )?(?:{CALLS_OFF}|{TO_CALL_OFF}))"
)
"""A thought that was had, or what they failed to do: not what is wanted now."""
