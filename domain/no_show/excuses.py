"""What somebody answers who is told that they were missed: they want another time, were there after all, or say why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.agenda.choices import Intent, intent_of
from domain.assistant.clauses import Piece, beside_fillers, corrected, pieces_of, settled
from domain.assistant.plain import plain
from domain.conversations.questions import bare
from domain.follow_ups.replies import AGAIN
from domain.reminders.answer_words import TIME_WORD
from domain.reminders.answers import Meaning, read_answer, wishes

LONGEST: Final = 1_000


class Kind(StrEnum):
    AGAIN = "again"
    """They want another time."""
    CAME = "came"
    """They say that they were there."""
    WHY = "why"


@dataclass(frozen=True, slots=True)
class Excuse:
    """`told`: there are words in it for people to read. `rest`: what was said beside the wish to come another time."""

    kind: Kind
    told: bool
    rest: str = ""


CAME: Final = re.compile(
    r"(?<!nao )(?<!nem )(?<!nao eu )\b(?:compareci\b|fui(?: eu)?(?: (?:sim|la|ai|ate|na hora|no horario|a consulta|na consulta"
    r"|ao (?:consultorio|atendimento|horario|local)|atendid[oa])\b|$)"
    r"|est(?:ive|ava)(?: sim)?(?: (?:la|ai|presente|na (?:sala|recepcao|clinica)|no (?:horario|local))\b)"
    r"|(?:fiquei|esperei|cheguei)(?: \w+){0,5} (?:na (?:recepcao|sala|clinica)|no consultorio)\b"
    r"|(?:passei|consultei|me consultei) (?:com|pel[oa]|n[oa]) (?:[oa] )?(?:medic|doutor|dra?\b|dentista|profissional|psico"
    r"|fisio|nutri)"
    r"|me (?:atenderam|atendeu|examin)|(?:consulta|sessao|atendimento|exame|procedimento) (?:aconteceu|ocorreu|foi (?:feit"
    r"|realizad)))"
    r"|\bnao faltei(?: nao)?$"
)
AS_IF_NOT: Final = re.compile(
    r"\bcomo(?: assim| que| eh que)* (?:eu )?(?:nao (?:fui|compareci|estava|apareci)|faltei)\b"
)
"""Asked back by those who were there."""

AWAY: Final = re.compile(
    r"\b(?:outr[oa]s? (?:lugar|local|clinica|consultorio|hospital|cidade|canto|salao|unidade|bairro)|postinho|posto|ubs|upa"
    r"|hospital|pronto[ -]?(?:socorro|atendimento)|emergencia|farmacia|pert(?:o|inho)(?! d[oa] (?:hora|horario)))\b"
)
"""Somewhere they were, or were seen to, that is not here."""

NOT_THERE: Final = re.compile(
    r"\b(?:errei|voltei|desisti|me perdi|nao (?:achei|encontrei|consegui (?:chegar|entrar|achar))|caminho|liguei|telefone)\b"
)
"""They set out, or rang, and were not there."""

STRANGER: Final = re.compile(r"\bnao (?:conheco|sou (?:a|o|essa|esse|eu))\b|\b(?:numero|pessoa) errad[oa]\b")
THEIRS: Final = re.compile(r"\b(?:cancel|desmarc|remarc|reagend|adi)(?:aram|ou|ei|amos|ado|ada)\b")
"""What was done is told, not wished for."""

COMING_AGAIN: Final = re.compile(rf"\b(?<!nao )(?:quero|queria|gostaria de) (?:ir|passar|voltar)\b.*\b{TIME_WORD}\b")
COMING: Final = re.compile(
    rf"\b(?:posso|consigo|da para|daria para|poderia|tem como|rola)(?: eu)? (?:ir|passar|vir|aparecer)\b.*\b{TIME_WORD}\b"
)
MOVING: Final = re.compile(
    r"\b(?:(?:eu|quero|queria|gostaria de|preciso|pode|podemos|vamos|da para|tem como|consegue|posso) )*"
    r"(?:remarc|reagend|remarq|transfer|adia|antecip)\w*"
    r"|\b(?:mudar|trocar|alterar)\b(?= .{0,20}\b(?:hora|dia|data))"
)
ELSEWHERE: Final = frozenset({Intent.CANCEL, Intent.MINE, Intent.WAIT, Intent.LEAVE, Intent.HOME})


def read_excuse(text: str) -> Excuse | None:
    """None where it is about something else, or is a yes or a no that could be to either of the two things we said."""
    said = settled(corrected(text[:LONGEST]))
    pieces = [piece for piece in pieces_of(said) if beside_fillers(piece.words)]
    if not pieces or bare(text) or STRANGER.search(said):
        return None
    if _wants_another(text):
        told = [each for each in pieces if not each.asks and not _wants_another(each.words)]
        rest = " ".join(MOVING.sub(" ", plain(text[:LONGEST])).split())
        return Excuse(Kind.AGAIN, any(not bare(each.words) for each in told), rest)
    if _came(pieces):
        return Excuse(Kind.CAME, told=True)
    if intent_of(_wished(pieces)) in ELSEWHERE or any(each.asks for each in pieces):
        return None
    return Excuse(Kind.WHY, told=True)


def _came(pieces: Sequence[Piece]) -> bool:
    if any(NOT_THERE.search(each.words) for each in pieces):
        return False
    return any(
        AS_IF_NOT.search(each.words)
        or (
            not each.asks
            and not AWAY.search(each.words)
            and (CAME.search(each.words) or CAME.search(beside_fillers(each.words)))
        )
        for each in pieces
    )


def _wants_another(text: str) -> bool:
    pieces = pieces_of(settled(corrected(text[:LONGEST])))
    if read_answer(text).meaning is Meaning.MOVE or any(_would_come(each) for each in pieces):
        return True
    wished = _wished(pieces)
    return intent_of(wished) in (Intent.BOOK, Intent.MOVE) or AGAIN.search(wished) is not None


def _would_come(piece: Piece) -> bool:
    return (COMING if piece.asks else COMING_AGAIN).search(piece.words) is not None


def _wished(pieces: Sequence[Piece]) -> str:
    return " ".join(" ".join(THEIRS.sub(" ", wishes(each.words)) for each in pieces).split())
