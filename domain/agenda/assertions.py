"""How Portuguese asserts, denies, supposes, offers and asks: the phrases by which a reply's claims are found.

Read in plain text without accents, where "#" stands for "é". When in doubt a phrase asserts: a lie that leaves is worse
than an honest sentence written anew.
"""

from __future__ import annotations

import re
from typing import Final

from domain.scheduling.vocabulary import NUMBERS

SENTENCE: Final = re.compile(r"(?:[^.!?\n;]|[.](?=\d)|(?<=\b[Dd]r)[.]|(?<=\b[Dd]ra)[.])+[.!?]*")
BULLET: Final = re.compile(r"\s*(?:[-–•*▪]|\d{1,2}\s*[).:\-–]|[a-h]\)|\d\ufe0f?\u20e3|[🔹🔸👉])")
TAG: Final = re.compile(
    r",? *\b(?:ok|okay|tudo bem|certo|combinado|ta|ta bom|ta bem|ta certo|esta bem|certinho|perfeito|fechado|beleza|viu|blz"
    r"|pode ser|ne|nao e|sim|entendeu)[ ?!]*$"
)
ASSURED: Final = re.compile(r"\bviu\W*$")
"""No question, though it is written like one."""

COMMA: Final = re.compile(r",(?!\d)|\bmas\b|\bporem\b|:(?!\d)| [-–] ")
HANDED: Final = r"(?:agend|confirm|reserv|encaix|efetiv|firm)"
KEPT: Final = r"(?:anot|registr|separ|deix|bloque|salv|garant|fech(?!amos (?:aos?|nos|as|para|de|em) )|prend|guard)"
ENDINGS: Final = r"(?:ei|amos|ou|aram|i|imos|iu|iram)"
DONE: Final = re.compile(
    rf"\b(?:pre)?{HANDED}{ENDINGS}\b|\bmarquei|\bmarc(?:amos|ou|aram)\b|\b(?:pre)?{HANDED}ad(?:o|a|os|as|issim[oa])\b"
    r"|\bmarcad(?:[oa]s?|issim[oa]|inh[oa])\b|\bgarantid[oa]s?\b|\bacab(?:ei|o|amos) de (?:te |lhe )?\w+r\b"
    r"|\bconsegui(?:mos)? (?:te |lhe |o |a |um |uma )?(?:encaix|marc|agend|reserv|confirm|vaga|horario)"
    r"|\b(?:agendamento|reserva|marcacao|consulta|sessao|booking|encaixe)\b[^,]{0,24}?\b(?:feit|efetuad|realizad|concluid"
    r"|registrad"
    r"|efetivad|finalizad|pront|complet|criad|ativ)[oa]s?\b|\b(?:fiz|efetu\w+|realiz\w+|finaliz\w+|conclu\w+"
    r"|complet\w+) (?:o |a |seu |sua |teu |tua )*(?:agendamento|reserva|marcacao|encaixe)"
    r"|\b(?:agendamento|reserva|marcacao)\b[^,]{0,24}?\bsucesso\b|\bde pe\b"
    r"|\b(?:seu|sua|teu|tua) (?:consulta|horario|atendimento|agendamento|reserva|sessao|retorno|vaga"
    r"|lugar)(?: de \w+)? (?:ja |agora )?"
    r"(?:(?:esta|ta|foi|ficou|virou)\b|#)(?! (?:\w+ )?(?:cancel|desmarc|remarc|reagend|transfer|mud|alter|adi|antecip"
    r"|troc|dispon|livre|feito por|quando|qual|nao))"
    r"|\b(?:esta|ta|entrou|consta|voce|vc|coloquei|pus|bot[ea]i|inclui|nome|horario"
    r"|consulta)\b[^,]{0,24}?\bn[ao] (?:\w+ )?(?:agenda|lista)\b"
    r"|\b(?:nome|voce|vc)\b[^,]{0,24}?\bn[ao] (?:relacao|grade|programacao|escala|fila)(?! de espera)\b"
    r"|\b(?:coloquei|botei|pus|joguei|puxei|inseri|lancei|inclui|adicionei|encaixei) (?:\w+ )?(?:voce|vc)\b(?!.*(?:espera"
    r"|contato))"
    r"|\b(?:te|lhe) (?:coloquei|botei|pus|joguei|puxei|inseri|inclui|adicionei|encaixei|marquei)\b(?!.*(?:espera|contato))"
    r"|\b(?:vaga|horario|lugar|hora|cadeira|espaco)\b[^,]{0,32}? (?:#|sao|sera|ficou|ja #) (?:tod[oa] )?(?:seu|sua|teu|tua)s?\b"
    r"|\b(?:pode|podes) (?:ja )?(?:considerar|dar como|contar como) (?:marcad|agendad|confirmad|garantid|cert)[oa]\b"
    r"|\bconsta\b|\b(?:voce|vc) (?:ja )?tem (?:1|um|uma|sim|o|a)? ?(?:consulta|agendamento|horario|sessao|reserva"
    r"|retorno|atendimento)\b"
    r"|\b(?:temos|tenho) (?:voce|vc)\b|\b(?:seu|sua) (?:consulta|horario|atendimento|agendamento|reserva|sessao|retorno|vaga)"
    r" (?:segue|continua|permanece|esta de pe|vale)\b"
)
DONE_WITH_A_TIME: Final = re.compile(
    rf"\b{KEPT}{ENDINGS}\b|\b{KEPT}(?:ad|id)[oa]s?\b|\bcoloquei|\bcoloc(?:amos|ou|ad[oa])|\binclu(?:i|imos|iu|id[oa])\b|\bpus\b"
    r"|\bfic(?:ou|amos|a|ara|aram)\b(?! (?:melhor|bo[am]|otimo|pront|aberto|a seu|em|dispon|livre|perto|proximo|localizad"
    r"|faltando))"
)
HOUSE_HOURS: Final = re.compile(
    r"\b(?:noss[oa]s? horarios?|horarios? d[aeo] (?:atendimento|funcionamento|clinica|loja|casa|salao|consultorio|equipe)"
    r"|horarios? (?:normal|comercial|especial)(?: de \w+)?)\b"
)
"""When the house is open: nobody's appointment."""
SOMETHING_ELSE: Final = re.compile(
    r"\b(?:numero|telefone|celular|whatsapp|endereco|cadastro|dados|nome|e-?mail|convenio|plano|senha|assunto|ideia"
    r"|cidade|casa|roupa|recado|mensagem|pergunta|duvida)\b"
)
"""What people change besides their appointments."""
THINGS: Final = re.compile(
    r"\b(?:horario|vaga|consulta|sessao|agendamento|reserva|agenda|atendimento|compromisso|encaixe|(?<!te )(?<!lhe )retorno"
    r"|visita|vinda"
    r"|presenca)s?\b"
)
CANCELLED_WITH_A_TIME: Final = re.compile(
    r"\bliber(?:ei|amos|ad[oa])\b|\btir(?:ei|amos) (?:voce|vc)\b|\bte tir(?:ei|amos)\b|\b(?:suspend|anul|abort)(?:i|ei|emos"
    r"|amos|id[oa]|ad[oa])\b"
    r"|\bsuspens[oa]\b|\bnao (?:existe|vale|tem validade|conta|esta) mais\b|\bdeixou de (?:existir|valer)\b"
    r"|\bnao precisa (?:mais )?se preocupar com\b|\b(?:esqueca|pode esquecer)\b|\bsem efeito\b"
)
MOVED: Final = re.compile(
    rf"\bre(?:agend|program|aloc){ENDINGS}\b|\bremarquei|\bremarc(?:amos|ou|aram|ad[oa]s?)\b|\bre(?:agend|program"
    rf"|aloc)ad[oa]s?\b"
    r"|\btransfer(?:i|imos|iu|id[oa]s?)\b|\b(?:mud|alter|adi|antecip|posterg|prorrog|realoc)(?:ei|amos|ou|ad[oa]s?)\b"
    r"|\btroquei|\btroc(?:amos|ou|ad[oa]s?)\b|\bpass(?:ei|amos|ou|ad[oa]) (?:\w+ ){0,4}para\b|\bnov[oa] (?:horario"
    r"|data|dia)\b(?= ?(?:e\b|eh|#|:|fic|sera|esta|,|\d|as))"
    r"|\b(?:remarcacao|mudanca|alteracao|troca)\b[^,]{0,20}?\b(?:feit|efetuad|realizad|concluid|confirmad|pront)[oa]\b"
)
CANCELLED: Final = re.compile(
    r"\bnao (?:vai|ira) mais (?:acontecer|ocorrer|ter|ser)\b|\bd(?:ei|emos) baixa\b|\bnao precisa(?: mais)? vir\b"
    r"|\b(?:horario|consulta|vaga|sessao|reserva)\b[^,]{0,24}?\b(?:liberad|removid|excluid|apagad|retirad|dad)[oa]s?\b|"
    r"\b(?:consulta|sessao|horario|vaga|agendamento|reserva)\b[^,]{0,24}?\bcaiu\b|\bcancel(?:ei|amos|ou|aram|ad[oa]s?"
    r"|adinh[oa])\b|\bdesmarquei|\bdesmarc(?:amos|ou|aram|ad[oa]s?)\b"
    r"|\bcancelamento\b[^,]{0,24}?\b(?:feit|efetuad|realizad|concluid|confirmad|processad|pront|registrad)[oa]\b"
    r"|\b(?:tirei|removi|exclui|apaguei|retirei|liberei)\b[^,]{0,30}?\b(?:agenda|sistema|consulta|horario|agendamento"
    r"|reserva|sessao)\b"
)
BETWEEN: Final = (
    r"(?:foi|fui|foram|esta|estao|estava|ficou|consegu\w+|pude\w*|podemos|posso|tenho|tem|temos|ha|houve|encontr\w+"
    r"|consta\w*|vi|vejo"
    r"|localiz\w+|achei|existe|me|te|lhe|o|a|os|as|ainda|mais|possivel|sua|seu|nenhum\w*|um|uma|voce|vc|consulta|horario"
    r"|agendamento"
    r"|compromisso|nada|de|em|ter|ser|sido|havia|tinha|pedido|cancelamento|reserva|sessao|aqui|nome|no|na|agenda|#)"
)
DENIED: Final = re.compile(
    rf"\b(?:nao|nunca|nada|nenhum\w*|ninguem|jamais|falta)(?: {BETWEEN})* *$|\bsem (?:hora|horario|consulta) *$"
)
DENIED_AT_ALL: Final = re.compile(r"\bnao (?:consegu|foi|pud|pode|temos|tem|ha|esta)")
UNSURE: Final = re.compile(r" (?:nao|pode|podem|deve|sera|#(?! (?:tod[oa] )?(?:seu|sua|teu|tua)s?$)|ainda) ")
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
    r"\b(?:recebemos|verifi\w+|consult(?:ei|ando|amos|ou)|procur\w+|olhei|cheque\w+|pergunt\w+|pedi(?:do|dos|u)?|falou"
    r"|envi\w+|mand\w+|obrigad[oa]"
    r"|cuidado|ajudei|meu|seu|teu|estou|vou|sou|dou|gost\w+|lad[oa]|cad[ao]|entendid[oa]|sabad[oa]|deu (?!tudo|certo)"
    r"|feriad[oa]"
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
WELCOMED: Final = re.compile(
    r"\b(?:te|lhe|por voce) (?:esper|aguard)(?:o|amos)\b|\b(?:esper|aguard)(?:o|amos|ando)(?: por)? (?:voce|vc)\b"
    r"(?! (?:me|nos|escolh|confirm|diz|decid|envi|mand|respond|volt|falar|avis|ver|pens|para [a-z]+r\b))"
    r"|\b(?:nos vemos|nos veremos|a gente se ve|te vejo|vejo voce|vemo-nos)\b"
)
"""Who is awaited without a day was told it before."""

SOME_DAY: Final = re.compile(
    r"\b(?:em breve|logo|por ai|sempre|qualquer (?:dia|hora)|quando|se|resposta|retorno|contato|visita\w*|novamente|de volta)\b"
)
COMING: Final = re.compile(
    r"\bque (?:voce|vc|tu) (?:ja |mesmo )?(?:vem|vens|vai vir|vira|vai estar|estara|chega)\b(?! de\b)|\bsua (?:chegada|ida"
    r"|vinda)\b"
    r"|(?:\ba|#) (?:sua|tua) espera\b|\b(?:chegue|chega|venha|apareca)\b[^,]{0,30}\bminut\w+ (?:antes|de antecedencia)\b"
    r"|(?:\b(?:pode vir|venha|chegue|apareca)|(?:\be|#) so (?:vir|chegar|aparecer))\b[^,]{0,24}"
    r"\b(?:no|na) (?:horario|hora|dia)(?: (?:marcad|combinad|cert)[oa])?\b"
)
"""That somebody comes is told of, whatever the day."""

SETTLED: Final = re.compile(
    r"\btudo (?:ja )?(?:\w+ )?(?:cert\w*|acertad\w|acordad\w|resolvid\w|combinad\w|no esquema|ok|pront\w+|encaminhad\w"
    r"|arranjad\w|arrumad\w)\b"
    r"|\b(?:acertad|combinad|fechad|decidid|definid|ajeitad|arranjad|acordad|resolvid)(?:[oa]s?|issim[oa]|inh[oa])\b|\bfechou\b"
    r"|\b(?:voce|vc|contigo|com voce|te)\b|(?:\b(?:pode (?:vir|aparecer)|venha)|(?:\be|#) so (?:vir|chegar|aparecer))\b"
    r"|[✅✔☑🗓📅📆🎉🥳👍👌🙌🤝]"
)
"""Beside a day: that it is agreed, or that it is yours."""

OUR_ANSWER: Final = re.compile(
    r"\b(?:retorn|respond|avis|lig|cham|mand|envi|inform|contat|escrev|passo|volt|dig|diz|procur|confir|verific|olh|vej)\w*\b"
    r"|\b(?:fal(?:o|ar|amos|arei)|consult(?:o|ar|ando)|ver)\b"
    r"|\bprecis\w+|\bprazo\b|\bate\b|\bpag\w+|\bganh\w+|\bdesconto|\bpromo\w+|\b(?:voce|vc) recebe\b|\bresultado|\bexame"
    r"|\bcoment\w+|\bpergunt\w+|\bordem de chegada\b|\bqualquer\b|\bentend\w+|\bdeix[ae]\b"
    r"|\bmoment\w+|\binstante"
    r"|\bimagin\w+|\bsei que\b|\bquer\w*|\bprefer\w*|\bgosta\w*|\besper\w+|\bfech\w+ (?:aos?|as|no|na)\b"
)
"""What we do for somebody on a day, short of seeing them."""

WISHED: Final = re.compile(
    r" (?:aqui )?(?:que|a) (?:(?:voce|vc) )?(?:sua )?(?:prefer|quer|gost|precis|tem|pediu|deseja|pode|consegue|so |duvida"
    r"|observ)"
)
PERFORMED: Final = re.compile(
    r"\W*(?:(?:ja|ta|esta|tudo|muito bem|perfeito|show|oba|opa|certo|sim|claro|e|ai|agora|maravilha|otimo)\W+){0,3}"
    r"(?:pront(?:o|inho|issimo)|feit(?:o|inho)|resolvid(?:o|inho)|fechad(?:o|inho|issimo)|combinadissimo|confirmadissimo"
    r"|(?:ta|esta) na mao"
    r"|missao cumprida|ta feito|deu (?:tudo )?certo|tudo (?:certo|resolvido|pronto|feito|encaminhado|certinho) (?:agora"
    r"|por aqui|entao|pra voce|para voce)"
    r"|ta tudo (?:certo|resolvido|pronto|certinho)|esta tudo (?:certo|resolvido|pronto|certinho))\W*"
)
"""A word that says it is done, and nothing of what."""

CLOSING: Final = re.compile(
    r"^\W*$|\bqualquer (?:coisa|duvida)\b|\bse precisar\b|\bprecisando\b|\b(?:me|nos) (?:chama|chame|avisa|avise)\b"
    r"|\bobrigad[oa]\b|\bde nada\b"
    r"|\bpor nada\b|\bbo[am] (?:dia|tarde|noite|semana)\b|\botim[oa] (?:dia|tarde|noite|semana)\b|\bate (?:logo|mais|breve"
    r"|la)\b|\bbeijos?\b"
    r"|\babracos?\b|\bfico (?:a disposicao|feliz)\b|\bestou (?:aqui|a disposicao)\b|\b(?:oi|ola|perfeito|show|oba|opa|certo"
    r"|claro|sim|maravilha|otimo)\W*$"
)
"""What is said around it."""

IS: Final = re.compile(r"(?i)\bé\b")
INSTANT: Final = re.compile(
    rf"\d|\bh?ora\w*|\bmei[oa]\b|\bagora\b|\bja\b|\bminut|\binstante\b|\bmomento\b|\buma (?:d[ae]|e|em)\b|\ba(?:s|) uma\b"
    rf"|\b(?:{'|'.join(word for word in NUMBERS if word not in ('um', 'uma', 'zero'))})\b"
)
"""Without one of these no hour is told."""


OFFER: Final = re.compile(
    r"\b(?:temos|tenho|ha|existem?|sobr\w+|(?<!voce )(?<!vc )tem)\b|\blivres?\b|\bdispon\w+|\bvagas? (?!garant)"
    r"|\bopc\w+|\bhorarios\b|\bescolh\w+|\bprefere\b"
)
OURS: Final = re.compile(r"\b(?:seu|sua|te espero|voce esta|confirmad|agendad|marcad|reservad|tudo certo)\b")
OWN_LIST: Final = re.compile(
    r"^(?!.*\b(?:livres?|dispon\w+|vagas?|opc\w+)\b).*\b(?:(?:marc|agend|reserv|confirm)ad[oa]s"
    r"|(?:seus|suas|teus|tuas) (?:\w+ )?(?:horarios|agendamentos|consultas|sessoes|compromissos|marcacoes|reservas))\b"
)
"""Above a list of what somebody has, though it speaks of "horários" as an offer would."""

NO_CLAIM: Final = re.compile(
    r"\b(?:posso|podemos|poderia|podia|poderiamos|quer|queria|queres|gostaria|prefere\w*|preferencia|deseja|que tal"
    r"|sugiro|sugestao|serve|pode ser"
    r"|qual|quais|consigo|consegue|conseguimos|escolh\w+|opc\w+|dispon\w+|livres?|vagas?|atendemos|atendimento de"
    r"|atende (?:as|aos?|de|das|a partir|seg|ter)"
    r"|abr(?:imos|e)|funciona\w*|fecha(?:mos)?|abert[oa]s?|volt(?:amos|aremos)"
    r"|antecedencia|gratuit[oa]|em ate|noss[oa] (?:atendimento|expediente|horario)|responda|responder|seria|confirma"
    r"|me confirme"
    r"|verific\w+|dura|duracao|custa"
    r"|deixa eu|deixe-me|(?:so )?1? ?(?:um )?(?:instante|momento|minutinho)|ja (?:vejo|verifico|olho|confiro)"
    r"|vou (?:ver|verificar|consultar|checar|confirmar|conferir|procurar|olhar|buscar|tentar|dar uma olhada)|voce (?:disse"
    r"|pediu|falou|quer"
    r"|mencionou|escolheu|prefer\w+)"
    r"|preenchid\w+|ocupad\w+|indispon\w+"
    r"|nao (?:temos|ha|tem|tenho|consig\w+|conseg\w+|e|foi|esta|estao|da|podemos|posso|atend\w+|abr\w+|funciona"
    r"|existe|encontr\w+|consta))\b"
    r"|^ *(?:se|caso|quando|para agendar|para marcar)\b|\b(?:temos|tenho|ha|(?<!voce )(?<!vc )tem)\b(?! (?:voce|vc))"
)


GOODBYE: Final = re.compile(
    r"(?i)\bat[eé] (?=(?:(?:a|o) )?(?:pr[oó]xim|amanh|hoje|depois|segunda|ter[cç]|quarta|quinta|sexta|s[aá]bado|domingo|dia"
    r"|\d))"
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
LIST_KEPT: Final = re.compile(rf"{WAITING_OFFERED.pattern}|\btemos (?:uma )?(?:lista|fila) de espera\b")
FOR_SOMEBODY: Final = re.compile(
    r"\b(?:horarios?|vagas?|agenda|lugar(?:es)?|encaixes?|abr\w+|surg\w+|aparec\w+|desist\w+|desmarc\w+)\b"
)


def told_of_a_place(words: str) -> re.Match[str] | None:
    """The promise to tell of a free time: when an exam is "liberado" is another matter."""
    return ON_A_PLACE.search(words) if FOR_SOMEBODY.search(words) else None


DEED: Final = re.compile(r"\b(?:pront|feit|resolvid|confirmadissim)\w*\b|\b(?:ta|esta) na mao\b|\bmissao cumprida\b")
"""Says that something was done; "tudo certo" may say no more than how things stand."""
