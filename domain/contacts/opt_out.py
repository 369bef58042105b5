"""The words with which somebody stops what we send unasked, and those with which they let it come again.

Missing one makes us a nuisance, and a false alarm costs somebody the reminder of their surgery: so a lone "parar" stops, and
"parar de fumar" is a patient.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from domain.assistant.plain import plain

LONGEST: Final = 200

POLITE: Final = re.compile(
    r"[, ]*\b(?:por favor|por gentileza|favor|pfvr?|pf|oie?|ola|bom dia|boa tarde|boa noite|(?:muito )?obrigad[oa]|obg)\b[, ]*"
)
FILLERS: Final = re.compile(r"\b(?:quero|queria|gostaria de|preciso|me|eu|ja|agora)\b")
CLAUSE: Final = re.compile(r"[^,.!;?\n]*[,.!;?\n]?")
THINGS: Final = r"(?:mensage(?:m|ns)|msgs?|lembretes?|avisos?|notificac(?:ao|oes)|propagandas?|promoc(?:ao|oes)|nada)"
THESE: Final = rf"(?:(?:mais|essas?|esses?|as|os|nenhuma?|suas?|de) )*{THINGS}"
SO_MANY: Final = r"(?:(?:tant[ao]s?|d?es[st][ae]s?) )*"
NUMBER: Final = r"(?:(?:o )?meu (?:numero|contato|telefone|whats(?:app)?|zap))"
LIST: Final = r"(?:d?(?:a|essa|esta|as) listas?(?! de espera)\b)"
SEND: Final = r"(?:mand(?:ar?|em?|e)|envi(?:ar?|em?|e))"
SENDING: Final = r"(?:mand|envi)ando"
REACH: Final = r"(?:cham(?:ar?|em?|e)|procur(?:ar?|em?|e)|contat(?:ar?|em?|e)|escrev(?:er|am?|e)|lig(?:ar?|uem?|ue))"
STOPPING: Final = r"(?:par(?:e|a|ar|em)|deix(?:e|a|em|ar))"

TAKE_OFF: Final = r"(?:sair|remov(?:a|e|er|am)|tir(?:a|e|em|ar)|exclu(?:a|i|ir)|retir(?:e|a|ar))"

ALONE: Final = re.compile(
    r"sair|parar?|parem?|pare|stop|unsubscribe|descadastr(?:ar|e|a)|desinscrever|remover|"
    r"cancelar (?:(?:a )?inscricao|(?:o )?envio|(?:as |os )?(?:mensagens|lembretes))|bloquear mensagens"
)
"""All that was said, but for politeness."""

SAID: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:nao|nunca)(?: (?!recebi|cons[ei]g)\w+){{0,3}} receber(?: mais)? {THESE}\b",
        r"\b(?:nao|nunca) (?:quero|desejo|gostaria de|vou querer)(?: mais)? receber(?: mais)?$",
        rf"\b(?:nao|nunca)(?: mais)? (?:me )?{SEND}(?: mais)? {THESE}\b",
        rf"\b(?:nao|nunca)(?: mais)? me {SEND} mais$|\bnao {SEND} mais$",
        rf"\bnao quero(?: mais)? {THESE}$|\bnao autorizo (?:(?:o )?envio d[eao]s? )?{THESE}\b",
        rf"\bpar(?:e|ar|em) (?:de |com )?(?:me )?(?:{SEND} |receber )?{THESE}\b|^para (?:me )?{SEND} {THESE}$",
        rf"\b(?:para (?:de|com)|(?<!nao )(?<!nao me )chega de) (?:me )?(?:{SEND} |receber )?{THESE}\b",
        rf"\b{STOPPING} de (?:ficar|estar|continuar) (?:me )?{SENDING}(?: {THESE}\b|$)",
        rf"\b{STOPPING} de (?:(?:me )?{SEND}(?: {THESE})?|me {REACH}|receber)$",
        rf"\b(?:nao|nunca)(?: me {REACH} mais| mais me {REACH})(?: por)?(?: aqui)?$",
        rf"\b(?:nao|nunca) (?:quero|desejo|gostaria)(?: mais)? que (?:voces |vcs )?(?:me )?{SEND}(?: mais)? {THESE}\b",
        rf"\bnao precisam?(?: mais)? (?:me )?{SEND}(?: mais)? {THESE}\b",
        r"\bnao entrem?(?: mais)? em contato(?: (?:mais|nunca|comigo))*$",
        rf"\b(?:cansei|cansad[oa]|nao aguento)(?: mais)? (?:d(?:e|as?|os?) |com )?(?:receber )?{SO_MANY}(?!nada){THINGS}\b",
        r"\bme deix(?:a|e|em) em paz\b|\bme bloque(?:ia|ie|iem)(?: (?:ai|logo|entao|de vez|d\w+ (?:lista|contatos?)))*$",
        rf"\b{TAKE_OFF} {LIST}",
        r"\bnao (?:me )?(?:perturb|incomod)(?:e|em)\b",
    )
)
FORGET_NUMBER: Final = re.compile(rf"\b(?:{TAKE_OFF}|(?:apag|delet)(?:a|e|ar|uem?|em)) {NUMBER}\b")
NUMBER_CHANGED: Final = re.compile(
    r"\b(?:(?<!de )nov[oa]|antig[oa]|velh[oa]|anterior|outr[oa] (?:numero|telefone|contato|celular|chip|whats(?:app)?|zap)"
    r"|(?:anot|coloc|atualiz|cadastr)(?:a|ar|e|em)|coloquem?|poe|bota"
    r"|(?:troc(?:a|ar)|troqu(?:e|em|ei)|mud(?:a|ar|e|em|ei))(?! de (?!numero|chip|telefone|celular|contato|whats|zap)))\b"
)
"""Whoever gives us another number wants to be written to there."""

ASKED_FOR: Final = re.compile(
    r"^(?:(?:oi|ola|bom dia|boa tarde|boa noite|por favor) )*(?:da para|(?:voces?|vcs?) (?:podem?|poderiam?)|pod(?:e|em|eria"
    r"|eriam)"
    r"|tem como|consegue[m]?)\b(?! parar na)"
)
""" "Dá pra parar de mandar mensagem?" is a wish, for all its question mark; "como faço para sair?" is a question."""

BACK: Final = re.compile(
    rf"voltar|voltar a (?:receber|mandar|avisar)(?: .*)?|receber (?:{THESE} )?(?:de novo|novamente)|receber (?:as |os )?{THESE}"
    rf"|pode {SEND} (?:(?:as |os )?{THESE} de novo|(?:os )?lembretes(?: sim)?)"
    rf"|pode voltar a {SEND} (?:as |os )?{THESE}|pode voltar a (?:{SEND}|avisar)|reativar {THINGS}"
    r"|coloca de volta na lista"
)


class Wish(StrEnum):
    STOP = "stop"
    BACK = "back"


def wish(text: str) -> Wish | None:
    """None for everything that only sounds like it. `BACK` means something from those alone who had stopped."""
    if len(text) > LONGEST:
        return None
    typed = POLITE.sub(" ", re.sub(r"\b(?:n|ñ)\b", "nao", plain(text)))
    said = _words(typed)
    if "?" in typed:
        clauses = (
            _words(clause).replace(" pra ", " para ") for clause in CLAUSE.findall(typed) if clause.endswith("?")
        )
        return Wish.STOP if any(ASKED_FOR.search(asked) and _stops(asked, said) for asked in clauses) else None
    bare = " ".join(FILLERS.sub(" ", said).split())
    if ALONE.fullmatch(bare) or _stops(said, said):
        return Wish.STOP
    return Wish.BACK if BACK.fullmatch(bare) else None


def _words(typed: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", typed).split())


def _stops(clause: str, said: str) -> bool:
    if FORGET_NUMBER.search(clause) and not NUMBER_CHANGED.search(said):
        return True
    return any(pattern.search(clause) for pattern in SAID)
