"""The agenda for one contact's one turn: the model names a tool, and nobody else's time or appointment is in its reach.

Who the contact is comes from the webhook. What the model says is looked up in what it was given: names of services and
people, tokens of free times, references of this contact's own appointments.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from application.agenda.chat.books import Books, Mine, OpenBooks
from application.agenda.chat.changes import Changes
from application.agenda.chat.ports import Earlier, Notes, Offered, Visit
from application.agenda.chat.times import FindTimes, TimeWanted
from application.agenda.chat.tools import TOOLS
from application.agenda.chat.words import STATES, reais, refusal, what, when
from application.assistant.tools import Tool, ToolCall
from domain.agenda.appointment import Appointment, SlotTaken, Status
from domain.agenda.menu import Menu
from domain.shared.errors import Invalid, SecretariaError

REMEMBERED: Final = timedelta(hours=2)
MOST_REMEMBERED: Final = 12
LONGEST_ARGUMENT: Final = 500
UNSEEN: Final = (
    "A pessoa ainda não viu este horário: diga qual é, peça a confirmação e espere a resposta dela antes de marcar."
)
NOTHING_FREE: Final = "Não há horários livres por agora; ofereça chamar alguém da equipe."
NEARBY: Final = "Nada livre exatamente quando a pessoa pediu; estes são os mais próximos."


Use = Callable[[ToolCall], Awaitable[Mapping[str, Any]]]


class BadArgument(Invalid):
    """The model left something out; the message is for it."""


@dataclass(slots=True)
class Desk:
    """`offered` are the times found in this turn; what was offered before is in `notes`, and only that can be booked."""

    visit: Visit
    books: Books
    notes: Notes
    find: FindTimes
    changes: Changes
    open_books: OpenBooks
    offered: list[Offered] = field(default_factory=list)
    person_wanted: bool = False
    earlier: tuple[Earlier, ...] = ()

    @property
    def tools(self) -> Sequence[Tool]:
        return TOOLS if self.books.services else ()

    async def use(self, call: ToolCall) -> Mapping[str, Any]:
        uses: Mapping[str, Use] = {
            "list_services": self._services,
            "find_slots": self._find,
            "hold_slot": self._hold,
            "book": self._book,
            "move": self._move,
            "cancel": self._cancel,
            "my_appointments": self._mine,
            "ask_for_person": self._call_person,
        }
        try:
            return await uses[call.name](call)
        except BadArgument as error:
            return {"erro": str(error)}
        except SecretariaError as error:
            return {"erro": refusal(error)}

    def briefing(self) -> str | None:
        """What is so now, as the model is told of it before it says a word; None where there is nothing to be booked."""
        if not self.books.services:
            return None
        mine = [
            f"- {each.reference} | {what(each, self.visit.zone)} ({self._state(each.appointment)})"
            for each in self._coming()
        ]
        shown = [f"- {each.token} | {self._slot(each)}" for each in self.notes.offered]
        return "\n".join(
            (
                "Agendamentos desta pessoa (código | qual):",
                *(mine or ["(nenhum)"]),
                "Horários já oferecidos a ela (código | qual):",
                *(shown or ["(nenhum)"]),
            )
        )

    def all_offered(self) -> tuple[Offered, ...]:
        """Newest first; of a time that was offered twice the newer token."""
        kept: dict[tuple[object, ...], Offered] = {}
        for each in (*self.offered, *self.notes.offered):
            kept.setdefault(_key(each), each)
        return tuple(kept.values())[:MOST_REMEMBERED]

    def still_had(self) -> list[Offered]:
        """Of the times found in this turn those whose service and professional are still there."""
        known = self.books
        return [
            each for each in self.offered if each.service in known.services and each.professional in known.professionals
        ]

    def earlier_of(self, appointment: Appointment) -> tuple[datetime, ...]:
        """Where it was before; of a move that nobody here remembers only that there was one."""
        known = tuple(each.starts for each in self.earlier if each.appointment == appointment.id)
        return known or ((appointment.slot.starts,) if appointment.status is Status.RESCHEDULED else ())

    async def moved(self, mine: Mine, slot: Offered) -> Appointment:
        """To a slot that was offered. Raises as the agenda does."""
        was = Earlier(mine.appointment.id, mine.appointment.slot.starts)
        appointment = await self.changes.move(self.visit, self.books, mine.appointment.id, slot)
        self.earlier = tuple(dict.fromkeys((*self.earlier, was)))
        return appointment

    def leave(self, menu: Menu | None) -> Notes | None:
        """What to remember; None where there is nothing to, nor anything to forget."""
        notes = Notes(self.visit.now, self.all_offered(), menu, self.earlier)
        return notes if menu or replace(notes, at=self.notes.at) != self.notes else None

    async def reread(self) -> None:
        """After a change: what holds now."""
        self.books, _ = await self.open_books(self.visit)

    def _coming(self) -> list[Mine]:
        return self.books.coming(self.visit.now)

    async def _mine(self, _call: ToolCall) -> Mapping[str, Any]:
        return {"agendamentos": [self._told(each.appointment) for each in self._coming()]}

    async def _call_person(self, _call: ToolCall) -> Mapping[str, Any]:
        self.person_wanted = True
        return {"chamada": "uma pessoa da equipe foi chamada e continua por aqui"}

    async def _services(self, _call: ToolCall) -> Mapping[str, Any]:
        return {
            "servicos": [
                {
                    "servico": each.name,
                    "minutos": each.minutes,
                    **({"preco": reais(each.price_cents)} if each.price_cents else {}),
                    "profissionais": [one.name for one in self.books.doing(each)],
                }
                for each in self.books.services.values()
            ]
        }

    async def _find(self, call: ToolCall) -> Mapping[str, Any]:
        wanted = self._wanted(call)
        times = await self.find(self.visit, self.books, wanted)
        if times.question:
            return {"perguntar": times.question}
        self.offered = [*times.offered, *self.offered]
        if not times.offered:
            return {"horarios": [], "aviso": NOTHING_FREE}
        listed = [{"slot": each.token, "quando": self._slot(each)} for each in times.offered]
        return {"horarios": listed} if times.exact else {"horarios": listed, "aviso": NEARBY}

    def _wanted(self, call: ToolCall) -> TimeWanted:
        words = _text(call, "when")
        if reference := _text(call, "appointment", needed=False):
            moved = self.books.appointment(reference).appointment
            return TimeWanted(moved.service, words, moved.professional, moved.id)
        service = self.books.service_named(_text(call, "service"))
        named = _text(call, "professional", needed=False)
        return TimeWanted(service.id, words, self.books.professional_named(named).id if named else None)

    async def _hold(self, call: ToolCall) -> Mapping[str, Any]:
        slot = await self.changes.slot(self.visit, _text(call, "slot"))
        held = await self.changes.hold(self.visit, slot)
        return {"guardado": self._slot(slot), "ate": f"{held.until.astimezone(self.visit.zone):%Hh%M}"}

    async def _book(self, call: ToolCall) -> Mapping[str, Any]:
        slot = await self.changes.slot(self.visit, _text(call, "slot"))
        if not self._seen(slot):
            return {"erro": UNSEEN, "horario": self._slot(slot)}
        try:
            appointment = await self.changes.book(self.visit, self.books, slot)
        except SlotTaken as taken:
            return await self._instead(slot, taken)
        await self.reread()
        return {"feito": self._told(appointment)}

    async def _move(self, call: ToolCall) -> Mapping[str, Any]:
        moved = self.books.appointment(_text(call, "appointment"))
        slot = await self.changes.slot(self.visit, _text(call, "slot"))
        if not self._seen(slot):
            return {"erro": UNSEEN, "horario": self._slot(slot)}
        appointment = await self.moved(moved, slot)
        await self.reread()
        return {"feito": self._told(appointment)}

    async def _cancel(self, call: ToolCall) -> Mapping[str, Any]:
        mine = self.books.appointment(_text(call, "appointment"))
        appointment = await self.changes.cancel(self.visit, mine.appointment.id)
        await self.reread()
        return {"feito": self._told(appointment)}

    async def _instead(self, slot: Offered, taken: SlotTaken) -> Mapping[str, Any]:
        """Somebody was quicker: what else there is around that time."""
        near = when(slot.starts, self.visit.zone)
        times = await self.find(self.visit, self.books, TimeWanted(slot.service, near, slot.professional))
        self.offered = [*times.offered, *self.offered]
        listed = [{"slot": each.token, "quando": self._slot(each)} for each in times.offered]
        return {"erro": refusal(taken), "outros_horarios": listed}

    def _seen(self, slot: Offered) -> bool:
        return any(_key(each) == _key(slot) for each in self.notes.offered)

    def _slot(self, slot: Offered) -> str:
        return slot_in_words(self.books, slot, self.visit)

    def _told(self, appointment: Appointment) -> Mapping[str, Any]:
        mine = next(each for each in self.books.mine if each.appointment.id == appointment.id)
        return {
            "agendamento": mine.reference,
            "qual": what(mine, self.visit.zone),
            "situacao": self._state(mine.appointment),
        }

    @staticmethod
    def _state(appointment: Appointment) -> str:
        if appointment.moving_to is not None:
            return "mudança pedida, ainda sem confirmação da agenda"
        return STATES[appointment.status]


@dataclass(frozen=True, slots=True)
class OpenDesk:
    open_books: OpenBooks
    find: FindTimes
    changes: Changes

    async def __call__(self, visit: Visit) -> Desk:
        books, notes = await self.open_books(visit)
        fresh = notes is not None and visit.now - notes.at < REMEMBERED
        kept = notes if notes is not None and fresh else Notes(visit.now)
        known = _known(books, kept)
        return Desk(visit, books, known, self.find, self.changes, self.open_books, earlier=known.earlier)


def slot_in_words(books: Books, slot: Offered, visit: Visit) -> str:
    """Limpeza com Dra. Marina, quinta-feira, 26/11 às 15h"""
    service, professional = books.services[slot.service], books.professionals[slot.professional]
    return f"{service.name} com {professional.name}, {when(slot.starts, visit.zone)}"


def _known(books: Books, notes: Notes) -> Notes:
    """Without what can no longer be had: a service that was dropped, somebody who left."""
    left = [
        each for each in notes.offered if each.service in books.services and each.professional in books.professionals
    ]
    return replace(notes, offered=tuple(left))


def _key(slot: Offered) -> tuple[object, ...]:
    return slot.service, slot.professional, slot.starts


def _text(call: ToolCall, name: str, *, needed: bool = True) -> str:
    """An argument as the model gave it. Raises BadArgument where it is missing or no text."""
    given = call.args.get(name, "")
    if not isinstance(given, str) or (needed and not given.strip()):
        raise BadArgument(f"falta dizer {name}", field=name)
    return given.strip()[:LONGEST_ARGUMENT]
