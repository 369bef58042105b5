"""A reply's claims about appointments and times, held against the ledger at the moment before it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from application.agenda.chat.books import Mine
from application.agenda.chat.desk import Desk
from application.agenda.chat.ports import Offered
from application.agenda.chat.waits import waited
from application.agenda.chat.words import what
from application.assistant.truth import Objection
from domain.agenda.appointment import Status
from domain.agenda.claims import claims
from domain.agenda.sentences import Now
from domain.agenda.verdicts import Fact, Free, Ledger, Why, judged

WRONG: Final[Mapping[Why, str]] = {
    Why.NOTHING_BOOKED: "Esta pessoa não tem nenhum horário marcado.",
    Why.ANOTHER_TIME: "Nenhum agendamento desta pessoa é nesse dia e horário.",
    Why.ANOTHER_NAME: "Esse horário não é desse serviço com esse profissional.",
    Why.STILL_BOOKED: "Esta pessoa tem horário marcado.",
    Why.NOT_CONFIRMED: "A presença desta pessoa não foi confirmada.",
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
    others: tuple[str, ...] = ()
    """What the client and the assistant are called: nobody who attends is meant by it."""

    async def objection(self, text: str) -> Objection | None:
        told = tuple(claims(text, self._now()))
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

    def _now(self) -> Now:
        """With every name that stands in the books, of whatever is still lent out or only kept."""
        visit, books = self.desk.visit, self.desk.books
        services = (each.name for each in books.services.values())
        professionals = (each.name for each in books.professionals.values())
        kept = [each.view for each in books.mine]
        return Now(
            visit.now,
            visit.zone,
            books.holidays,
            tuple(dict.fromkeys((*services, *(each.service_name for each in kept)))),
            tuple(dict.fromkeys((*professionals, *(each.professional_name for each in kept)))),
            self.others,
        )

    def ledger(self) -> Ledger:
        """A company that lends out nothing by chat tells of times in its own words; those are not ours to judge."""
        facts = tuple(self._fact(each) for each in self.desk.books.mine)
        offered = tuple(map(self._free, self.desk.all_offered())) if self.desk.bookable else None
        within = tuple((each.within.starts, each.within.ends) for each in self.desk.books.waits)
        waits = within if self.desk.bookable else None
        return Ledger(facts, offered, self.desk.changed, waits, self.desk.waits_no_more, self.brought_up)

    def _fact(self, mine: Mine) -> Fact:
        appointment, view = mine.appointment, mine.view
        return Fact(
            appointment.slot.starts,
            str(appointment.status),
            self.desk.earlier_of(appointment),
            view.professional_name,
            view.service_name,
            appointment.slot.ends,
        )

    def _free(self, offered: Offered) -> Free | datetime:
        """Of a service or somebody that is there no more only the time is known."""
        books = self.desk.books
        service, professional = books.services.get(offered.service), books.professionals.get(offered.professional)
        return Free(offered.starts, professional.name, service.name) if service and professional else offered.starts

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
