"""Booking by numbered lists, for when no model can talk: where somebody stands, and what their next words ask for.

Nothing is ever booked or called off but by a yes to the question that named it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from domain.agenda.choice_words import (
    ANOTHER_ONE,
    ANOTHER_THING,
    ANOTHER_TIME,
    BOOKS_ANYTHING,
    INSTEAD,
    KEEPS,
    MOVES_IT,
)
from domain.agenda.choices import (
    Intent,
    Option,
    agrees,
    agrees_to_book,
    chosen,
    chosen_alone,
    comes,
    hedged,
    intent_of,
    leaves,
    leaves_a_list,
    refuses,
    words_of,
)
from domain.agenda.courtesies import declines, greets, thanks
from domain.agenda.list_lines import asks_to_leave, asks_to_wait, beside_leaving
from domain.shared.ids import ProfessionalId, ServiceId

PATIENCE: Final = timedelta(minutes=30)
"""A list that was shown longer ago than this is forgotten: "1" means nothing any more."""


class Step(StrEnum):
    """What was asked last."""

    HOME = "home"
    SERVICE = "service"
    PROFESSIONAL = "professional"
    WHEN = "when"
    SLOT = "slot"
    CONFIRM = "confirm"
    WAITS = "waits"
    TO_MOVE = "to_move"
    TO_CANCEL = "to_cancel"
    CONFIRM_CANCEL = "confirm_cancel"
    DONE = "done"
    """Nothing: what they wanted is done."""


class Todo(StrEnum):
    """What to do next for them; most of it ends in another question."""

    SHOW_HOME = "show_home"
    SHOW_SERVICES = "show_services"
    SHOW_PROFESSIONALS = "show_professionals"
    ASK_WHEN = "ask_when"
    LOOK_UP = "look_up"
    ASK_TO_CONFIRM = "ask_to_confirm"
    BOOK = "book"
    SHOW_MINE = "show_mine"
    SHOW_WAITS = "show_waits"
    SHOW_TO_LEAVE = "show_to_leave"
    WAIT = "wait"
    LEAVE_WAITING = "leave_waiting"
    SHOW_TO_MOVE = "show_to_move"
    ASK_WITH_WHOM = "ask_with_whom"
    SHOW_TO_CANCEL = "show_to_cancel"
    MOVE_THIS = "move_this"
    ASK_TO_CANCEL = "ask_to_cancel"
    CANCEL = "cancel"
    KEEP = "keep"
    SEE_OFF = "see_off"
    CALL_PERSON = "call_person"
    ASK_AGAIN = "ask_again"


@dataclass(frozen=True, slots=True)
class Next:
    """`value` is the key of what was picked: a service, a professional, a slot's token, an appointment's reference."""

    todo: Todo
    value: str = ""


HOME: Final = (
    Option("book", "Marcar um horário"),
    Option("mine", "Ver meus horários"),
    Option("move", "Remarcar"),
    Option("cancel", "Cancelar"),
    Option("waits", "Lista de espera"),
    Option("person", "Falar com atendente"),
)
FROM_HOME: Final[Mapping[str, Todo]] = {
    "book": Todo.SHOW_SERVICES,
    "mine": Todo.SHOW_MINE,
    "move": Todo.SHOW_TO_MOVE,
    "cancel": Todo.SHOW_TO_CANCEL,
    "waits": Todo.SHOW_WAITS,
    "person": Todo.CALL_PERSON,
}
BY_INTENT: Final[Mapping[Intent, Todo]] = {
    Intent.BOOK: Todo.SHOW_SERVICES,
    Intent.MINE: Todo.SHOW_MINE,
    Intent.MOVE: Todo.SHOW_TO_MOVE,
    Intent.CANCEL: Todo.SHOW_TO_CANCEL,
    Intent.WAIT: Todo.WAIT,
    Intent.LEAVE: Todo.SHOW_TO_LEAVE,
    Intent.HOME: Todo.SHOW_HOME,
}
PICKED: Final[Mapping[Step, Todo]] = {
    Step.SERVICE: Todo.SHOW_PROFESSIONALS,
    Step.PROFESSIONAL: Todo.ASK_WHEN,
    Step.SLOT: Todo.ASK_TO_CONFIRM,
    Step.TO_MOVE: Todo.MOVE_THIS,
    Step.WAITS: Todo.LEAVE_WAITING,
    Step.TO_CANCEL: Todo.ASK_TO_CANCEL,
}
OTHER_TIME: Final = Option("other", "Outro dia ou horário")
OTHER_PERSON: Final = Option("person", "Com outro profissional")
WAIT_HERE: Final = Option("wait", "Entrar na lista de espera")
WAIT_FOR_MORE: Final = Option("wait", "Esperar por outro serviço")
BESIDE: Final[Mapping[Option, Todo]] = {
    OTHER_TIME: Todo.ASK_WHEN,
    OTHER_PERSON: Todo.ASK_WITH_WHOM,
    WAIT_HERE: Todo.WAIT,
    WAIT_FOR_MORE: Todo.WAIT,
}
"""Lines that lead somewhere else than the rest of their list."""
WAITS_ANEW: Final = frozenset({WAIT_HERE, WAIT_FOR_MORE})
YES_OR_NO: Final = (Option("yes", "Sim"), Option("no", "Não"))
AT_REST: Final = frozenset({Step.HOME, Step.DONE})
ASKS_WHEN: Final = frozenset({Step.WHEN, Step.SLOT})


@dataclass(frozen=True, slots=True)
class Menu:
    """Where one conversation stands. `moving`: the appointment that gets another time; `pending`: what a yes would do it to.

    `words`: when they wished to come, as they put it. `waiting`: they are on their way to the waiting list.
    """

    step: Step = Step.HOME
    options: tuple[Option, ...] = HOME
    service: ServiceId | None = None
    professional: ProfessionalId | None = None
    moving: str = ""
    pending: str = ""
    words: str = ""
    waiting: bool = False

    def hear(self, text: str, *, tells_when: bool, names_other: bool = False, about: str = "") -> Next:
        """`tells_when`: it names a day or an hour, other than the one that was asked about; `names_other`: it names what or
        whom was not asked about; `about`: the service and the person that were asked about, in words."""
        if self.step is Step.CONFIRM_CANCEL:
            return self._about_cancelling(text, tells_when=tells_when)
        if self.step is Step.CONFIRM:
            return self._about_booking(text, tells_when=tells_when, names_other=names_other, about=about)
        if intent_of(text) is Intent.LEAVE:
            return _by(Intent.LEAVE)
        if self.takes_off(text):
            lists = [option for option in self.options if option not in BESIDE]
            return self._picked(lists[0]) if len(lists) == 1 else _by(Intent.LEAVE)
        if leaves_a_list(text):
            return _by(Intent.LEAVE)
        if self.step in AT_REST:
            return self._wished(text, tells_when=tells_when, names_service=names_other)
        return self._answered(text, tells_when=tells_when)

    def _answered(self, text: str, *, tells_when: bool) -> Next:
        """A line of the list that was asked about, when they would like to come, or something else altogether."""
        if not (tells_when and self.step in ASKS_WHEN and intent_of(text) is None):
            picked = self._line(text)
            if picked is not None:
                return self._picked(picked)
        intent = intent_of(text)
        if self.step is Step.WAITS and intent is Intent.NO:
            return Next(Todo.SHOW_HOME)
        if tells_when and self.step in ASKS_WHEN and intent in (None, Intent.YES, Intent.BOOK, Intent.MOVE):
            return Next(Todo.LOOK_UP)
        return _by(intent)

    def _line(self, text: str) -> Option | None:
        """By a word or two of it; one that puts them onto a waiting list, or off it, only where nothing else is said."""
        picked = chosen(beside_leaving(text) if self.step is Step.WAITS else text, self.options)
        if picked is None or chosen_alone(text, self.options) is not None:
            return picked
        if picked in WAITS_ANEW:
            return picked if asks_to_wait(text, picked) else None
        return None if self.step is Step.WAITS and not asks_to_leave(text, picked) else picked

    def _wished(self, text: str, *, tells_when: bool, names_service: bool) -> Next:
        """Out of the blue: what they ask for says more than a word that a line of the first list has, too."""
        if (picked := chosen_alone(text, self.options)) is not None:
            return self._picked(picked)
        intent, said = intent_of(text), words_of(text)
        if thanks(text) or (self.step is Step.DONE and (intent is Intent.YES or declines(text))):
            return Next(Todo.SEE_OFF)
        if intent in BY_INTENT:
            return _by(intent)
        if tells_when and MOVES_IT.search(said):
            return Next(Todo.SHOW_TO_MOVE)
        if greets(text):
            return Next(Todo.SHOW_HOME)
        if (picked := chosen(text, self.options)) is not None:
            return self._picked(picked)
        books = self.options and intent is None and (tells_when or (names_service and not INSTEAD.search(said)))
        return Next(Todo.SHOW_SERVICES if books else Todo.ASK_AGAIN)

    def takes_off(self, text: str) -> bool:
        """Whether "sair" means one of the waiting lists on the screen, and not all that we ever send."""
        return self.step is Step.WAITS and leaves(text)

    def _picked(self, option: Option) -> Next:
        if self.step is Step.HOME:
            return Next(FROM_HOME[option.key])
        if option in BESIDE:
            return Next(BESIDE[option])
        return Next(PICKED[self.step], option.key) if self.step in PICKED else Next(Todo.ASK_AGAIN)

    def _about_booking(self, text: str, *, tells_when: bool, names_other: bool, about: str) -> Next:
        """A yes or a no to what was asked; another time is a no that says what instead."""
        picked = self._yes_or_no(text)
        if tells_when and picked is None:
            return Next(Todo.LOOK_UP)
        yes = picked.key == "yes" if picked else agrees(text)
        if yes is None and not names_other:
            yes = agrees_to_book(text, moving=bool(self.moving), about=about)
        if yes is not None:
            return Next(Todo.BOOK, self.pending) if yes else Next(Todo.ASK_WHEN)
        intent, said = intent_of(text), words_of(text)
        if intent is Intent.BOOK and not names_other and not ANOTHER_THING.search(said):
            return Next(Todo.ASK_WHEN if ANOTHER_TIME.search(said) else Todo.ASK_AGAIN)
        return Next(Todo.SHOW_HOME) if intent is Intent.CANCEL else _by(intent)

    def _about_cancelling(self, text: str, *, tells_when: bool) -> Next:
        """ "Cancela" is a yes here, "vou sim" a no, and "não vou poder ir" no clear no."""
        picked, intent, said = self._yes_or_no(text), intent_of(text), words_of(text)
        yes = picked.key == "yes" if picked else agrees(text)
        if picked is None:
            if intent is Intent.MOVE or (tells_when and MOVES_IT.search(said)):
                return Next(Todo.SHOW_TO_MOVE)
            if tells_when or ANOTHER_ONE.search(said):
                return Next(Todo.SHOW_TO_CANCEL)
            if intent is not Intent.CANCEL and yes is not False and (KEEPS.search(said) or comes(text)):
                return Next(Todo.KEEP, self.pending)
            if refuses(text) or (intent is not Intent.CANCEL and BOOKS_ANYTHING.search(said)):
                return Next(Todo.ASK_AGAIN)
        if yes or (intent is Intent.CANCEL and yes is None):
            return Next(Todo.CANCEL, self.pending)
        if intent is Intent.CANCEL:
            return Next(Todo.ASK_AGAIN)
        return Next(Todo.KEEP, self.pending) if yes is False else _by(intent)

    def _yes_or_no(self, text: str) -> Option | None:
        """By its number or its word alone: a "sim" inside a sentence may be to anything, and "sim?" picks nothing."""
        return None if hedged(text) else chosen_alone(text, self.options)


DONE: Final = Menu(Step.DONE, ())


def _by(intent: Intent | None) -> Next:
    return Next(BY_INTENT.get(intent, Todo.ASK_AGAIN)) if intent else Next(Todo.ASK_AGAIN)
