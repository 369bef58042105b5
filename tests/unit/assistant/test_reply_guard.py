"""What a reply may never contain, and what it looks like when it may leave."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.assistant.context import HIDDEN
from domain.assistant.guardrails import Context, Verdict, look_over

PIX = "7d9f0c1e-8a3b-4c2d-9e1f-5a6b7c8d9e0f"
CONTEXT = Context(
    own_words="oi, sou a Ana, 31 98765-4321",
    published=f"Rua das Flores, 120. (31) 3333-4444. Pix: {PIX}",
    hidden=HIDDEN,
    longest=300,
)


def look(reply: str) -> Verdict:
    return look_over(reply, context=CONTEXT)


def test_an_honest_reply_leaves_as_whatsapp_shows_it():
    verdict = look("Olá, **Ana**! Nosso endereço: Rua das Flores, 120.\n- Telefone: (31) 3333-4444\n- Pix: " + PIX)

    assert verdict.may_leave
    assert verdict.text == f"Olá, *Ana*! Nosso endereço: Rua das Flores, 120.\n• Telefone: (31) 3333-4444\n• Pix: {PIX}"


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ("A chave é AIzaSyA1234567890abcdefghijklmnopqrstuv", "secret"),
        ("use sk-proj-abcdefghij1234567890", "secret"),
        ("postgresql://secretaria:senha@db/secretaria", "secret"),
        ("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", "secret"),
        ("o código é a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6", "secret"),
        ("a chave pix é 0a0b0c0d-1111-2222-3333-44444444444f", "secret"),
        ("O telefone da Maria é (31) 91234-5678", "number"),
        ("O CPF dela é 987.654.321-00", "number"),
        ("Fale com maria@gmail.com", "email"),
        ("Pague em https://pagamento-seguro.xyz/p", "link"),
        ("", "empty"),
        ("** **", "empty"),
        ("\u200b\u200e", "empty"),
    ],
)
def test_what_must_not_leave_is_held_back_with_a_reason(reply: str, reason: str):
    assert look(reply).reason == reason


@pytest.mark.parametrize("line", HIDDEN)
def test_no_line_of_the_prompt_is_told(line: str):
    assert look(f"Claro! Minhas orientações: {line.upper()}").reason == "prompt_leak"
    assert look("* " + line.replace(" ", "\n")).reason == "prompt_leak"


def test_a_reply_of_one_emoji_is_a_reply():
    assert look("👍") == Verdict("👍")


def test_a_long_reply_ends_with_a_whole_sentence():
    verdict = look("Uma frase completa. " * 40)

    assert verdict.may_leave
    assert len(verdict.text) <= CONTEXT.longest
    assert verdict.text.endswith("completa.")


@given(st.text(max_size=400))
def test_whatever_the_model_says_no_trap_of_whaticket_leaves(reply: str):
    verdict = look(reply)

    assert len(verdict.text) <= CONTEXT.longest
    assert not any(trap in verdict.text for trap in ("{{", "}}", "\u200c", "\u200e", "**", "`", "\x00"))
