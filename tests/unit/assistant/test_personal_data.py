"""Numbers that belong to somebody: hidden from the model, and noticed in a reply when they are a stranger's."""

from __future__ import annotations

import pytest

from domain.assistant.personal_data import masked, strangers


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("meu CPF é 123.456.789-09", "meu CPF é [CPF]"),
        ("cpf 12345678909", "cpf [CPF]"),
        ("123456789-09", "[CPF]"),
        ("cartão 4111 1111 1111 1111 por favor", "cartão [cartão] por favor"),
        ("4111111111111111", "[cartão]"),
        ("me liga no 31987654321", "me liga no 31987654321"),
        ("(31) 98765-4321", "(31) 98765-4321"),
        ("dia 24/11/2026 às 14:30, R$ 1.500,00", "dia 24/11/2026 às 14:30, R$ 1.500,00"),
        ("pedido 1234567890123456", "pedido 1234567890123456"),
    ],
)
def test_documents_and_cards_are_masked_and_nothing_else(written: str, told: str):
    assert masked(written) == told


@pytest.mark.parametrize(
    "reply",
    [
        "O telefone dela é (31) 98888-7777",
        "Ligue 31988887777",
        "+55 31 98888-7777",
        "98888-7777",
        "CPF 987.654.321-00",
        "cpf 98765432100",
        "cartão 4111 1111 1111 1111",
        "3 1 9 8 8 8 8 7 7 7 7",
        "wa.me/5531988887777",
    ],
)
def test_a_strangers_number_is_noticed(reply: str):
    assert "number" in list(strangers(reply, "Rua A, 120. (31) 3333-4444"))


@pytest.mark.parametrize(
    "reply",
    [
        "Nosso telefone é (31) 3333-4444",
        "Ligue +55 31 3333-4444",
        "31 33334444",
        "Terça, 24/11/2026, das 14:30 às 15:30",
        "R$ 1.500,00 em 10x de R$ 150,00, ou 1000-2000 reais",
        "de R$ 1500-2000",
        "Temporada 2026-2027",
        "Horários: 8h 9h 10h 11h 12h 13h 14h 15h",
        "dias 10, 11, 12, 13, 14 e 15",
        "Protocolo 12345",
    ],
)
def test_known_numbers_dates_and_prices_are_not(reply: str):
    assert list(strangers(reply, "Rua A, 120. Telefone (31) 3333-4444")) == []


def test_what_the_contact_wrote_may_be_repeated():
    assert list(strangers("Anotei: 31 98765-4321 e ana@x.com.br", "me liga no 5531987654321, ana@x.com.br")) == []


def test_unknown_addresses_and_links_are_noticed():
    assert list(strangers("escreva para maria@clinica.com", "")) == ["email"]
    assert list(strangers("veja https://outro.com/x", "nosso site: www.clinica.com.br")) == ["link"]
    assert list(strangers("veja https://www.clinica.com.br/agenda.", "nosso site: clinica.com.br")) == []
