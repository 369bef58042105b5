"""What one message of a contact says at the menu: when, with whom, and which of the times they were shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from application.agenda.chat.desk import Desk
from application.agenda.chat.ports import Offered
from application.agenda.chat.times import TimeWanted, wish_of
from domain.agenda.choices import Option, named
from domain.agenda.menu import Menu
from domain.agenda.strangers import stranger
from domain.scheduling.wish import Wish
from domain.shared.ids import ProfessionalId, ServiceId


@dataclass(frozen=True, slots=True)
class Message:
    desk: Desk
    text: str

    def named_with(self, service: ServiceId) -> ProfessionalId | None:
        """Of those who do it, whom the message names."""
        people = self.desk.books.doing(self.desk.books.services[service]) if service in self.desk.books.services else []
        picked = named(self.text, [Option(str(each.id), each.name) for each in people])
        return None if picked is None else ProfessionalId(int(picked.key))

    def stranger_to(self, service: ServiceId) -> str | None:
        """Whom the message names that does not do it, or is not here at all: nobody gets somebody else unasked."""
        books = self.desk.books
        if service not in books.services:
            return None
        services = (each.name for each in books.services.values())
        return stranger(self.text, (each.name for each in books.doing(books.services[service])), known=services)

    def starts_asked(self, menu: Menu) -> datetime | None:
        """Of the time to be booked, or of the appointment to be called off."""
        offered = [each.starts for each in self.desk.notes.offered if each.token == menu.pending]
        mine = [each.appointment.slot.starts for each in self.desk.coming if each.reference == menu.pending]
        return next(iter((*offered, *mine)), None)

    def names_asked(self, menu: Menu) -> str:
        """The names of the service and of the person that they were asked to confirm."""
        books = self.desk.books
        who = next((each.professional for each in self.desk.notes.offered if each.token == menu.pending), None)
        told = (
            books.services.get(menu.service) if menu.service else None,
            books.professionals.get(who) if who else None,
        )
        return " ".join(each.name for each in told if each)

    def words(self, menu: Menu) -> str:
        """When they would like to come, as they put it now or before; empty where they have not."""
        return menu.words if self.wish(menu).empty else self.text

    def wish(self, menu: Menu) -> Wish:
        """What this message says about when; a service that is gone meanwhile is told of elsewhere."""
        books = self.desk.books
        service = books.service(menu.service if menu.service in books.services else None)
        return wish_of(self.desk.visit, books, TimeWanted(service.id, self.text))

    def one_of_those_shown(self, menu: Menu) -> Offered | None:
        """ "Às 15h" or "o de sexta" means what is on the list, where that says which."""
        shown = {option.key for option in menu.options}
        listed = [each for each in self.desk.notes.offered if each.token in shown]
        wish = self.wish(menu)
        instants = [window for window in wish.windows if window.instant]
        if wish.day_named:
            suiting = [each for each in listed if any(window.start == each.starts for window in instants)]
        else:
            hours = {window.start.time() for window in instants}
            suiting = [each for each in listed if each.starts.astimezone(self.desk.visit.zone).time() in hours]
        return suiting[0] if len(suiting) == 1 else None
