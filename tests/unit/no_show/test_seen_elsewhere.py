"""Who was seen to somewhere else was not here."""

from __future__ import annotations

import pytest

from domain.no_show.excuses import Kind, read_excuse


@pytest.mark.parametrize(
    "text",
    [
        *[
            "fui atendido em outra clínica",
            "me atendeu o médico da UPA",
            "passei com a médica do hospital",
            "eu estava lá perto",
        ],
        *["fui até o pronto-socorro", "consultei com o dentista do postinho", "a consulta foi feita em outra cidade"],
        *["estava aí pertinho, perto da praça", "fui na hora pro hospital"],
    ],
)
def test_elsewhere_is_why(text: str):
    excuse = read_excuse(text)

    assert excuse is not None
    assert excuse.kind is Kind.WHY


@pytest.mark.parametrize(
    "text", ["fui atendida por outra dentista", "estava aí perto do horário", "fui sim, e depois fui pro hospital"]
)
def test_here_is_here(text: str):
    excuse = read_excuse(text)

    assert excuse is not None
    assert excuse.kind is Kind.CAME
