"""A title is no name, and a name that nobody has is nobody's."""

from __future__ import annotations

import pytest

from domain.agenda.choices import Option, chosen, named
from domain.agenda.strangers import stranger

PEOPLE = (Option("m", "Dra. Marina Lopes"), Option("p", "Dr. Paulo Reis"), Option("", "Tanto faz"))
NAMES = [each.label for each in PEOPLE[:2]]


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("quero marcar consulta com o Dr. Zé", None),
        ("com a dra Ana", None),
        ("com o doutor", None),
        ("com a dra Marina", "m"),
        ("dr. paulo", "p"),
        ("com o Reis", "p"),
    ],
)
def test_a_title_picks_nobody(said: str, key: str | None):
    picked = named(said, PEOPLE)

    assert (picked.key if picked else None) == key
    assert chosen(said, PEOPLE) == picked


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("quero marcar consulta com o Dr. Zé", "Dr. Zé"),
        ("com a dra ana amanhã", "Dra ana"),
        ("pode ser com a Joana?", "A Joana"),
        ("remarcar com a Doutora Beatriz", "Doutora Beatriz"),
        ("com a dra marina amanhã", None),
        ("com o Paulo ou com o Dr. Zé", None),
        ("marcar com a dentista amanhã", None),
        ("pode ser com a dra", None),
        ("quero marcar", None),
        ("com a dra amanhã às 9h", None),
        ("com o dr às 10", None),
        ("com a Dra. na qunta", None),
        ("o dr que me atendeu", None),
        ("a Dra. Marina", None),
    ],
)
def test_a_name_that_nobody_has_is_told_from_one_that_somebody_has(said: str, asked: str | None):
    assert stranger(said, NAMES) == asked


@pytest.mark.parametrize(
    "said",
    [
        *["Bom dia doutora queria agendar", "dr boa tarde?", "dra consigo chegar 10h?", "ok sr muito obrigado"],
        *[
            "marca pra dra Helena minha irmã",
            "é pro sr Antônio",
            "Aqui é a dra Lúcia",
            "sou o dr Renato",
            "para a sra Rosa",
        ],
        *[
            "vou com a Amil",
            "dá pra pagar com o Nubank?",
            "pago com o Cartão",
            "com a Bradesco Saúde",
            "QUERO COM A DOUTORA",
        ],
        *["MARCAR COM O DENTISTA", "com a Minha filha", "obrigada dra Célia"],
    ],
)
def test_a_greeting_a_patient_an_insurer_or_a_payment_is_nobody_who_attends(said: str):
    assert stranger(said, NAMES) is None


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("quero a consulta da Dra. Sônia", "Dra. Sônia"),
        ("tem horário do Dr Hugo?", "Dr Hugo"),
        ("pode ser pela Dra Lia", "Dra Lia"),
        ("com a Beatriz", "A Beatriz"),
        ("com dra sonia", "Dra sonia"),
    ],
)
def test_whoever_is_asked_for_by_name_is_still_heard(said: str, asked: str):
    assert stranger(said, NAMES) == asked
