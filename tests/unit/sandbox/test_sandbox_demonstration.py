"""The demonstration's secretary: it knows what it was told, and promises nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.sandbox.gemini.demonstration import reply
from ops.sandbox.gemini.model import own_parts

SYSTEM = """Você é Sofia, assistente virtual de Clínica Bem Viver, e conversa com clientes pelo WhatsApp.

# O que você pode afirmar
- Nunca invente preço, horário livre ou endereço. Nunca afirme que um horário está marcado.

# Informações do negócio
- Horário: segunda a sexta, das 8h às 18h.
- Endereço: Rua das Acácias, 120, Pinheiros.
- Consulta: R$ 250. Retorno sem custo.
Convênios: Unimed e Amil.

# Perguntas frequentes
- pix, cartão: Aceitamos Pix e cartão em até 3 vezes.

# Quem está na conversa
Nome no WhatsApp: "Ana Souza"
"""
BOOKED = re.compile(
    r"\b(?:est[aá]|foi|ficou|deixei) (?:marcad|agendad|confirmad|reservad|cancelad)|agendei|marquei", re.IGNORECASE
)


def said(text: str, *before: str, system: str = SYSTEM) -> dict[str, object]:
    turns = [{"role": "model", "parts": [{"text": one}]} for one in before]
    last = {"role": "user", "parts": [{"text": f"<mensagem>\n{text}\n</mensagem>"}]}
    return {"systemInstruction": {"parts": [{"text": system}]}, "contents": [*turns, last]}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Bom dia!", "Bom dia, Ana! Sou Sofia, assistente virtual de Clínica Bem Viver."),
        ("oi, qual o horário de vocês?", "segunda a sexta, das 8h às 18h"),
        ("onde fica a clínica?", "Rua das Acácias, 120"),
        ("quanto custa a consulta?", "R$ 250"),
        ("vocês atendem unimed?", "Unimed e Amil"),
        ("aceita cartão?", "Pix e cartão em até 3 vezes"),
        ("queria marcar uma consulta", "qual é o dia e o período"),
        ("quero marcar consulta na quinta de manhã", "A equipe vai conferir a agenda e confirmar"),
        ("preciso desmarcar", "a equipe confirma"),
        ("quero falar com atendente", "uma pessoa continua com você"),
        ("estou com dor no peito", "SAMU (192)"),
        ("muito obrigada!", "Por nada, Ana!"),
        ("tchau", "Até logo, Ana!"),
        ("vocês vendem parafuso?", "confirmar com a equipe"),
    ],
)
def test_it_answers_from_what_the_business_told(text: str, told: str):
    assert told in reply(said(text))


def test_it_does_not_introduce_itself_twice():
    assert "Sofia" not in reply(said("oi de novo", "Olá! Sou Sofia."))


def test_it_admits_what_it_was_not_told():
    assert "confirmar com a equipe" in reply(said("quanto custa?", system="Você é Sofia."))


def test_rules_about_facts_are_not_facts():
    assert "Nunca invente" not in reply(said("qual o endereço?"))


@given(
    st.text(max_size=60),
    st.sampled_from(["quero marcar ", "pode agendar ", "cancela ", "remarca ", "tem horário livre "]),
)
def test_it_never_says_that_something_is_booked(text: str, start: str):
    assert not BOOKED.search(reply(said(start + text)))


@given(st.lists(st.from_regex(r"#[A-Za-z0-9-]{4,12}", fullmatch=True), min_size=1, max_size=6))
def test_every_tag_of_the_last_message_is_echoed_in_order(tags: list[str]):
    body = said(" e ".join(tags), "ouvi #antes")

    assert own_parts(body) == [{"text": f"Recebi: {' '.join(tags)}"}]
