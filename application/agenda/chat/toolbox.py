"""The desk as a model uses it: it names a tool, and is told what came of it, refusals included.

What it says is looked up in what it was given: names of services and people, tokens of free times, references of this
contact's own appointments.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from application.agenda.chat import tool_texts as texts
from application.agenda.chat.desk import Desk
from application.agenda.chat.ports import Offered
from application.agenda.chat.times import TimeWanted
from application.agenda.chat.tools import TOOLS
from application.agenda.chat.waits import waited
from application.agenda.chat.words import reais, refusal, state, what, when
from application.assistant.tools import Tool, ToolCall
from domain.agenda.appointment import Appointment, SlotTaken
from domain.agenda.people import ProfessionalNotFound
from domain.agenda.waiting import Wait
from domain.assistant.week_words import week_in_words
from domain.shared.errors import Invalid, SecretariaError
from domain.shared.ids import ProfessionalId

LONGEST_ARGUMENT: Final = 500
Use = Callable[[ToolCall], Awaitable[Mapping[str, Any]]]


class BadArgument(Invalid):
    """The model left something out; the message is for it."""


@dataclass(frozen=True, slots=True)
class DeskTools:
    """Implements application.assistant.tools.Toolbox."""

    desk: Desk

    @property
    def tools(self) -> Sequence[Tool]:
        return TOOLS if self.desk.bookable else ()

    async def use(self, call: ToolCall) -> Mapping[str, Any]:
        uses: Mapping[str, Use] = {
            "list_services": self._services,
            "find_slots": self._find,
            "hold_slot": self._hold,
            "book": self._book,
            "move": self._move,
            "cancel": self._cancel,
            "my_appointments": self._mine,
            "join_waiting_list": self._wait,
            "leave_waiting_list": self._leave_waiting,
            "my_waiting_list": self._waits,
            "ask_for_person": self._call_person,
        }
        try:
            return await uses[call.name](call)
        except BadArgument as error:
            return {"erro": str(error)}
        except SecretariaError as error:
            return {"erro": refusal(error)}

    async def _mine(self, _call: ToolCall) -> Mapping[str, Any]:
        return {"agendamentos": [self._told(each.appointment) for each in self.desk.coming]}

    async def _call_person(self, _call: ToolCall) -> Mapping[str, Any]:
        self.desk.person_wanted = True
        return {"chamada": "uma pessoa da equipe foi chamada e continua por aqui"}

    async def _services(self, _call: ToolCall) -> Mapping[str, Any]:
        return {
            "servicos": [
                {
                    "servico": each.name,
                    "minutos": each.minutes,
                    **({"preco": reais(each.price_cents)} if each.price_cents else {}),
                    "profissionais": [one.name for one in self.desk.books.doing(each)],
                }
                for each in self.desk.books.services.values()
            ],
            "atendimento": {
                each.name: week_in_words(each.hours.days)
                for each in self.desk.books.professionals.values()
                if any(each.hours.days)
            },
        }

    async def _find(self, call: ToolCall) -> Mapping[str, Any]:
        wanted = self._wanted(call)
        times = await self.desk.find(wanted)
        if times.question:
            return {"perguntar": times.question}
        if not times.offered:
            return {"horarios": [], "aviso": f"{times.why} {texts.NOTHING_FREE}".strip()}
        listed = self._listed(times.offered)
        near = texts.NEVER.format(why=times.why) if times.why else texts.NEARBY
        return {"horarios": listed} if times.exact else {"horarios": listed, "aviso": near}

    def _wanted(self, call: ToolCall) -> TimeWanted:
        words = _text(call, "when")
        if reference := _text(call, "appointment", needed=False):
            moved = self.desk.books.appointment(reference).appointment
            return TimeWanted(moved.service, words, self._somebody(call) or moved.professional, moved.id)
        service = self.desk.books.service_named(_text(call, "service"))
        return TimeWanted(service.id, words, self._somebody(call))

    def _somebody(self, call: ToolCall) -> ProfessionalId | None:
        named = _text(call, "professional", needed=False)
        try:
            return self.desk.books.professional_named(named).id if named else None
        except ProfessionalNotFound as error:
            names = ", ".join(each.name for each in self.desk.books.professionals.values())
            raise BadArgument(texts.NOBODY_SO.format(names=names), field="professional") from error

    async def _hold(self, call: ToolCall) -> Mapping[str, Any]:
        slot = await self.desk.slot(_text(call, "slot"))
        held = await self.desk.changes.hold(self.desk.visit, slot)
        return {"guardado": self.desk.in_words(slot), "ate": f"{held.until.astimezone(self.desk.visit.zone):%Hh%M}"}

    async def _book(self, call: ToolCall) -> Mapping[str, Any]:
        slot = await self.desk.slot(_text(call, "slot"))
        if not self.desk.seen(slot):
            return {"erro": texts.UNSEEN, "horario": self.desk.in_words(slot)}
        try:
            appointment = await self.desk.booked(slot)
        except SlotTaken as taken:
            return await self._instead(slot, taken)
        return {"feito": self._told(appointment)}

    async def _move(self, call: ToolCall) -> Mapping[str, Any]:
        moved = self.desk.books.appointment(_text(call, "appointment"))
        slot = await self.desk.slot(_text(call, "slot"))
        if not self.desk.seen(slot):
            return {"erro": texts.UNSEEN, "horario": self.desk.in_words(slot)}
        appointment = await self.desk.moved(moved, slot)
        return {"feito": self._told(appointment)}

    async def _cancel(self, call: ToolCall) -> Mapping[str, Any]:
        mine = self.desk.books.appointment(_text(call, "appointment"))
        appointment = await self.desk.called_off(mine)
        return {"feito": self._told(appointment)}

    async def _wait(self, call: ToolCall) -> Mapping[str, Any]:
        service = self.desk.books.service_named(_text(call, "service"))
        wanted = TimeWanted(service.id, _text(call, "when", needed=False), self._somebody(call))
        done = await self.desk.wait(wanted)
        if isinstance(done, Wait):
            return {"feito": f"na lista de espera: {waited(done, self.desk.visit, self.desk.books)}"}
        if done.question:
            return {"perguntar": done.question}
        aviso = texts.FREE_ALREADY if done.exact else texts.NOT_WAITED_FOR.format(why=done.why)
        return {"horarios": self._listed(done.offered), "aviso": aviso}

    async def _leave_waiting(self, call: ToolCall) -> Mapping[str, Any]:
        left = await self.desk.leave_waiting(self.desk.books.service_named(_text(call, "service")).id)
        return {"feito": f"fora da lista de espera: {waited(left, self.desk.visit, self.desk.books)}"}

    async def _waits(self, _call: ToolCall) -> Mapping[str, Any]:
        return {"lista_de_espera": [waited(each, self.desk.visit, self.desk.books) for each in self.desk.books.waits]}

    async def _instead(self, slot: Offered, taken: SlotTaken) -> Mapping[str, Any]:
        """Somebody was quicker: what else there is around that time."""
        near = when(slot.starts, self.desk.visit.zone)
        times = await self.desk.find(TimeWanted(slot.service, near, slot.professional))
        return {"erro": refusal(taken), "outros_horarios": self._listed(times.offered)}

    def _listed(self, offered: Sequence[Offered]) -> list[Mapping[str, str]]:
        return [{"slot": each.token, "quando": self.desk.in_words(each)} for each in offered]

    def _told(self, appointment: Appointment) -> Mapping[str, Any]:
        mine = next(each for each in self.desk.books.mine if each.appointment.id == appointment.id)
        return {
            "agendamento": mine.reference,
            "qual": what(mine, self.desk.visit.zone),
            "situacao": state(mine.appointment),
        }


def _text(call: ToolCall, name: str, *, needed: bool = True) -> str:
    """An argument as the model gave it. Raises BadArgument where it is missing or no text."""
    given = call.args.get(name, "")
    if not isinstance(given, str) or (needed and not given.strip()):
        raise BadArgument(f"falta dizer {name}", field=name)
    return given.strip()[:LONGEST_ARGUMENT]
