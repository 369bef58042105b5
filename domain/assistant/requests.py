"""Does the contact ask for a person? "Falar com atendente" in the many ways people write it, and the ways they decline."""

from __future__ import annotations

import re
from typing import Final

from domain.assistant.plain import plain

LONGEST: Final = 2_000
"""Who wants a person says so early."""

PERSON: Final = (
    r"(?:atendentes?|humanos?|humana|ser humano|pessoas?|gente|alguem|recepcao|recepcionistas?|secretari[oa]s?|atendimento"
    r"|operador(?:a|es)?|consultor(?:a|es)?|gerente|gerencia|responsavel|supervisor[ao]?|equipe|suporte|funcionari[oa]s?"
    r"|moc[ao]s?|menin[ao]s? d[ao]|don[oa] d[aeo]s?|o dono|a dona|central|setor|financeiro|administrativo)"
)
REAL: Final = (
    r"(?:atendentes?|humanos?|humana|ser humano|atendimento (?:humano|pessoal|presencial|com)|recepcionista|suporte humano"
    r"|(?:pessoa|gente|alguem) (?:de verdade|de carne e osso|real|humana))"
)
THE: Final = r"(?:(?:um|uma|o|a|os|as|algum|alguma|outro|outra|qualquer|o pessoal d[aeo]|esse|essa|seu|sua) ){0,2}"
TO: Final = r"(?:(?:com|para|pra|pro|p|p/|c|c/|a|ao|por) )?"
MACHINE: Final = r"(?:robos?|maquinas?|bots?|chatbot|ia|inteligencia artificial|gravacao|mensagem automatica)"

TALK: Final = r"""
    \b(?:falar|conversar|fala|falo|fale|tratar|dialogar|papo|contato|contatar|atendid[oa]|atendimento)
    \ (?:(?:direto|diretamente|logo|agora|ao\ vivo|urgente|por\ telefone|so)\ ){0,2}(?:com|c|c/|por)\ @THE@PERSON\b
"""
CALL: Final = r"""
    \b(?:chamar?|chame|acion[ae]r?|transf(?:ere|ira|erir)|encaminh[ae]r?|direcion[ae]r?|conect[ae]r?|pass(?:ar?|e)|mand[ae]
        |colo(?:ca|que)|lig(?:a|ue))
    \ (?:(?:me|eu|isso|ai|aqui|logo|direto|(?:[oa]|minha|esse|meu)\ (?:atendimento|conversa))\ ){0,2}
    @TO(?!outra\ pessoa)@THE@PERSON\b
"""
WANT: Final = r"""
    \b(?:quero|queria|preciso(?:\ de)?|gostaria\ de|prefiro|desejo|solicito|exijo|necessito(?:\ de)?|cade|kd|busco)
    \ (?:ter\ )?@THE@REAL\b
"""
ANYBODY: Final = r"""
    \b(?:tem|ha|teria|existe)\ @THE(?:atendente|humano|pessoa|alguem|gente|ninguem)(?:\ \w+)?
    \ (?:ai|online|disponivel|de\ verdade|que\ (?:possa\ |consiga\ )?me\ |p(?:a)?ra\ (?:me\ )?(?:atender|ajudar|responder|falar))
    |\b(?:alguem|uma\ pessoa|um\ humano)(?:\ d[aeo]\ \w+)?
    \ (?:pode|poderia|consegue|para|pra)\ (?:me\ )?(?:atender|ajudar|responder|ligar)
    |\bnao\ (?:consigo|consegui|estou\ conseguindo|to\ conseguindo|da\ pra|da\ para)\ falar\ com\ ninguem\b
"""
NOBODY: Final = r"""
    \b(?:nao|num|n)\ (?:tem|temos|ha|existe|possuem?|trabalham?\ com|contam?\ com)(?:\ mais)?\ @THE@REAL
    (?:\ (?:ai|aqui|mesmo|nao|no|ne|nunca|disponivel|online|agora|hoje|nesse\ (?:numero|whatsapp|zap)|real|humano)){0,3}$
    |\b(?:tem|ha|existe)\ @THE(?:@REAL|alguem|ninguem)(?:\ (?:ai|aqui|mesmo|humano|online))?\ (?:nao|ne)$
    |\bnao\ (?:tem|ha)\ (?:ninguem|alguem|gente)(?:\ (?:ai|aqui|mesmo|online|nao)){0,2}$
    |\b(?:ninguem|nenhum\ (?:humano|atendente))\ (?:ai\ )?(?:me\ )?(?:atende|responde|vai\ (?:me\ )?(?:atender|responder))\b
"""
"""'Vocês não têm atendente não?': told as a lack, meant as a wish. Only at the end of a clause, where nothing narrows it."""
NO_MACHINE: Final = r"""
    \b(?:odeio|detesto|chega\ de|cansei\ de|cansad[oa]\ de|desisto\ (?:de|desse)|para\ de|sem|nada\ de)
    \ (?:(?:falar|conversar)\ com\ )?@THE@MACHINE\b
    |\bnao\ (?:quero|gosto|aguento|vou|consigo|me\ entendo)(?:\ mais)?(?:\ de)?
    (?:\ (?:falar|conversar|tratar|ser\ atendid[oa]|me\ entender|resolver|atendimento))?\ (?:com\ |por\ |de\ )?@THE@MACHINE\b
"""
JUST_THAT: Final = r"""
    ^(?:(?:quero|por\ favor|pfv|um|uma|o|a|com|falar|chama|oi|ola)\ ){0,6}
    (?:atendente|humano|humana|atendimento|recepcao|recepcionista|pessoa\ real|gente\ de\ verdade|suporte|secretaria)
    (?:\ (?:por\ favor|pfv|pls|pf|urgente|ja|agora|humano|humana|please)){0,4}$
"""
FOREIGN: Final = r"""
    \b(?:speak|talk|chat)\ (?:to|with)\ (?:a\ |an\ |the\ )?(?:real\ )?(?:human|person|agent|someone|somebody|receptionist)\b
    |\bhuman\ (?:agent|please|support)\b|\bhablar\ con\ (?:una\ |un\ |la\ )?(?:persona|humano|alguien|recepcion|agente)\b
"""


def _compiled(pattern: str) -> re.Pattern[str]:
    for name, part in (("@THE", THE), ("@TO", TO), ("@PERSON", PERSON), ("@REAL", REAL), ("@MACHINE", MACHINE)):
        pattern = pattern.replace(name, part.replace(" ", r"\ "))
    return re.compile(pattern, re.VERBOSE)


ASKED: Final = tuple(map(_compiled, (TALK, CALL, WANT, ANYBODY, NO_MACHINE, JUST_THAT, FOREIGN)))
LACKING: Final = _compiled(NOBODY)
FED_UP: Final = _compiled(r"\bnao\ (?:quero|gosto|aguento|vou|consigo|me)\b.*\b@MACHINE\b")

OUT_OF_REACH: Final = _compiled(r"""
    \bnao\ (?:consigo|consegui|estou\ conseguindo|to\ conseguindo|da\ pra|da\ para|tem\ como|e\ possivel|seria\ possivel
    |posso|poderia|tem|ha)\b
""")
"""'Não consigo falar com ninguém', 'não tem como falar com uma pessoa?': a wish, not a refusal."""

DECLINED: Final = _compiled(r"""
    \b(?:nao|nem|nunca|jamais)\b(?!\ so\b)|\bsem\ (?:precisar|ter\ que|falar|passar|chamar|necessidade)\b
    |\b(?:em\ vez|ao\ inves)\ de\b|\bdispenso\b|\bevitar\b|\bdepois\ (?:eu\ )?(?:vou|quero|falo|peco)\b
    |\b(?:se|quando|caso)\ (?:eu\ )?(?:quiser|precisar|for|necessario|queira|precise)\b
""")
TOLD: Final = _compiled(r"""
    \b(?:vou|vamos|irei|fui|ia|ja|consegui|deixa\ eu|foi|adorei|gostei\ de|acabei\ de|estava|ontem|bom|otimo|medo\ de
    |vergonha\ de|mand(?:ou|aram)|pediu\ pra|pediu\ para\ eu)(?:\ \w+){0,2}
    \ (?:falar|conversar|chamar|passar|ligar|atendid[oa]|atendimento|contato)\b
""")
WANTS_TO: Final = re.compile(r"\bvou (?:querer|precisar|preferir)\b|\bja (?:quero|pedi|disse|falei que|tentei)\b")
OWN_PEOPLE: Final = _compiled(r"""
    \b(?:meu|minha|meus|minhas|nossa|nosso)\ (?:\w+\ )?
    (?:equipe|gerente|secretari[oa]|suporte|funcionari[oa]|responsavel|recepcao|atendente|setor|financeiro|central)\b
    |\b(?:atendente|recepcionista|secretaria|gerente|pessoa|moca|recepcao)\ (?:que\ |d[aeo]\ \w+\ que\ )?(?:me\ )?
    (?:disse|falou|atendeu|ligou|passou|informou)\b
    |\bfalar\ com\ a\ secretaria\ d[aeo]\ (?:saude|educacao|fazenda)\b
""")
OR_NOT: Final = re.compile(r" ou nao$")
CLAUSE: Final = re.compile(r"[.!?;,\n]+|\b(?:mas|porem|so que|prefiro que|e sim|entao)\b")


def wants_a_person(text: str) -> bool:
    """True when some clause asks for a person and does not take it back: "não quero falar com atendente" declines."""
    return any(_asks(" ".join(clause.split())) for clause in CLAUSE.split(plain(text[:LONGEST])))


def _asks(clause: str) -> bool:
    if OWN_PEOPLE.search(clause):
        return False
    if LACKING.search(clause):
        return True
    if not any(pattern.search(clause) for pattern in ASKED):
        return False
    if TOLD.search(clause) and not WANTS_TO.search(clause):
        return False
    if FED_UP.search(clause):
        return True
    return not DECLINED.search(OR_NOT.sub("", OUT_OF_REACH.sub(" ", clause)))
