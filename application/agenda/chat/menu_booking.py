"""From "I would like to come" to a time that is booked: service, professional, time, yes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from application.agenda.chat import menu_texts as texts
from application.agenda.chat.desk import Desk
from application.agenda.chat.ports import Offered
from application.agenda.chat.times import Times, TimeWanted, wish_of
from application.agenda.chat.words import when
from domain.agenda.appointment import SlotTaken
from domain.agenda.choices import Option, named
from domain.agenda.menu import OTHER_TIME, YES_OR_NO, Menu, Next, Step, Todo
from domain.scheduling.wish import Wish
from domain.shared.ids import ProfessionalId, ServiceId

ANYBODY: Final = Option("", "Tanto faz")


@dataclass(frozen=True, slots=True)
class Said:
    """What the menu says, and where it stands then. Not `understood`: a person should look, too."""

    text: str
    menu: Menu | None
    understood: bool = True
    person_wanted: bool = False


@dataclass(frozen=True, slots=True)
class BookingSteps:
    desk: Desk
    message: str

    async def services(self, _menu: Menu, _asked: Next) -> Said:
        options = tuple(Option(str(each.id), each.name) for each in self.desk.books.services.values())
        picked = options[0] if len(options) == 1 else named(self.message, options)
        if picked is not None:
            return await self.professionals(Menu(), Next(Todo.SHOW_PROFESSIONALS, picked.key))
        return Said(texts.listed(texts.WHICH_SERVICE, options), Menu(Step.SERVICE, options))

    async def professionals(self, _menu: Menu, asked: Next) -> Said:
        service = self.desk.books.services[ServiceId(int(asked.value))]
        people = self.desk.books.doing(service)
        menu = Menu(Step.PROFESSIONAL, service=service.id)
        options = (*(Option(str(each.id), each.name) for each in people), ANYBODY)
        picked = options[0] if len(people) == 1 else named(self.message, options[:-1])
        if picked is not None:
            return await self.when(menu, Next(Todo.ASK_WHEN, picked.key))
        return Said(texts.listed(texts.WHICH_PROFESSIONAL, options), replace(menu, options=options))

    async def when(self, menu: Menu, asked: Next) -> Said:
        """Who has already said when is not asked again."""
        if menu.step is Step.PROFESSIONAL:
            menu = replace(menu, professional=ProfessionalId(int(asked.value)) if asked.value else None)
        menu = replace(menu, step=Step.WHEN, options=(), pending="")
        wish = self.wish(menu)
        if not wish.empty:
            return await self.look_up(menu, asked)
        return Said(texts.WHEN, menu)

    async def look_up(self, menu: Menu, _asked: Next) -> Said:
        if (one := self._one_of_those_shown(menu)) is not None:
            return await self.confirm(menu, Next(Todo.ASK_TO_CONFIRM, one.token))
        times = await self.desk.find(self._wanted(menu))
        if times.question:
            return Said(times.question, replace(menu, step=Step.WHEN, options=()))
        if not times.offered:
            return Said(texts.NO_SLOTS, replace(menu, step=Step.WHEN, options=()))
        if times.exact and len(times.offered) == 1:
            return await self.confirm(menu, Next(Todo.ASK_TO_CONFIRM, times.offered[0].token))
        return self._show(menu, times)

    def _show(self, menu: Menu, times: Times, before: str = "") -> Said:
        options = (*(Option(each.token, self._when_and_who(menu, each)) for each in times.offered), OTHER_TIME)
        question = before or (texts.WHICH_SLOT if times.exact else texts.NEAR_SLOTS)
        return Said(texts.listed(question, options), replace(menu, step=Step.SLOT, options=options))

    async def confirm(self, menu: Menu, asked: Next) -> Said:
        slot = await self.desk.slot(asked.value)
        if not menu.moving:  # what is being moved may lie in its own way
            try:
                await self.desk.changes.hold(self.desk.visit, slot)
            except SlotTaken:
                return await self._others(menu, slot)
        words = texts.CONFIRM_MOVE if menu.moving else texts.CONFIRM
        question = words.format(what=self.desk.in_words(slot))
        menu = replace(menu, step=Step.CONFIRM, options=YES_OR_NO, pending=asked.value)
        return Said(texts.listed(question, YES_OR_NO), menu)

    async def book(self, menu: Menu, asked: Next) -> Said:
        desk = self.desk
        slot = await desk.slot(asked.value)
        try:
            if not menu.moving:
                await desk.booked(slot)
            else:
                await desk.moved(desk.books.appointment(menu.moving), slot)
        except SlotTaken:
            return await self._others(menu, slot)
        words = texts.MOVED if menu.moving else texts.BOOKED
        return Said((texts.PENDING if desk.unsettled else words).format(what=desk.in_words(slot)), None)

    async def _others(self, menu: Menu, slot: Offered) -> Said:
        """Somebody was quicker: what else there is around that time."""
        near = when(slot.starts, self.desk.visit.zone)
        times = await self.desk.find(replace(self._wanted(menu), words=near))
        if not times.offered:
            return Said(f"{texts.TAKEN} {texts.NO_SLOTS}", replace(menu, step=Step.WHEN, options=()))
        return self._show(menu, times, f"{texts.TAKEN} {texts.NEAR_SLOTS_ELSE}")

    def _wanted(self, menu: Menu) -> TimeWanted:
        moved = self.desk.books.appointment(menu.moving).appointment.id if menu.moving else None
        services = self.desk.books.services
        service = next(iter(services)) if menu.service is None or menu.service not in services else menu.service
        return TimeWanted(service, self.message, menu.professional, moved)

    def wish(self, menu: Menu) -> Wish:
        return wish_of(self.desk.visit, self.desk.books, self._wanted(menu))

    def _when_and_who(self, menu: Menu, slot: Offered) -> str:
        told = when(slot.starts, self.desk.visit.zone)
        if menu.professional is not None:
            return told
        return f"{told}, com {self.desk.books.professionals[slot.professional].name}"

    def _one_of_those_shown(self, menu: Menu) -> Offered | None:
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
