"""What people answer to "não registramos a sua presença"."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.no_show.excuses import Kind, read_excuse


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("remarcar", Kind.AGAIN, False),
        ("Remarcar, por favor", Kind.AGAIN, False),
        ("quero remarcar para quinta às 15h", Kind.AGAIN, False),
        ("pode remarcar?", Kind.AGAIN, False),
        ("quero marcar outro horário", Kind.AGAIN, False),
        ("tem horário amanhã?", Kind.AGAIN, False),
        ("quero sim", Kind.AGAIN, False),
        ("fiquei doente, quero remarcar", Kind.AGAIN, True),
        ("tive um imprevisto", Kind.WHY, True),
        ("esqueci completamente, desculpa", Kind.WHY, True),
        ("meu filho ficou doente", Kind.WHY, True),
        ("não consegui ir", Kind.WHY, True),
        ("não fui porque choveu", Kind.WHY, True),
        ("atrasaram demais e fui embora", Kind.WHY, True),
        ("eu estava doente", Kind.WHY, True),
        ("eu fui sim", Kind.CAME, True),
        ("mas eu compareci", Kind.CAME, True),
        ("como assim, eu estava lá", Kind.CAME, True),
    ],
)
def test_an_answer_is_read_as_it_was_meant(text: str, kind: Kind, told: bool):
    excuse = read_excuse(text)

    assert excuse is not None
    assert (excuse.kind, excuse.told) == (kind, told)


@pytest.mark.parametrize(
    "text",
    ["", "sim", "ok", "não", "👍", "bom dia", "obrigada", "quem é?", "qual o endereço?", "cancelar", "meus horários"],
)
def test_what_is_no_answer_to_it_goes_on(text: str):
    assert read_excuse(text) is None


LINES = [line.split("\t") for line in (Path(__file__).parent / "excuses.tsv").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("meant", "text"), LINES)
def test_it_is_heard_in_whatever_words_it_is_said(meant: str, text: str):
    excuse = read_excuse(text)

    assert ("other" if excuse is None else excuse.kind) == meant


@given(text=st.text(max_size=300))
def test_nothing_that_is_typed_breaks_it(text: str):
    read_excuse(text)
