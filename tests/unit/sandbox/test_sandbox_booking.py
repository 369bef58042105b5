"""The demonstration's secretary at the agenda: it looks up, offers, asks, and books only after a yes."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ops.sandbox.gemini.booking import step
from ops.sandbox.gemini.model import own_parts
from ops.sandbox.gemini.records import FunctionCall

SLOT = "Limpeza com Dra. Marina, quinta-feira, 26/11 às 15h"
OTHER = "Limpeza com Dra. Marina, quinta-feira, 26/11 às 16h"
MINE = "Consulta com Dr. Paulo, sexta-feira, 27/11 às 9h"
TOOLS = [
    {"functionDeclarations": [{"name": name} for name in ("list_services", "find_slots", "book", "move", "cancel")]}
]


def body(
    text: str,
    *,
    said: str = "",
    told: tuple[FunctionCall, dict[str, Any]] | None = None,
    mine: bool = False,
    mode: str = "AUTO",
) -> dict[str, Any]:
    agenda = (
        "# Agenda desta pessoa\nAgendamentos desta pessoa (código | qual):\n"
        + (f"- abc12 | {MINE} (marcado)\n" if mine else "(nenhum)\n")
        + f"Horários já oferecidos a ela (código | qual):\n- TOKEN1 | {SLOT}\n- TOKEN2 | {OTHER}\n\n# Quem está na conversa\n"
    )
    contents = (
        [{"role": "user", "parts": [{"text": "oi"}]}, {"role": "model", "parts": [{"text": said}]}] if said else []
    )
    contents.append({"role": "user", "parts": [{"text": f"<mensagem>\n{text}\n</mensagem>"}]})
    if told:
        call, answer = told
        contents.append({"role": "model", "parts": [{"functionCall": {"name": call.name, "args": call.args}}]})
        contents.append({"role": "user", "parts": [{"functionResponse": {"name": call.name, "response": answer}}]})
    config = {"functionCallingConfig": {"mode": mode}}
    return {
        "systemInstruction": {"parts": [{"text": agenda}]}, "contents": contents, "tools": TOOLS, "toolConfig": config
    }  # fmt: skip


def test_without_tools_it_has_no_agenda():
    assert step(body("quero marcar") | {"tools": []}) is None


SERVICES = (
    FunctionCall("list_services"),
    {
        "servicos": [
            {"servico": "Consulta", "minutos": 30, "preco": "R$ 180,00", "profissionais": ["Dra. Marina", "Dr. Paulo"]},
            {"servico": "Limpeza", "minutos": 40, "profissionais": ["Dra. Marina"]},
        ]
    },
)


def test_who_asks_what_there_is_hears_all_of_it():
    assert step(body("Bom dia! Quais serviços vocês têm?")) == FunctionCall("list_services")
    assert step(body("Bom dia! Quais serviços vocês têm?", told=SERVICES)) == (
        "Fazemos por aqui:\n- Consulta: 30 minutos, R$ 180,00, com Dra. Marina ou Dr. Paulo\n"
        "- Limpeza: 40 minutos, com Dra. Marina"
    )


def test_who_wants_to_wait_is_asked_for_what_and_put_on_the_list():
    assert step(body("me coloca na lista de espera")) == FunctionCall("list_services")
    asked = step(body("me coloca na lista de espera", told=SERVICES))
    assert asked == "Para qual serviço é a lista de espera?"
    assert step(body("limpeza", said=asked)) == FunctionCall("list_services")
    assert step(body("limpeza", said=asked, told=SERVICES)) == FunctionCall(
        "join_waiting_list", {"service": "Limpeza", "when": ""}
    )
    assert step(body("me avisa se abrir vaga de limpeza amanhã cedo", told=SERVICES)) == FunctionCall(
        "join_waiting_list", {"service": "Limpeza", "when": "me avisa se abrir vaga de limpeza amanhã cedo"}
    )


def test_what_came_of_the_waiting_list_is_told():
    join = FunctionCall("join_waiting_list", {"service": "Limpeza"})
    done = {"feito": "na lista de espera: Limpeza, segunda de manhã"}
    free = {"horarios": [{"slot": "TOKEN1", "quando": SLOT}], "aviso": "já há horários livres"}

    assert step(body("quero a lista de espera", told=(join, done))) == (
        "Pronto! Agora você está na lista de espera: Limpeza, segunda de manhã."
    )
    assert step(body("quero a lista de espera", told=(join, free))) == (
        f"Já há horários livres assim:\n1) {SLOT}\nQual fica melhor para você?"
    )


def test_the_waiting_list_is_read_and_left():
    assert step(body("estou na lista de espera?")) == FunctionCall("my_waiting_list")
    assert step(body("quero sair da lista de espera da limpeza", told=SERVICES)) == FunctionCall(
        "leave_waiting_list", {"service": "Limpeza"}
    )
    none = (FunctionCall("my_waiting_list"), {"lista_de_espera": []})
    assert step(body("estou na lista de espera?", told=none)) == (
        "Você não está em nenhuma lista de espera por aqui. Quer entrar em uma?"
    )


def test_who_wants_to_book_is_asked_what_and_when():
    services = (FunctionCall("list_services"), {"servicos": [{"servico": "Consulta"}, {"servico": "Limpeza"}]})

    assert step(body("quero marcar um horário")) == FunctionCall("list_services")
    assert step(body("quero marcar", told=services)) == "Claro! Temos Consulta, Limpeza. Qual serviço você quer marcar?"
    assert step(body("quero marcar limpeza", told=services)) == "Para quando você quer marcar Limpeza?"
    assert step(body("quero marcar limpeza quinta às 15h", told=services)) == FunctionCall(
        "find_slots", {"service": "Limpeza", "when": "quero marcar limpeza quinta às 15h"}
    )
    assert step(body("quinta", said="Para quando você quer marcar Limpeza?")) == FunctionCall(
        "find_slots", {"service": "Limpeza", "when": "quinta"}
    )


def test_times_are_listed_picked_and_confirmed():
    found = {"horarios": [{"slot": "TOKEN1", "quando": SLOT}, {"slot": "TOKEN2", "quando": OTHER}]}
    listed = step(body("quinta", told=(FunctionCall("find_slots", {"service": "Limpeza"}), found)))

    assert isinstance(listed, str)
    assert f"1) {SLOT}\n2) {OTHER}" in listed
    for picked in ("2", "a 2", "às 16h"):
        assert step(body(picked, said=listed)) == f"Posso marcar {OTHER}?"
    for first in ("o primeiro", "Pode ser a primeira", "primeiro!"):
        assert step(body(first, said=listed)) == f"Posso marcar {SLOT}?"
    assert step(body("sim", said=f"Posso marcar {OTHER}?")) == FunctionCall("book", {"slot": "TOKEN2"})
    assert "Qual outro dia" in str(step(body("não", said=f"Posso marcar {OTHER}?")))


def test_a_second_one_is_no_monday():
    said = f"Encontrei estes horários livres:\n1) {SLOT}\n2) {OTHER}\nQual fica melhor para você?"

    assert step(body("o segundo", said=said)) == f"Posso marcar {OTHER}?"
    assert step(body("a segunda", said=said)) is None


def test_what_came_of_it_is_told_as_it_is():
    call = FunctionCall("book", {"slot": "TOKEN1"})
    booked = {"feito": {"qual": SLOT, "situacao": "marcado"}}
    pending = {"feito": {"qual": SLOT, "situacao": "pedido recebido, ainda sem confirmação da agenda"}}
    taken = {"erro": "Esse horário acabou de ser ocupado.", "outros_horarios": [{"slot": "TOKEN2", "quando": OTHER}]}

    assert step(body("sim", told=(call, booked))) == f"Pronto! Ficou marcado: {SLOT}. Até lá! 🙂"
    assert "ainda não foi confirmado" in str(step(body("sim", told=(call, pending))))
    assert f"1) {OTHER}" in str(step(body("sim", told=(call, taken))))


def test_what_somebody_has_is_moved_and_called_off():
    assert step(body("quero remarcar para terça", mine=True)) == FunctionCall(
        "find_slots", {"appointment": "abc12", "when": "quero remarcar para terça"}
    )
    assert step(body("sim", said=f"Posso mudar o seu horário para {SLOT}?", mine=True)) == FunctionCall(
        "move", {"appointment": "abc12", "slot": "TOKEN1"}
    )
    assert step(body("preciso cancelar", mine=True)) == f"Posso cancelar {MINE}?"
    assert step(body("sim", said=f"Posso cancelar {MINE}?", mine=True)) == FunctionCall(
        "cancel", {"appointment": "abc12"}
    )
    assert "Não encontrei nenhum" in str(step(body("preciso cancelar")))


@given(st.text(max_size=40), st.sampled_from(["", f"Posso marcar {SLOT}?", f"Posso cancelar {MINE}?"]))
def test_nothing_is_changed_but_by_a_yes_to_the_question(text: str, said: str):
    taken = step(body(f"não {text}", said=said, mine=True))

    assert not (isinstance(taken, FunctionCall) and taken.name in {"book", "move", "cancel"})


def test_where_only_words_are_wanted_it_speaks():
    [part] = own_parts(body("quero marcar", mode="NONE"))

    assert "text" in part
