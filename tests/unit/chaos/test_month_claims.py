"""What is told of a change that others made is a claim like any other: of the time that holds now, not of the one that was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from application.reminders.change_texts import called_off, changed
from domain.reminders.choice import Candidate
from domain.shared.ids import AppointmentId
from ops.chaos.month_claims import SAO_PAULO, Kind, claims_in

NOW = datetime(2031, 4, 1, 12, tzinfo=UTC)
WAS = datetime(2031, 4, 2, 9, tzinfo=SAO_PAULO)
ONE = Candidate(AppointmentId(1), datetime(2031, 4, 3, 15, tzinfo=SAO_PAULO), "Limpeza", "Dra. Marina")


@pytest.mark.parametrize("was", [WAS, ONE.starts], ids=["another time", "another professional"])
def test_a_change_claims_the_time_that_holds_now(was: datetime):
    told = changed("Ana", ONE, NOW.astimezone(SAO_PAULO), was=was, had="Dr. Paulo")

    assert [(claim.kind, claim.when) for claim in claims_in(told, NOW)] == [(Kind.STANDS, ONE.starts)]


def test_what_others_called_off_is_claimed_to_be_called_off():
    told = called_off("Ana", ONE, NOW.astimezone(SAO_PAULO), was=ONE.starts, had=ONE.professional)

    assert [(claim.kind, claim.when) for claim in claims_in(told, NOW)] == [(Kind.CANCELLED, ONE.starts)]


@pytest.mark.parametrize(
    "told",
    ["Posso marcar Limpeza com Dra. Marina, quinta-feira, 03/04 às 15h?", "Qual fica melhor para você?", "Tudo bem!"],
)
def test_a_question_claims_nothing(told: str):
    assert list(claims_in(told, NOW)) == []


def test_today_is_the_months_own():
    [claim] = claims_in("Presença confirmada: Limpeza com Dra. Marina, hoje às 14h30. Até lá!", NOW)

    assert (claim.kind, claim.when) == (Kind.CONFIRMED, datetime(2031, 4, 1, 14, 30, tzinfo=SAO_PAULO))
