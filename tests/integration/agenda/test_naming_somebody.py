"""Who asks for somebody that is not there is told who there is, and never given somebody else for a title's sake."""

from __future__ import annotations

from application.agenda.chat.toolbox import DeskTools
from application.assistant.tools import ToolCall
from tests.builders.agenda import Practice, at
from tests.integration.agenda.test_booking_by_chat import desk_of
from tests.integration.agenda.test_booking_by_menu import talk_of


async def test_a_name_that_nobody_has_is_asked_back_also_where_one_alone_attends(practice: Practice):
    ana = await talk_of(practice)

    told = await ana.say("quero marcar consulta com o Dr. Zé amanhã às 15h")

    assert told.startswith("Dr. Zé não faz esse serviço por aqui. Com quem você prefere?\n\n*1* - Dra. Marina")
    assert "Posso marcar *Consulta com Dra. Marina, terça-feira, 24/11 às 15h*?" in await ana.say("1")
    assert "Posso marcar" not in await ana.say("pode marcar com o Dr. Zé")
    assert await practice.entries() == []


async def test_a_move_to_somebody_unknown_asks_with_whom(practice: Practice):
    await practice.professional("Dr. Paulo Reis")
    ana = await talk_of(practice)
    await practice.book(at(9, days=1), ana.contact)

    told = await ana.say("remarcar com o Dr. Zé para quarta às 14h")

    assert told.startswith("Dr. Zé não faz")
    assert "Posso mudar" in (told := await ana.say("2"))
    assert "Consulta com Dr. Paulo Reis, quarta-feira, 25/11 às 14h" in told


async def test_the_models_tools_are_told_who_there_is(practice: Practice):
    await practice.professional("Dr. Paulo Reis")
    ana = await practice.client()
    args = {"service": "consulta", "when": "amanhã às 9h", "professional": "Dr. Zé"}

    told = await DeskTools(await desk_of(practice, ana)).use(ToolCall("find_slots", args))

    assert told == {
        "erro": "Não encontrei esse profissional. Pergunte com quem a pessoa quer: Dra. Marina, Dr. Paulo Reis."
    }
