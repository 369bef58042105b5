"""The answer to "quer ficar com ele?": one place, to be had now or passed on, so that a doubt is neither."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.assistant.clause_words import REASON, REFUSAL
from domain.assistant.clauses import Piece, as_words, beside_fillers, corrected, doubts, pieces_of, settled
from domain.reminders.answer_words import MOVE, QUESTION
from domain.reminders.answers import LONGEST, Meaning, Read
from domain.reminders.choice import Candidate, says_otherwise

WORD: Final = re.compile(r"\w+")
TAKES: Final = frozenset(
    WORD.findall(
        "sim quero querer queria queremos aceito aceita aceitar aceitamos fico ficamos pego pegar topo topamos confirmo"
        " confirmado confirmar confirma reserva reservar reserve reservado marca marcar marque marcado agenda agendar agende"
        " garante garantir garanta encaixa encaixar encaixe segura segurar guarda guardar fechado claro certeza isso bora"
        " vamos serve consigo posso vou irei iremos positivo uhum aham yes dale otimo perfeito fechou"
        " coloca colocar coloque bota botar bote anota anotar anote inclui incluir poe em_troca"
    )
)
AGREES: Final = frozenset(
    WORD.findall("ok bom certo certinho beleza blz show maravilha joia top legal combinado pode tranquilo ta")
)
"""Said politely of anything: a yes only where nothing else is said."""

BESIDE: Final = frozenset(
    WORD.findall(
        "a o as os de da do das dos com em no na para por que e ele ela esse este essa esta nesse nessa neste nesta isso"
        " horario vaga hora dia lugar consulta atendimento sessao mim me meu minha nome ser ir ficar deixar deixa ta esta eh"
        " demais conta tudo super ja nossa oba eba uau sera dar bem estar nao_perder"
    )
)
"""What may stand beside either without changing it."""

REFUSES: Final = frozenset(
    WORD.findall(
        "nao nem mais agora hoje dessa desta vez vai poder conseguir tenho como interesse interessa precisa preciso aceitar"
        " rola enquanto obrigado momento agradeco infelizmente negativo melhor deu fica comparecer"
    )
)
MINE: Final = re.compile(r"^(?:(?:eh|esse|essa|(?:o|esse) horario|(?:a|essa) vaga) )*(?:minha|meu)$|^demorou$")
NOT_MINE: Final = re.compile(
    r"^(?:(?:eu|vou|ter|que|de|pode|deixo|deixa|deixar|posso|infelizmente|prefiro|dessa vez|agora|obrigad[oa]) )*(?:passo"
    r"|passar|passa"
    r"|dispens[oa]|dispensar|recuso|recusar|libera|libero|liberar|oferec\w+|abro mao|to fora|estou fora|deixa(?:r)? quieto"
    r"|negativo"
    r"|esper(?:o|ar)|infelizmente|impossivel|sem (?:interesse|condicoes))"
    r"(?: (?:essa|esta|a|o|os|de|da|dessa|desse|vez|vaga|horario|esse|este|proxim[oa]s?|para|outr[oa]s?|pessoa|alguem|quem"
    r"|precisa|fila|lista))*$"
    r"|^(?:pode )?(?:deix|pass|oferec|d)(?:ar?|er?) (?:\w+ ){0,2}para (?:a |o |uma? )?(?:outr[oa]s?|proxim[oa]s?|quem|alguem)"
    r"(?! (?:dia|data|horario|hora|semana))\b"
    r"|\b(?:fic(?:o|ar)|continu(?:o|ar)|mant(?:enho|er)|prefiro|deixa) (?:com )?(?:o |a )?(?:m(?:eu|inha)$|(?:horario |dia "
    r"|consulta )?que (?:eu )?(?:ja )?"
    r"(?:tenho|estava|esta|marquei))"
    r"|^(?:deixa(?:mos)?|fica|ficamos|deixo)(?: \w+)? (?:para|na) (?:uma )?(?:a )?(?:proxima|outra)(?: vez| oportunidade)?$"
    r"|^(?:eu )?ja (?:marquei|consegui|agendei|resolvi|fui atendid[oa]|fiz|arrumei)\b"
)
KEEPS: Final = re.compile(
    r"\bnao (?:quero|vou|posso|queria) perder\b(?: (?:essa|esse|a|o) (?:vaga|horario|chance|oportunidade))?"
)
SWAP: Final = re.compile(r"\b(?:troc(?:ar|a|o|que)|mud(?:ar|a|o|e))\b")
CONDITION: Final = re.compile(r"\b(?:se|so|somente|caso|desde que|contanto)\b")
WISHED: Final = re.compile(
    r"^(?:(?:quem me dera|bem que|ate|eu|como) )*(?:queria|queriamos|adoraria|gostaria|quem me dera)(?: (?:muito|ate|tanto))*$"
)
""" "Queria, mas não posso": before a no it takes nothing."""

SOME_OTHER: Final = re.compile(r"\bse (?:\w+ ){0,3}?(?:abrir|vagar|surgir|aparecer|tiver|liberar|desistir|sobrar)\b")
FIRST: Final = frozenset({"quero", "aceito", "fico", "sim", "pego", "em_troca"})
OWN: Final = re.compile(
    r"(?<!\beh )\bm(?:eu|inha)\b(?! (?:nome|amig\w+|amor\w*|anjo|bem|rei|flor|querid[oa]|filh[oa]|lind[oa]))"
    r"(?!.*\bn?(?:es[st][ea]|el[ea])\b)"
)
""" "O meu", where nothing points at what is offered: the time that they have."""

STAYS: Final = re.compile(r"\b(?:fic|continu|mant|nao_perder|quer|prefir|serve|bom|boa|otim|deix|vou|vamos|confirm)")
GLAD: Final = re.compile(r"^que (?:otim[oa]|bo[ma]|legal|maravilha|show|perfeito|joia|top|beleza)(?: demais)?$")
""" "Que bom!" is glad of it, and takes nothing yet."""

SO_MUCH: Final = re.compile(r"(?<=\bquero) muito\b|(?<=\bqueremos) muito\b|(?<=\baceito) muito\b")


MIDDAY: Final = 12
EVENING: Final = 18


class _Part(StrEnum):
    TAKES = "takes"
    AGREES = "agrees"
    WISHED = "wished"
    REFUSES = "refuses"
    REASON = "reason"
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
    words = KEEPS.sub("nao_perder", settled(corrected(typed)))
    if swaps:
        words = SWAP.sub("em_troca", words)
    names = frozenset(re.findall(r"[a-z]+", corrected(f"{offered.service} {offered.professional}")))
    read = [(_part(piece, names), piece) for piece in pieces_of(words)]
    if swaps:
        read = [(_of_their_own(part, piece.words), piece) for part, piece in read]
    told = ", ".join(piece.words for part, piece in read if part is not _Part.REASON)
    if says_otherwise(told, offered) or _another_day(told, offered, now):
        return Read(Meaning.OTHER)
    on_condition = CONDITION.search(words) is not None or any(
        piece.but and part not in (_Part.TAKES, _Part.AGREES) for part, piece in read
    )
    return _weighed(frozenset(part for part, _ in read) - {_Part.EMPTY}, on_condition=on_condition)


def _weighed(parts: AbstractSet[_Part], *, on_condition: bool) -> Read:
    yes, refuses = bool(parts & {_Part.TAKES, _Part.AGREES}), _Part.REFUSES in parts
    if _Part.ANOTHER in parts or (parts & {_Part.REFUSES, _Part.REASON} and yes):
        return Read(Meaning.OTHER)
    more = bool(parts & {_Part.QUESTION, _Part.OTHER, _Part.REASON})
    if refuses or (_Part.REASON in parts and _Part.QUESTION not in parts):
        return Read(Meaning.NO, more)
    if (_Part.TAKES in parts or parts == {_Part.AGREES}) and not (on_condition and more):
        return Read(Meaning.YES, more)
    return Read(Meaning.OTHER)


def _part(piece: Piece, names: AbstractSet[str]) -> _Part:
    rest = SO_MUCH.sub("", beside_fillers(piece.words))
    if doubts(piece.words) or SOME_OTHER.search(piece.words) or (MOVE.search(rest) and not NOT_MINE.search(rest)):
        return _Part.ANOTHER
    if WISHED.search(rest):
        return _Part.WISHED
    if QUESTION.search(piece.words):
        return _Part.QUESTION
    if not rest or GLAD.search(rest):
        return _Part.EMPTY
    if NOT_MINE.search(rest):
        return _Part.REFUSES
    return _Part.QUESTION if piece.asks else _plain(piece.words, rest, names)


def _of_their_own(part: _Part, words: str) -> _Part:
    """Asked to give one time for another, who takes "o meu" keeps it."""
    if part not in (_Part.TAKES, _Part.AGREES) or "em_troca" in words or not OWN.search(words):
        return part
    return _Part.REFUSES if STAYS.search(words) else _Part.ANOTHER


def _plain(words: str, rest: str, names: AbstractSet[str]) -> _Part:
    """All of it is known: whoever adds a word of another kind wants something else, unless it ends in a plain refusal."""
    said = frozenset(rest.split()) - names
    if MINE.search(rest):
        return _Part.TAKES
    denied = bool(said & {"nao", "nem"})
    if not said <= TAKES | AGREES | BESIDE | (REFUSES if denied else frozenset()):
        return _Part.REFUSES if REFUSAL.search(rest) and not said & FIRST else _reason(words)
    if denied:
        return _Part.REFUSES
    if said & TAKES or "nao_perder" in said:
        return _Part.TAKES
    return _Part.AGREES if said & AGREES else _Part.OTHER


def _reason(words: str) -> _Part:
    return _Part.REASON if REASON.search(words) else _Part.OTHER


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
