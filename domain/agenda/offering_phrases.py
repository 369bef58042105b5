"""How a reply says that a time is free, that it is not, that the house is open, or only asks about a time."""

from __future__ import annotations

import re
from typing import Final

from domain.agenda.assertions import THINGS
from domain.scheduling.vocabulary import NUMBERS

HAVE: Final = (
    r"\b(?:temos|tenho|ha|existem?"
    r"|(?<!voce )(?<!voce so )(?<!voce ja )(?<!voce ainda )(?<!vc )(?<!vc so )(?<!vc ja )(?<!vc ainda )(?<!ce )tem)\b"
)
FREE: Final = (
    r"\b(?:livres?|dispon\w+|desocupad\w+|vazi[oa]s?|sobr(?:a|am|ou|ando|aram)|sem ninguem"
    r"|(?:ta|tao|esta|estao|segue|continua|ficou|ficaram) (?:\w+ ){0,2}"
    r"(?:liberad[oa]s?|abert[oa]s?(?! (?:as|das|ate|de|a partir|aos?|n[ao])\b)|vag[oa]s?))\b"
    r"|\bagenda\b[^,]{0,20}? abert[oa] (?=as \d)|\b(?:vagas?|vaguinhas?)\b (?!garant)|\bvag[oa]s?$"
)
FOUND: Final = (
    r"\b(?:horarios?|vagas?|opcoes|opcao|datas?|dias?|encaixes?|(?:primeir|unic|proxim)[oa]|mais cedo)"
    r" que (?:(?:eu|ainda|me|nos|a gente) ){0,2}"
    r"(?:aparec|surg|encontr|ach|localiz|consegui|vi\b|vimos|sobr)(?!.{0,60}\b(?:seu|sua|voce)\b)"
    r"|^\W*(?:(?:ja|aqui|olha|oba|oi) )?(?:achei|encontrei|apareceu|surgiu|localizei) (?!que\b)"
    r"(?!.{0,60}\b(?:seu|sua|voce|consulta|sessao|marcad\w+|agendad\w+)\b)"
)
OFFER: Final = re.compile(rf"{HAVE}|{FREE}|{FOUND}|\bopc\w+|\bhorarios\b|\bescolh\w+|\bprefere\b")
GIVEN: Final = re.compile(rf"{HAVE}|{FREE}")
"""That a time is free, said so plainly that a question after it takes nothing back."""

WHOLE: Final = re.compile(
    r"\b(?:livres?|vag[oa]s?|vaguinhas?|desocupad\w+|vazi[oa]s?|sobrando|(?:tod[oa]|inteir[oa]|bem) abert[oa]"
    r"|(?:horarios?|agenda|tempo) (?:\w+ )?dispon\w+)\b"
)
"""Of a morning or a day as well as of an hour."""

ABLE: Final = re.compile(
    r"\b(?:consigo|consegue|conseguem|conseguimos|da (?:pra|para)|posso|podemos|pode|podem|tem como|damos conta de)"
    r" (?:te |lhe |sim |ja |ate |tambem |a gente )*(?:atender|receber|encaixar|fazer|ver (?:voce|vc)|(?<=te )ver)\b"
    r"|\b(?:arrum|arranj|ach|encontr|consig)(?:o|ei|amos) (?:\w+ ){0,3}(?:horario|vag|encaixe|brecha|espaco|janela)"
)
"""That somebody could be seen then: it is free, or theirs already."""

CHANGEABLE: Final = re.compile(
    r"\b(?:da para|tem como) (?:\w+ ){0,2}?(?:marcar|agendar|reservar|remarcar|reagendar|trocar|mudar|passar|antecipar|adiar)\b"
    r"|^\W*(?:so que )?o (?:\w+ )?mais (?:proximo|cedo)\b"
)
"""In a statement: it could be changed to that, or had then."""

UNTAKEN: Final = re.compile(
    r"\bnao (?:tem|ha|esta|ta|estao|tao|vem) (?:mais )?(?:ocupad|tomad|preenchid|reservad|lotad)[oa]s?\b"
    r"|\bnao (?:tem|ha|vem) (?:mais )?ninguem\b(?! (?:dispon|livre|para|pra|que|d|n|aqui|atend|trabalh))"
)
"""Twice denied: it is free."""

REFUSED: Final = re.compile(r"\bnao\b|\bnenhum|\bnem\b")
UNKNOWN: Final = re.compile(
    r"\b(?:ver|vejo|veja|verific\w+|confer\w+|confir\w+|chec\w+|olh\w+|sab\w+|consult\w+|procur\w+|busc\w+|pergunt\w+)"
    r" (?:\w+ ){0,3}se\b"
    r"|\b(?:se|caso|quando) (?:\w+ ){0,2}(?:tiver\w*|houver|abrir|surgir|sobrar|haja|tenha|abra|surja)\b"
    r"|\b(?:procur\w+|busc\w+) (?:\w+ ){0,2}(?:horario|vaga|tempo)"
    r"|\b(?:vou|vamos|preciso|deixa eu|deixe-me) (?:\w+ )?(?:ver|verificar|consultar|checar|conferir|olhar|buscar)"
    r" (?:\w+ ){0,3}(?:disponibilidade|agenda|horarios? (?:dispon\w+|livres?|vagos?))\b"
    rf"(?!.*(?:{HAVE}|\b(?:esta|ta|livres?|vag[oa]s?)\b))"
)
"""Whether a time is free is still to be looked up."""

YOURS: Final = re.compile(r"\b(?:voce|vc|ce|tu) (?:\w+ )?(?:tem|esta|ta|estara|estaria|fica|tera|teria)\b")
"""Whoever writes is asked whether they are free."""

OURS: Final = re.compile(r"\b(?:seu|sua|te espero|voce esta|confirmad|agendad|marcad|reservad|tudo certo)\b")
OWN_LIST: Final = re.compile(
    r"^(?!.*\b(?:livres?|dispon\w+|vagas?|opc\w+)\b).*\b(?:(?:marc|agend|reserv|confirm)ad[oa]s"
    r"|(?:seus|suas|teus|tuas) (?:\w+ )?(?:horarios|agendamentos|consultas|sessoes|compromissos|marcacoes|reservas))\b"
)
"""Above a list of what somebody has, though it speaks of "horários" as an offer would."""

CLOSED: Final = (
    r"(?:(?:estaremos|estara|fica\w*) fechad(?:[oa]s|a)|estara fechado"
    r"|estamos (?:\w+ )?fechad[oa]s(?! (?:com|para|entao))"
    r"|(?:loja|casa|salao|clinica|consultorio|recepcao) (?:\w+ ){0,2}?fech(?:ad[oa]|ou|a|ara)\b)"
)
HOUSE: Final = re.compile(
    r"\b(?:atende (?!voce\b|vc\b)\w+ (?:das|de (?:seg|ter|qua|qui|sex|sab))\w*"
    r"|(?<!te )(?<!lhe )atendemos(?! (?:voce|vc))|atende (?:as|aos?|de|das|a partir|seg|ter)"
    r"|(?:re)?abr(?:imos|iremos|e)|o expediente|funciona\w*"
    r"|fecha(?:mos)?|(?:estamos|ficamos|loja|casa|salao|clinica|consultorio) (?:\w+ )?abert[oa]s?|# (?:\w+ )?feriado|va[io] ate"
    rf"|{CLOSED}"
    r"|abert[oa]s? (?:as|das|ate|de|a partir|aos?|n[ao])|volt(?:amos|aremos)"
    r"|(?<!seu )(?<!teu )(?:primeir|ultim)[oa] (?:horario|atendimento)(?: d[oae] (?:dia|manha|tarde|noite|casa|clinica))?"
    r" (?:#|comeca|e|sai) (?:(?:as|ao?) )?\d[\d:h]*(?: horas)?\b(?=\W*$)"
    r"|antecedencia|gratuit[oa]|em ate|noss[oa]s? (?:atendimento|expediente|horario)s?|dura|duracao|custa)\b"
)
"""When the house is open, how long things take, what they cost."""

SOUGHT: Final = re.compile(
    r"\b(?:posso|podemos|poderia|podia|poderiamos|quer|queria|queres|gostaria|prefere\w*|preferencia|deseja|que tal|sugiro"
    r"|sugestao|serve|pode ser|qual|quais|consigo|consegue|conseguimos|responda|responder|seria|confirma|me confirme"
    r"|voce (?:disse|pediu|falou|quer|mencionou|escolheu|prefer\w+))\b"
    r"|\breceb(?:i|emos) (?:o )?(?:seu|teu) pedido (?:de|d[ao]|para)\b(?!.*\b(?:cert|tudo|voce|vc))"
    r"|^ *(?:se|if|caso|quando|para agendar|para marcar)\b"
)
"""A time is asked about, proposed, or only repeated."""

LOOKING: Final = (
    r"(?:ja (?:vejo|verifico|olho|confiro)|(?:vou|preciso|precisamos|deixa eu|deixe-me) (?:ver|verificar|consultar|checar"
    r"|confirmar|conferir|procurar|olhar|buscar|tentar|dar uma olhada))"
)
LOOKS: Final = re.compile(rf"\b{LOOKING}\b")
"""Somebody goes to see: what was said before it is only repeated."""

NO_CLAIM: Final = re.compile(
    rf"\b(?:{LOOKING}|verific\w+|deixa eu|deixe-me|(?:so )?1? ?(?:um )?(?:instante|momento|minutinho)"
    r"|ja sao (?:quase )?(?=\d)|ja passa(?:m|ram)? das? (?=\d)|ja passou das? (?=\d)"
    r"|preenchid\w+|ocupad\w+|indispon\w+|lotad\w+"
    r"|(?:bem|muito|super|meio) (?:chei|corrid|apertad|concorrid)[oa]"
    r"|agenda (?:\w+ ){0,4}(?:chei|complet)[oa](?!.*(?:\d|voce|seu|sua))"
    r"|(?:nao|nunca) cheg(?:ou|aram) a"
    r"|nao (?:temos|ha|tem|tenho|consig\w+|conseg\w+|e|foi|esta|estao|da|podemos|posso|atend\w+|abr\w+|funciona"
    r"|existe|encontr\w+|consta|(?:vi|vimos|vejo|acho|achei|localiz\w+) (?:nenhum\w*|nada|outr\w+)))\b"
)
"""Nothing is told of a time, or that it cannot be had."""

NOT_SEEN: Final = re.compile(
    r"\b(?:lig|retorn|avis|respond|mand|envi)(?:o|a|e|ue|am|em|amos|emos|ar|er)\b|\b(?:cham|fal)(?:o|ar|amos)\b"
    r"|\b(?:tom(?:ar|e|a)|beb(?:er|a)|com(?:er|a)) (?!(?:a |uma )?(?:vacina|injecao))"
    r"|\bpag\w+ (?:\w+ ){0,4}ate\b"
)
"""What is done at an hour at which nobody is seen: a call, an answer, a medicine."""

SEEN: Final = re.compile(rf"{THINGS.pattern}|\b(?:vir|vem|venha|chegue|aparec[ae]|atend\w+|receb\w+|encaix\w+)\b")
"""That somebody is seen, whatever else is done then."""

COUNT: Final = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)}|meia)"
LENGTH: Final = re.compile(
    rf"(?<!\bas )(?<!\ba )\b{COUNT} ?(?:horas?|hrs?|hs?)"
    r" (?:antes\b|(?:de|com) (?:antecedencia|duracao|sessao|atras\w*|tolerancia|carro|viagem|jejum)\b|d[eo] (?:seu|teu) dia\b"
    r"|por (?:dia|sessao|semana)\b)"
    r"|\b(?:dura\w*|leva\w*|demora\w*|cada|em ate|pelo menos"
    r"|(?:cerca|torno|mais|menos|minimo|maximo|jejum|tolerancia|atraso|intervalo|repouso|sessao|sessoes|prazo) de)"
    rf" {COUNT} ?(?:horas?|hrs?|hs?)\b"
    r"|\b(?:umas?|uns) (?:[1-6]|uma|duas|tres|quatro|cinco|seis) ?(?:horas?|hrs?|hs?)\b"
    r"|(?<!\bas )\b(?:24|48|72) ?(?:horas?|hs?)\b"
    r"|\bum (?:a (?:tarde|noite)|de manha)\b"
    rf"|(?<!\bem )(?<!\bdaqui a )(?<!\be )\b{COUNT} ?(?:minut\w+|min)\b(?: antes\b)?"
)
"""How long something takes, or how long before: no hour of the day."""

LISTED: Final = re.compile(r"(?<!entre )(?P<one>\b\d{1,2}(?:h\d{0,2}|:\d\d)) e (?=(?:as )?\d{1,2}(?:h|:\d\d))")
"""Two hours that a secretary tells in one breath are two, not a stretch."""
