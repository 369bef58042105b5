"""The answer to "quer ficar com ele?": one place, to be had now or passed on, so that a doubt is neither."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.assistant.clause_words import DOUBT
from domain.assistant.clauses import Piece, as_words, beside_fillers, corrected, pieces_of
from domain.reminders.answer_words import MOVE, QUESTION
from domain.reminders.answers import LONGEST, Meaning, Read
from domain.reminders.choice import Candidate, says_otherwise

WORD: Final = re.compile(r"\w+")
TAKES: Final = frozenset(
    WORD.findall(
        "sim quero querer queria queremos aceito aceita aceitar aceitamos fico ficamos pego pegar topo topamos confirmo"
        " confirmado confirmar confirma reserva reservar reserve reservado marca marcar marque marcado agenda agendar agende"
        " garante garantir garanta encaixa encaixar encaixe segura segurar guarda guardar fechado claro certeza isso bora"
        " vamos serve consigo posso vou irei iremos positivo uhum aham yes dale otimo perfeito"
    )
)
AGREES: Final = frozenset(
    WORD.findall("ok bom certo certinho beleza blz show maravilha joia top legal combinado pode tranquilo")
)
"""Said politely of anything: a yes only where nothing else is said."""

BESIDE: Final = frozenset(
    WORD.findall(
        "a o as os de da do das dos com em no na para por que e ele ela esse este essa esta nesse nessa neste nesta isso"
        " horario vaga hora dia lugar consulta atendimento sessao mim me meu minha nome ser ir ficar deixar deixa ta esta eh"
        " foi muito demais tudo super ja nossa oba eba uau sera dar coloca colocar coloque bem nao_perder"
    )
)
"""What may stand beside either without changing it."""

REFUSES: Final = frozenset(
    WORD.findall(
        "nao nem mais agora hoje dessa desta vez vai poder conseguir tenho como interesse interessa precisa preciso aceitar"
        " rola enquanto obrigado momento agradeco infelizmente negativo melhor deu fica comparecer"
    )
)
NOT_MINE: Final = re.compile(
    r"^(?:(?:eu|vou|pode|deixo|deixa|deixar|posso|infelizmente|prefiro|dessa vez|agora|obrigad[oa]) )*(?:passo|passar|passa"
    r"|dispens[oa]|dispensar|recuso|libera|libero|liberar|oferec\w+|abro mao|to fora|estou fora|deixa(?:r)? quieto|negativo"
    r"|esper(?:o|ar)|infelizmente|impossivel|sem (?:interesse|condicoes))"
    r"(?: (?:essa|esta|a|o|os|de|da|dessa|desse|vez|vaga|horario|esse|este|proxim[oa]s?|para|outr[oa]s?|pessoa|alguem|quem"
    r"|precisa|fila|lista))*$"
    r"|^(?:deixa(?:mos)?|fica|ficamos|deixo)(?: \w+)? (?:para|na) (?:uma )?(?:a )?(?:proxima|outra)(?: vez| oportunidade)?$"
    r"|^(?:eu )?ja (?:marquei|consegui|agendei|resolvi|fui atendid[oa]|fiz|arrumei)\b"
)
KEEPS: Final = re.compile(
    r"\bnao (?:quero|vou|posso|queria) perder\b(?: (?:essa|esse|a|o) (?:vaga|horario|chance|oportunidade))?"
)
SWAP: Final = re.compile(r"\b(?:troc(?:ar|a|o|que)|mud(?:ar|a|o|e))\b")
CONDITION: Final = re.compile(r"\b(?:se|so|somente|caso|desde que|mas|porem|contanto)\b")


MIDDAY: Final = 12
EVENING: Final = 18


class _Part(StrEnum):
    TAKES = "takes"
    AGREES = "agrees"
    REFUSES = "refuses"
    ANOTHER = "another"
    QUESTION = "question"
    OTHER = "other"
    EMPTY = "empty"


def read_offer_answer(text: str, offered: Candidate, now: datetime, *, swaps: bool = False) -> Read:
    """YES, NO or OTHER. `now` by the wall clock of the company, as `offered` tells its own. `swaps`: it was asked whether to
    give another time for it, so that "pode trocar" is a yes.
    """
    typed = as_words(text)
    if len(typed) > LONGEST:
        return Read(Meaning.OTHER)
    words = KEEPS.sub("nao_perder", corrected(typed))
    if swaps:
        words = SWAP.sub("aceito", words)
    if says_otherwise(words, offered) or _another_day(words, offered, now):
        return Read(Meaning.OTHER)
    names = frozenset(re.findall(r"[a-z]+", corrected(f"{offered.service} {offered.professional}")))
    parts = frozenset(_part(piece, names) for piece in pieces_of(words)) - {_Part.EMPTY}
    return _weighed(parts, on_condition=CONDITION.search(words) is not None)


def _weighed(parts: AbstractSet[_Part], *, on_condition: bool) -> Read:
    takes, refuses = _Part.TAKES in parts, _Part.REFUSES in parts
    if _Part.ANOTHER in parts or (refuses and (takes or _Part.AGREES in parts)):
        return Read(Meaning.OTHER)
    more = bool(parts & {_Part.QUESTION, _Part.OTHER})
    if refuses:
        return Read(Meaning.NO, more)
    if (takes or parts == {_Part.AGREES}) and not (on_condition and more):
        return Read(Meaning.YES, more)
    return Read(Meaning.OTHER)


def _part(piece: Piece, names: AbstractSet[str]) -> _Part:
    rest = beside_fillers(piece.words)
    if DOUBT.search(piece.words) or (MOVE.search(rest) and not NOT_MINE.search(rest)):
        return _Part.ANOTHER
    if QUESTION.search(piece.words):
        return _Part.QUESTION
    if not rest:
        return _Part.EMPTY
    if NOT_MINE.search(rest):
        return _Part.REFUSES
    return _Part.QUESTION if piece.asks else _plain(frozenset(rest.split()) - names)


def _plain(said: AbstractSet[str]) -> _Part:
    """All of it is known: whoever adds a word of another kind wants something else."""
    if said & {"nao", "nem"}:
        return _Part.REFUSES if said <= BESIDE | TAKES | AGREES | REFUSES else _Part.OTHER
    if not said <= TAKES | AGREES | BESIDE:
        return _Part.OTHER
    if said & TAKES or "nao_perder" in said:
        return _Part.TAKES
    return _Part.AGREES if said & AGREES else _Part.OTHER


def _another_day(words: str, offered: Candidate, now: datetime) -> bool:
    """A day or a part of it is told in a word, and it is not this one's; "hoje não" says nothing of another day."""
    days = (offered.starts.date() - now.date()).days
    told = (
        (days == 1, r"(?<!depois de )\bamanha\b"),
        (offered.starts.hour < MIDDAY, r"\b(?:de|pela) manha\b"),
        (MIDDAY <= offered.starts.hour < EVENING, r"\b(?:a|de) tarde\b"),
        (offered.starts.hour >= EVENING, r"\b(?:a|de) noite\b"),
    )
    return any(not right and re.search(pattern, words) for right, pattern in told)
