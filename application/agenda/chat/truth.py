"""A reply's claims about appointments and times, held against the ledger at the moment before it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from application.agenda.chat.books import Mine
from application.agenda.chat.desk import Desk
from application.agenda.chat.waits import waited
from application.agenda.chat.words import what
from application.assistant.truth import Objection
from domain.agenda.appointment import Status
from domain.agenda.claims import claims
from domain.agenda.sentences import Now
from domain.agenda.verdicts import Fact, Ledger, Why, judged

WRONG: Final[Mapping[Why, str]] = {
    Why.NOTHING_BOOKED: "Esta pessoa não tem nenhum horário marcado.",
    Why.ANOTHER_TIME: "Nenhum agendamento desta pessoa é nesse dia e horário.",
    Why.NOT_MOVED: "Nenhum agendamento desta pessoa foi mudado.",
    Why.NOT_CANCELLED: "Nenhum agendamento desta pessoa foi cancelado.",
    Why.NOT_OFFERED: "A agenda não disse que esse horário está livre.",
    Why.NOT_WAITING: "Esta pessoa não está na lista de espera para isso.",
    Why.STILL_WAITING: "Esta pessoa continua na lista de espera.",
}
NONE: Final = "Por aqui ainda não há nenhum horário marcado para você."
STANDING: Final = "O que está marcado para você por aqui: {what}."
WAITING: Final = "O pedido para {what} ainda não foi confirmado pela agenda."
ON_THE_LIST: Final = "Você está na lista de espera: {what}."
OFFERS: Final = "Horários livres que encontrei:\n{what}"
ASK: Final = "Se quiser marcar ou mudar, me diga o serviço e o dia."
PERSON: Final = "Chamei alguém da equipe para ver isso com você por aqui."
SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class DeskTruth:
    """Looks again before it objects: somebody at the panel may have changed the very appointment."""

    desk: Desk
    brought_up: frozenset[int] | None = None
    """The hours that were written in this talk; None where nobody kept them."""

    async def objection(self, text: str) -> Objection | None:
        books = self.desk.books
        named = tuple(each.name for each in books.services.values())
        now = Now(self.desk.visit.now, self.desk.visit.zone, books.holidays, named)
        told = tuple(claims(text, now))
        if not told:
            return None
        await self.desk.reread()
        verdict = judged(told, self.ledger())
        if verdict.why is None:
            return None
        bookable = self.desk.bookable
        return Objection(
            str(verdict.why), self._for_the_model(verdict.why), self._instead(), person_wanted=not bookable
        )

    def ledger(self) -> Ledger:
        """A company that lends out nothing by chat tells of times in its own words; those are not ours to judge."""
        facts = tuple(self._fact(each) for each in self.desk.books.mine)
        offered = tuple(each.starts for each in self.desk.all_offered()) if self.desk.bookable else None
        within = tuple((each.within.starts, each.within.ends) for each in self.desk.books.waits)
        waits = within if self.desk.bookable else None
        return Ledger(facts, offered, self.desk.changed, waits, self.desk.waits_no_more, self.brought_up)

    def _fact(self, mine: Mine) -> Fact:
        appointment = mine.appointment
        return Fact(appointment.slot.starts, str(appointment.status), self.desk.earlier_of(appointment))

    def _for_the_model(self, why: Why) -> str:
        return f"{WRONG[why]} {' '.join(self._true())}"

    def _instead(self) -> str:
        return "\n".join((*self._true(), ASK if self.desk.bookable else PERSON))

    def _true(self) -> list[str]:
        """All that may be said, built from what is kept."""
        zone = self.desk.visit.zone
        coming = self.desk.coming
        standing = [what(each, zone) for each in coming if each.appointment.stands]
        waiting = [what(each, zone) for each in coming if each.appointment.status is Status.PENDING]
        free = [self.desk.in_words(each) for each in self.desk.still_had()[:SHOWN]]
        told = [STANDING.format(what="; ".join(standing))] if standing else [NONE]
        told += [WAITING.format(what=each) for each in waiting]
        told += [
            ON_THE_LIST.format(what=waited(each, self.desk.visit, self.desk.books)) for each in self.desk.books.waits
        ]
        return told + (
            [OFFERS.format(what="\n".join(f"- {each}" for each in free))] if free and self.desk.bookable else []
        )
