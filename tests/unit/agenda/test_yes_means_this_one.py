"""At "Posso marcar?" only the time that was named is booked: another one, another person, or a greeting is no yes."""

from __future__ import annotations

import pytest

from domain.agenda.menu import YES_OR_NO, Menu, Next, Step, Todo
from domain.shared.ids import ServiceId

BOOKING = Menu(Step.CONFIRM, YES_OR_NO, ServiceId(1), pending="t1")
MOVING = Menu(Step.CONFIRM, YES_OR_NO, ServiceId(1), moving="r1", pending="t1")


@pytest.mark.parametrize("menu", [BOOKING, MOVING], ids=["booking", "moving"])
@pytest.mark.parametrize(
    "said",
    [
        *["agenda a outra vaga", "pode reservar o outro", "reserva o mais tarde", "agenda o mais em conta"],
        *["pode encaixar meu pai também", "marca minha sobrinha", "pode marcar também", "agenda o segundo"],
        *["fecha", "pode fechar", "fecha o chamado", "fecha essa conversa", "fecha meu cadastro"],
        *["remarca o outro", "muda a outra", "troca a doutora", "troca o convênio", "quero mudar o dia"],
        *["olá tudo bem", "boa tarde, tudo bem", "oi doutora tudo bom", "Bom dia! tudo bem"],
    ],
)
def test_what_names_another_thing_or_nothing_at_all_books_nothing(menu: Menu, said: str):
    assert menu.hear(said, tells_when=False).todo is not Todo.BOOK


@pytest.mark.parametrize(
    "said",
    [
        *[
            "agenda essa vaga",
            "reserva a sessão",
            "marca o horário",
            "pode marcar minha consulta",
            "fecha esse horário",
        ],
        *["claro que sim, pode reservar", "com certeza, agenda", "com certeza pode reservar", "tá bom pode agendar"],
        *["tá agenda", "por mim pode marcar", "é, pode agendar", "é isso pode reservar", "combinado pode agendar"],
        *["sem problema pode marcar", "não tem problema, agenda", "boa noite tudo bem, pode agendar", "tudo bem"],
    ],
)
def test_a_yes_may_have_any_preface_and_name_what_was_asked_about(said: str):
    assert BOOKING.hear(said, tells_when=False) == Next(Todo.BOOK, "t1")


def test_the_service_that_was_asked_about_may_be_named_in_a_yes_and_no_other():
    assert BOOKING.hear("pode marcar a limpeza", tells_when=False, about="Limpeza") == Next(Todo.BOOK, "t1")
    assert BOOKING.hear("agenda com a dra. Ana", tells_when=False, about="Limpeza Dra. Ana") == Next(Todo.BOOK, "t1")
    assert BOOKING.hear("pode marcar a avaliação", tells_when=False, about="Limpeza").todo is not Todo.BOOK
    assert BOOKING.hear("marca a limpeza da minha filha", tells_when=False, about="Limpeza").todo is not Todo.BOOK


@pytest.mark.parametrize(
    ("said", "todo"),
    [
        ("agenda o segundo", Todo.ASK_AGAIN),
        ("eu gostaria muito de agendar", Todo.ASK_AGAIN),
        ("pode marcar outro horário", Todo.ASK_WHEN),
        ("agenda um mais cedo", Todo.ASK_WHEN),
        ("quero agendar outro serviço", Todo.SHOW_SERVICES),
    ],
)
def test_a_wish_to_book_does_not_start_over_unless_it_names_another_thing(said: str, todo: Todo):
    assert BOOKING.hear(said, tells_when=False) == Next(todo)
