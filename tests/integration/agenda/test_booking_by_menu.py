"""A whole booking without any model: numbers, words, second thoughts, somebody who is quicker, a step taken twice."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from application.agenda.chat.menu import MenuTalk
from application.agenda.chat.menu_booking import Said
from application.agenda.chat.ports import Notes, Visit
from domain.shared.ids import ContactId, ConversationId
from secretaria.agenda import desk_over
from tests.builders.agenda import Practice, at

SAO_PAULO = ZoneInfo("America/Sao_Paulo")


@dataclass
class Talk:
    """A contact who is answered by the menu alone."""

    practice: Practice
    contact: ContactId
    notes: Notes | None = None
    said: list[Said] = field(default_factory=list)

    async def say(self, text: str, *, loses_the_answer: bool = False) -> str:
        practice = self.practice
        visit = Visit(practice.tenant, ConversationId(1), self.contact, practice.now.astimezone(SAO_PAULO))
        desk = await desk_over(practice.agenda, practice.open_work)(visit)
        if self.notes:
            desk = replace(desk, notes=self.notes, earlier=self.notes.earlier)
        said = await MenuTalk.over(desk, text)()
        if not loses_the_answer:
            self.said.append(said)
            self.notes = desk.leave(said.menu) or self.notes
        return said.text


async def talk_of(practice: Practice, name: str = "Ana") -> Talk:
    return Talk(practice, await practice.client(name))


async def test_a_booking_by_numbers(practice: Practice):
    await practice.service("Limpeza", 40)
    await practice.professional("Dr. Paulo")
    ana = await talk_of(practice)

    assert "*1* - Marcar um horário" in await ana.say("oi, tudo bem?")
    assert not ana.said[0].understood
    assert "*2* - Limpeza" in await ana.say("1")
    assert "*1* - Dra. Marina\n*2* - Dr. Paulo\n*3* - Tanto faz" in await ana.say("2")
    assert "Para quando?" in await ana.say("1")
    slots = await ana.say("amanhã de manhã")
    assert "*1* - terça-feira, 24/11 às 8h" in slots
    assert "Posso marcar *Limpeza com Dra. Marina, terça-feira, 24/11 às 8h*?" in await ana.say("1")
    assert "Está marcado: *Limpeza com Dra. Marina, terça-feira, 24/11 às 8h*" in await ana.say("sim")
    assert await practice.entries() == [("standing", at(8, days=1))]


async def test_a_booking_in_one_sentence_and_a_yes(practice: Practice):
    ana = await talk_of(practice)

    assert "Posso marcar *Consulta com Dra. Marina, terça-feira, 24/11 às 15h*?" in await ana.say(
        "quero marcar uma consulta amanhã às 15h"
    )
    assert "Está marcado" in await ana.say("pode marcar")
    assert await practice.entries() == [("standing", at(15, days=1))]


async def test_the_times_offered_are_the_best_for_the_wish_and_not_a_timetable(practice: Practice):
    ana = await talk_of(practice)
    await ana.say("marcar")

    morning = await ana.say("amanhã de manhã")
    week = await (await talk_of(practice, "Bia")).say("quero marcar uma consulta semana que vem")

    assert [line.rpartition(" às ")[2] for line in morning.splitlines() if "24/11" in line] == [
        "8h",
        "8h15",
        "9h",
        "9h15",
        "10h",
        "11h",
    ]
    assert [line.partition(", ")[2] for line in week.splitlines() if " às " in line] == [
        "30/11 às 8h",
        "30/11 às 13h",
        "01/12 às 8h",
        "01/12 às 13h",
        "02/12 às 8h",
        "02/12 às 13h",
    ]


async def test_an_hour_alone_means_one_of_the_times_on_the_list(practice: Practice):
    ana = await talk_of(practice)
    await ana.say("marcar")
    slots = await ana.say("quarta")

    assert "quarta-feira, 25/11 às 8h" in slots
    assert "Posso marcar *Consulta com Dra. Marina, quarta-feira, 25/11 às 8h*?" in await ana.say("às 8h")


async def test_a_yes_that_repeats_the_time_books_it_and_one_that_names_another_does_not(practice: Practice):
    ana, bia = await talk_of(practice), await talk_of(practice, "Bia")
    await ana.say("quero marcar uma consulta amanhã às 15h")
    await bia.say("quero marcar uma consulta amanhã às 14h")

    assert "Está marcado" in await ana.say("sim, terça às 15h")
    assert "Está marcado" not in await bia.say("sim, mas só se for depois das 17h")
    assert "Está marcado" not in await bia.say("sim, na quarta")
    assert await practice.entries() == [("standing", at(15, days=1))]


async def test_second_thoughts_book_nothing(practice: Practice):
    ana = await talk_of(practice)
    await ana.say("marcar consulta amanhã às 15h")

    assert "Para quando?" in await ana.say("não")
    assert "terça-feira, 24/11 às 16h*?" in await ana.say("amanhã às 16h")
    assert "quinta-feira, 26/11 às 9h*?" in await ana.say("melhor quinta às 9h")
    assert "O que você precisa?" in await ana.say("cancela")
    assert await practice.entries() == []


async def test_what_was_booked_is_shown_moved_and_called_off(practice: Practice):
    ana = await talk_of(practice)
    await practice.book(at(9), ana.contact)

    assert "• Consulta com Dra. Marina, segunda-feira, 23/11 às 9h" in await ana.say("meus horários")
    assert "Para quando?" in await ana.say("quero remarcar")
    assert "Posso mudar para *Consulta com Dra. Marina, terça-feira, 24/11 às 14h*?" in await ana.say("amanhã às 14h")
    assert "mudou para *Consulta com Dra. Marina, terça-feira, 24/11 às 14h*" in await ana.say("sim")
    assert "Posso cancelar *Consulta com Dra. Marina, terça-feira, 24/11 às 14h*?" in await ana.say("cancelar")
    assert "está cancelado" in await ana.say("1")
    assert await practice.entries() == [("cancelled", at(14, days=1))]
    assert "Você não tem nenhum horário marcado" in await ana.say("quero cancelar")


async def test_the_time_one_has_already_is_no_other_time_to_move_to(practice: Practice):
    ana = await talk_of(practice)
    await practice.book(at(9, days=1), ana.contact)
    await ana.say("quero remarcar")

    told = await ana.say("amanhã às 9h")

    assert "Posso mudar" not in told
    assert "24/11 às 9h\n" not in told
    assert "24/11 às 9h15" in told


async def test_which_of_two_is_asked(practice: Practice):
    ana = await talk_of(practice)
    await practice.book(at(9), ana.contact)
    await practice.book(at(15), ana.contact)

    assert "*2* - Consulta com Dra. Marina, segunda-feira, 23/11 às 15h" in await ana.say("cancelar")
    assert "Posso cancelar *Consulta com Dra. Marina, segunda-feira, 23/11 às 15h*?" in await ana.say("2")
    await ana.say("sim")
    assert await practice.entries() == [("cancelled", at(15)), ("standing", at(9))]


async def test_who_is_slower_is_offered_other_times(practice: Practice):
    ana, bia = await talk_of(practice), await talk_of(practice, "Bia")
    await bia.say("marcar")
    slots = await bia.say("amanhã de manhã")
    assert "*1* - terça-feira, 24/11 às 8h" in slots
    await ana.say("marcar consulta amanhã às 8h")
    await ana.say("sim")

    told = await bia.say("1")

    assert "acabou de ser ocupado" in told
    assert "às 8h\n" not in told
    assert "Posso marcar" in await bia.say("1")
    assert "Está marcado" in await bia.say("1")
    assert len(await practice.entries()) == 2


async def test_a_time_that_is_being_confirmed_is_kept_for_whoever_is_asked(practice: Practice):
    ana, bia = await talk_of(practice), await talk_of(practice, "Bia")
    await ana.say("marcar consulta amanhã às 8h")

    told = await bia.say("marcar consulta amanhã às 8h")

    assert "Os mais próximos são" in told
    assert "24/11 às 8h\n" not in told


async def test_a_step_taken_twice_does_no_more_than_once(practice: Practice):
    """The process died between the booking and the answer: the same words are heard again."""
    ana = await talk_of(practice)
    await ana.say("marcar consulta amanhã às 15h")

    lost, told = await ana.say("sim", loses_the_answer=True), await ana.say("sim")

    assert lost == told
    assert await practice.entries() == [("standing", at(15, days=1))]

    await ana.say("remarcar para quinta às 9h")
    lost, told = await ana.say("sim", loses_the_answer=True), await ana.say("sim")
    assert lost == told
    await ana.say("cancelar")
    lost, told = await ana.say("sim", loses_the_answer=True), await ana.say("sim")
    assert lost == told
    assert await practice.entries() == [("cancelled", at(9, days=3))]


async def test_a_list_of_long_ago_means_nothing_any_more(practice: Practice):
    ana = await talk_of(practice)
    await ana.say("marcar consulta amanhã às 15h")
    practice.go_to(practice.now + timedelta(minutes=31))

    told = await ana.say("1")

    assert "*1* - Marcar um horário" in told
    assert await practice.entries() == []


async def test_a_person_can_be_called_from_the_first_list(practice: Practice):
    ana = await talk_of(practice)
    await ana.say("oi")

    await ana.say("6")

    assert ana.said[-1].person_wanted


async def test_a_calendar_that_does_not_answer_is_not_told_as_a_booking(practice: Practice):
    ana = await talk_of(practice)
    await ana.say("marcar consulta amanhã às 15h")
    practice.line.deaf = True

    told = await ana.say("sim")

    assert "ainda não foi confirmado" in told


async def test_a_day_without_a_free_time_brings_the_nearest(practice: Practice):
    ana = await talk_of(practice)

    told = await ana.say("marcar consulta sábado às 10h")

    assert told.startswith("Não atendemos aos sábados. Os mais próximos são:")
    assert "segunda-feira, 30/11 às 10h" in told


async def test_a_move_that_the_calendar_has_not_answered_is_told_with_the_time_it_is_for(practice: Practice):
    ana = await talk_of(practice)
    await practice.book(at(9), ana.contact)
    await ana.say("remarcar para amanhã às 14h")
    practice.line.deaf = True

    assert "O pedido para *Consulta com Dra. Marina, terça-feira, 24/11 às 14h* ainda não foi" in await ana.say("sim")


async def test_whoever_says_to_book_it_has_said_yes_unless_they_name_somebody_else(practice: Practice):
    await practice.professional("Dr. Paulo")
    await practice.service("Limpeza", 40)
    ana = await talk_of(practice)
    await ana.say("marcar consulta com a dra marina amanhã às 15h")

    assert "Para quando?" not in await ana.say("pode marcar com o dr paulo")
    assert await practice.entries() == []
    await ana.say("menu")
    await ana.say("marcar consulta com a dra marina amanhã às 15h")
    assert "Está marcado: *Consulta com Dra. Marina" in await ana.say("beleza pode marcar pra mim a consulta")
    assert await practice.entries() == [("standing", at(15, days=1))]


async def test_a_service_that_is_switched_off_while_its_menu_is_shown_is_told_kindly(practice: Practice):
    limpeza = await practice.service("Limpeza", 40)
    await practice.professional("Dr. Paulo")
    ana, bia = await talk_of(practice), await talk_of(practice, "Bia")
    await ana.say("quero marcar")
    await bia.say("marcar limpeza com o dr paulo")
    practice_services = await practice.agenda.set_up.services(practice.tenant)
    gone = next(each for each in practice_services if each.id == limpeza)
    await practice.agenda.set_up.put_service(practice.tenant, replace(gone, active=False), "user:x")

    for told in (await ana.say("2"), await bia.say("amanhã às 15h")):
        assert told.startswith("Que pena, esse serviço não está mais disponível")
        assert "Qual serviço você quer marcar?\n\n*1* - Consulta" in told
    assert await practice.entries() == []
    assert "Com quem você prefere?" in await ana.say("1")
