"""What a reply asserts about appointments, and whether the ledger holds it: a lie must not leave, however it is put."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import Final

from domain.assistant.plain import plain, rejoined, undisguised
from domain.scheduling.understanding import read_wish
from domain.scheduling.wish import Grain, Holidays, Window, Wish

STANDING: Final = frozenset({"booked", "confirmed", "rescheduled"})
"""The states in which a person is expected; pending is none of them."""

GONE: Final = "cancelled"


class Act(StrEnum):
    """What is asserted: that somebody is expected, was moved, was cancelled, or that a time is free."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    OFFERED = "offered"


class Why(StrEnum):
    """What is wrong with a claim, for the counter and the panel."""

    NOTHING_BOOKED = "nothing_booked"
    ANOTHER_TIME = "another_time"
    NOT_MOVED = "not_moved"
    NOT_CANCELLED = "not_cancelled"
    NOT_OFFERED = "not_offered"


@dataclass(frozen=True, slots=True)
class Fact:
    """An appointment of the contact: its state by name, its start, and the starts it was moved away from."""

    start: datetime
    state: str
    earlier: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that is true of the contact. `offered`: the slots they were shown; None where offers are not looked at."""

    facts: tuple[Fact, ...] = ()
    offered: tuple[datetime, ...] | None = None

    def standing(self) -> list[datetime]:
        return [fact.start for fact in self.facts if fact.state in STANDING]

    def moved(self) -> list[datetime]:
        return [fact.start for fact in self.facts if fact.state in STANDING and fact.earlier]

    def gone(self) -> list[datetime]:
        """Starts that were given up, by a cancellation or a move."""
        cancelled = [fact.start for fact in self.facts if fact.state == GONE]
        return cancelled + [start for fact in self.facts for start in fact.earlier]

    def cancelled(self) -> list[datetime]:
        return [fact.start for fact in self.facts if fact.state == GONE]


@dataclass(frozen=True, slots=True)
class Claim:
    """`text` asserts `act`, of the times in `wish`. `target`: those after "para", where a move says whither. `together`: the
    sentence asserts something else too, so not every time in it is of this act."""

    act: Act
    text: str
    wish: Wish
    target: Wish | None = None
    together: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """`ok`, or the first claim that the ledger does not hold, and why."""

    claim: Claim | None = None
    why: Why | None = None

    @property
    def ok(self) -> bool:
        return self.why is None


@dataclass(frozen=True, slots=True)
class Now:
    """When and where the reply is written, for what "amanhã" means in it."""

    reference: datetime
    zone: tzinfo
    holidays: Holidays


def check(reply: str, ledger: Ledger, now: Now) -> Verdict:
    """Whether every claim of the reply is true."""
    for claim in claims(reply, now):
        why = _objection(claim, ledger)
        if why is not None:
            return Verdict(claim, why)
    return Verdict()


def claims(reply: str, now: Now) -> Iterator[Claim]:
    """Every assertion of a booking, a change, a cancellation, or a time; questions, offers and denials are none."""
    listing = False
    for sentence in SENTENCE.findall(rejoined(reply)):
        words = _words(sentence)
        if not words:
            continue
        listing = OFFER.search(words) is not None or (listing and BULLET.match(sentence) is not None)
        yield from _claims_of(sentence, words, now, listing=listing and not PAST_ALL_DOUBT.search(words))


SENTENCE: Final = re.compile(r"(?:[^.!?\n;]|[.](?=\d)|(?<=\bdr)[.]|(?<=\bdra)[.])+[.!?]*")
BULLET: Final = re.compile(r"\s*(?:[-–•*▪]|\d{1,2}\s*[).:\-–]|[a-h]\)|\d\ufe0f?\u20e3|[🔹🔸👉])")
TAG: Final = re.compile(
    r",? *\b(?:ok|okay|tudo bem|certo|combinado|ta|ta bom|esta bem|beleza|viu|blz|pode ser|ne|nao e|sim|entendeu)[ ?!]*$"
)
COMMA: Final = re.compile(r",(?!\d)|\bmas\b|\bporem\b|:(?!\d)| [-–] ")
HANDED: Final = r"(?:agend|confirm|reserv|encaix|efetiv|firm)"
KEPT: Final = r"(?:anot|registr|separ|deix|bloque|salv|garant|fech|prend)"
ENDINGS: Final = r"(?:ei|amos|ou|aram|i|imos|iu|iram)"
DONE: Final = re.compile(
    rf"\b(?:pre)?{HANDED}{ENDINGS}\b|\bmarquei|\bmarc(?:amos|ou|aram)\b|\b(?:pre)?{HANDED}ad(?:o|a|os|as|issim[oa])\b"
    r"|\bmarcad(?:[oa]s?|issim[oa]|inh[oa])\b|\bgarantid[oa]s?\b|\bacab(?:ei|o|amos) de (?:te |lhe )?\w+r\b"
    r"|\bconsegui(?:mos)? (?:te |lhe |o |a |um |uma )?(?:encaix|marc|agend|reserv|confirm|vaga|horario)"
    r"|\b(?:agendamento|reserva|marcacao|consulta|sessao|booking|encaixe)\b[^,]{0,24}?\b(?:feit|efetuad|realizad|concluid|registrad"
    r"|efetivad|finalizad|pront|complet|criad|ativ)[oa]s?\b|\bfiz (?:o |a |seu |sua |teu )*(?:agendamento|reserva|marcacao)"
    r"|\b(?:esta|ta|entrou|consta|voce|vc|coloquei|pus|bot[ea]i|inclui|nome|horario|consulta)\b[^,]{0,24}?\bn[ao] (?:\w+ )?(?:agenda|lista)\b"
    r"|\bconsta\b|\b(?:voce|vc) (?:ja )?tem (?:1|um|uma|sim|o|a)? ?(?:consulta|agendamento|horario|sessao|reserva|retorno|atendimento)\b"
    r"|\b(?:temos|tenho) (?:voce|vc)\b|\b(?:seu|sua) (?:consulta|horario|atendimento|agendamento|reserva|sessao|retorno|vaga)"
    r" (?:segue|continua|permanece|esta de pe|vale)\b"
)
DONE_WITH_A_TIME: Final = re.compile(
    rf"\b{KEPT}{ENDINGS}\b|\b{KEPT}(?:ad|id)[oa]s?\b|\bcoloquei|\bcoloc(?:amos|ou|ad[oa])|\binclu(?:i|imos|iu|id[oa])\b|\bpus\b"
    r"|\bfic(?:ou|amos|a|ara|aram)\b"
)
THINGS: Final = re.compile(r"\b(?:horario|vaga|consulta|sessao|agendamento|reserva|agenda|atendimento)s?\b")
MOVED: Final = re.compile(
    rf"\bre(?:agend|program|aloc){ENDINGS}\b|\bremarquei|\bremarc(?:amos|ou|aram|ad[oa]s?)\b|\bre(?:agend|program|aloc)ad[oa]s?\b"
    r"|\btransfer(?:i|imos|iu|id[oa]s?)\b|\b(?:mud|alter|adi|antecip|posterg|prorrog|realoc|modific|atualiz)(?:ei|amos|ou|ad[oa]s?)\b"
    r"|\btroquei|\btroc(?:amos|ou|ad[oa]s?)\b|\bpass(?:ei|amos|ou|ad[oa]) (?:\w+ ){0,4}para\b|\bnov[oa] (?:horario|data|dia)\b(?= ?(?:e\b|eh|#|:|fic|sera|esta|,|\d|as))"
    r"|\b(?:remarcacao|mudanca|alteracao|troca)\b[^,]{0,20}?\b(?:feit|efetuad|realizad|concluid|confirmad|pront)[oa]\b"
)
CANCELLED: Final = re.compile(
    r"\bcancel(?:ei|amos|ou|aram|ad[oa]s?|adinh[oa])\b|\bdesmarquei|\bdesmarc(?:amos|ou|aram|ad[oa]s?)\b"
    r"|\bcancelamento\b[^,]{0,24}?\b(?:feit|efetuad|realizad|concluid|confirmad|processad|pront|registrad)[oa]\b"
    r"|\b(?:tirei|removi|exclui|apaguei|retirei|liberei)\b[^,]{0,30}?\b(?:agenda|consulta|horario|agendamento|reserva|sessao)\b"
)
ACTS: Final = ((Act.CANCELLED, CANCELLED), (Act.MOVED, MOVED), (Act.BOOKED, DONE), (Act.BOOKED, DONE_WITH_A_TIME))
BETWEEN: Final = (
    r"(?:foi|fui|foram|esta|estao|estava|ficou|consegu\w+|pude\w*|podemos|posso|tenho|tem|temos|ha|houve|encontr\w+|consta\w*|vi|vejo"
    r"|localiz\w+|achei|existe|me|te|lhe|o|a|os|as|ainda|mais|possivel|sua|seu|nenhum\w*|um|uma|voce|vc|consulta|horario|agendamento"
    r"|compromisso|nada|de|em|ter|ser|sido|havia|tinha|pedido|cancelamento|reserva|sessao|aqui|nome|no|na|agenda|#)"
)
DENIED: Final = re.compile(rf"\b(?:nao|nunca|nada|nenhum\w*|ninguem|jamais|falta)(?: {BETWEEN})* *$|\bsem (?:hora|horario|consulta) *$")
DENIED_AT_ALL: Final = re.compile(r"\bnao (?:consegu|foi|pud|pode|temos|tem|ha|esta)")
UNSURE: Final = re.compile(r" (?:nao|pode|podem|deve|sera|#|ainda) ")
SUPPOSED: Final = re.compile(
    r"\b(?:se (?!preocup)|caso|quando|assim que|depois que|depois de|logo que|uma vez|apos|antes de|a ser|sera|serao|vai ser|ser|posso|podemos"
    r"|quer|querem|gostaria|deseja|prefere|devo|com hora|com horario|voce (?:disse|pediu|falou)|precis\w+|aguard\w+ (?:ser|estar)|para ficar)"
)
PROMISED: Final = re.compile(r"\b(?:fica|ficara|deixo|deixamos|estara|e|eh|#)(?: (?:ja|tudo|voce|seu|horario|o|a))* *$")
ON_CONDITION: Final = re.compile(
    r"\b(?:se|caso|assim que|depois que|logo que|quando|apos|mediante|basta|so)\b.{0,30}(?:confirm|pag|respond|envi|escolh|quiser|prefer|puder)"
    r"|^confirmando\b|\bpor aqui\b|\bpelo (?:site|app|whatsapp|aplicativo)\b"
)
EXPECTED: Final = re.compile(
    r"\b(?:(?:te|lhe|o|a|por voce|voce|vc) (?:esper|aguard)\w+|(?:esper|aguard)(?:o|amos|ando)(?: por)? (?:voce|vc|te)\b|(?:nos|a gente se) ve\w*"
    r"|te vejo|vejo voce|vemo-nos|ate la\b|esper(?:amos|o) por)"
)
OFFER: Final = re.compile(
    r"\b(?:temos|tenho|ha|existem?|sobr\w+|(?<!voce )(?<!vc )tem)\b|\blivres?\b|\bdispon\w+|\bvagas? (?!garant)|\bopc\w+|\bhorarios\b|\bescolh\w+|\bprefere\b"
)
PAST_ALL_DOUBT: Final = re.compile(r"\b(?:seu|sua|te espero|voce esta|confirmad|agendad|marcad|reservad|tudo certo)\b")
NO_CLAIM: Final = re.compile(
    r"\b(?:posso|podemos|poderia|podia|poderiamos|quer|queria|queres|gostaria|prefere\w*|preferencia|deseja|que tal|sugiro|sugestao|serve|pode ser"
    r"|qual|quais|consigo|consegue|conseguimos|escolh\w+|opc\w+|dispon\w+|livres?|vagas?|atendemos|atendimento de|atende (?:as|aos?|de|das|a partir|seg|ter)"
    r"|abr(?:imos|e)|funciona\w*|fecha(?:mos)?|abert[oa]|antecedencia|responda|responder|seria|confirma|me confirme|verific\w+|dura|duracao|custa"
    r"|vou (?:ver|verificar|consultar|checar|confirmar)|voce (?:disse|pediu|falou|quer|mencionou|escolheu|prefer\w+)|preenchid\w+|ocupad\w+|indispon\w+"
    r"|nao (?:temos|ha|tem|tenho|consig\w+|conseg\w+|e|foi|esta|estao|da|podemos|posso|atend\w+|abr\w+|funciona|existe|encontr\w+|consta))\b"
    r"|^ *(?:se|caso|quando|para agendar|para marcar)\b|\b(?:temos|tenho|ha|(?<!voce )(?<!vc )tem)\b(?! (?:voce|vc))"
)


GOODBYE: Final = re.compile(r"(?i)\bat[eé] (?=(?:(?:a|o) )?(?:pr[oó]xim|amanh|hoje|depois|segunda|ter[cç]|quarta|quinta|sexta|s[aá]bado|domingo|dia|\d))")
"""An "até terça" says when they meet, not until when; where it does mean that, it claims nothing."""


def _words(sentence: str) -> str:
    return plain(GOODBYE.sub(" ", re.sub(r"(?i)\bé\b", " # ", sentence))).replace("*", "").strip()


def _claims_of(sentence: str, words: str, now: Now, *, listing: bool) -> Iterator[Claim]:
    asked = "?" in words
    tagged = asked and TAG.search(words) is not None
    body = TAG.sub("", words) if tagged else words
    clauses = [clause.strip() for clause in COMMA.split(body) if clause.strip()]
    wish = _when(", ".join(clause for clause in clauses if not DENIED_AT_ALL.search(clause)), now)
    said = clauses[:-1] if asked and not tagged else clauses
    acts = {act for clause in said for act in _acts(clause, body, timed=bool(wish.readings))}
    for act in acts:
        target = _target(words, now) if act is Act.MOVED else None
        yield Claim(act, sentence.strip(), wish, target, together=len(acts) > 1)
    if not acts and not asked:
        yield from _silent_claims(sentence, words, wish, listing=listing)


def _target(words: str, now: Now) -> Wish | None:
    """The times after "para": whither somebody was moved."""
    _, para, whither = words.rpartition(" para ")
    wish = _when(whither, now) if para else None
    return wish if wish and wish.readings else None


def _acts(clause: str, body: str, *, timed: bool) -> Iterator[Act]:
    clause = undisguised(clause)
    gone = CANCELLED.search(clause)
    for act, pattern in ACTS:
        found = pattern.search(clause)
        if found is None or (pattern is DONE_WITH_A_TIME and not timed and not THINGS.search(clause)):
            continue
        if act is Act.BOOKED and gone and gone.start() <= found.start() < gone.end():
            continue
        if not _in_doubt(clause[: found.start()], found[0], body):
            yield act


def _in_doubt(before: str, verb: str, body: str) -> bool:
    """Denied, supposed, or promised on a condition."""
    if DENIED.search(before) or SUPPOSED.search(before) or UNSURE.search(verb):
        return True
    promised = PROMISED.search(before) or verb in ("fica", "ficara")
    return bool(promised and ON_CONDITION.search(body))


def _silent_claims(sentence: str, words: str, wish: Wish, *, listing: bool) -> Iterator[Claim]:
    """A time told without a verb: "Terça às 15h!" is a claim unless it is offered, asked or denied."""
    expected = EXPECTED.search(words) is not None
    if not wish.readings or not (expected or _exact(wish)):
        return
    if listing or OFFER.search(words) and not expected:
        if _exact(wish) and not re.search(r"\bnao\b|\bnenhum", words):
            yield Claim(Act.OFFERED, sentence.strip(), wish)
    elif expected or not NO_CLAIM.search(words):
        yield Claim(Act.BOOKED, sentence.strip(), wish)


def _when(text: str, now: Now) -> Wish:
    return read_wish(text, now.reference, now.zone, now.holidays)


def _exact(wish: Wish) -> bool:
    return any(window.instant for reading in wish.readings for window in reading.windows)


def _objection(claim: Claim, ledger: Ledger) -> Why | None:
    if claim.act is Act.OFFERED:
        return None if ledger.offered is None or _all_among(claim.wish, ledger.offered) else Why.NOT_OFFERED
    if claim.act is Act.MOVED:
        return _objection_to_move(claim, ledger)
    if claim.act is Act.CANCELLED:
        return None if _held(claim, ledger.cancelled(), ledger) else Why.NOT_CANCELLED
    if not ledger.standing():
        return Why.NOTHING_BOOKED
    return None if _held(claim, ledger.standing(), ledger) else Why.ANOTHER_TIME


def _objection_to_move(claim: Claim, ledger: Ledger) -> Why | None:
    moved = ledger.moved()
    if not moved:
        return Why.NOT_MOVED
    if claim.target is not None and not _all_among(claim.target, moved):
        return Why.ANOTHER_TIME
    known = [*moved, *ledger.gone()]
    return None if _all_among(claim.wish, known) and _any_among(claim.wish, moved) else Why.ANOTHER_TIME


def _held(claim: Claim, starts: list[datetime], ledger: Ledger) -> bool:
    """Every time told is among those; beside another act, each is at least somewhere in the ledger."""
    if not starts:
        return False
    if claim.together:
        return _any_among(claim.wish, starts) and _all_among(claim.wish, [*ledger.standing(), *ledger.gone()])
    return _all_among(claim.wish, starts)


def _all_among(wish: Wish, starts: Iterable[datetime]) -> bool:
    """Whether some reading names only times that are among those; a claim without a time names none that is not."""
    known = list(starts)
    return not wish.readings or any(
        all(_meets(window, known, day_named=wish.day_named) for window in reading.windows) for reading in wish.readings
    )


def _any_among(wish: Wish, starts: Iterable[datetime]) -> bool:
    known = list(starts)
    windows = [window for reading in wish.readings for window in reading.windows]
    return not windows or any(_meets(window, known, day_named=wish.day_named) for window in windows)


def _meets(window: Window, starts: list[datetime], *, day_named: bool) -> bool:
    zone = window.start.tzinfo
    for start in (one.astimezone(zone) for one in starts):
        if not day_named:
            start = start.replace(year=window.start.year, month=window.start.month, day=window.start.day)
        if window.instant and window.start.astimezone(UTC) == start.astimezone(UTC):
            return True
        if window.grain not in (Grain.MINUTE, Grain.HOUR) and window.holds(start):
            return True
    return False
