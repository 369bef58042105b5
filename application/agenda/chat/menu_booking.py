"""From "I would like to come" to a time that is booked: service, professional, time, yes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from application.agenda.chat import menu_texts as texts
from application.agenda.chat.desk import Desk
from application.agenda.chat.menu_message import Message
from application.agenda.chat.ports import Offered
from application.agenda.chat.times import Times, TimeWanted
from application.agenda.chat.waits import waited
from application.agenda.chat.words import what, when
from domain.agenda.appointment import SlotTaken
from domain.agenda.choices import Option, named, words_of
from domain.agenda.menu import DONE, OTHER_PERSON, OTHER_TIME, WAIT_HERE, YES_OR_NO, Menu, Next, Step, Todo
from domain.agenda.people import Service
from domain.agenda.waiting import Wait
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
    message: Message

    async def services(self, _menu: Menu, _asked: Next, before: str = "") -> Said:
        return await self._service(Menu(options=()), before)

    async def _service(self, menu: Menu, before: str = "") -> Said:
        menu = replace(menu, step=Step.SERVICE, words=self.message.words(menu))
        options = tuple(Option(str(each.id), each.name) for each in self.desk.books.services.values())
        picked = options[0] if len(options) == 1 and not before else named(self.message.text, options)
        if picked is not None:
            return await self.professionals(menu, Next(Todo.SHOW_PROFESSIONALS, picked.key))
        question = texts.WHICH_TO_WAIT_FOR if menu.waiting else texts.WHICH_SERVICE
        return Said(texts.listed(f"{before}{question}", options), replace(menu, options=options))

    async def professionals(self, menu: Menu, asked: Next) -> Said:
        service = self.desk.books.services[ServiceId(int(asked.value))]
        people = self.desk.books.doing(service)
        menu = replace(menu, step=Step.PROFESSIONAL, options=(), service=service.id)
        if self.message.stranger_to(service.id) is not None:
            return await self.with_whom(menu, asked)
        picked = people[0].id if len(people) == 1 else self.message.named_with(service.id)
        if picked is not None:
            return await self.when(menu, Next(Todo.ASK_WHEN, str(picked)))
        return await self.with_whom(menu, asked)

    async def with_whom(self, menu: Menu, _asked: Next) -> Said:
        people = self.desk.books.doing(self._service_of(menu))
        options = (*(Option(str(each.id), each.name) for each in people), ANYBODY)
        menu = replace(menu, step=Step.PROFESSIONAL, options=options, pending="")
        asked_for = self.message.stranger_to(self._service_of(menu).id)
        before = texts.DOES_NOT_DO_IT.format(who=asked_for) if asked_for else ""
        return Said(texts.listed(f"{before}{texts.WHICH_PROFESSIONAL}", options), menu)

    async def when(self, menu: Menu, asked: Next) -> Said:
        """Who has already said when is not asked again, unless what there was then did not suit."""
        if menu.step is Step.PROFESSIONAL and words_of(self.message.text) == words_of(ANYBODY.label):
            said_before = replace(
                self, message=replace(self.message, text=menu.words)
            )  # of whom they do not mind, and not of when
            return await said_before.when(replace(menu, step=Step.WHEN, professional=None), Next(Todo.LOOK_UP))
        if menu.step is Step.PROFESSIONAL:
            menu = replace(menu, professional=ProfessionalId(int(asked.value)) if asked.value else None)
        elif asked.todo is Todo.ASK_WHEN:
            menu = replace(menu, words="")
        menu = replace(menu, step=Step.WHEN, options=self._others_too(menu), pending="")
        if self.message.words(menu):
            return await self.look_up(menu, asked)
        return Said(self.asking_when(menu), menu)

    def asking_when(self, menu: Menu) -> str:
        moved = what(self.desk.books.appointment(menu.moving), self.desk.visit.zone) if menu.moving else ""
        question = texts.WAIT_WHEN if menu.waiting else texts.WHEN
        question = f"{texts.MOVING.format(what=moved) if moved else ''}{question}"
        return texts.listed(question, menu.options, hint=texts.OR_BY_NUMBER) if menu.options else question

    async def look_up(self, menu: Menu, _asked: Next) -> Said:
        menu = replace(menu, words=self.message.words(menu))
        if menu.waiting:
            return await self._join(menu)
        if (one := self.message.one_of_those_shown(menu)) is not None:
            return await self.confirm(menu, Next(Todo.ASK_TO_CONFIRM, one.token))
        times = await self.desk.find(self._wanted(menu))
        if times.question:
            return Said(times.question, replace(menu, step=Step.WHEN, options=(), words=""))
        if not times.offered:
            return self._nothing_free(menu, times)
        if times.exact and len(times.offered) == 1:
            return await self.confirm(menu, Next(Todo.ASK_TO_CONFIRM, times.offered[0].token))
        return self._show(menu, times)

    async def wait(self, menu: Menu, _asked: Next) -> Said:
        """From a list of times that do not suit, or out of the blue: who has not said what for, with whom or when is asked."""
        if menu.service is None or menu.step in (Step.WAITS, Step.HOME):
            return await self._service(Menu(waiting=True))
        waiting = replace(menu, waiting=True, moving="", pending="", options=(), words=self.message.words(menu))
        return await (self._join(waiting) if waiting.words else self.when(waiting, Next(Todo.WAIT)))

    async def _join(self, menu: Menu) -> Said:
        done = await self.desk.wait(self._wanted(menu))
        if isinstance(done, Wait):
            told = texts.WAITING.format(what=waited(done, self.desk.visit, self.desk.books))
            return Said(f"{told}\n\n{texts.WAITING_BY_ANSWER}", DONE)
        if done.question:
            return Said(done.question, replace(menu, step=Step.WHEN, options=(), words=""))
        menu = replace(menu, waiting=False)
        if not done.offered:
            return self._nothing_free(menu, done)
        return self._show(menu, done, texts.FREE_ALREADY if done.exact else "")

    def _nothing_free(self, menu: Menu, times: Times, before: str = "") -> Said:
        """A wait is for a time of one's own, which an appointment that is moved has, and for one that can be had."""
        options = (OTHER_TIME, *self._others_too(menu), *(() if menu.moving or times.why else (WAIT_HERE,)))
        said = " ".join(filter(None, (before, times.why, texts.NO_SLOTS)))
        return Said(texts.listed(said, options), replace(menu, step=Step.SLOT, options=options))

    def _others_too(self, menu: Menu) -> tuple[Option, ...]:
        """Another professional is only worth a line where an appointment has one and others do the same."""
        moving = bool(menu.moving) and len(self.desk.books.doing(self._service_of(menu))) > 1
        return (OTHER_PERSON,) if moving else ()

    def _show(self, menu: Menu, times: Times, before: str = "") -> Said:
        waiting = () if times.exact or times.why or menu.moving else (WAIT_HERE,)
        found = (Option(each.token, self._when_and_who(menu, each)) for each in times.offered)
        options = (*found, OTHER_TIME, *waiting, *self._others_too(menu))
        near = texts.NEAR_SLOTS.format(why=times.why or texts.NOT_EXACTLY)
        question = before or (texts.WHICH_SLOT if times.exact else near)
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
        return Said((texts.PENDING if desk.unsettled else words).format(what=desk.in_words(slot)), DONE)

    async def _others(self, menu: Menu, slot: Offered) -> Said:
        """Somebody was quicker: what else there is around that time."""
        near = when(slot.starts, self.desk.visit.zone)
        times = await self.desk.find(replace(self._wanted(menu), words=near))
        if not times.offered:
            return self._nothing_free(menu, times, texts.TAKEN)
        return self._show(menu, times, f"{texts.TAKEN} {texts.NEAR_SLOTS_ELSE}")

    def _service_of(self, menu: Menu) -> Service:
        return self.desk.books.service(menu.service)

    def _wanted(self, menu: Menu) -> TimeWanted:
        moved = self.desk.books.appointment(menu.moving).appointment.id if menu.moving else None
        return TimeWanted(
            self._service_of(menu).id, self.message.words(menu) or self.message.text, menu.professional, moved
        )

    def _when_and_who(self, menu: Menu, slot: Offered) -> str:
        told = when(slot.starts, self.desk.visit.zone)
        if menu.professional is not None:
            return told
        return f"{told}, com {self.desk.books.professionals[slot.professional].name}"
