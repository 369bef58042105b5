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
DAY_OF_A_LIST: Final = re.compile(
    r"\W*(?:hoje|amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo|dia \d|\d{1,2}(?:/\d|h|:\d))"
    r"[^a-z]*(?:feira\b[^a-z]*)?"
    r"(?:[\d:h/ ,()–-]|\b(?:dia|as|e|ou|de|manha|tarde)\b)*$"
)
"""Below an offer, nothing but a day and its hours."""

TAG: Final = re.compile(
    r",? *\b(?:ok|okay|tudo bem|certo|combinado|ta|ta bom|ta bem|ta certo|esta bem|certinho|perfeito|fechado|beleza|viu|blz"
    r"|pode ser|ne|nao e|sim|entendeu)[ ?!]*$"
)
ASSURED: Final = re.compile(r"\bviu\W*$")
"""No question, though it is written like one."""

COMMA: Final = re.compile(r",(?!\d)|\bmas\b|\bporem\b|:(?!\d)| [-–] ")
PAST: Final = r"(?:ei|amos|emos|ou|aram|i|imos|iu|iram|[ai]d(?:[oa]s?|issim[oa]|inh[oa]))\b"
"""Whatever was done: "marquei", "marcado", "marcadíssimo"."""

HANDED: Final = r"(?:pre)?(?:agend|program|confirm|reserv|encaix|efetiv|firm|marc|marqu)"
KEPT: Final = (
    r"(?:anot|registr|separ|deix|bloque|salv|garant"
    r"|fech(?!amos (?:aos?|nos|as|de|(?:para|em) (?!segunda|terca|quarta|quinta|sexta|sabado|amanha)"
    r"|(?:sabado|domingo)s? e ))"
    r"|prend|guard|segur|coloc|coloqu|corrig|ajust"
    r"|inclu)"
)
PUT: Final = r"(?:coloquei|botei|pus|joguei|puxei|inseri|lancei|inclui|adicionei|encaixei|marquei)"
YOUR: Final = r"(?:seu|sua|teu|tua)"
MADE: Final = (
    r"(?:feit|efetuad|realizad|concluid|registrad|efetivad|finalizad|processad|confirmad|pront|complet|criad"
    r"|ativ)[oa]s?\b"
)
DONE: Final = re.compile(
    rf"\b{HANDED}{PAST}"
    r"|^(?:\W*(?:sim|claro|isso|oi|ola)\b)?\W*confirmo (?:o |a )?(?:seu|sua|teu|tua)\b"
    r"|\bgarantid[oa]s?\b|\bacab(?:ei|o|amos) de (?:te |lhe )?\w+r\b"
    r"|\bconsegui(?:mos)? (?:te |lhe |o |a |um |uma )?(?:encaix|marc|agend|reserv|confirm|vaga|horario)"
    rf"|\b(?:agendamento|reserva|marcacao|confirmacao|consulta|sessao|booking|encaixe)\b[^,]{{0,24}}?\b{MADE}"
    r"|\b(?:fiz|efetu\w+|realiz\w+|finaliz\w+|conclu\w+"
    r"|complet\w+) (?:o |a |seu |sua |teu |tua )*(?:agendamento|reserva|marcacao|encaixe)"
    r"|\b(?:agendamento|reserva|marcacao)\b[^,]{0,24}?\bsucesso\b|\bde pe\b"
    rf"|\b{YOUR} (?:consulta|horario|atendimento|agendamento|reserva|sessao|retorno|vaga"
    r"|lugar)(?: de \w+)? (?:ja |agora )?"
    r"(?:(?:esta|ta|foi|ficou|virou)\b|#)(?! (?:\w+ )?(?:cancel|desmarc|remarc|reagend|transfer|mud|alter|adi|antecip"
    r"|troc|dispon|livre|feito por|quando|qual|nao))"
    r"|\b(?:esta|ta|entrou|consta|voce|vc|coloquei|pus|bot[ea]i|inclui|nome|horario"
    r"|consulta)\b[^,]{0,24}?\bn[ao] (?:\w+ )?(?:agenda|lista)\b"
    r"|\b(?:nome|voce|vc)\b[^,]{0,24}?\bn[ao] (?:relacao|grade|programacao|escala|fila)(?! de espera)\b"
    rf"|\b(?:{PUT} (?:\w+ )?(?:voce|vc)|(?:te|lhe) {PUT})\b(?!.*(?:espera|contato))"
    r"|\b(?:vaga|horario|lugar|hora|cadeira|espaco)\b[^,]{0,32}? (?:#|sao|sera|ficou) (?:tod[oa] )?(?:seu|sua|teu|tua)s?\b"
    r"|\b(?:vaga|horario|lugar|hora|espaco)\b[^,]{0,32}? (?:esta|ta|ficou) (?:\w+ )?(?:no|em) (?:seu|teu) nome\b"
    r"|\b(?:pode|podes) (?:ja )?(?:considerar|dar como|contar como) (?:marcad|agendad|confirmad|garantid|cert)[oa]\b"
    r"|\b(?:pedido|solicitacao)\b[^,]{0,24}?\b(?:atendid|aprovad|aceit)[oa]s?\b|(?<!fully )\b(?:booked|scheduled|confirmed)\b"
    r"|\bconsta\b|\b(?:voce|vc) (?:ja |so |ainda )?tem (?:1|um|uma|sim|o|a)? ?(?:consulta|agendamento|horario|sessao|reserva"
    r"|retorno|atendimento)\b|\b(?:voce|vc) (?:ja )?tem (?:[2-9]|dois|duas|tres|quatro) (?:consultas|agendamentos|horarios"
    r"|sessoes|reservas|retornos|atendimentos)\b(?! (?:\w+ )?(?:livre|dispon|vag|para escolh))"
    r"|\b(?:temos|tenho) (?:voce|vc)\b|\b(?:seu|sua) (?:consulta|horario|atendimento|agendamento|reserva|sessao|retorno|vaga)"
    r" (?:segue|continua|permanece|esta de pe|vale)\b"
)
DONE_WITH_A_TIME: Final = re.compile(
    rf"\b{KEPT}{PAST}(?! de \w+[aei]r\b)|\b(?:est(?:ou|amos)|to|tamos) (?:\w+ )?(?:segur|guard|reserv|separ|bloque)ando\b"
    r"|\b(?:pus|mant(?:ive|ivemos|enho|id[oa]s?))\b"
    r"|\bfic(?:ou|amos|am?|ara|aram)\b(?! (?:melhor|bo[am]|otimo|pront|abert[oa]|a seu|em|dispon|livre|perto|proximo"
    r"|localizad|sabendo|faltando))"
)
HOUSE_HOURS: Final = re.compile(
    r"\b(?:noss[oa]s? horarios?|horarios? d[aeo] (?:atendimento|funcionamento|clinica|loja|casa|salao|consultorio|equipe)"
    r"|(?:recepcao|clinica|loja|salao) (?:se )?encerra|(?:o|nosso) (?:expediente|atendimento (?:se )?(?:encerra|termina))"
    r"|horarios? (?:normal|comercial|especial)(?: de \w+)?)\b"
)
"""When the house is open: nobody's appointment."""
SOMETHING_ELSE: Final = re.compile(
    r"\b(?:numero|telefone|celular|whatsapp|endereco|cadastro|dados|nome|e-?mail|convenio|plano|senha|assunto|ideia"
    r"|cidade|casa|roupa|recado|mensagem|pergunta|duvida)\b"
)
"""What people change besides their appointments."""
THINGS: Final = re.compile(
    r"\b(?:horario|vaga|consulta|sessao|sessoe|agendamento|reserva|agenda|atendimento|compromisso|encaixe"
    r"|(?<!te )(?<!lhe )retorno|visita|vinda"
    r"|presenca)s?\b"
)
THEIR_OWN: Final = re.compile(rf"\b(?:seu|sua|teu|tua)s? (?:\w+ )?{THINGS.pattern[2:]}")
CANCELLED_WITH_A_TIME: Final = re.compile(
    rf"\b(?:liber|suspend|anul|abort){PAST}|\btir(?:ei|amos) (?:voce|vc)\b|\bte tir(?:ei|amos)\b|\bsuspens[oa]\b"
    r"|\bnao (?:existe|vale|tem validade|conta|esta|consta|tem) mais\b"
    r"(?! (?:dispon|livre|vag|horario|nenhum|nada|hora|lugar|expediente))"
    r"|\bdeixou de (?:existir|valer)\b"
    r"|\bnao precisa (?:mais )?se preocupar com\b|\bsem efeito\b"
    r"|\b(?:esqueca|pode esquecer|desconsider(?:e|ar) (?:a|o|sua|seu) (?:consulta|horario|sessao|reserva))\b"
)
MANAGED: Final = r"(?:consegui(?:mos|u)?|precis(?:ei|ou)|tive(?:mos)?|teve) (?:(?:que|de|te|lhe|o|a) ){0,2}"
"""What somebody had to do, or could, they did."""
MOVED: Final = re.compile(
    r"\b(?:rescheduled|moved)\b"
    rf"|\b{MANAGED}(?:re(?:agend|program|aloc|marc)|transfer|mud|alter|adi|antecip|posterg|prorrog|troc)[ai]r\b"
    rf"|\b{MANAGED}ser (?:remarcad|reagendad|transferid|mudad|alterad|adiad|antecipad|trocad)[oa]\b"
    rf"|\b(?:re(?:agend|program|aloc|marc|marqu)|transfer|mud|alter|adi|antecip|posterg|prorrog|troc|troqu){PAST}"
    r"|\b(?:pass|jogu?|empurr|arrast)(?:ei|amos|ou|ad[oa]) (?:(?:[\w/:]+ ){0,6}para\b(?! (?:te |lhe )?\w+[aei]r\b)"
    r"|d[aeo] (?:(?:dia )?\d+/\d|dia \d|hoje|amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo))|\bnov[oa] (?:horario"
    r"|data|dia)\b(?= ?(?:e\b|eh|#|:|fic|sera|esta|,|\d|as))"
    rf"|\b(?:remarcacao|mudanca|alteracao|troca)\b[^,]{{0,20}}?\b{MADE}"
    r"|\b(?:fiz|fizemos|(?:realiz|efetu|conclu|finaliz)(?:ei|amos|i|imos)) (?:o |a |sua |seu )*(?:troca|mudanca|alteracao"
    r"|remarcacao|reagendamento)\b"
)
CANCELLED: Final = re.compile(
    r"\bnao (?:tem|ha|consta|existe) mais (?:nada|nenhum\w*)(?: \w+)? (?:marcad|agendad|reservad)[oa]\b"
    r"|\bnao (?:vai|ira) mais (?:acontecer|ocorrer|ter|ser)\b|\bd(?:ei|emos) baixa\b(?! na (?:\w+ )?(?:presenca|confirmacao))"
    r"|\bnao precisa(?: mais)? vir\b"
    r"|\b(?:horario|consulta|vaga|sessao|reserva)\b[^,]{0,24}?\b(?:liberad|removid|excluid|apagad|retirad|dad)[oa]s?\b|"
    r"\b(?:consulta|sessao|horario|vaga|agendamento|reserva)\b[^,]{0,24}?\bcaiu\b"
    rf"|\b{MANAGED}(?:(?:cancel|desmarc)ar|tirar (?:voce|vc)|ser (?:cancel|desmarc)ad[oa])\b"
    rf"|\bcancell?ed\b|\b(?:cancel|desmarc|desmarqu){PAST}|\b(?:cancelamento|desmarcacao)\b[^,]{{0,24}}?\b{MADE}"
    r"|\b(?:tirei|removi|exclui|apaguei|retirei|liberei)\b[^,]{0,30}?\b(?:agenda|sistema|consulta|horario|agendamento"
    r"|reserva|sessao)\b"
)
BETWEEN: Final = (
    r"(?:foi|fui|foram|esta|estao|estava|ficou|consegu\w+|pude\w*|podemos|posso|tenho|tem|temos|ha|houve|encontr\w+"
    r"|consta\w*|vi|vejo"
    r"|localiz\w+|achei|existe|me|te|lhe|o|a|os|as|ainda|mais|possivel|sua|seu|nenhum\w*|um|uma|voce|vc|consulta|horario"
    r"|agendamento"
    r"|compromisso|nada|de|em|ter|ser|sido|havia|tinha|pedido|cancelamento|reserva|sessao|aqui|nome|no|na|agenda|been|has|have"
    r"|chegou|chegaram|acabou|sendo|#)"
)
DENIED: Final = re.compile(
    rf"\b(?:nao|nem|nunca|nada|nenhum\w*|ninguem|jamais|falta|not|nothing)(?: {BETWEEN})* *$"
    r"|\bsem (?:hora|horario|consulta) *$"
)
DENIED_AT_ALL: Final = re.compile(
    r"\bnao (?:consegu|foi|pud|pode|temos|(?:tem|ha|esta)(?! mais\b))|\b(?:estaria|teria sido) \w+[ai]d[oa]\b"
)
UNSURE: Final = re.compile(
    r" (?:nao|pode|podem|deve|sera|#(?! (?:tod[oa] )?(?:seu|sua|teu|tua)s?$)|ainda|precisa ser) "
)
GENERAL: Final = re.compile(
    r"\b(?:quem\b|cada\b|(?<!como )sempre\b|costum|normalmente|geralmente|em geral"
    r"|qualquer (?!coisa|duvida)|tod[oa]s? (?!o |a |os |as |seu|sua|cert|pront)(?=\w))"
)
"""Said of whoever it may be, or of every time."""

RULED: Final = re.compile(
    r" (?:precisa|deve|exige|pede|garante|recebe|costuma|vale|serve|tem (?:que|de|prioridade|tolerancia)"
    r"|(?:pode|so)\b(?! (?:vir|ficar|contar|chegar|aparecer|aguardar|esperar)))\b"
)
"""What follows where "o horário marcado" is spoken of as such, and not as theirs."""

THEIRS: Final = re.compile(r"\b(?:seu|sua|teu|tua|seus|suas|voce|vc|te|esta|ta|foi|ficou|ja)\b")
SUPPOSED: Final = re.compile(
    r"\b(?:se (?!preocup)|if |once |caso|quando|assim que|depois que|depois de|logo que|uma vez|apos|antes de|a ser|sera|serao"
    r"|vai ser|ser|posso|podemos"
    r"|quer|querem|gostaria|deseja|prefere|devo|com hora|com horario"
    r"|voce (?:disse|pediu|falou|pensou|achou|imaginou)|estaria|teria|precis\w+"
    r"|aguard\w+ (?:ser|estar)|para ficar)"
)
PROMISED: Final = re.compile(r"\b(?:fica|ficara|deixo|deixamos|estara|e|eh|#)(?: (?:ja|tudo|voce|seu|horario|o|a))* *$")
ON_CONDITION: Final = re.compile(
    r"\b(?:se|caso|assim que|depois (?:que|d\w+)|logo que|quando|apos|mediante|basta|so)\b.{0,30}"
    r"(?:confirm|pag|sinal|respond|envi"
    r"|escolh|quiser|prefer|puder)"
    r"|\b(?:depois que|quando|assim que|se) (?:eu|voce|vc|a gente|nos|isso) (?:\w+ )?\w+[aei]r(?:mos)?\b"
    r"|^confirmando\b|\bpor aqui\b|\bpelo (?:site|app|whatsapp|aplicativo)\b"
)
GO_AHEAD: Final = r"(?:\b(?:pode (?:vir|aparecer|chegar)|venha)|(?:\be|#) so (?:vir|chegar|aparecer))\b"
LOOKED_BACK: Final = r"\w{2,}(?:ei|ou|amos|imos|aram|eram|iram|iu|eu|ado|ada|ados|adas|ido|ida|idos|idas)"
DONE_SOMEHOW: Final = re.compile(rf"\b{LOOKED_BACK}\b|\bfeit[oa]s?\b|\bsaiu\b|\bok\b|\bdeu (?:tudo )?certo\b")
"""A verb that looks back, whichever it is."""

HARMLESS: Final = re.compile(
    r"\b(?:recebemos|verifi\w+|consult(?:ei|ando|amos|ou)|procur\w+|olhei|cheque\w+|pergunt\w+|pedi(?:do|dos|u)?|falou"
    r"|envi\w+|mand\w+|obrigad[oa]"
    r"|cuidado|ajudei|[mst]eu(?: ok)?|estou|vou|sou|dou|gost\w+|lad[oa]|cad[ao]|entendid[oa]|sabad[oa]|deu (?!tudo|certo)"
    r"|feriad[oa]"
    r"|med[io]c\w+|nad[ao]"
    r"|oferecemos|trabalhamos|realizamos|fazemos|aceitamos|temos|precisamos|podemos|queremos|gostariamos|vamos"
    r"|estamos|somos|ficamos|pedimos)\b|(?:#|\bsao) (?:\w+[ai]d[oa]s?|feit[oa])\b"
    rf"|\bnao (?:\w+ )?{LOOKED_BACK}\b"
)
"""What only looks like one, or did nothing to an appointment."""

EXPECTED: Final = re.compile(
    r"\b(?:(?:te|lhe|o|a|por voce|voce|vc) (?:esper|aguard)(?:o|a|ar|amos|ando|arei|aremos|am)\b"
    r"|(?<!de )(?<!na )(?:esper|aguard)(?:o"
    r"|a|am|amos|ando)(?: por)? (?:voce|vc|te)\b(?! (?:me )?[a-z]+r\b)|(?:nos|a gente se) ve\w*"
    r"|te vejo|vejo voce|vemo-nos|ate la\b|see you (?!soon|later)|esper(?:amos|o) por)"
)
WELCOMED: Final = re.compile(
    r"\b(?:te|lhe|por voce) (?:esper|aguard)(?:o|amos)\b|\b(?:esper|aguard)(?:o|amos|ando)(?: por)? (?:voce|vc)\b"
    r"(?! (?:me|nos|escolh|confirm|diz|decid|envi|mand|respond|volt|falar|avis|ver|pens|para [a-z]+r\b))"
    r"|\b(?:esta|estao|estara|vai estar|vao estar) (?:te|lhe) (?:esper|aguard)ando\b(?! (?:para|pra) [a-z]+r\b)"
    r"|\b(?:nos vemos|nos veremos|a gente se ve|te vejo|vejo voce|vemo-nos|see you (?!soon|later)\w+)\b"
)
"""Who is awaited without a day was told it before."""

ATTENDED: Final = re.compile(
    r"\b(?:quem|(?:a|o) profissional que) (?:vai|ira) (?:(?:te|lhe) (?:atender|receber)"
    r"|(?:atender|receber|cuidar de) (?:voce|vc))\b(?! (?:aqui|por|pelo|n[eo]ss[ae]))[^,]{0,40}? (?:#|sera) (?:a|o)\b"
)
"""Who will see them."""
ATTENDING: Final = re.compile(
    r"\b(?:vai|ira) (?:(?:te|lhe) (?:atender|receber|esperar)|(?:atender|receber|cuidar de) (?:voce|vc))\b"
)
"""Beside a name and a day."""

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
    rf"|\b(?:voce|vc|contigo|com voce|te)\b|{GO_AHEAD}"
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

VOCATIVE: Final = re.compile(r", *[A-ZÀ-Ú]\w+(?=[^\w?]*$)")
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
    rf"\d|\bmei[oa]\b|\bagora\b|\bja\b|\bminut|\binstante\b|\bmomento\b|\buma (?:d[ae]|e|em)\b|\ba(?:s|) uma\b"
    rf"|\b(?:{'|'.join(word for word in NUMBERS if word not in ('um', 'uma', 'zero'))})\b"
)
"""Without one of these no hour is told."""

GOODBYE: Final = re.compile(
    r"(?i)(?:(?<![\w\s])|(?<=ent[aã]o )|(?<=\be )) *at[eé] (?=(?:(?:a|o) )?(?:pr[oó]xim|amanh|hoje|depois|segunda|ter[cç]|quarta"
    r"|quinta|sexta|s[aá]bado|domingo|dia|\d))"
)
"""An "até terça" says when they meet, not until when; after another word it may mean that, and claims nothing."""

FAREWELL: Final = re.compile(
    r"(?i)(?:^|(?<=[,!])) *(?:ent[aã]o )?at[eé] (?=(?:(?:a|o) )?(?:pr[oó]xim[ao] )?"
    r"(?:amanh[aã]|segunda|ter[cç]a|quarta|quinta|sexta|s[aá]bado|domingo)(?:-feira)?"
    r"(?: (?:ent[aã]o|cedo|que vem|às \S+|de manh[aã]|à tarde|à noite))?(?:, ?\w+)?\W*$)"
)
"""Nothing else is said: they meet then."""

AFTER_A_SIGN: Final = re.compile(r"(\w[^\w\n]*[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?) +(?=[A-ZÀ-Ú][^.!?\n]*\?)")
"""A picture ends a sentence that no full stop does, before a question."""

AND: Final = re.compile(rf"{COMMA.pattern}|\be\b(?! assim por diante)")
DEED: Final = re.compile(r"\b(?:pront|feit|resolvid|confirmadissim)\w*\b|\b(?:ta|esta) na mao\b|\bmissao cumprida\b")
"""Says that something was done; "tudo certo" may say no more than how things stand."""
