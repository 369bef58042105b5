"""A time that can never be had is told as that, with why, and nobody is put on a list for it."""

from __future__ import annotations

from datetime import datetime

import pytest

from application.agenda.chat.times import SEARCHED
from application.agenda.chat.toolbox import DeskTools
from application.assistant.tools import ToolCall
from domain.agenda.opening_hours import DayOff, WeekHours
from domain.agenda.rules import Rules
from domain.assistant.attendance import Span
from tests.builders.agenda import Practice, at
from tests.integration.agenda.test_booking_by_chat import desk_of
from tests.integration.agenda.test_booking_by_menu import talk_of


def times_in(told: str) -> list[str]:
    return [line for line in told.splitlines() if "/" in line and " às " in line and line.startswith("*")]


def day_off(moment: datetime) -> DayOff:
    return DayOff(moment.date(), moment.date(), "Curso")


@pytest.mark.parametrize(
    ("when", "why", "near"),
    [
        ("ontem às 10h", "Esse horário já passou.", "23/11 às 10h"),
        ("domingo às 10h", "Não atendemos aos domingos.", "30/11 às 10h"),
        ("domingo", "Não atendemos aos domingos.", "30/11 às 8h"),
        ("quarta às 22h", "Não atendemos nesse horário.", "25/11 às 17h30"),
        ("dia 25/12 às 10h", "25/12 é feriado (Natal), e não atendemos.", "28/12 às 10h"),
        ("dia 15/03/2028", "A agenda está aberta até 22/01/2027, e ainda não tem essa data.", "21/01 às 17h"),
    ],
)
async def test_what_cannot_be_is_told_with_why_and_the_nearest(practice: Practice, when: str, why: str, near: str):
    ana = await talk_of(practice)

    told = await ana.say(f"marcar consulta {when}")

    assert told.startswith(f"{why} Os mais próximos são:")
    assert near in told
    assert "lista de espera" not in told


async def test_the_last_days_are_the_nearest_however_much_is_free_before_them(practice: Practice):
    for name in ("Dr. Paulo", "Dra. Bia", "Dr. Rui"):
        await practice.professional(name)
    ana = await talk_of(practice)

    await ana.say("marcar consulta dia 15/03/2028")
    told = await ana.say("tanto faz")

    assert SEARCHED < 4 * 34 * 9
    assert all("/01" in line for line in times_in(told))
    assert any("21/01" in line for line in times_in(told))


async def test_where_weeks_around_it_are_full_the_nearest_lies_before_and_not_at_the_very_first(practice: Practice):
    for day in (day for day in range(18, 53) if at(8, days=day).weekday() < 5):
        await practice.agenda.set_up.add_day_off(practice.tenant, day_off(at(8, days=day)), "user:x")
    ana = await talk_of(practice)

    told = await ana.say("marcar consulta dia 28/12 às 10h")

    assert times_in(told)
    assert all("23/11" not in line and "24/11" not in line for line in times_in(told))


async def test_who_attends_on_holidays_is_asked_on_one(practice: Practice):
    await practice.agenda.set_up.set_rules(practice.tenant, Rules(closed_on_holidays=False), "user:x")
    ana = await talk_of(practice)

    assert "Posso marcar" in await ana.say("marcar consulta dia 25/12 às 10h")


async def test_a_day_of_one_professional_alone_is_told_as_theirs(practice: Practice):
    await practice.professional("Dr. Paulo", WeekHours(((Span(480, 720),),) * 7))
    ana = await talk_of(practice)

    told = await ana.say("marcar consulta com a Dra. Marina domingo às 10h")

    assert told.startswith("Dra. Marina não atende aos domingos.")


async def test_nobody_waits_for_a_day_on_which_nobody_attends(practice: Practice):
    ana = await talk_of(practice)
    await ana.say("me avisa se abrir uma vaga")

    told = await ana.say("domingo, das 8h59 até meia-noite")

    assert told.startswith("Não atendemos aos domingos. Os mais próximos são:")
    args = {"service": "consulta", "when": "domingo"}
    answer = await DeskTools(await desk_of(practice, ana.contact)).use(ToolCall("join_waiting_list", args))
    assert answer["aviso"].startswith("Não entrou na lista de espera: Não atendemos aos domingos.")
    assert (await DeskTools(await desk_of(practice, ana.contact)).use(ToolCall("find_slots", args)))[
        "aviso"
    ].startswith("Não atendemos aos domingos.")
    async with practice.open_work(practice.tenant) as work:
        assert list(await work.waiting.list()) == []
