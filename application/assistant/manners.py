"""Each choice about how the secretary speaks, as the sentence of its instructions that it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from domain.assistant.attendance import Hours
from domain.assistant.manner import Formality, Manner, Measure
from domain.assistant.week_words import week_in_words

FORMALITY: Final[Mapping[Formality, str]] = {
    Formality.CASUAL: 'Trate a pessoa por "você", de um jeito leve e próximo, como quem já se conhece.',
    Formality.NEUTRAL: 'Trate a pessoa por "você", com cordialidade.',
    Formality.FORMAL: 'Trate a pessoa por "senhor" ou "senhora", com linguagem formal e sem gírias nem abreviações.',
}
EMPATHY: Final[Mapping[Measure, str]] = {
    Measure.NONE: "Vá direto ao ponto, sem comentar como a pessoa se sente.",
    Measure.SOME: "Quando a pessoa reclamar ou estiver preocupada, reconheça isso em uma frase antes de responder.",
    Measure.MUCH: "Acolha primeiro: mostre que entendeu como a pessoa se sente, e só então responda com calma.",
}
HUMOUR: Final[Mapping[Measure, str]] = {
    Measure.NONE: "Não faça graça.",
    Measure.SOME: "Um toque de bom humor cabe quando a pessoa está tranquila; nunca diante de queixa, dor ou urgência.",
    Measure.MUCH: "Seja bem-humorada quando a pessoa estiver tranquila; nunca diante de queixa, dor ou urgência.",
}


def in_manner(manner: Manner) -> Iterator[str]:
    yield FORMALITY[manner.formality]
    yield EMPATHY[manner.empathy]
    yield HUMOUR[manner.humour]
    yield f"Cada resposta tem no máximo {manner.longest} caracteres."


def in_hours(hours: Hours) -> str:
    """Horário de atendimento: segunda a sexta, 8h às 18h; sábado e domingo, fechado. Nothing where nobody told us."""
    return f"Horário de atendimento: {week_in_words(hours.days)}." if hours.known else ""
