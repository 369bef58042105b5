"""What is told beside the wish and only sounds like a time: names, addresses, sizes, the tooth that hurts."""

from __future__ import annotations

import re
from typing import Final

from domain.scheduling.vocabulary import MONTHS, WEEKDAYS

GAP: Final = " # "
MONTH: Final = "|".join(MONTHS)
CAPITALISED: Final = r"[A-ZÀ-Ý][a-zà-ÿ]+"
NAMES: Final = re.compile(
    rf"\b((?i:nome(?: completo| del[ea])?(?: é| eh|:)|me chamo|se chama) (?:[oa] )?)\w+(?: (?:d[aeo]s? )?{CAPITALISED})*"
    rf"|\b((?i:amig[ao]|m[ãa]e|pai|filh[ao]|irm[ãa]o?|espos[ao]|marido|prim[ao]|ti[ao]|vizinh[ao]|indica[çc][ãa]o) d[aeo]s? )"
    rf"{CAPITALISED}(?: (?:d[aeo]s? )?{CAPITALISED})*"
    rf"|\b((?i:sou|aqui é|fala é|dra?|doutora?|sra?|dona|paciente)\.? (?:[oa] )?)"
    rf"{CAPITALISED}(?: (?:d[aeo]s? )?{CAPITALISED})*"
)
"""Somebody may be called Domingos, Abril or Natália; only as it was typed can one see that it is a name."""

COUNTED: Final = (
    r"(?:via|vez|vezes|opcao|opiniao|mao|parte|etapa|fase|serie|chance|classe|linha|avaliacao|tentativa|parcela|dose|filha"
    r"|sessao|aplicacao|visita|pessoa|coisa|pergunta|duvida|guerra|unidade|esposa|casa|geracao|avenida|divisao|intencao|versao|edicao|metade|rodada|temporada|demao)"
)
NUMBERED: Final = (
    r"(?:dente|cor|tom|tinta|coloracao|mecha|manequim|tamanho|calcado|sala|apto|apartamento|bloco|andar|quadra|lote|loja|box"
    r"|maquina|lamina|pente|grau|nivel|senha|mesa|leito|tabela|fator|versao)s?"
)

NOT_OF_A_DAY: Final = "".join(f"(?<!{name} agora)" for name in WEEKDAYS)
SMALL_TALK: Final = tuple(
    re.compile(pattern)
    for pattern in (
        (
            r"\b(?:bom|boa|otim[ao]|excelente|linda|feliz) (?:dia|tarde|noite|semana|fi(?:m|nal) de semana|domingo"
            r"|sabado|natal)\b"
            r"(?! (?:de|do|da|para) )|\bfeliz (?:pascoa|ano novo|feriado|carnaval)\b"
        ),
        (
            r"(?:tenham?|desejo(?: a)?(?: tod[ao]s)?(?: voces?)?) (?:(?:1|a) )?(?:otim|bo|linda|excelent|abencoad|feliz)[a-z]*"
            rf" (?:{'|'.join(WEEKDAYS)}|feriado|feriadao|virada)\b"
            r"|boa(?<!1 boa) (?:segunda|terca|quarta|quinta|sexta)(?= ?(?:,|$))"
            r"|(?:otimo|feliz|bom|prospero|abencoado)(?: ano)?(?: novo)?(?: e)?(?: de)? 20\d\d\b"
        ),
        rf"\b(?:primeira|segunda|terceira|terca|quarta|quinta|sexta|setima|oitava|ultima|[1-9]a) {COUNTED}\b",
        r"\bsegundas intencoes\b",
        (
            r"\b(?:rua|r\.|avenida|av\.?|alameda|travessa|praca|largo|rodovia|estacao|metro|escola|hospital|colegio|bairro)"
            r" (?:\w+ )?\d{1,2} de [a-z]+"
        ),
        rf"\b(?:na|da|pela) \d{{1,2}} de (?:{MONTH})\b",
        rf"\b{NUMBERED} (?:o |numero )?\d+(?:[.,/]\d+)?\b(?! ?(?:h|:)\b)",
        (
            r"\b\d{1,3} ?(?:h|min)(?: e meia)? (?:por (?:dia|noite|semana|mes|sessao)|ao dia|diari[ao]s|semanais|mensais)\b"
            r"|\b(?:de \d{1,2} em \d{1,2}|(?:a )?cada \d{1,2}(?: e meia)?) ?(?:h|min)\b|\b(?:de )?(\d{1,2})/\1 ?h\b"
            r"|\b\d/\d (?=(?:comprimido|dose|capsula|copo|xicara|colher|ampola|porcao)s?\b)"
            r"|\b\d/\d (?=d[aeo] (?:total|conta|valor|preco|sinal|pacote|dose|comprimido|salario|populacao|turma|tempo)\b)"
            r"|\b(?:mensagem|parte|pagina|etapa|volume|parcela|capitulo|audio|video|foto) \d{1,2}/\d{1,2}\b"
            r"|\b(?:dor|nota|escala|intensidade|nivel)(?: (?:de|em|#))? \d{1,2}/10\b"
            r"|\b\d{1,3} ?(?:h|min|dias?|semanas?)(?: uteis)? de antecedencia\b"
        ),
        r"\b(?:voos?|viag[a-z]+|viaj[a-z]+|passage[a-z]+|embarqu?[a-z]+) (?:[a-z]+ )?para natal\b",
        r"\brio de janeiro\b|\bhoje em dia\b|\bdia a dia\b|\bo (?:dia|tempo) (?:todo|inteiro)\b|\bmeia calca\b",
        r"\b(?:muito|bem|antes|ate) tarde\b|\btarde (?:demais|da noite)\b|\btoda hora\b|\bna mesma hora\b",
        r"\br ?\$ ?[\d.,]+|\b\d+ ?(?:reais|kg|%|km|anos de idade|vezes|pessoas|filhos|filhas|sessoes)",
        r"\d(?<!\w\d)(?:\d{1,2}[ .)-]*\d{4,5}[- ]\d{4}|\d{3,4}-\d{4}|\d\d\.\d{3}\.\d{3}-?\d{0,2}|\d{4}-\d{3})\b",
        r"\bate (?:mais|logo|breve|ja|la|amanha entao)\b|\bja ja\b",
        (
            rf"agora(?<!\wagora){NOT_OF_A_DAY} (?:sim|nao|que|entendi|vi|pouco|so|me|te|falta|(?:eu )?(?:quero|queria"
            r"|preciso|precisava|gostaria|to|estou|tenho|vou|fiquei|pensei|lembrei|vamos))\b"
        ),
        (
            r"\b(?:obrigad[oa]|obg|tchau|valeu|combinado|beijos?|abracos?|entao),? (?:e |entao )?ate"
            r" (?:amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo|depois)\b(?! (?:as|a|de|da|do|que) )"
        ),
        r"\bate (?:agora|hoje) (?:nao|nada|ninguem)\b",
    )
)
"""What sounds like a day or an hour and is a greeting, an address, a price, a size, a telephone or a turn of phrase."""


def without_names(text: str) -> str:
    return NAMES.sub(lambda found: f"{found[1] or found[2] or found[3]}{GAP}", text)
