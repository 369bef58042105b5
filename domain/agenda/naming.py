"""Whom and what of the house a reply names: "com a Júlia", "doutora Marina", "sua limpeza", or a heading above a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from domain.agenda.assertions import AND, BULLET, DAY_OF_A_LIST, THINGS
from domain.agenda.claim import Named
from domain.agenda.offering_phrases import OFFER, OURS
from domain.agenda.sentences import Now, Sentence
from domain.assistant.plain import plain

TITLE: Final = r"(?:dra?|doutora?|profa?|professora?|sra?|dona|enf|enfermeir[oa])"
TITLES: Final = re.compile(rf"\b{TITLE}\b")
LED_TO: Final = re.compile(
    r"(?:\b(?:com|as?|os?|d[ao]|n[ao]|pel[ao]|aos?|para|por|e|ou)|[:–—•|(/+>-]|[👩👨🧑💆💇👤🩺⚕])[ \ufe0f]*$"
)
"""A bare name is somebody's who attends only after one of these: others are called by theirs."""
SELF: Final = re.compile(r"\b(?:aqui(?: quem fala)? (?:#|e|eh)|sou|me chamo|nome (?:#|e)) (?:a |o )?$")
SPOKE: Final = re.compile(
    r"\b(?:fal|convers|pergunt|consult|avis|verifi(?:c|qu)|che(?:c|qu)|confirm|combin)(?:ei|amos|ar|o|ando)"
    r" (?:\w+ )?(?:com|para|a|ao?)(?: a| o)? $"
)
SPEAKS: Final = re.compile(
    r" (?:d[ao] (?:recepcao|equipe|secretaria|financeiro|administracao)"
    r"|(?:pediu|disse|avisou|informou|mandou|perguntou|contou|falou|volta|chega|saiu|viajou)\b)"
)
"""Somebody is spoken with, or speaks; nobody is seen by them."""
INSTEAD: Final = re.compile(r"\b(?:em vez|no lugar|ao inves) d[eao](?: a| o)? $")
ABOUT: Final = re.compile(r"\w+ (?:sobre|(?:falou|falando|interesse) (?:em|de|na|no|da)) (?:a |o )?$")
NOT_OF_IT: Final = re.compile(
    r"\b(?:nao|nem|sem|era|ferias|folga|licenca|ausente|viaj\w+|lotad[oa]|ocupad[oa]"
    r"|(?:so|apenas|somente) (?:atende|faz|trabalha|realiza)|faz(?! (?:o |a )?(?:seu|sua)\b)"
    r"|trabalha|realiza|(?:nao )?atende (?:so|apenas|somente)"
    r"|fazemos|oferecemos|trabalhamos|realizamos|especialista|recomend\w+|indica\w*|suger\w+"
    r"|cust\w+|sai por|valor\w*|preco\w*|dura(?:m|cao)?|leva|demora)\b"
)
"""Of a clause that tells what somebody does not do, or always does, or what something costs and how long it takes."""
LOOKED_AT: Final = 60
"""Letters before a name that tell how it is meant."""

LABELS: Final = re.compile(
    r"\b(?:servicos?|profissiona(?:l|is)|procedimentos?|medic[oa]s?|dentistas?|especialistas?|atendimentos?|horarios|com|para|as?"
    r"|os?|[dn][ao]|de|e|ou)\b"
)
DATED: Final = re.compile(r"\W*(?:data|dia|hora|horario|quando)\W*:")
GENERIC: Final = re.compile(r"hora|servico|procedimento|tratamento|primeir\w+")
"""With `THINGS`, words for whatever somebody comes for: who says "consulta" need not mean the service of that name."""


def names_told(said: list[Sentence]) -> list[Named]:
    """For each sentence whom and what it tells of, by itself or by the heading that it stands under."""
    if not any(_mentioned(one.plainly, one.now) for one in said):
        return [Named()] * len(said)
    told: list[Named] = []
    heading = Named()
    for one, below in zip(said, _names_below(said), strict=True):
        own, before = named_in(one), said[len(told) - 1] if told else None
        if only_names(one):
            heading = own.over(heading)
        elif not _point(one):
            heading = own
        if _point(one):
            own = own.over(heading).over(below)
        elif before and not before.asked and OFFER.search(one.words) and OFFER.search(before.words):
            own = own if OURS.search(before.words) else own.over(told[-1])
        told.append(own)
    return told


def _names_below(said: list[Sentence]) -> list[Named]:
    """In a card the name may stand below the hour; above another hour it is of that one."""
    below: list[Named] = []
    told, timed = Named(), False
    for one in reversed(said):
        below.append(told)
        if not _point(one):
            told, timed = Named(), False
        elif not only_names(one):
            timed = timed or one.timed
        elif not timed:
            told = named_in(one).over(told)
    return below[::-1]


def named_in(said: Sentence) -> Named:
    """The names of a sentence, but those in a clause that speaks of something else."""
    words, now = said.plainly, said.now
    if not _mentioned(words, now):
        return Named()
    clauses = [(start, end) for start, end in _spans(words) if not NOT_OF_IT.search(words, start, end)]
    professionals = {meant for start, end in clauses for meant in _professionals(words, now, start, end)}
    own, _ = _services(" , ".join(words[start:end] for start, end in clauses), now.services)
    _, generic = _services(words, now.services)
    return Named(frozenset(professionals), own | generic if own else own)


def all_named(said: Sentence) -> Named:
    """Every name, also of what is denied."""
    words, now = said.plainly, said.now
    own, generic = _services(words, now.services)
    return Named(frozenset(_professionals(words, now, 0, len(words))), own | generic)


def as_appointments(words: str, now: Now) -> str:
    """Plain words in which every service of the house is called an appointment."""
    return _offered(now.services).sub("consulta", words) if now.services else words


def _spans(words: str) -> Iterator[tuple[int, int]]:
    starts = 0
    for cut in AND.finditer(words):
        yield starts, cut.start()
        starts = cut.end()
    yield starts, len(words)


def _mentioned(words: str, now: Now) -> bool:
    return bool(_people(now.professionals).search(words) or _offered(now.services).search(words))


def _professionals(words: str, now: Now, start: int, end: int) -> Iterator[frozenset[str]]:
    """Those meant by a name that is told as one who attends is told of, and is nobody else's."""
    others = {_bare(name).split(" ")[0] for name in now.others if name.strip()}
    for found in _people(now.professionals).finditer(words, start, end):
        title, name = found.groups()
        before = words[max(0, found.start() - LOOKED_AT) : found.start()]
        if not title and (name in others or not (LED_TO.search(before) or found[0] == words.strip(" :"))):
            continue
        if SELF.search(before) or SPOKE.search(before) or INSTEAD.search(before) or SPEAKS.match(words, found.end()):
            continue
        meant = frozenset(each for each in now.professionals if _is_called(_bare(each), name, by_title=bool(title)))
        yield from [meant] if meant else ()


def _is_called(whole: str, name: str, *, by_title: bool) -> bool:
    return f"{whole} ".startswith(f"{name} ") or (by_title and f" {whole}".endswith(f" {name}"))


def _services(words: str, services: tuple[str, ...]) -> tuple[frozenset[frozenset[str]], frozenset[frozenset[str]]]:
    """Those told by a name of their own, and those by a word that any appointment may be called by."""
    own: set[frozenset[str]] = set()
    generic: set[frozenset[str]] = set()
    for found in _offered(services).finditer(words):
        if ABOUT.search(words[max(0, found.start() - LOOKED_AT) : found.start()]):
            continue
        name = _spaced(found[0])
        meant = frozenset(each for each in services if f" {name} " in f" {_spaced(plain(each))} ")
        (generic if THINGS.fullmatch(name) or GENERIC.fullmatch(name) else own).add(meant)
    return frozenset(own), frozenset(generic)


def _point(said: Sentence) -> bool:
    """A line of a list or of a card."""
    return bool(
        BULLET.match(said.text) or DAY_OF_A_LIST.match(said.words) or DATED.match(said.words) or only_names(said)
    )


def only_names(said: Sentence) -> bool:
    """Whether it is no more than a name: a heading, or a line of a card."""
    words = said.plainly
    if not _mentioned(words, said.now) or words.rstrip().endswith((",", "!")):
        return False
    return not re.search(r"\w", without_names(said))


def without_names(said: Sentence) -> str:
    """What it says besides with whom and for what."""
    left = _offered(said.now.services).sub(" ", _people(said.now.professionals).sub(" ", said.plainly))
    return " ".join(LABELS.sub(" ", left).split()).rstrip(" .!")


@lru_cache(maxsize=64)
def _people(names: tuple[str, ...]) -> re.Pattern[str]:
    """By their whole name, the first of it, or after a title the last."""
    wholes = {_bare(name) for name in names} - {""}
    forms = _any({form for whole in wholes for form in (whole, whole.split(" ")[0], whole.split(" ")[-1])})
    return re.compile(rf"\b(?:({TITLE})\.? )?({forms})\b")


def _any(forms: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(forms, key=len, reverse=True))) or "(?!)"


@lru_cache(maxsize=64)
def _offered(services: tuple[str, ...]) -> re.Pattern[str]:
    """By the whole name, or the first word of it."""
    names = {_spaced(plain(name)) for name in services} - {""}
    names |= {word for name in names if len(word := name.split(" ")[0]) > 3}
    told = (r"[^\w,]{1,3}".join(map(re.escape, name.split(" "))) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"\b(?:{'|'.join(told) or '(?!)'})\b")


def _bare(name: str) -> str:
    return _spaced(TITLES.sub(" ", plain(name)))


def _spaced(name: str) -> str:
    return " ".join(re.findall(r"\w+", name))
