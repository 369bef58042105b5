"""Numbered lists as people answer them, and what a yes may do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.agenda.choices import Intent, Option, agrees, chosen, intent_of
from domain.agenda.menu import DONE, HOME, OTHER_TIME, WAIT_FOR_MORE, WAIT_HERE, YES_OR_NO, Menu, Next, Step, Todo
from domain.shared.ids import ServiceId

SERVICES = (Option("a", "Consulta"), Option("b", "Limpeza"), Option("c", "Sessão de fisioterapia"))


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("1", "a"),
        ("2.", "b"),
        ("3️⃣", "c"),
        ("opção 3", "c"),
        ("quero a 2", "b"),
        ("um", "a"),
        ("a primeira", "a"),
        ("a segunda opção", "b"),
        ("dois por favor", "b"),
        ("LIMPEZA", "b"),
        ("quero marcar uma limpeza", "b"),
        ("fisioterapia", "c"),
        ("Sessao de fisioterapia pfv", "c"),
        ("segunda", None),
        ("4", None),
        ("0", None),
        ("consulta ou limpeza", None),
        ("", None),
        ("bom dia", None),
        ("1" * 500, None),
    ],
)
def test_one_line_is_picked_by_number_or_words(said: str, key: str | None):
    picked = chosen(said, SERVICES)

    assert (picked.key if picked else None) == key


def test_a_name_within_a_longer_name_is_not_taken_for_it():
    options = (Option("a", "Limpeza"), Option("b", "Limpeza de pele"))

    assert chosen("quero limpeza de pele", options) == options[1]
    assert chosen("limpeza", options) == options[0]


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("quero marcar um horário", Intent.BOOK),
        ("tem vaga amanhã?", Intent.BOOK),
        ("preciso remarcar", Intent.MOVE),
        ("dá pra mudar o dia da consulta?", Intent.MOVE),
        ("desmarca por favor", Intent.CANCEL),
        ("não vou poder ir", Intent.CANCEL),
        ("quais são meus horários?", Intent.MINE),
        ("me avisa se abrir vaga", Intent.WAIT),
        ("pode me avisar quando liberar um horário de manhã?", Intent.WAIT),
        ("quero entrar na lista de espera", Intent.WAIT),
        ("me tira da lista de espera", Intent.LEAVE),
        ("não quero mais ficar na lista de espera", Intent.LEAVE),
        ("quero deixar a lista de espera", Intent.LEAVE),
        ("quero deixar meu nome na lista de espera", Intent.WAIT),
        ("se alguém desistir me coloca na lista de espera", Intent.WAIT),
        ("tira uma dúvida, como funciona a lista de espera", Intent.WAIT),
        ("me avisa o endereço", None),
        ("menu", Intent.HOME),
        ("sim", Intent.YES),
        ("👍🏽", Intent.YES),
        ("não", Intent.NO),
        ("quanto custa?", None),
        ("", None),
    ],
)
def test_a_wish_is_heard_in_a_word(said: str, intent: Intent | None):
    assert intent_of(said) is intent


@pytest.mark.parametrize(
    "said", ["sim", "Sim!", "s", "pode ser", "ok, pode marcar", "isso mesmo", "👍", "sim, obrigada"]
)
def test_a_yes_is_a_yes(said: str):
    assert agrees(said) is True


@pytest.mark.parametrize(
    "said",
    [
        "não",
        "nao quero",
        "melhor não",
        "não, obrigada",
        "quero não",
        "sim? não",
        "obrigada",
        "talvez",
        "cancelar",
        "👎",
        "?",
    ],
)
def test_nothing_else_is_a_yes(said: str):
    assert agrees(said) is not True


YES = ("sim", "1", "pode ser", "ok", "👍", "confirmo")
NO = ("não", "2", "agora não", "👎")
NEITHER = ("quanto custa?", "7", "obrigada", "quero não", "talvez", "", "bom dia")
GO_HOME = ("menu", "voltar")
WANTS = {
    "quero marcar": Todo.SHOW_SERVICES,
    "preciso remarcar": Todo.SHOW_TO_MOVE,
    "meus horários": Todo.SHOW_MINE,
    "me avisa se abrir uma vaga": Todo.WAIT,
    "quero sair da lista de espera": Todo.SHOW_TO_LEAVE,
}
SHOWN = {
    Todo.SHOW_HOME: Menu(),
    Todo.SHOW_SERVICES: Menu(Step.SERVICE, SERVICES),
    Todo.SHOW_PROFESSIONALS: Menu(Step.PROFESSIONAL, (Option("1", "Dra. Marina"), Option("", "Tanto faz"))),
    Todo.ASK_WHEN: Menu(Step.WHEN, ()),
    Todo.LOOK_UP: Menu(Step.SLOT, (Option("t1", "amanhã às 9h"), Option("t2", "amanhã às 10h"), OTHER_TIME, WAIT_HERE)),
    Todo.SHOW_MINE: Menu(),
    Todo.SHOW_TO_MOVE: Menu(Step.TO_MOVE, (Option("r1", "Limpeza"), Option("r2", "Consulta"))),
    Todo.SHOW_TO_CANCEL: Menu(Step.TO_CANCEL, (Option("r1", "Limpeza"), Option("r2", "Consulta"))),
    Todo.MOVE_THIS: Menu(Step.WHEN, ()),
    Todo.BOOK: DONE,
    Todo.CANCEL: DONE,
    Todo.SEE_OFF: DONE,
    Todo.KEEP: Menu(),
    Todo.CALL_PERSON: Menu(),
    Todo.WAIT: Menu(Step.WHEN, (), waiting=True),
    Todo.SHOW_WAITS: Menu(Step.WAITS, (Option("1", "Tirar: Limpeza"), WAIT_FOR_MORE)),
    Todo.SHOW_TO_LEAVE: Menu(),
    Todo.LEAVE_WAITING: DONE,
    Todo.ASK_WITH_WHOM: Menu(Step.PROFESSIONAL, (Option("1", "Dra. Marina"), Option("", "Tanto faz"))),
}
"""What is on the screen after each thing is done, as the application would leave it."""


class Talk(RuleBasedStateMachine):
    """The oracle knows only what was on the screen last, and what each word means there."""

    def __init__(self) -> None:
        super().__init__()
        self.menu, self.last = Menu(), Next(Todo.SHOW_HOME)
        self.named = ""  # what the question on the screen is about

    @initialize()
    def begins(self) -> None:
        self.menu = Menu()

    def say(self, text: str, *, tells_when: bool = False) -> None:
        before, self.last = self.menu, self.menu.hear(text, tells_when=tells_when)
        if self.last.todo is Todo.ASK_TO_CONFIRM:
            self.named = self.last.value
            self.menu = replace(before, step=Step.CONFIRM, options=YES_OR_NO, pending=self.named)
        elif self.last.todo is Todo.ASK_TO_CANCEL:
            self.named = self.last.value
            self.menu = Menu(Step.CONFIRM_CANCEL, YES_OR_NO, pending=self.named)
        elif self.last.todo is not Todo.ASK_AGAIN:
            self.menu, self.named = SHOWN[self.last.todo], ""

    @rule(text=st.sampled_from(YES))
    def agrees(self, text: str) -> None:
        asked, named = self.menu.step, self.named
        self.say(text)
        if asked is Step.CONFIRM:
            assert self.last == Next(Todo.BOOK, named)
        elif asked is Step.CONFIRM_CANCEL:
            assert self.last == Next(Todo.CANCEL, named)
        else:
            assert self.last.todo not in (Todo.BOOK, Todo.CANCEL)

    @rule(text=st.sampled_from(NO + NEITHER + GO_HOME))
    def does_not_agree(self, text: str) -> None:
        self.say(text)
        assert self.last.todo not in (Todo.BOOK, Todo.CANCEL)

    @rule(number=st.integers(1, 9))
    def picks_from_a_list(self, number: int) -> None:
        before = self.menu
        self.say(str(number))
        if before.step is Step.HOME and number <= len(HOME):
            first = (
                Todo.SHOW_SERVICES, Todo.SHOW_MINE, Todo.SHOW_TO_MOVE, Todo.SHOW_TO_CANCEL, Todo.SHOW_WAITS,
                Todo.CALL_PERSON,
            )  # fmt: skip
            assert self.last.todo is first[number - 1]
        if number > len(before.options):
            assert self.last.todo is Todo.ASK_AGAIN
            assert self.menu == before

    @rule(text=st.sampled_from(GO_HOME))
    def goes_home(self, text: str) -> None:
        self.say(text)
        assert self.last.todo is Todo.SHOW_HOME

    @rule(text=st.sampled_from(sorted(WANTS)))
    def wants_something_else(self, text: str) -> None:
        asked, named = self.menu.step, self.named
        self.say(text)
        if asked is Step.CONFIRM and text == "quero marcar":
            assert self.last == Next(Todo.BOOK, named)
        else:
            assert self.last.todo is WANTS[text]

    @rule()
    def names_a_time(self) -> None:
        step = self.menu.step
        self.say("sexta às 15h", tells_when=True)
        if step in (Step.WHEN, Step.SLOT, Step.CONFIRM):
            assert self.last.todo is Todo.LOOK_UP
        assert self.last.todo not in (Todo.BOOK, Todo.CANCEL)

    @invariant()
    def a_question_names_what_it_is_about(self) -> None:
        assert (self.menu.step in (Step.CONFIRM, Step.CONFIRM_CANCEL)) is bool(self.named)


TestTalk = Talk.TestCase


def test_a_cancel_is_a_yes_where_cancelling_is_asked_about_and_a_no_where_booking_is():
    about_cancelling = Menu(Step.CONFIRM_CANCEL, YES_OR_NO, pending="r1")
    about_booking = Menu(Step.CONFIRM, YES_OR_NO, ServiceId(1), pending="t1")

    assert about_cancelling.hear("pode cancelar", tells_when=False) == Next(Todo.CANCEL, "r1")
    assert about_booking.hear("cancela", tells_when=False) == Next(Todo.SHOW_HOME)
    assert about_cancelling.hear("não vou poder ir", tells_when=False) == Next(Todo.ASK_AGAIN)


@pytest.mark.parametrize(
    "said", ["não cancela", "não quero cancelar", "nao precisa desmarcar", "não é pra cancelar não", "não cancele!"]
)
def test_the_word_for_calling_off_with_a_no_before_it_calls_nothing_off(said: str):
    asked = Menu(Step.CONFIRM_CANCEL, YES_OR_NO, pending="r1")

    assert asked.hear(said, tells_when=False) == Next(Todo.KEEP, "r1")


@pytest.mark.parametrize(
    "said", ["sair", "quero sair", "Tirar!", "pode tirar", "remover", "me tira dessa lista, por favor"]
)
def test_whoever_is_shown_one_waiting_list_and_says_to_leave_leaves_that(said: str):
    one = Menu(Step.WAITS, (Option("1", "Tirar: Limpeza"), WAIT_FOR_MORE))
    two = replace(one, options=(Option("2", "Tirar: Consulta"), *one.options))

    assert one.hear(said, tells_when=False) == Next(Todo.LEAVE_WAITING, "1")
    assert two.hear(said, tells_when=False) == Next(Todo.SHOW_TO_LEAVE)
    assert not Menu().takes_off(said)


def test_who_wants_no_messages_at_all_means_more_than_the_waiting_list():
    shown = Menu(Step.WAITS, (Option("1", "Tirar: Limpeza"), WAIT_FOR_MORE))

    assert not shown.takes_off("não quero mais receber mensagens")
    assert not shown.takes_off("tira meu número da lista de clientes")
