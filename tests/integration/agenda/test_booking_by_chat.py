"""What a model may do at the agenda, for one contact: offer, book, move, call off; never twice, never for somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from application.agenda.chat.desk import Desk
from application.agenda.chat.ports import Notes, Visit
from application.agenda.chat.tool_texts import UNSEEN
from application.agenda.chat.toolbox import DeskTools
from application.assistant.tools import ToolCall
from domain.agenda.appointment import Status
from domain.shared.ids import ContactId, ConversationId
from secretaria.agenda import desk_over
from tests.builders.agenda import Practice, at

SAO_PAULO = ZoneInfo("America/Sao_Paulo")


async def desk_of(practice: Practice, contact: ContactId, notes: Notes | None = None) -> Desk:
    """A new turn of this contact, which remembers what an earlier one left."""
    visit = Visit(practice.tenant, ConversationId(1), contact, practice.now.astimezone(SAO_PAULO))
    desk = await desk_over(practice.agenda, practice.open_work)(visit)
    return replace(desk, notes=notes) if notes else desk


async def use(desk: Desk, name: str, **args: Any) -> Mapping[str, Any]:
    return await DeskTools(desk).use(ToolCall(name, args))


async def offered(practice: Practice, contact: ContactId, when: str = "hoje às 9h") -> tuple[Desk, list[str]]:
    """The turn after those times were told, and their tokens."""
    desk = await desk_of(practice, contact)
    told = await use(desk, "find_slots", service="consulta", when=when)
    return await desk_of(practice, contact, told_of(desk)), [each["slot"] for each in told["horarios"]]


def told_of(desk: Desk) -> Notes:
    return Notes(desk.visit.now, desk.all_offered())


async def test_services_are_listed_with_price_and_people(practice: Practice):
    await practice.service("Limpeza", 40, price_cents=18_000)
    desk = await desk_of(practice, await practice.client())

    told = await use(desk, "list_services")

    assert told["servicos"] == [
        {"servico": "Consulta", "minutos": 30, "profissionais": ["Dra. Marina"]},
        {"servico": "Limpeza", "minutos": 40, "preco": "R$ 180,00", "profissionais": ["Dra. Marina"]},
    ]


async def test_a_time_that_was_offered_is_booked_once_however_often_it_is_asked_for(practice: Practice):
    ana = await practice.client()
    desk, [token] = await offered(practice, ana)

    told = [
        await use(desk, "book", slot=token),
        await use(await desk_of(practice, ana, desk.notes), "book", slot=token),
    ]

    assert told[0]["feito"] == told[1]["feito"]
    assert told[0]["feito"]["qual"] == "Consulta com Dra. Marina, segunda-feira, 23/11 às 9h"
    assert told[0]["feito"]["situacao"] == "marcado"
    assert await practice.entries() == [("standing", at(9))]


async def test_what_nobody_was_told_of_cannot_be_booked(practice: Practice):
    desk = await desk_of(practice, await practice.client())
    found = await use(desk, "find_slots", service="Consulta", when="hoje às 9h")

    told = await use(desk, "book", slot=found["horarios"][0]["slot"])

    assert told["erro"] == UNSEEN
    assert await practice.entries() == []


@pytest.mark.parametrize("token", ["", "amanhã 9h", "AAAA", "x" * 500])
async def test_a_time_the_model_made_up_books_nothing(practice: Practice, token: str):
    desk, _ = await offered(practice, await practice.client())

    assert "erro" in await use(desk, "book", slot=token)
    assert await practice.entries() == []


async def test_a_token_of_somebody_else_books_nothing(practice: Practice):
    _, [token] = await offered(practice, await practice.client())
    desk, _ = await offered(practice, await practice.client("Bia"))

    assert "não vale" in (await use(desk, "book", slot=token))["erro"]
    assert await practice.entries() == []


async def test_who_comes_second_is_offered_other_times(practice: Practice):
    first, [token] = await offered(practice, await practice.client())
    second, [other] = await offered(practice, await practice.client("Bia"))
    await use(first, "book", slot=token)

    told = await use(second, "book", slot=other)

    assert told["erro"] == "Esse horário acabou de ser ocupado."
    assert told["outros_horarios"]
    assert all("às 9h," not in f"{each['quando']}," for each in told["outros_horarios"])
    assert await practice.entries() == [("standing", at(9))]


async def test_an_appointment_is_moved_once_and_called_off_once(practice: Practice):
    ana = await practice.client()
    await practice.book(at(9), ana)
    desk = await desk_of(practice, ana)
    [mine] = (await use(desk, "my_appointments"))["agendamentos"]
    found = await use(desk, "find_slots", when="terça às 14h", appointment=mine["agendamento"])
    desk = await desk_of(practice, ana, told_of(desk))
    where = {"appointment": mine["agendamento"], "slot": found["horarios"][0]["slot"]}

    moved = [(await use(desk, "move", **where))["feito"] for _ in range(2)]
    gone = [(await use(desk, "cancel", appointment=mine["agendamento"]))["feito"] for _ in range(2)]

    assert [each["qual"] for each in moved] == ["Consulta com Dra. Marina, terça-feira, 24/11 às 14h"] * 2
    assert [each["situacao"] for each in gone] == ["cancelado"] * 2
    assert (await use(desk, "my_appointments"))["agendamentos"] == []


async def test_an_appointment_goes_to_another_professional_whose_time_was_offered(practice: Practice):
    other = await practice.professional("Dr. Paulo")
    ana = await practice.client()
    await practice.book(at(9), ana)
    desk = await desk_of(practice, ana)
    [mine] = (await use(desk, "my_appointments"))["agendamentos"]
    wish = {"appointment": mine["agendamento"], "when": "terça às 14h", "professional": "Paulo"}
    found = await use(desk, "find_slots", **wish)
    desk = await desk_of(practice, ana, told_of(desk))
    where = {"appointment": mine["agendamento"], "slot": found["horarios"][0]["slot"]}

    moved = [(await use(desk, "move", **where))["feito"] for _ in range(2)]

    assert [each["qual"] for each in moved] == ["Consulta com Dr. Paulo, terça-feira, 24/11 às 14h"] * 2
    [entry] = await practice.calendar.changed_since(at(0, days=-1))
    assert entry.professional == other


async def test_nobody_reaches_the_appointments_of_somebody_else(practice: Practice):
    ana, bia = await practice.client(), await practice.client("Bia")
    theirs = await practice.book(at(9), ana)
    [mine] = (await desk_of(practice, ana)).books.mine
    desk = await desk_of(practice, bia)

    assert (await use(desk, "my_appointments"))["agendamentos"] == []
    for reference in (mine.reference, str(theirs.id), str(theirs.ref)):
        assert "erro" in await use(desk, "cancel", appointment=reference)
    assert await practice.entries() == [("standing", at(9))]


async def test_nothing_that_the_model_is_told_says_what_the_calendar_calls_it(practice: Practice):
    ana = await practice.client()
    booked = await practice.book(at(9), ana)
    desk = await desk_of(practice, ana)

    told = [desk.briefing(), await use(desk, "my_appointments")]

    assert booked.ref
    assert str(booked.ref) not in str(told)


async def test_doubtful_words_come_back_as_the_question_to_ask(practice: Practice):
    desk = await desk_of(practice, await practice.client())

    told = await use(desk, "find_slots", service="Consulta", when="31/02")

    assert "calendário" in told["perguntar"]


async def test_where_nothing_is_free_then_the_nearest_is_told_as_that(practice: Practice):
    desk = await desk_of(practice, await practice.client())

    told = await use(desk, "find_slots", service="Consulta", when="domingo às 10h")

    assert "mais próximos" in told["aviso"]
    assert any("segunda-feira, 30/11" in each["quando"] for each in told["horarios"])


async def test_an_order_that_the_calendar_has_not_answered_is_not_told_as_booked(practice: Practice):
    desk, [token] = await offered(practice, await practice.client())
    practice.line.deaf = True

    told = await use(desk, "book", slot=token)

    assert "sem confirmação" in told["feito"]["situacao"]
    practice.line.deaf = False
    [mine] = (await desk_of(practice, desk.visit.contact)).books.mine
    assert mine.appointment.status is Status.PENDING


async def test_a_booking_whose_answer_was_lost_is_found_not_made_again(practice: Practice):
    ana = await practice.client()
    desk, [token] = await offered(practice, ana)
    practice.line.mute = True
    await use(desk, "book", slot=token)
    practice.line.mute = False

    told = await use(await desk_of(practice, ana, desk.notes), "book", slot=token)

    assert told["feito"]["situacao"] == "marcado"
    assert await practice.entries() == [("standing", at(9))]


async def test_a_time_is_kept_while_somebody_makes_up_their_mind(practice: Practice):
    desk, [token] = await offered(practice, await practice.client())

    told = await use(desk, "hold_slot", slot=token)

    assert told == {"guardado": "Consulta com Dra. Marina, segunda-feira, 23/11 às 9h", "ate": "07h05"}
    assert at(9) not in await practice.free()


async def test_a_model_that_leaves_something_out_is_told_so(practice: Practice):
    desk = await desk_of(practice, await practice.client())

    assert (await use(desk, "find_slots", service="Consulta"))["erro"] == "falta dizer when"
    assert (await use(desk, "cancel", appointment=7))["erro"] == "falta dizer appointment"
    assert "serviço" in (await use(desk, "find_slots", service="tatuagem", when="hoje"))["erro"]


async def test_asking_for_a_person_is_remembered(practice: Practice):
    desk = await desk_of(practice, await practice.client())

    await use(desk, "ask_for_person")

    assert desk.person_wanted
