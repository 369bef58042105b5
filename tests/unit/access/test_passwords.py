"""Which passwords are refused, and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access.password import LONGEST, SHORTEST, Fault, PasswordRefused, check_password

TRIED_FIRST = """
password 12345678 123456789 1234567890 qwerty123 password1 iloveyou 11111111 00000000 abc12345 1q2w3e4r qwertyuiop
sunshine princess football monkey123 letmein1 dragon123 baseball superman trustno1 welcome1 passw0rd P@ssw0rd P4ssw0rd!!
senha123 Senha@2024 $enha2024 s3nh@123 senha1234 mudar123 123mudar brasil2024 Brasil@123 flamengo corinthians palmeiras1
gabriel123 Maria2010 jesuscristo deusefiel euteamo123 amorzinho 87654321 11223344 12121212 aaaaaaaa abcdefgh zyxwvuts
q1w2e3r4 qwerty12345 asdfghjkl zxcvbnm1 1qaz2wsx a1b2c3d4 147258369 987654321 0987654321 Coração1 clinica123 secretaria1
admin123 administrador changeme mudarsenha naruto123 teste123 bemvindo1 flamengo10 SAOPAULO 2024senha minha-senha
""".split()  # noqa: SIM905 - words, not a table

STRONG = [
    "correta cavalo bateria grampo",
    "tranquila e longa",
    "x7Kp-29qL",
    "o gato subiu no muro às 9",
    "dentista da rua sete",
    "áéíõü-ção-nós",
    "9f8a7c6e5d4b",
    "ヒミツノコトバデス",
    "Z" + "maria19283746501928",
]


def fault_of(password: str, email: str = "") -> Fault | None:
    try:
        check_password(password, email=email)
    except PasswordRefused as refused:
        return refused.fault
    return None


@pytest.mark.parametrize("password", TRIED_FIRST)
def test_what_is_tried_first_is_refused(password: str):
    assert fault_of(password) is Fault.COMMON


@pytest.mark.parametrize("password", STRONG)
def test_a_sentence_or_chance_is_taken_whatever_its_characters(password: str):
    assert fault_of(password, "ana@clinica.com.br") is None


@pytest.mark.parametrize("password", ["ana.souza@clinica.com.br", "ana.souza", "Ana.Souza2024", "anasouza2024"])
def test_the_address_is_no_password(password: str):
    assert fault_of(password, "ana.souza@clinica.com.br") is Fault.PERSONAL


def test_the_edges_of_length():
    assert fault_of("x7Kp29q") is Fault.SHORT
    assert fault_of("x7Kp29qL") is None
    assert fault_of("x7Kp29qL" * (LONGEST // SHORTEST)) is None
    assert fault_of("x7Kp29qL" * (LONGEST // SHORTEST) + "x") is Fault.LONG


@given(st.text(min_size=SHORTEST, max_size=LONGEST), st.emails())
def test_any_text_gets_an_answer(password: str, email: str):
    assert fault_of(password, email) in {None, Fault.COMMON, Fault.PERSONAL}
