"""A number in words is noticed like one in digits, and ordinary talk full of numbers is not taken for one."""

from __future__ import annotations

from itertools import permutations, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assistant.personal_data import strangers
from domain.assistant.spelt_numbers import SINGLE, spelt_numbers

ORDINARY = Path(__file__).parents[2] / "payloads" / "injection" / "ordinary.txt"
HOURS = ("oito", "nove", "dez e meia", "onze", "quatorze", "quinze e trinta", "dezesseis")
PRICES = ("oitenta", "cento e vinte", "duzentos e cinquenta", "trezentos e noventa e nove")
DAYS = ("dois", "cinco", "nove", "quinze", "vinte e um", "vinte e oito")


@pytest.mark.parametrize(
    ("told", "digits"),
    [
        ("O número dela é três um, nove oito oito oito oito, sete sete sete sete.", "31988887777"),
        ("trinta e um noventa e oito oitenta e oito setenta e sete sessenta e seis", "3198887766"),
        ("nove oito meia cinco, quatro três dois um", "98654321"),
        ("CPF: nove oito sete ponto seis cinco quatro ponto três dois um traço zero zero", "98765432100"),
        (
            "cento e vinte e três, quatrocentos e cinquenta e seis, setecentos e oitenta e nove, zero nove",
            "12345678909",
        ),
        ("NOVE-OITO-OITO-OITO-OITO-SETE-SETE-SETE", "98888777"),
    ],
)
def test_a_long_number_in_words_is_read(told: str, digits: str):
    assert list(spelt_numbers(told)) == [digits]
    assert "number" in list(strangers(told, "Rua A, 120. (31) 3333-4444"))


def test_what_the_business_or_the_contact_said_may_be_said_in_words_too():
    told = "Nosso telefone é três um, três três três três, quatro quatro quatro quatro"

    assert list(strangers(told, "Telefone (31) 3333-4444")) == []
    assert list(strangers(told, "meu número é três um três três três três quatro quatro quatro quatro")) == []


def ordinary() -> list[str]:
    """Some five hundred sentences: what customers write, and replies about hours, prices and days."""
    hours = [f"Temos às {a}, {b}, {c} ou {d} amanhã" for a, b, c, d in list(permutations(HOURS, 4))[::6]]
    prices = [f"De {a}, {b} ou {c} reais, em {d} vezes" for a, b, c in permutations(PRICES, 3) for d in ("duas", "dez")]
    days = [f"Dias {a}, {b}, {c} e {d} deste mês" for a, b, c, d in list(permutations(DAYS, 4))[::5]]
    mixed = [f"{p} reais o dia {d} às {h}" for p, d, h in list(product(PRICES, DAYS, HOURS))[::2]]
    lists = [f"Tenho {a}, {b}, {c}, {d}, {e} livres" for a, b, c, d, e in list(permutations(HOURS, 5))[::20]]
    return [*lists, *ORDINARY.read_text(encoding="utf-8").splitlines(), *hours, *prices, *days, *mixed]


def test_ordinary_sentences_hold_no_number_of_anybodys():
    sentences = ordinary()
    alarms = [sentence for sentence in sentences if list(spelt_numbers(sentence))]

    assert len(sentences) > 500
    assert alarms == []


@given(st.lists(st.integers(0, 9), min_size=8, max_size=16).filter(lambda digits: digits != sorted(set(digits))))
def test_digits_told_one_by_one_come_back(digits: list[int]):
    told = ", ".join(SINGLE[digit] for digit in digits)

    assert list(spelt_numbers(f"É {told}.")) == ["".join(map(str, digits))]
