"""Praise that is denied some words before it is blame; praise after another clause stays praise."""

from __future__ import annotations

import pytest

from domain.follow_ups.replies import Intent, read_reply


@pytest.mark.parametrize(
    "text",
    [
        *[
            "não fiquei bem",
            "não tô legal",
            "não me sinto bem",
            "não estou me sentindo muito bem",
            "não ando bem",
        ],
        *["não voltei satisfeito", "não saímos felizes", "o corte não cresceu bem", "minha pele não reagiu bem"],
        *["nunca saí contente", "não dormi bem", "não fiquei 100% satisfeita"],
    ],
)
def test_a_denied_wellbeing_is_no_praise(text: str):
    assert read_reply(text) is Intent.NEGATIVE


@pytest.mark.parametrize(
    "text",
    [
        *[
            "não tive de esperar, ótimo",
            "não tenho palavras perfeito",
            "nunca vi igual, muito bom",
            "não tem igual, perfeito",
        ],
        *["não doeu e fiquei bem", "nunca me senti tão bem", "não sei explicar, perfeito"],
    ],
)
def test_a_denial_of_something_else_leaves_the_praise(text: str):
    assert read_reply(text) is Intent.POSITIVE
