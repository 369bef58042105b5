"""What somebody picks out of a numbered list, or asks for in a word: "2", "a primeira", "limpeza", "quero remarcar", "sim"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.agenda.choice_words import (
    A_LIST,
    ALSO,
    ARTICLES,
    ASKS_INSTEAD,
    COMING,
    COULD_NOT,
    DENIED_LIST,
    DOTTED,
    HOW_ARE_YOU,
    INSTEAD,
    LEAVES,
    NO,
    NO_MATTER,
    NO_SIGNS,
    NOT_THIS,
    TITLES,
    TO_BOOK,
    TO_MOVE,
    YES,
    YES_SIGNS,
)
from domain.assistant.clause_words import CONDITION, GIVEN_UP, KEPT, REFUSAL
from domain.assistant.clauses import Piece, as_words, beside_fillers, corrected, doubts, pieces_of, settled
from domain.assistant.plain import plain

LONGEST: Final = 300
"""Who picks something does it in few words."""

NUMBERS: Final = ("um", "dois", "tres", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez")
FEMININE: Final = {"uma": 1, "duas": 2}
ORDINALS: Final = ("primeir", "segund", "terceir", "quart", "quint", "sext")
BEFORE: Final = (
    r"(?:(?:pode ser|quero|escolho|prefiro|vou querer|fico com|e|eh|eu)? ?(?:a|o|na|no)? ?(?:opcao|numero|n|item)? ?)"
)
AFTER: Final = r"(?: (?:por favor|pfv|pf|obrigad[ao]|mesmo|ai|entao))*"
DIGITS: Final = re.compile(rf"{BEFORE}0*(\d{{1,2}}){AFTER}")
SPELT: Final = re.compile(rf"{BEFORE}({'|'.join((*NUMBERS, *FEMININE))}){AFTER}")
ORDINAL: Final = re.compile(rf"{BEFORE}({'|'.join(ORDINALS)})[ao]( opcao)?{AFTER}")
WEEKDAYS: Final = frozenset({"segund", "quart", "quint", "sext"})
"""A bare "segunda" is a Monday, not the second of the list."""

SMALL: Final = frozenset((*ARTICLES, *TITLES, "eu", "quero", "queria", "gostaria", "marcar"))
"""What many lines share, and says nothing of which is meant."""


class Intent(StrEnum):
    """What somebody asks for, whatever the list before them says."""

    WAIT = "wait"
    LEAVE = "leave"
    BOOK = "book"
    MINE = "mine"
    MOVE = "move"
    CANCEL = "cancel"
    HOME = "home"
    YES = "yes"
    NO = "no"


ASKED: Final = tuple(
    (intent, re.compile(pattern))
    for intent, pattern in (
        (
            Intent.LEAVE,
            r"\b(?:sair|saio|tir\w+|remov\w+|retir\w+|desist\w+)\b(?: \w+){0,4} d(?:a|essa) (?:lista|fila) de espera\b"  # noqa: ISC004
            r"|\b(?:nao quero mais|deixar)(?: estar| ficar)?(?: n?(?:a|essa))? (?:lista|fila) de espera\b",
        ),
        (
            Intent.WAIT,
            r"\b(?:lista|fila) de espera\b"  # noqa: ISC004
            r"|\b(?:me )?avis(?:a|e|ar|em|ando)\b.*\b(?:abr(?:ir|e|isse)|vag(?:ar|a|ue)|surg(?:ir|e)|liber(?:ar|a)"
            r"|aparec(?:er|e)|desist)",
        ),
        (
            Intent.MOVE,
            r"\b(?:remarc|reagend|transferir|adiar|antecipar)\w*|\b(?:mudar|trocar|alterar)\b.*\b(?:hora|dia|data|consulta|sess[ao]|agendamento)",
        ),
        (
            Intent.CANCEL,
            r"\b(?:cancel|desmarc)\w*|\bnao (?:vou|posso|poderei|consigo) (?:mais )?(?:poder )?(?:ir|comparecer)",
        ),
        (
            Intent.MINE,
            r"\bme(?:u|us) (?:horarios?|agendamentos?|compromissos?)|\bminhas? (?:consultas?|agendas?|sessoes)"  # noqa: ISC004
            r"|\b(?:tenho|esta) (?:algo |algum horario )?marcad|^que (?:dia|horas?) (?:e|eh) (?:o |a )?(?:meu|minha)",
        ),
        (
            Intent.BOOK,
            r"\b(?:marcar|marca|agendar|agenda|agendamento|reservar|reserva|encaixe)\b"  # noqa: ISC004
            r"|\bhorarios? (?:livres?|vagos?|disponive(?:l|is))|\btem (?:vaga|horario)",
        ),
        (Intent.HOME, r"^(?:menu|inicio|comecar|recomecar|voltar|volta|opcoes|ajuda|sair)$"),
    )
)


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a list: `key` is ours, `label` is what was read."""

    key: str
    label: str


def words_of(text: str) -> str:
    """Letters and digits only, in one case; "1️⃣" reads "1"."""
    return " ".join("".join(mark if mark.isalnum() else " " for mark in plain(text[:LONGEST])).split())


def chosen(text: str, options: Sequence[Option]) -> Option | None:
    """The one line that is meant, by its number or by its words; None where none is, or more than one."""
    said = words_of(text)
    number = _number(said)
    if number is not None:
        return options[number - 1] if 1 <= number <= len(options) else None
    return named(said, options)


def chosen_alone(text: str, options: Sequence[Option]) -> Option | None:
    """As `chosen`, where nothing else is said."""
    said = words_of(text)
    alone = _number(said) is not None or any(said == words_of(each.label) for each in options)
    return chosen(text, options) if alone else None


def hedged(text: str) -> bool:
    """A "sim" that something is set against: a doubt, a condition, a "mas", a question for something else."""
    return any(
        piece.but
        or doubts(piece.words)
        or CONDITION.search(piece.words)
        or (piece.asks and (ASKS_INSTEAD.search(piece.words) or YES.fullmatch(piece.words)))
        for piece in _pieces(text)
    )


def named(text: str, options: Sequence[Option]) -> Option | None:
    """As `chosen`, by words alone: the label in what was said, or something of it that no other label has."""
    said = words_of(text)
    heard = f" {said} "
    whole = [each for each in options if (label := words_of(each.label)) and f" {label} " in heard]
    if whole:
        longest = max(whole, key=lambda each: len(each.label))
        rest = [each for each in whole if words_of(each.label) not in words_of(longest.label)]
        return None if rest else longest
    telling = set(said.split()) - SMALL
    found = [each for each in options if telling & (set(words_of(each.label).split()) - SMALL)]
    return found[0] if len(found) == 1 else None


def intent_of(text: str) -> Intent | None:
    said = _spelt(text)
    if not said:
        return _sign(text)
    if YES.fullmatch(said):
        return Intent.YES
    wished = _wished(text)
    found = next((intent for intent, pattern in ASKED if pattern.search(wished)), None)
    if found is None and NO.match(said):
        return Intent.NO
    return found


def leaves(text: str) -> bool:
    """Whether it says to be taken off, and nothing of what."""
    return LEAVES.fullmatch(words_of(text)) is not None


def leaves_a_list(text: str) -> bool:
    """As `leaves`, where it names a list: who is on none may mean all that we ever send."""
    return leaves(text) and A_LIST.search(words_of(text)) is not None


def agrees(text: str) -> bool | None:
    """True for a yes, False for a no, None for anything else: where there is a question, "cancelar" is not about it."""
    said = _spelt(text)
    if YES.fullmatch(said) or (not said and YES_SIGNS.search(text)):
        return None if hedged(text) else True
    if any(doubts(piece.words) for piece in _pieces(text)):
        return None
    return False if NO.match(said) or (not said and NO_SIGNS.search(text)) else None


def comes(text: str) -> bool:
    """Whether it says in so many words that they will be there, and nothing against it."""
    pieces = _pieces(text)
    against = any(piece.but or piece.asks or doubts(piece.words) or CONDITION.search(piece.words) for piece in pieces)
    return not against and any(COMING.fullmatch(beside_fillers(piece.words)) for piece in pieces)


def refuses(text: str) -> bool:
    """Whether it says that they will not or cannot come, beyond a bare "não"."""
    return any(REFUSAL.search(piece.words) and COULD_NOT.search(piece.words) for piece in _pieces(text))


class _Heard(StrEnum):
    YES = "yes"
    BOOKS = "books"
    """It names what was asked for."""
    NO = "no"
    ELSE = "else"
    ASKS = "asks"
    OTHER = "other"


def agrees_to_book(text: str, *, moving: bool = False, about: str = "") -> bool | None:
    """As `agrees`, where it was asked whether to book, or to move: "marca aí" and "pode mudar" say yes there.

    A day or an hour that is named with it is the caller's to compare with the one that was asked about. `about`: the words
    that name what was asked about, which may be said again.
    """
    yes = agrees(text)
    if yes is not None:
        return yes
    undotted = DOTTED.sub(r"\1", as_words(text)[:LONGEST])
    said = HOW_ARE_YOU.sub(" ", settled(corrected(undotted)))
    to_do = TO_MOVE if moving else TO_BOOK
    heard = {_heard(piece, to_do, words_of(about)) for piece in pieces_of(said)} - {None}
    if _Heard.ELSE in heard or (_Heard.NO in heard and heard & {_Heard.YES, _Heard.BOOKS}):
        return None
    if _Heard.NO in heard:
        return False
    return True if _Heard.BOOKS in heard or (_Heard.YES in heard and _Heard.OTHER not in heard) else None


def _heard(piece: Piece, to_do: re.Pattern[str], about: str) -> _Heard | None:
    rest = _beside_names(beside_fillers(piece.words), about)
    if doubts(piece.words) or CONDITION.search(piece.words):
        return _Heard.ELSE
    if not piece.asks and (REFUSAL.search(rest) or NOT_THIS.search(rest)):
        return _Heard.NO
    if piece.asks:
        return _Heard.ELSE if piece.but or ASKS_INSTEAD.search(piece.words) else _Heard.ASKS
    if to_do.fullmatch(rest):
        return _Heard.ELSE if ALSO.search(piece.words) else _Heard.BOOKS
    if not rest or NO_MATTER.search(piece.words):
        return None
    if YES.fullmatch(rest) or YES.fullmatch(piece.words):
        return _Heard.YES
    return _Heard.ELSE if piece.but or INSTEAD.search(piece.words) else _Heard.OTHER


def _beside_names(said: str, about: str) -> str:
    """Without the service and the person that were asked about, and the small words that lead to them."""
    names = set(about.split()) - SMALL
    if not names & set(said.split()):
        return said
    name = "|".join(sorted(names))
    lead = "|".join((*ARTICLES, *TITLES, "minha", "meu", "essa", "esse"))
    return " ".join(re.sub(rf"(?: (?:{lead}))* (?:{name})\b", "", f" {said}").split())


def _pieces(text: str) -> list[Piece]:
    return pieces_of(settled(corrected(text[:LONGEST])))


def _spelt(text: str) -> str:
    return words_of(settled(corrected(text[:LONGEST])))


def _wished(text: str) -> str:
    """Without what they thought of and gave up, and what they say is not to be done."""
    said = (DENIED_LIST.sub(" ", KEPT.sub(" ", GIVEN_UP.sub(" ", piece.words))) for piece in _pieces(text))
    return " ".join(" ".join(said).split())


def _sign(text: str) -> Intent | None:
    if YES_SIGNS.search(text):
        return Intent.YES
    return Intent.NO if NO_SIGNS.search(text) else None


def _number(said: str) -> int | None:
    if found := DIGITS.fullmatch(said):
        return int(found[1])
    if found := SPELT.fullmatch(said):
        return FEMININE.get(found[1]) or NUMBERS.index(found[1]) + 1
    found = ORDINAL.fullmatch(said)
    if found and (found[2] or found[1] not in WEEKDAYS):
        return ORDINALS.index(found[1]) + 1
    return None
