"""A time that became free goes to those who wait for one: one after the other, and the first yes has it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from application.agenda.chat.ports import Visit
from application.agenda.chat.toolbox import DeskTools
from application.agenda.reschedule_appointment import Move
from application.assistant.tools import ToolCall
from domain.dead_letters.ladder import LADDER
from domain.shared.ids import OutgoingId
from secretaria.agenda import desk_over
from tests.builders.agenda import DESK, Practice, at
from tests.builders.unasked import Days
from tests.builders.waiting import freed, standing, taken, waiting


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


async def test_the_longest_waiting_one_is_asked_and_a_yes_has_the_time(days: Days):
    appointment = await taken(days)
    ana, bia = await waiting(days, "Ana"), await waiting(days, "Bia")
    await freed(days, appointment)

    [offer] = await days.told(ana)
    assert offer.startswith("Oi, Ana! Abriu um horário de Consulta com Dra. Marina: segunda-feira, 30/11 às 9h.")
    assert await days.told(bia) == []
    ending = await days.answer(ana, "quero sim!")

    assert ending is not None
    assert (ending.say or "").startswith("Prontinho, o horário é seu")
    assert await standing(days) == {"Ana": "served", "Bia": "waiting"}
    await days.pass_to(at(12))
    assert await days.told(bia) == []


async def test_a_no_passes_it_on_at_once(days: Days):
    appointment = await taken(days)
    ana, bia = await waiting(days, "Ana"), await waiting(days, "Bia")
    await freed(days, appointment)

    await days.answer(ana, "não, obrigada")
    await days.run_due()

    assert len(await days.told(bia)) == 1
    await days.answer(bia, "sim")
    assert await standing(days) == {"Ana": "waiting", "Bia": "served"}


async def test_silence_passes_it_on_when_the_hold_is_over_and_a_late_yes_finds_it_gone(days: Days):
    appointment = await taken(days)
    ana, bia = await waiting(days, "Ana"), await waiting(days, "Bia")
    await freed(days, appointment)

    await days.pass_to(at(10, 30))
    assert await days.told(bia) == []
    await days.pass_to(at(10, 33))
    assert len(await days.told(bia)) == 1
    await days.answer(bia, "sim")
    ending = await days.answer(ana, "sim")

    assert ending is not None
    assert "acabou de ser preenchido" in (ending.say or "")
    assert await standing(days) == {"Ana": "waiting", "Bia": "served"}


async def test_an_offer_that_could_not_leave_in_time_is_kept_back_for_it_would_promise_what_another_has(days: Days):
    appointment = await taken(days)
    await waiting(days, "Ana")
    await freed(days, appointment)

    [row] = await days.rows("select o.id, f.until from outgoing o, offers f where o.text like '%Abriu um horário%'")
    async with days.practice.open_work(days.practice.tenant) as work:
        outgoing = await work.outbox.get(OutgoingId(row["id"]))

    assert outgoing.until == row["until"] == at(10, 31)
    assert not outgoing.too_late(at(10, 30))
    assert outgoing.too_late(at(10, 31))


async def test_while_it_is_offered_nobody_else_can_book_it(days: Days):
    appointment = await taken(days)
    await waiting(days, "Ana")
    await freed(days, appointment)

    assert at(9, days=7) not in await days.practice.free(7)


async def test_two_looks_at_once_ask_one_person_once(days: Days):
    appointment = await taken(days)
    ana, bia = await waiting(days, "Ana"), await waiting(days, "Bia")
    days.practice.go_to(at(10))
    await days.practice.agenda.cancel(days.practice.tenant, appointment.id, DESK)
    days.practice.go_to(at(10, 2))

    waits = await days.practice.agenda.waiting.list(days.practice.tenant)

    async def look() -> None:
        for wait in waits:
            await days.unasked.offer._offer_to(days.practice.tenant, wait)

    await asyncio.gather(look(), look(), look())

    assert (len(await days.told(ana)), len(await days.told(bia))) == (1, 0)


async def test_at_night_nobody_is_asked_before_the_morning(days: Days):
    appointment = await taken(days)
    ana = await waiting(days, "Ana")
    days.practice.go_to(at(22))
    await days.practice.agenda.cancel(days.practice.tenant, appointment.id, DESK)

    await days.pass_to(at(7, 59, days=1))
    assert await days.told(ana) == []
    await days.pass_to(at(8, 1, days=1))
    assert len(await days.told(ana)) == 1


async def test_a_time_left_behind_by_a_move_is_offered_too(days: Days):
    appointment = await taken(days)
    ana = await waiting(days, "Ana")
    days.practice.go_to(at(10))
    await days.practice.agenda.reschedule(days.practice.tenant, appointment.id, Move(at(15, days=7)), DESK)
    await days.pass_to(days.practice.now + timedelta(minutes=2))

    assert len(await days.told(ana)) == 1


async def test_what_is_kept_for_one_stays_so_when_they_book_another_time_meanwhile(days: Days):
    appointment, practice = await taken(days), days.practice
    ana, bia = await waiting(days, "Ana"), await waiting(days, "Bia")
    await freed(days, appointment)

    await practice.book(at(15, days=7), ana)
    other = await practice.book(at(16, days=7))
    await practice.agenda.cancel(practice.tenant, other.id, DESK)
    await days.pass_to(at(10, 10))

    assert await days.told(bia) == []
    ending = await days.answer(ana, "sim")
    assert ending is not None
    assert (ending.say or "").startswith("Prontinho, o horário é seu")


async def test_a_calendar_that_stays_away_only_puts_the_offer_off(days: Days):
    appointment, ana = await taken(days), await waiting(days, "Ana")
    days.practice.line.deaf, days.failures = True, len(LADDER)
    await freed(days, appointment)
    assert days.ran == [("agenda.offer_free", "put_off")]

    days.practice.line.deaf = False
    await days.practice.agenda.settle.now(days.practice.tenant, appointment)
    await days.pass_to(at(10, 10))

    assert [text.startswith("Oi, Ana! Abriu um horário") for text in await days.told(ana)] == [True]


@pytest.mark.parametrize("yes", ["Quero!", "fico com ele", "pode reservar pra mim", "aceito sim"])
async def test_the_yes_that_people_give_has_the_time(days: Days, yes: str):
    appointment = await taken(days)
    ana = await waiting(days, "Ana")
    await freed(days, appointment)

    ending = await days.answer(ana, yes)

    assert ending is not None
    assert (ending.say or "").startswith("Prontinho, o horário é seu")
    assert await standing(days) == {"Ana": "served"}


async def test_another_time_than_the_one_offered_is_no_yes(days: Days):
    appointment = await taken(days)
    ana = await waiting(days, "Ana")
    await freed(days, appointment)

    assert await days.answer(ana, "pode ser às 15h") is None
    assert await standing(days) == {"Ana": "offered"}


async def test_what_was_offered_can_be_booked_by_a_model_too_and_is_nobody_elses_then(days: Days):
    appointment, practice = await taken(days), days.practice
    ana, bia = await waiting(days, "Ana"), await waiting(days, "Bia")
    await freed(days, appointment)
    conversation = await days._conversation(ana)
    async with practice.open_work(practice.tenant) as work:
        notes = await work.booking_talks.notes(conversation)
    assert notes is not None

    visit = Visit(practice.tenant, conversation, ana, practice.now.astimezone(ZoneInfo("America/Sao_Paulo")))
    desk = await desk_over(practice.agenda, practice.open_work)(visit)
    assert "Consulta com Dra. Marina, segunda-feira, 30/11 às 9h" in (desk.briefing() or "")
    told = await DeskTools(desk).use(ToolCall("book", {"slot": notes.offered[0].token}))

    assert told["feito"]["qual"] == "Consulta com Dra. Marina, segunda-feira, 30/11 às 9h"
    await days.pass_to(at(12))
    assert await standing(days) == {"Ana": "served", "Bia": "waiting"}
    assert await days.told(bia) == []


async def test_who_leaves_the_list_while_they_are_asked_passes_it_on_at_once(days: Days):
    appointment, practice = await taken(days), days.practice
    ana, bia = await waiting(days, "Ana"), await waiting(days, "Bia")
    await freed(days, appointment)
    async with practice.open_work(practice.tenant) as work:
        [wait] = await work.waiting.of(ana)

    await practice.agenda.waiting.remove(practice.tenant, wait.id, "user:x")
    await days.run_due()

    assert len(await days.told(bia)) == 1
    assert await standing(days) == {"Ana": "gone", "Bia": "offered"}
    assert await days.answer(ana, "sim") is None
    await days.answer(bia, "quero")
    assert await standing(days) == {"Ana": "gone", "Bia": "served"}


async def test_who_has_a_time_of_that_service_already_changes_it_and_has_no_two(days: Days):
    appointment, practice = await taken(days), days.practice
    ana = await waiting(days, "Ana")
    own = await practice.book(at(15, days=9), ana)
    await freed(days, appointment)

    [offer] = await days.told(ana)
    assert "Quer trocar o seu, que é quarta-feira, 02/12 às 15h, por ele?" in offer
    ending = await days.answer(ana, "pode trocar!")

    assert ending is not None
    assert ending.say == (
        "Prontinho, troquei o seu horário: Consulta com Dra. Marina agora é segunda-feira, 30/11 às 9h. Até lá! 😊"
    )
    rows = await days.rows("select id, starts from appointments where contact_id = $1 and status <> 'cancelled'", ana)
    assert rows == [{"id": own.id, "starts": at(9, days=7)}]
    assert await standing(days) == {"Ana": "served"}
    assert at(15, days=9) in await practice.free(9)


async def test_who_comes_often_waits_for_one_more(days: Days):
    appointment, practice = await taken(days), days.practice
    ana = await waiting(days, "Ana")
    for day in (9, 10):
        await practice.book(at(15, days=day), ana)
    await freed(days, appointment)

    [offer] = await days.told(ana)
    assert "Quer ficar com ele?" in offer
    await days.answer(ana, "quero")

    assert len(await days.rows("select 1 from appointments where contact_id = $1 and status = 'booked'", ana)) == 3


async def test_what_was_to_be_changed_and_is_called_off_meanwhile_is_not_brought_back(days: Days):
    appointment, practice = await taken(days), days.practice
    ana = await waiting(days, "Ana")
    own = await practice.book(at(15, days=9), ana)
    await freed(days, appointment)
    await practice.agenda.cancel(practice.tenant, own.id, DESK)

    ending = await days.answer(ana, "sim")

    assert ending is not None
    assert (ending.say or "").startswith("Prontinho, o horário é seu")
    assert await days.status(own.id) == "cancelled"
