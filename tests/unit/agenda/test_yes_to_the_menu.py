"""The ways in which people say yes to "posso marcar?", and what only sounds like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.agenda.choices import agrees_to_book
from domain.agenda.menu import YES_OR_NO, Menu, Next, Step, Todo
from domain.shared.ids import ServiceId


@pytest.mark.parametrize(
    "said",
    [
        *[
            "pode agendar",
            "marca aí",
            "agenda aí",
            "beleza pode marcar pra mim",
            "tá ótimo",
            "vamos",
            "bora",
            "fechado",
        ],
        *[
            "sim, marca pra mim",
            "pode reservar",
            "reserva esse",
            "quero marcar",
            "pode marcar então",
            "marca pra mim, por favor",
        ],
        *["ótimo, pode agendar", "show", "aceito", "agenda pra mim sim"],
    ],
)
def test_asked_whether_to_book_whoever_says_to_book_says_yes(said: str):
    asked = Menu(Step.CONFIRM, YES_OR_NO, ServiceId(1), pending="t1")

    assert asked.hear(said, tells_when=False) == Next(Todo.BOOK, "t1")


@pytest.mark.parametrize(
    "said",
    [
        *[
            "quais horários livres?",
            "tem horário mais cedo?",
            "quero agendar outro serviço",
            "não marca ainda",
            "quero remarcar",
        ],
        *["quero marcar também para o meu filho", "ainda não quero marcar", "menu", "como faço para marcar?"],
    ],
)
def test_whoever_wants_something_else_books_nothing(said: str):
    asked = Menu(Step.CONFIRM, YES_OR_NO, ServiceId(1), pending="t1")

    assert asked.hear(said, tells_when=False).todo is not Todo.BOOK


def test_another_service_or_another_time_in_a_yes_is_no_yes():
    asked = Menu(Step.CONFIRM, YES_OR_NO, ServiceId(1), pending="t1")

    assert asked.hear("pode agendar uma limpeza", tells_when=False, names_other=True) == Next(Todo.SHOW_SERVICES)
    assert asked.hear("marca às 16h", tells_when=True) == Next(Todo.LOOK_UP)


def test_a_word_for_moving_is_a_yes_only_where_moving_is_asked_about():
    moving, booking = (
        Menu(Step.CONFIRM, YES_OR_NO, moving="r1", pending="t1"),
        Menu(Step.CONFIRM, YES_OR_NO, pending="t1"),
    )

    assert moving.hear("pode mudar", tells_when=False) == Next(Todo.BOOK, "t1")
    assert moving.hear("remarca pra mim", tells_when=False) == Next(Todo.BOOK, "t1")
    assert booking.hear("pode mudar", tells_when=False).todo is not Todo.BOOK


def test_a_word_for_booking_calls_nothing_off():
    asked = Menu(Step.CONFIRM_CANCEL, YES_OR_NO, pending="r1")

    assert asked.hear("pode agendar", tells_when=False).todo is not Todo.CANCEL


LINES = [
    line.split("\t") for line in (Path(__file__).parent / "menu_answers.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("meant", "text"), LINES)
def test_it_is_heard_in_whatever_words_it_is_said(meant: str, text: str):
    assert agrees_to_book(text) is {"yes": True, "no": False, "other": None}[meant]


@pytest.mark.parametrize(
    "said",
    ["acho que sim", "sim, mas só se for à tarde", "sim mas prefiro outro dia", "sim, se aceitar meu plano", "sim?"],
)
@pytest.mark.parametrize("step", [Step.CONFIRM, Step.CONFIRM_CANCEL])
def test_a_yes_that_something_is_set_against_does_nothing(step: Step, said: str):
    asked = Menu(step, YES_OR_NO, pending="t1")

    assert asked.hear(said, tells_when=False).todo not in (Todo.BOOK, Todo.CANCEL)


@pytest.mark.parametrize("said", ["sim, na terça", "sim, mas só depois das 17h", "ok, quarta então"])
def test_a_yes_to_another_day_is_looked_up(said: str):
    asked = Menu(Step.CONFIRM, YES_OR_NO, pending="t1")

    assert asked.hear(said, tells_when=True) == Next(Todo.LOOK_UP)


@pytest.mark.parametrize("said", ["pensei em cancelar mas vou", "opa, não cancela", "ia desmarcar mas deu certo"])
def test_a_thought_of_cancelling_cancels_nothing(said: str):
    asked = Menu(Step.CONFIRM_CANCEL, YES_OR_NO, pending="r1")

    assert asked.hear(said, tells_when=False).todo is not Todo.CANCEL
