"""The agenda without any model: each answer is a numbered list or a question, and each step can be taken again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from application.agenda.chat import menu_texts as texts
from application.agenda.chat.desk import Desk
from application.agenda.chat.menu_booking import BookingSteps, Said
from application.agenda.chat.menu_message import Message
from application.agenda.chat.waits import waited
from application.agenda.chat.words import refusal, what
from domain.agenda.choices import Option, named
from domain.agenda.menu import DONE, HOME, PATIENCE, WAIT_FOR_MORE, YES_OR_NO, Menu, Next, Step, Todo
from domain.shared.errors import SecretariaError
from domain.shared.ids import ServiceId

OF_A_SERVICE: Final = frozenset(
    {Todo.ASK_WHEN, Todo.LOOK_UP, Todo.ASK_WITH_WHOM, Todo.ASK_TO_CONFIRM, Todo.BOOK, Todo.WAIT}
)
Take = Callable[[Menu, Next], Awaitable[Said]]


@dataclass(frozen=True, slots=True)
class MenuTalk:
    """One message of a contact; `booking` holds the way to a new time."""

    desk: Desk
    booking: BookingSteps

    @classmethod
    def over(cls, desk: Desk, message: str) -> MenuTalk:
        return cls(desk, BookingSteps(desk, Message(desk, message)))

    @property
    def under_way(self) -> Menu | None:
        """The menu that this message may be an answer to."""
        notes = self.desk.notes
        return notes.menu if notes.menu and self.desk.visit.now - notes.at < PATIENCE else None

    async def __call__(self) -> Said:
        menu = self.under_way or Menu(options=())
        try:
            tells_when = self._tells_another_time(menu)
            text, other, about = (
                self.booking.message.text,
                self._names_other(menu),
                self.booking.message.names_asked(menu),
            )
            asked = menu.hear(text, tells_when=tells_when, names_other=other, about=about)
            if self._is_riddle(asked):
                return Said(texts.listed(texts.AWAY, HOME), Menu(), understood=False)
            if self._is_gone(menu, asked):
                return await self.booking.services(Menu(options=()), asked, before=texts.NO_LONGER)
            return await self._steps[asked.todo](menu, asked)
        except SecretariaError as error:
            return Said(texts.listed(f"{refusal(error)}\n\n{texts.HOME}", HOME), Menu())

    def _tells_another_time(self, menu: Menu) -> bool:
        """Than the one that they were asked about, where they were: "sim, segunda às 9h" repeats it."""
        wish = self.booking.message.wish(menu)
        asked = self.booking.message.starts_asked(menu)
        return not wish.empty and (asked is None or not wish.repeats(asked))

    def _is_riddle(self, asked: Next) -> bool:
        """Words that only a model, or a person, would understand: nothing was asked that they could be an answer to."""
        under_way = self.under_way
        if under_way is None:
            return asked.todo in (Todo.ASK_AGAIN, Todo.SHOW_HOME)
        return under_way.step is Step.DONE and asked.todo is Todo.ASK_AGAIN

    def _names_other(self, menu: Menu) -> bool:
        """Another service, or another professional, than those the menu is about."""
        books, message = self.desk.books, self.booking.message.text
        service = named(message, [Option(str(each.id), each.name) for each in books.services.values()])
        if service is not None and service.key != str(menu.service):
            return True
        pending = next((each.professional for each in self.desk.notes.offered if each.token == menu.pending), None)
        if menu.service is None:
            return False
        who = self.booking.message.named_with(menu.service)
        return self.booking.message.stranger_to(menu.service) is not None or (who is not None and who != pending)

    def _is_gone(self, menu: Menu, asked: Next) -> bool:
        """The service is no longer offered that they picked, or were about to."""
        if asked.todo is Todo.SHOW_PROFESSIONALS:
            return ServiceId(int(asked.value)) not in self.desk.books.services
        return asked.todo in OF_A_SERVICE and menu.service is not None and menu.service not in self.desk.books.services

    @property
    def _steps(self) -> Mapping[Todo, Take]:
        return {
            Todo.SHOW_HOME: self._home,
            Todo.SHOW_SERVICES: self.booking.services,
            Todo.SHOW_PROFESSIONALS: self.booking.professionals,
            Todo.ASK_WHEN: self.booking.when,
            Todo.LOOK_UP: self.booking.look_up,
            Todo.ASK_TO_CONFIRM: self.booking.confirm,
            Todo.BOOK: self.booking.book,
            Todo.SHOW_MINE: self._mine,
            Todo.SHOW_WAITS: self._waits,
            Todo.SHOW_TO_LEAVE: self._to_leave,
            Todo.LEAVE_WAITING: self._leave,
            Todo.WAIT: self.booking.wait,
            Todo.ASK_WITH_WHOM: self.booking.with_whom,
            Todo.SHOW_TO_MOVE: self._to_move,
            Todo.SHOW_TO_CANCEL: self._to_cancel,
            Todo.MOVE_THIS: self._move_this,
            Todo.ASK_TO_CANCEL: self._ask_to_cancel,
            Todo.CANCEL: self._cancel,
            Todo.KEEP: self._keep,
            Todo.SEE_OFF: self._see_off,
            Todo.CALL_PERSON: self._person,
            Todo.ASK_AGAIN: self._again,
        }

    async def _home(self, _menu: Menu, _asked: Next) -> Said:
        return Said(texts.listed(texts.HOME, HOME), Menu())

    async def _see_off(self, _menu: Menu, _asked: Next) -> Said:
        return Said(texts.SEEN_OFF, DONE)

    async def _person(self, _menu: Menu, _asked: Next) -> Said:
        return Said(texts.CALLED, None, person_wanted=True)

    async def _again(self, menu: Menu, _asked: Next) -> Said:
        if menu.options and menu.step is not Step.WHEN:
            return Said(texts.listed(texts.AGAIN, menu.options), menu, understood=False)
        return Said(self.booking.asking_when(menu), menu, understood=False)

    async def _mine(self, _menu: Menu, _asked: Next) -> Said:
        coming = self.desk.coming
        if not coming:
            return Said(texts.listed(f"{texts.NONE_OF_MINE}\n\n{texts.HOME}", HOME), Menu())
        lines = [f"• {what(each, self.desk.visit.zone)}" for each in coming]
        return Said(texts.listed("\n".join((texts.MINE, *lines, "", texts.HOME)), HOME), Menu())

    async def _to_move(self, _menu: Menu, _asked: Next) -> Said:
        return await self._pick_mine(
            Menu(Step.TO_MOVE, words=self.booking.message.words(Menu())), texts.WHICH_TO_MOVE, self._move_this
        )

    async def _to_cancel(self, _menu: Menu, _asked: Next) -> Said:
        return await self._pick_mine(Menu(Step.TO_CANCEL), texts.WHICH_TO_CANCEL, self._ask_to_cancel)

    async def _pick_mine(self, menu: Menu, question: str, then: Take) -> Said:
        coming = self.desk.coming
        if not coming:
            return await self._mine(menu, Next(Todo.SHOW_MINE))
        if len(coming) == 1:
            return await then(menu, Next(Todo.MOVE_THIS, coming[0].reference))
        options = tuple(Option(each.reference, what(each, self.desk.visit.zone)) for each in coming)
        return Said(texts.listed(question, options), replace(menu, options=options))

    async def _move_this(self, menu: Menu, asked: Next) -> Said:
        appointment = self.desk.books.appointment(asked.value).appointment
        if appointment.service not in self.desk.books.services:
            return Said(texts.MOVED_BY_PEOPLE, None, person_wanted=True)
        who = self.booking.message.named_with(appointment.service) or appointment.professional
        menu = Menu(Step.WHEN, (), appointment.service, who, moving=asked.value, words=menu.words)
        if self.booking.message.stranger_to(appointment.service) is not None:
            return await self.booking.with_whom(menu, asked)
        return await self.booking.when(menu, asked)

    async def _waits(self, _menu: Menu, asked: Next) -> Said:
        if not self.desk.books.waits:
            return await self.booking.wait(Menu(options=()), asked)
        return await self._to_leave(Menu(), asked)

    async def _to_leave(self, _menu: Menu, _asked: Next) -> Said:
        waits = self.desk.books.waits
        if not waits:
            return Said(texts.listed(f"{texts.NOT_WAITING}\n\n{texts.HOME}", HOME), Menu())
        lists = {str(one.service): waited(one, self.desk.visit, self.desk.books) for one in waits}
        leaving = [Option(service, texts.TAKE_OFF.format(what=what)) for service, what in lists.items()]
        options = (*leaving, WAIT_FOR_MORE)
        return Said(texts.listed(texts.WAITS, options), Menu(Step.WAITS, options))

    async def _leave(self, _menu: Menu, asked: Next) -> Said:
        left = await self.desk.leave_waiting(ServiceId(int(asked.value)))
        return Said(texts.WAITS_NO_MORE.format(what=waited(left, self.desk.visit, self.desk.books)), DONE)

    async def _ask_to_cancel(self, _menu: Menu, asked: Next) -> Said:
        mine = self.desk.books.appointment(asked.value)
        question = texts.CONFIRM_CANCEL.format(what=what(mine, self.desk.visit.zone))
        return Said(texts.listed(question, YES_OR_NO), Menu(Step.CONFIRM_CANCEL, YES_OR_NO, pending=asked.value))

    async def _keep(self, _menu: Menu, asked: Next) -> Said:
        mine = self.desk.books.appointment(asked.value)
        kept = texts.KEPT.format(what=what(mine, self.desk.visit.zone))
        return Said(texts.listed(f"{kept}\n\n{texts.HOME}", HOME), Menu())

    async def _cancel(self, _menu: Menu, asked: Next) -> Said:
        mine = self.desk.books.appointment(asked.value)
        await self.desk.called_off(mine)
        return Said(texts.CANCELLED.format(what=what(mine, self.desk.visit.zone)), DONE)
