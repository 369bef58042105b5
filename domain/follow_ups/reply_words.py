"""The words with which people in Brazil say how it was, as data: read by `replies.read_reply`, made plain."""

from __future__ import annotations

import re
from typing import Final

NO_COMPLAINT: Final = re.compile(
    r"\b(?:nao (?:tenho|ha|tem) (?:nada|do que|o que|de que)|nada|sem|nenhuma?) (?:a |para |que )?(?:me )?reclam\w+\b"
)
PRAISE: Final = (
    r"(?:otim[oa]s?|bom|boa|bao|bem|excelentes?|perfeit[oa]s?|maravilh\w+|adorei|amei|gostei|satisfeit[oa]s?|show|top|nota mil"
    r"|lind[oa]s?|legal|recomendo|parabens|[oa] melhor"
    r"|melhor (?:dentista|clinica|salao|lugar|profissional|doutora?|medic[oa]|atendimento)"
    r"|amor|simpatic[oa]s?|atencios[oa]s?|curti|feliz|impecavel|tranquil[oa]s?|sensaciona(?:l|is)|fantastic[oa]s?"
    r"|incrive(?:l|is)|arras(?:ou|aram)|resolv(?:eu|eram)|acolhid[oa]s?|carinhos[oa]s?|cuidados[oa]s?|caprichad[oa]"
    r"|(?:muito|super|bem) profissiona(?:l|is)|(?:tudo|deu) cert(?:o|inho)(?! (?:para|pra|com)\b)"
    r"|recomend(?:aria|arei|ei|amos)"
    r"|indi(?:co|caria|carei|camos|quei)|(?:vou|irei|quero|pretendo) (?:indicar|recomendar)"
    r"|arretad[oa]|(?:foi|muito|super|bem) massa|massa (?:demais|viu)|daora|porreta|bacana|divin[oa]|maos? de (?:fada|anjo"
    r"|ouro)|elogi(?:ou|aram|ei)|surpreend(?:eu"
    r"|eram|ente|i)"
    r"|super(?:ou|aram)|caprich(?:ou|aram)|encantad[oa]|apaixonad[oa]|amando|elogios|(?:sem|zero) defeitos?|valeu (?:a pena"
    r"|cada|muito))"
)
GOOD: Final = re.compile(rf"\b{PRAISE}\b")
NOTICED: Final = re.compile(
    r"\b(?:marido|esposa|namorad[oa]|mae|filh[oa]|amigas?|amigos?|todo mundo|pessoal|familia|colegas?)"
    r"(?: (?!nao|nem)\w+){0,2} (?:reparou|repararam|notou|notaram|gostou|gostaram|amou|amaram|adorou|adoraram)\b"
)
NOT_GOOD: Final = re.compile(
    rf"\bmenos {PRAISE}\b|\b(?:nao|nada|nem|nunca|jamais)(?: (?:foi|fui|fiquei|estava|achei|muito|tao|me|mais|super|do|la|deu"
    rf"|tudo|eu|senti|eh"
    rf"|esta"
    rf"|ta|ficou|ficaram))* {PRAISE}\b"
)
UNSAID: Final = (
    r"(?!(?:e|mas|porem|so|que|porque|pq|pois|quando|se|como|para|foi|ficou|ficaram|nada|tudo|tenho|tem|tinha|ha|sei|vi|vejo|nego"
    r"|minto|esper\w+|imagin\w+|pod(?:e|ia|eria|eriam)|tive|teve|precis\w+|senti)\b)[\w%]+ "
)
"""A word that opens no clause of its own, nor a denial of something else."""

NOT_WELL: Final = re.compile(
    rf"\b(?:nao|nunca|jamais|nem) (?:{UNSAID})?(?:me |se )?{UNSAID}(?:(?:tao|muito|la muito|mais) )?"
    r"(?:bem|bo[ma]|satisfeit[oa]s?|felizes|feliz|content\w+|legal|tranquil[oa]s?|otim[oa]s?|perfeit[oa]s?)\b"
)
""" "Não estou me sentindo bem": what is denied stands some words off."""

NOT_AFTER_ALL: Final = re.compile(
    rf"\b{PRAISE}(?: muito| tanto)? (?:de )?(?:nao|nada)(?: (?:foi|eh|ficou|achei))?(?=\s*(?:[,.!;\n]|$|(?:viu|ne|mesmo)\b))"
)
""" "Gostei não": in half of Brazil the "não" comes last."""

NO_PRAISE: Final = re.compile(
    r"\b(?:ainda bem|bem que|bem (?:mais|menos|ruim|frac[oa]|car[oa]|demorad[oa]|fei[oa]|mal))\b"
)
ANYWHERE_ELSE: Final = (
    r"(?: (?:mais|em|de|a|para|por|ir|querer|nenhuma?|saber))* outr[oa]s?(?: (?:lugar|clinica|salao|profissional|dentista"
    r"|medic[oa]|canto))?"
)
FAITHFUL: Final = re.compile(
    rf"\b(?:nunca mais|nao|jamais) (?:vou|irei|quero|troco|procuro|faco|confio|preciso|piso|indico|recomendo){ANYWHERE_ELSE}\b"
    r"|\b(?:nunca mais|nao|jamais) (?:eu )?(?:troco|largo|deixo|abandono)(?: \w+){0,3}?(?: por (?:nada|ninguem|nenhuma?)"
    r"| nunca mais)?\b"
)
""" "Nunca mais vou em outro lugar" will be back."""

SORRY_IT_ENDED: Final = re.compile(
    r"\b(?:odiei|detestei|triste|pena|ruim|chato|nao gostei)(?: (?:foi|que|de|ter|so|quando))* (?:(?:ir|vir|sair|fui"
    r"|vim) embora"
    r"|acab(?:ou|ar|asse)|terminou|terminar)\b"
)
SURPASSED: Final = re.compile(
    rf"\bnunca(?: (?:fui|sai|vi|tive|recebi|estive|tinha|sido|me|senti))+ (?:uma? )?(?:\w+ )?tao {PRAISE}\b"
    r"|\bnao (?:pod(?:ia|eria)|tinha como) (?:ser|ter sido|estar) melhor\b"
    r"|\b(?:melhor|alem|acima) (?:do )?(?:que )?(?:o )?(?:eu )?(?:esperad[oa]|(?:esperava|imaginava|pensava|pensei)\b(?! mal))"
)
DREADED: Final = re.compile(
    r"\b(?:(?:achei|pensei|imaginei) que (?:eu )?(?:ia|iria|fosse|seria)|tinha medo de|estava com medo de|com medo de)"
    r"(?: (?:ser|me|a|um|muito|bem|sentir|mais))* (?:doer|dor|ruim|pior|demorad[oa]|demorar|car[oa]|chat[oa]|machucar|sofrer"
    r"|complicad[oa]"
    r"|dificil|horr\w+)(?: horrores)?\b(?:,? (?:mas|porem|so que|e)\b)?"
)
HOPED: Final = re.compile(
    r"\b(?:(?:achei|pensei|imaginei) que (?:ia ser|iria ser|fosse|seria) (?:bem |muito )?(?:melhor|mais|bom|boa)"
    r"|esperava (?:bem |muito |um pouco )?(?:mais|melhor)"
    r"|(?:ja )?(?:fui|estive|vi|fiz|tive|conheci)(?: (?:em|a|muito|bem|lugar\w*|clinicas?|atendimentos?))* melhor(?:es)?)\b"
)
""" "Já fui em melhores": blame, without a word of it."""

EVENTS: Final = (
    r"(?:doeu|doi|dor|demor(?:ou|aram|a)|atras(?:ou|aram|o)|esperei|cobr(?:ou|aram)(?: a mais)?|decepcion\w+|arrepend\w+"
    r"|machuc\w+|ard(?:eu|endo|e|ido"
    r"|ida)|inch\w+"
    r"|queim\w+|manch\w+|sangr\w+|irrit\w+|alergia|marcas?|bolhas?|vermelh[oa])"
)
DENIED_EVENT: Final = re.compile(
    rf"\b(?:nao|nem|nunca|sem|nada de|zero)(?: (?:me|foi|tive|senti|teve|muito|nada|mais|ficou|fiquei|houve|a|de|nenhuma?"
    rf"|com))* {EVENTS}\b"
    r"(?: (?:nada|nao|muito))*"
    rf"|\b{EVENTS} (?:nada|nadinha)\b|\b(?:nao|nem) senti(?: nada)?(?= *(?:$|[,.!;\n]| surp| mas| e\b))"
)
DENIED_BLAME: Final = re.compile(
    r"\b(?:nao|nem)(?: (?:foi|eh|esta|ta|ficou|achei|tao|eu|nada|muito))* (?:car[oa]|demorad[oa]|ruim|pessim[oa]|horri\w+"
    r"|terrivel|mal)\b"
)
NEITHER_NOR: Final = re.compile(
    rf"\bnem (?:tao |muito )?(?:{PRAISE}|ruim|pessim[oa]|la|oito|8) nem (?:tao |muito )?\w+"
)
HEALED: Final = re.compile(
    rf"\b(?:sumi\w+|clare\w+|tir(?:ou|aram)|melhor(?:ou|aram)|diminu\w+|acab(?:ou|aram) com|resolv(?:eu"
    rf"|eram))(?: \w+){{0,3}} {EVENTS}\b"
    rf"|\b{EVENTS}(?: \w+){{0,3}} (?:sumi\w+|clare\w+|melhor(?:ou|aram)|diminu\w+|sai(?:u|ram)|desaparec\w+)\b"
)
HARM: Final = re.compile(
    r"\b(?:machuc(?:ou|aram|ad[oa])|me (?:cort|fer|arranh|queim)\w+|queim(?:ou|aram|ad[oa]|adura)|manch(?:ou|aram|ad[oa]s?)"
    r"|ard(?:endo|eu|ida|ido|e)|inch(?:ou|aram|ad[oa])|sangr(?:ou|ando|a)|infeccion\w+|infeccao|inflam(?:ou|ad[oa])"
    r"|(?:deu|tive|com|uma) alergia|alergic[oa]"
    r"|irrita(?:da|do|cao)|(?:cara|rosto|pele|pescoco|olho|braco|perna)(?: \w+){0,3} vermelh[oa]s?"
    r"|(?:com|de|deixou|apareceram|apareceu|surgiu|surgiram)(?: \w+){0,2} (?:manchas?|marcas?|bolhas?|feridas?|queimaduras?"
    r"|caroco))\b"
)
BAD: Final = re.compile(
    r"\b(?:pessim[oa]|horri\w+|ruim|ruins|mal (?:atendid[oa]|tratad[oa]|feit[oa])|trataram (?:\w+ )?mal|(?:com|muita|que"
    r"|passei|chor\w+ de) raiva"
    r"|quero (?:o )?meu dinheiro|nao vou mais (?:ai|la|voltar)|detestei|odiei|decepcion\w+"
    r"|decepcao"
    r"|insatisfeit[oa]"
    r"|atras(?:ou|aram|o)|demor(?:ou|aram|a)|esperei|falta de (?:respeito|educacao)|absurdo|caro demais|reclam(?:ar|acao)"
    r"|terrive(?:l|is)|lamentave(?:l|is)|(?:deu|saiu)(?: tudo)? errado"
    r"|gross\w+|deix(?:ou|aram) a desejar|poderia (?:ter sido|ser) melhor"
    r"|nao volto|nao quero voltar|nunca mais|tort[oa]|estrag(?:ou|aram)|perdi (?:meu )?tempo|perda de tempo"
    r"|jogado fora|nao resolve\w*|com (?:(?:um pouco de|muita|bastante|mais|uma) )?dor|nao (?:vi|senti"
    r"|notei)(?: nenhuma)? diferenca|dor nao passou|nao passou a dor|pior(?:ou|a)?|doeu|frac[oa]s?|fraquinh[oa]|meia boca"
    r"|porcaria|descaso|arrogantes?"
    r"|despreparad[oa]s?|enganad[oa]|arrependi\w*|nao (?:valeu|vale a pena|compensa)"
    r"|cobr(?:ou|aram)(?: \w+){0,4} (?:a mais|errado|demais|duas vezes)|dinheiro de volta|mand(?:ou|aram"
    r"|ando)(?: \w+)? (?:embora|levantar)"
    r"|ninguem (?:me )?(?:atendeu|avisou|ligou|deu)|(?:esperar|esperando|espera de)(?: \w+){0,3} (?:horas?|minutos?|min))\b"
)
REMARK: Final = re.compile(
    r"\b(?:pod(?:ia|eria)m?|deveriam?|sugiro|sugestao|seria (?:bom|legal|melhor)|(?:bom|legal|otimo)(?: mesmo)? seria"
    r"|podem? melhorar|falta(?:va)?|razoavel|mais ou menos|regular"
    r"|(?:foi )?ok|normal|diferente|achei|estava|esperava|ainda (?:nao|eh? cedo)|apertad[oa]|pequen[oa]|alto|quebrad[oa]"
    r"|suj[oa]"
    r"|cedo para|nada (?:de ?mais)|foi indo|(?:da|deu) para (?:o )?gasto|salgad[oa]|puxad[oa]|caro|careir[oa]|com pressa"
    r"|corrid[oa])\b"
)
BUT: Final = re.compile(r"\b(?:mas|porem|so que|so (?:nao|o|a|ficou|achei|esperei|demorou|senti)|apesar|entretanto)\b")
IRONY: Final = re.compile(
    r"\bse (?:o objetivo|a ideia|a intencao|era para)\b|\bso que nao\b|\bpara quem (?:gosta|quer|tem tempo|adora)\b|\bsqn\b"
)
WRY: Final = frozenset("🙃🙄🤡🤮😒")
"""With one of these beside it, no praise is taken at its word."""
