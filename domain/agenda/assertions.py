"""How Portuguese asserts, denies, supposes, offers and asks: the phrases by which a reply's claims are found.

Read in plain text without accents, where "#" stands for "é". When in doubt a phrase asserts: a lie that leaves is worse
than an honest sentence written anew.
"""

from __future__ import annotations

import re
from typing import Final

SENTENCE: Final = re.compile(r"(?:[^.!?\n;]|[.](?=\d)|(?<=\b[Dd]r)[.]|(?<=\b[Dd]ra)[.])+[.!?]*")
BULLET: Final = re.compile(r"\s*(?:[-–•*▪]|\d{1,2}\s*[).:\-–]|[a-h]\)|\d\ufe0f?\u20e3|[🔹🔸👉])")
TAG: Final = re.compile(
    r",? *\b(?:ok|okay|tudo bem|certo|combinado|ta|ta bom|esta bem|beleza|viu|blz|pode ser|ne|nao e|sim|entendeu)[ ?!]*$"
)
COMMA: Final = re.compile(r",(?!\d)|\bmas\b|\bporem\b|:(?!\d)| [-–] ")
HANDED: Final = r"(?:agend|confirm|reserv|encaix|efetiv|firm)"
KEPT: Final = r"(?:anot|registr|separ|deix|bloque|salv|garant|fech(?!amos (?:aos?|nos|as|para|de|em) )|prend|guard)"
ENDINGS: Final = r"(?:ei|amos|ou|aram|i|imos|iu|iram)"
DONE: Final = re.compile(
    rf"\b(?:pre)?{HANDED}{ENDINGS}\b|\bmarquei|\bmarc(?:amos|ou|aram)\b|\b(?:pre)?{HANDED}ad(?:o|a|os|as|issim[oa])\b"
    r"|\bmarcad(?:[oa]s?|issim[oa]|inh[oa])\b|\bgarantid[oa]s?\b|\bacab(?:ei|o|amos) de (?:te |lhe )?\w+r\b"
    r"|\bconsegui(?:mos)? (?:te |lhe |o |a |um |uma )?(?:encaix|marc|agend|reserv|confirm|vaga|horario)"
    r"|\b(?:agendamento|reserva|marcacao|consulta|sessao|booking|encaixe)\b[^,]{0,24}?\b(?:feit|efetuad|realizad|concluid|registrad"
    r"|efetivad|finalizad|pront|complet|criad|ativ)[oa]s?\b|\b(?:fiz|efetu\w+|realiz\w+|finaliz\w+|conclu\w+"
    r"|complet\w+) (?:o |a |seu |sua |teu |tua )*(?:agendamento|reserva|marcacao|encaixe)"
    r"|\b(?:agendamento|reserva|marcacao)\b[^,]{0,24}?\bsucesso\b|\bde pe\b"
    r"|\b(?:seu|sua|teu|tua) (?:consulta|horario|atendimento|agendamento|reserva|sessao|retorno|vaga"
    r"|lugar)(?: de \w+)? (?:ja |agora )?"
    r"(?:esta|ta|foi|ficou|#|virou)\b(?! (?:\w+ )?(?:cancel|desmarc|remarc|reagend|transfer|mud|alter|adi|antecip"
    r"|troc|dispon|livre|feito por|quando|qual|nao))"
    r"|\b(?:esta|ta|entrou|consta|voce|vc|coloquei|pus|bot[ea]i|inclui|nome|horario"
    r"|consulta)\b[^,]{0,24}?\bn[ao] (?:\w+ )?(?:agenda|lista)\b"
    r"|\bconsta\b|\b(?:voce|vc) (?:ja )?tem (?:1|um|uma|sim|o|a)? ?(?:consulta|agendamento|horario|sessao|reserva"
    r"|retorno|atendimento)\b"
    r"|\b(?:temos|tenho) (?:voce|vc)\b|\b(?:seu|sua) (?:consulta|horario|atendimento|agendamento|reserva|sessao|retorno|vaga)"
    r" (?:segue|continua|permanece|esta de pe|vale)\b"
)
DONE_WITH_A_TIME: Final = re.compile(
    rf"\b{KEPT}{ENDINGS}\b|\b{KEPT}(?:ad|id)[oa]s?\b|\bcoloquei|\bcoloc(?:amos|ou|ad[oa])|\binclu(?:i|imos|iu|id[oa])\b|\bpus\b"
    r"|\bfic(?:ou|amos|a|ara|aram)\b(?! (?:melhor|bo[am]|otimo|aberto|a seu|em|dispon|livre|perto|proximo|localizad|faltando))"
)
HOUSE_HOURS: Final = re.compile(
    r"\b(?:noss[oa]s? horarios?|horarios? d[aeo] (?:atendimento|funcionamento|clinica|loja|casa|salao|consultorio|equipe)"
    r"|horarios? (?:normal|comercial|especial)(?: de \w+)?)\b"
)
"""When the house is open: nobody's appointment."""
SOMETHING_ELSE: Final = re.compile(
    r"\b(?:numero|telefone|celular|whatsapp|endereco|cadastro|dados|nome|e-?mail|convenio|plano|senha|assunto|ideia"
    r"|cidade|casa|roupa)\b"
)
"""What people change besides their appointments."""
THINGS: Final = re.compile(
    r"\b(?:horario|vaga|consulta|sessao|agendamento|reserva|agenda|atendimento|compromisso|encaixe|retorno|visita|vinda|presenca)s?\b"
)
MOVED: Final = re.compile(
    rf"\bre(?:agend|program|aloc){ENDINGS}\b|\bremarquei|\bremarc(?:amos|ou|aram|ad[oa]s?)\b|\bre(?:agend|program|aloc)ad[oa]s?\b"
    r"|\btransfer(?:i|imos|iu|id[oa]s?)\b|\b(?:mud|alter|adi|antecip|posterg|prorrog|realoc)(?:ei|amos|ou|ad[oa]s?)\b"
    r"|\btroquei|\btroc(?:amos|ou|ad[oa]s?)\b|\bpass(?:ei|amos|ou|ad[oa]) (?:\w+ ){0,4}para\b|\bnov[oa] (?:horario"
    r"|data|dia)\b(?= ?(?:e\b|eh|#|:|fic|sera|esta|,|\d|as))"
    r"|\b(?:remarcacao|mudanca|alteracao|troca)\b[^,]{0,20}?\b(?:feit|efetuad|realizad|concluid|confirmad|pront)[oa]\b"
)
CANCELLED: Final = re.compile(
    r"\bnao (?:vai|ira) mais (?:acontecer|ocorrer|ter|ser)\b|\bd(?:ei|emos) baixa\b|\bnao precisa(?: mais)? vir\b"
    r"|\b(?:horario|consulta|vaga|sessao|reserva)\b[^,]{0,24}?\b(?:liberad|removid|excluid|apagad|retirad|dad)[oa]s?\b|"
    r"\bcancel(?:ei|amos|ou|aram|ad[oa]s?|adinh[oa])\b|\bdesmarquei|\bdesmarc(?:amos|ou|aram|ad[oa]s?)\b"
    r"|\bcancelamento\b[^,]{0,24}?\b(?:feit|efetuad|realizad|concluid|confirmad|processad|pront|registrad)[oa]\b"
    r"|\b(?:tirei|removi|exclui|apaguei|retirei|liberei)\b[^,]{0,30}?\b(?:agenda|consulta|horario|agendamento|reserva|sessao)\b"
)
BETWEEN: Final = (
    r"(?:foi|fui|foram|esta|estao|estava|ficou|consegu\w+|pude\w*|podemos|posso|tenho|tem|temos|ha|houve|encontr\w+|consta\w*|vi|vejo"
    r"|localiz\w+|achei|existe|me|te|lhe|o|a|os|as|ainda|mais|possivel|sua|seu|nenhum\w*|um|uma|voce|vc|consulta|horario|agendamento"
    r"|compromisso|nada|de|em|ter|ser|sido|havia|tinha|pedido|cancelamento|reserva|sessao|aqui|nome|no|na|agenda|#)"
)
DENIED: Final = re.compile(
    rf"\b(?:nao|nunca|nada|nenhum\w*|ninguem|jamais|falta)(?: {BETWEEN})* *$|\bsem (?:hora|horario|consulta) *$"
)
DENIED_AT_ALL: Final = re.compile(r"\bnao (?:consegu|foi|pud|pode|temos|tem|ha|esta)")
UNSURE: Final = re.compile(r" (?:nao|pode|podem|deve|sera|#|ainda) ")
SUPPOSED: Final = re.compile(
    r"\b(?:se (?!preocup)|caso|quando|assim que|depois que|depois de|logo que|uma vez|apos|antes de|a ser|sera|serao"
    r"|vai ser|ser|posso|podemos"
    r"|quer|querem|gostaria|deseja|prefere|devo|com hora|com horario|voce (?:disse|pediu|falou)|precis\w+"
    r"|aguard\w+ (?:ser|estar)|para ficar)"
)
PROMISED: Final = re.compile(r"\b(?:fica|ficara|deixo|deixamos|estara|e|eh|#)(?: (?:ja|tudo|voce|seu|horario|o|a))* *$")
ON_CONDITION: Final = re.compile(
    r"\b(?:se|caso|assim que|depois que|logo que|quando|apos|mediante|basta|so)\b.{0,30}(?:confirm|pag|respond|envi"
    r"|escolh|quiser|prefer|puder)"
    r"|^confirmando\b|\bpor aqui\b|\bpelo (?:site|app|whatsapp|aplicativo)\b"
)
DONE_SOMEHOW: Final = re.compile(
    r"\b\w{2,}(?:ei|ou|amos|imos|aram|eram|iram|iu|eu|ado|ada|ados|adas|ido|ida|idos"
    r"|idas)\b|\bfeit[oa]s?\b|\bsaiu\b|\bok\b|\bdeu (?:tudo )?certo\b"
)
"""A verb that looks back, whichever it is."""

HARMLESS: Final = re.compile(
    r"\b(?:recebemos|verifi\w+|consult(?:ei|ando|amos|ou)|procur\w+|olhei|cheque\w+|pergunt\w+|pedi(?:do|dos|u)?|falou|envi\w+|mand\w+|obrigad[oa]"
    r"|cuidado|ajudei|meu|seu|teu|estou|vou|sou|dou|gost\w+|lad[oa]|cad[ao]|entendid[oa]|sabad[oa]|deu (?!tudo|certo)|feriad[oa]"
    r"|med[io]c\w+|# feit[oa]|nad[ao]"
    r"|oferecemos|trabalhamos|realizamos|fazemos|aceitamos|temos|precisamos|podemos|queremos|gostariamos|vamos"
    r"|estamos|somos|ficamos|pedimos)\b|# feit[oa]"
)
"""What only looks like one, or did nothing to an appointment."""

NO_OFFER: Final = re.compile(r"\bnao\b|\bnenhum")
EXPECTED: Final = re.compile(
    r"\b(?:(?:te|lhe|o|a|por voce|voce|vc) (?:esper|aguard)(?:o|a|ar|amos|ando|arei|aremos|am)\b|(?:esper|aguard)(?:o"
    r"|amos|ando)(?: por)? (?:voce|vc"
    r"|te)\b|(?:nos|a gente se) ve\w*"
    r"|te vejo|vejo voce|vemo-nos|ate la\b|esper(?:amos|o) por)"
)
OFFER: Final = re.compile(
    r"\b(?:temos|tenho|ha|existem?|sobr\w+|(?<!voce )(?<!vc )tem)\b|\blivres?\b|\bdispon\w+|\bvagas? (?!garant)"
    r"|\bopc\w+|\bhorarios\b|\bescolh\w+|\bprefere\b"
)
OURS: Final = re.compile(r"\b(?:seu|sua|te espero|voce esta|confirmad|agendad|marcad|reservad|tudo certo)\b")
NO_CLAIM: Final = re.compile(
    r"\b(?:posso|podemos|poderia|podia|poderiamos|quer|queria|queres|gostaria|prefere\w*|preferencia|deseja|que tal"
    r"|sugiro|sugestao|serve|pode ser"
    r"|qual|quais|consigo|consegue|conseguimos|escolh\w+|opc\w+|dispon\w+|livres?|vagas?|atendemos|atendimento de"
    r"|atende (?:as|aos?|de|das|a partir|seg|ter)"
    r"|abr(?:imos|e)|funciona\w*|fecha(?:mos)?|abert[oa]s?|volt(?:amos|aremos)"
    r"|antecedencia|responda|responder|seria|confirma|me confirme"
    r"|verific\w+|dura|duracao|custa"
    r"|vou (?:ver|verificar|consultar|checar|confirmar|procurar|olhar|buscar|tentar)|voce (?:disse|pediu|falou|quer"
    r"|mencionou|escolheu|prefer\w+)"
    r"|preenchid\w+|ocupad\w+|indispon\w+"
    r"|nao (?:temos|ha|tem|tenho|consig\w+|conseg\w+|e|foi|esta|estao|da|podemos|posso|atend\w+|abr\w+|funciona"
    r"|existe|encontr\w+|consta))\b"
    r"|^ *(?:se|caso|quando|para agendar|para marcar)\b|\b(?:temos|tenho|ha|(?<!voce )(?<!vc )tem)\b(?! (?:voce|vc))"
)


GOODBYE: Final = re.compile(
    r"(?i)\bat[eé] (?=(?:(?:a|o) )?(?:pr[oó]xim|amanh|hoje|depois|segunda|ter[cç]|quarta|quinta|sexta|s[aá]bado|domingo|dia|\d))"
)
"""An "até terça" says when they meet, not until when; where it does mean that, it claims nothing."""

AND: Final = re.compile(rf"{COMMA.pattern}|\be\b(?! assim por diante)")
WAITING_LIST: Final = re.compile(r"\b(?:lista|fila)s? de espera\b")
PUT_ON: Final = re.compile(
    r"\b(?:coloquei|coloc(?:amos|ou|ad[oa]|o|ando|ar)|pus|pusemos|bot(?:ei|amos|o)|inclu(?:i|imos|id[oa]|o|indo|ir)"
    r"|adicion(?:ei|amos|ad[oa]|o|ar)|inser(?:i|imos|id[oa]|ir)|inscrev(?:i|emos|o|er)|inscrit[oa]|cadastr(?:ei|amos|ad[oa])"
    r"|(?:anot|registr|deix)(?:ei|amos|ad[oa]|o)|esta|ta|entrou|ficou|fica|continua|segue|nome|voce|vc|tudo certo|pronto)\b"
    r"(?:(?!\bnao\b)[^,.?]){0,60}?\bn(?:a|essa|esta|ossa) (?:\w+ )?(?:lista|fila)s? de espera\b"
)
TAKEN_OFF: Final = re.compile(
    r"\b(?:(?:tir|remov|retir|exclu)(?:ei|i|amos|emos|imos|ad[oa]|id[oa])|sai(?:u|ram)|nao (?:esta|consta|ficou) mais)\b"
    r"[^,.?]{0,60}?\b(?:d|n)a (?:\w+ )?(?:lista|fila)s? de espera\b"
)
OPENS: Final = (
    r"(?:abr(?:ir|e|iu|indo)|surg(?:ir|e|indo)|aparec(?:er|e|endo)|vag(?:ar|ue)|liber(?:ar|e|ad[oa]|ando)|desist\w+"
    r"|desmarc(?:ar|ue))"
)
TELLS: Final = (
    r"(?:avis(?:o|amos|arei|aremos)|(?:vou|vamos) (?:te |lhe )?avisar|(?:sera|vai ser) avisad[oa]"
    r"|entr(?:o|amos|arei) em contato)"
)
ON_A_PLACE: Final = re.compile(
    rf"\b{TELLS}\b[^.?]{{0,60}}?\b(?:se|quando|caso|assim que|logo que)\b[^.?]{{0,30}}?\b{OPENS}\b"
    rf"|\b(?:se|quando|caso|assim que|logo que)\b[^.?]{{0,30}}?\b{OPENS}\b[^.?]{{0,60}}?\b{TELLS}\b"
)
"""A promise to tell of a free time is kept by the waiting list alone."""
WAITING_OFFERED: Final = re.compile(
    r"\b(?:posso|podemos|poderia|quer|queira|quiser|gostaria|deseja|desejar|prefere|preferir|que tal|caso queira|basta"
    r"|so me dizer"
    r"|se voce|nao consegui\w*|nao foi possivel|nao pude\w*)\b"
)
