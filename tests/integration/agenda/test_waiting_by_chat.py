"""Who finds no time that suits waits for one, asked for in the chat: by a model, or by the menu where none can talk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from application.agenda.chat.toolbox import DeskTools
from application.agenda.chat.truth import DeskTruth
from application.assistant.tools import ToolCall
from domain.shared.ids import ContactId
from tests.builders.agenda import DESK, Practice, at
from tests.builders.unasked import Days
from tests.integration.agenda.test_booking_by_chat import desk_of
from tests.integration.agenda.test_booking_by_menu import talk_of

MONDAY = "segunda que vem às 9h"
SAYS_SO = "Pronto, coloquei você na lista de espera para segunda que vem às 9h."


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


async def use(practice: Practice, contact: ContactId, name: str, **args: Any) -> Mapping[str, Any]:
    return await DeskTools(await desk_of(practice, contact)).use(ToolCall(name, args))


async def waiting(practice: Practice) -> list[tuple[int, int]]:
    """Of each who waits, whose they are and in how many stretches a place may begin."""
    async with practice.open_work(practice.tenant) as work:
        return [(each.contact, len(each.windows)) for each in await work.waiting.list()]


async def test_who_wants_a_time_that_is_taken_waits_for_it_and_is_asked_first_when_it_is_free(days: Days):
    practice, ana = days.practice, await days.client("Ana")
    taken = await practice.book(at(9, days=7))

    told = await use(practice, ana, "join_waiting_list", service="consulta", when=MONDAY)

    assert told == {"feito": "na lista de espera: Consulta, segunda-feira, 30/11 às 9h"}
    assert await waiting(practice) == [(ana, 1)]
    assert await DeskTruth(await desk_of(practice, ana)).objection(SAYS_SO) is None
    practice.go_to(at(10))
    await practice.agenda.cancel(practice.tenant, taken.id, DESK)
    await days.pass_to(at(10, 2))
    [offer] = await days.told(ana)
    assert "Consulta com Dra. Marina: segunda-feira, 30/11 às 9h" in offer
    ending = await days.answer(ana, "sim")
    assert ending is not None
    assert (ending.say or "").startswith("Prontinho, o horário é seu")
    assert await waiting(practice) == []


async def test_what_becomes_free_beside_the_wished_hours_is_not_offered(days: Days):
    practice, ana = days.practice, await days.client("Ana")
    whole = [await practice.book(at(hour, minute, days=7)) for hour in (8, 9, 10, 11) for minute in (0, 30)]
    late = await practice.book(at(15, days=7))
    await use(practice, ana, "join_waiting_list", service="consulta", when="segunda que vem de manhã")
    assert await waiting(practice) == [(ana, 1)]

    practice.go_to(at(10))
    await practice.agenda.cancel(practice.tenant, late.id, DESK)
    await days.pass_to(at(10, 5))
    assert await days.told(ana) == []
    await practice.agenda.cancel(practice.tenant, whole[3].id, DESK)
    await days.pass_to(at(10, 10))

    [offer] = await days.told(ana)
    assert "30/11 às 9h30" in offer


async def test_nobody_waits_for_what_is_free(practice: Practice):
    ana = await practice.client()

    told = await use(practice, ana, "join_waiting_list", service="consulta", when=MONDAY)

    assert "já há horários livres" in told["aviso"]
    assert [each["quando"] for each in told["horarios"]] == ["Consulta com Dra. Marina, segunda-feira, 30/11 às 9h"]
    assert await waiting(practice) == []
    why = await DeskTruth(await desk_of(practice, ana)).objection(SAYS_SO)
    assert why is not None
    assert "não está na lista de espera" in why.truth


async def test_a_doubtful_wish_is_asked_back_and_an_impossible_one_refused(practice: Practice):
    ana = await practice.client()

    asked = await use(practice, ana, "join_waiting_list", service="consulta", when="31/02")
    refused = await use(practice, ana, "join_waiting_list", service="tatuagem")

    assert set(asked) == {"perguntar"}
    assert refused == {"erro": "Não encontrei esse serviço."}
    assert await waiting(practice) == []


async def test_what_is_waited_for_is_told_changed_and_left(practice: Practice):
    ana, bia = await practice.client(), await practice.client("Bia")
    await practice.book(at(9, days=7))
    await practice.book(at(10, days=7))
    await use(practice, ana, "join_waiting_list", service="consulta", when=MONDAY, professional="Marina")
    await use(practice, ana, "join_waiting_list", service="consulta", when="segunda que vem às 10h")

    assert await use(practice, ana, "my_waiting_list") == {"lista_de_espera": ["Consulta, segunda-feira, 30/11 às 10h"]}
    assert "Na lista de espera por:\n- Consulta" in ((await desk_of(practice, ana)).briefing() or "")
    assert await use(practice, bia, "my_waiting_list") == {"lista_de_espera": []}
    assert "Você não está na lista" in (await use(practice, bia, "leave_waiting_list", service="consulta"))["erro"]
    assert len(await waiting(practice)) == 1

    desk = await desk_of(practice, ana)
    assert await DeskTruth(desk).objection("Tirei você da lista de espera.") is not None
    left = await DeskTools(desk).use(ToolCall("leave_waiting_list", {"service": "consulta"}))
    assert left == {"feito": "fora da lista de espera: Consulta, segunda-feira, 30/11 às 10h"}
    assert await waiting(practice) == []
    assert await DeskTruth(desk).objection("Tirei você da lista de espera.") is None


async def test_by_the_menu_one_waits_from_the_list_of_times_that_do_not_suit(practice: Practice):
    ana = await talk_of(practice)
    await practice.book(at(9, days=7))

    near = await ana.say(f"marcar consulta {MONDAY}")
    assert "Os mais próximos são" in near
    assert "- Entrar na lista de espera" in near
    told = await ana.say("lista de espera")

    assert "Você está na lista de espera: *Consulta com Dra. Marina, segunda-feira, 30/11 às 9h*" in told
    assert await waiting(practice) == [(ana.contact, 1)]


async def test_by_the_menu_one_waits_out_of_the_blue_and_leaves_again(practice: Practice):
    await practice.service("Limpeza", 40)
    ana = await talk_of(practice)
    await practice.book(at(9, days=7))

    assert (await ana.say("me avisa se abrir uma vaga?")).startswith(
        "Para qual serviço você quer entrar na lista de espera?\n\n*1* - Consulta\n*2* - Limpeza"
    )
    assert "Que dias e horas serviriam" in await ana.say("1")
    assert "já há horários livres assim" in await ana.say("segunda que vem de manhã")
    await ana.say("menu")
    assert "*1* - Consulta" in await ana.say("5")
    assert "Que dias e horas serviriam" in await ana.say("consulta")
    assert "Pronto! Você está na lista de espera" in await ana.say(MONDAY)
    assert "Tirar: Consulta com Dra. Marina, segunda-feira, 30/11 às 9h" in await ana.say("sair da lista de espera")
    assert "você saiu da lista de espera" in await ana.say("1")
    assert "em nenhuma lista de espera" in await ana.say("quero sair da lista de espera")
    assert await waiting(practice) == []


async def test_by_the_menu_a_time_told_before_is_not_asked_for_again(practice: Practice):
    await practice.service("Limpeza", 40)
    ana = await talk_of(practice)

    assert "*1* - Consulta" in await ana.say("quero marcar amanhã às 15h")
    assert "Posso marcar *Consulta com Dra. Marina, terça-feira, 24/11 às 15h*?" in await ana.say("1")
    assert "Para quando?" in await ana.say("não")


async def test_by_the_menu_an_appointment_goes_to_another_professional(practice: Practice):
    paulo = await practice.professional("Dr. Paulo")
    ana = await talk_of(practice)
    await practice.book(at(9, days=1), ana.contact)

    asked = await ana.say("quero remarcar")
    assert asked.startswith("Vamos mudar *Consulta com Dra. Marina, terça-feira, 24/11 às 9h*.\n\nPara quando?")
    assert asked.endswith("*1* - Com outro profissional\n\nEscreva quando, ou responda com o número.")
    assert "*2* - Dr. Paulo\n*3* - Tanto faz" in await ana.say("1")
    assert "Para quando?" in await ana.say("2")
    assert "Posso mudar para *Consulta com Dr. Paulo, quarta-feira, 25/11 às 14h*?" in await ana.say("quarta às 14h")
    assert "mudou para *Consulta com Dr. Paulo" in await ana.say("sim")

    [mine] = (await desk_of(practice, ana.contact)).coming
    assert mine.appointment.professional == paulo


async def test_by_the_menu_the_other_professional_may_be_named_at_once(practice: Practice):
    await practice.professional("Dr. Paulo")
    ana = await talk_of(practice)
    await practice.book(at(9, days=1), ana.contact)

    told = await ana.say("remarcar com o Dr. Paulo para quarta às 14h")

    assert "Posso mudar para *Consulta com Dr. Paulo, quarta-feira, 25/11 às 14h*?" in told


async def test_by_the_menu_who_finds_nothing_with_one_may_ask_for_another(practice: Practice):
    await practice.professional("Dr. Paulo")
    ana = await talk_of(practice)
    await practice.book(at(9, days=1), ana.contact)
    await practice.book(at(15, days=1))

    near = await ana.say("remarcar para amanhã às 15h")
    assert "- Com outro profissional" in near
    await ana.say("com outro profissional")

    assert "Posso mudar para *Consulta com Dr. Paulo, terça-feira, 24/11 às 15h*?" in await ana.say("2")
