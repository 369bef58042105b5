"""Whatever a contact types is read in a time that grows no faster than its length: nobody ties a worker up with one message."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from domain.agenda.choices import agrees, agrees_to_book, hedged, intent_of
from domain.agenda.claims import claims
from domain.agenda.sentences import Now
from domain.contacts.opt_out import wish
from domain.follow_ups.replies import read_reply
from domain.no_show.excuses import read_excuse
from domain.reminders.answers import read_answer
from domain.reminders.choice import Candidate
from domain.reminders.offer_answers import read_offer_answer
from domain.scheduling.understanding import read_wish
from domain.shared.ids import AppointmentId

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
OFFERED = Candidate(AppointmentId(1), NOW, "Limpeza", "Dra. Marina")
LENGTH = 64_000
"""As much as the door takes."""

HOUSE = Now(NOW, UTC, lambda _day: None, ("Consulta", "Limpeza de pele"), ("Dra. Marina", "Júlia"), ("Ana",))
READERS: dict[str, Callable[[str], object]] = {
    "when": lambda text: read_wish(text, NOW, UTC, lambda _day: None),
    "answer to a reminder": read_answer,
    "answer to an offered place": lambda text: read_offer_answer(text, OFFERED, NOW),
    "answer to how it was": read_reply,
    "answer to being missed": read_excuse,
    "wish to be left alone": wish,
    "choice": lambda text: (intent_of(text), agrees(text), agrees_to_book(text), hedged(text)),
    "claims of a reply": lambda text: list(claims(text, HOUSE)),
}
PIECES = [
    "quinta ",
    "vai esse ",
    "certo ",
    "às 14h ",
    "de 1 a ",
    "dia 1 de ",
    "segunda ou ",
    "segunda-",
    "não ",
    "sim, ",
    "sem nada de ",
    "outro outra ",
    "kkk haha ",
    "não vou poder ",
    "30",
    "é",
    "marcado ",
    "com a júlia ",
    "- júlia\n",
    "disse que ",
    "você não tem ",
    "você falou que ",
    "horário que vi ",
    "você já vai ",
    "você tem duas consultas ",
    "consulta das 15h não ",
    "lista de espera ",
    "faltam duas semanas para ",
    " ",
]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("piece", PIECES)
def test_a_message_without_end_is_read_at_once(reader: str, piece: str):
    started = time.process_time()

    READERS[reader](piece * (LENGTH // len(piece)))

    assert time.process_time() - started < 1.0
