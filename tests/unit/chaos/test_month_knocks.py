"""The month's door: what was not taken in is found, and so is a booking that nobody told of."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.shared.ids import TenantId
from ops.chaos.month_facts import QUERIES, Facts
from ops.chaos.month_knocks import counted, judge_knocks
from ops.chaos.month_oracle import Findings
from ops.chaos.month_town import Clinic
from ops.sandbox.calcom.records import Attendee, Booking, Posted

NOW = datetime(2031, 4, 1, 12, tzinfo=UTC)
NOTHING = Facts(Clinic(TenantId(1), "clinica-0", {}, {}, account=1), {name: [] for name in QUERIES}, {}, [], [])


def a_knock(answer: str = "queued", status: int | None = 202, error: str | None = None, uid: str = "uid-1") -> Posted:
    return Posted(
        seq=1, hook=1, trigger="BOOKING_CREATED", url="http://127.0.0.1/", body=json.dumps({"payload": {"uid": uid}}),
        signature="", status=status, answer=json.dumps({"outcome": answer}), error=error,
    )  # fmt: skip


def a_booking(uid: str) -> Booking:
    return Booking(
        id=1, uid=uid, event_type=1, account=1, host=1, start=NOW, end=NOW + timedelta(minutes=30), status="accepted",
        attendee=Attendee(name="Ana", email="ana@example.com", zone="America/Sao_Paulo"), created=NOW, updated=NOW,
        ics="uid@Cal.com",
    )  # fmt: skip


def unheard(*knocks: Posted, booked: tuple[str, ...] = ()) -> int:
    findings = Findings()
    judge_knocks(knocks, [replace(NOTHING, bookings=[a_booking(uid) for uid in booked])], findings)
    return len(findings.knocks_unheard)


def test_a_month_whose_knocks_were_all_kept_is_clean():
    assert unheard(a_knock(), a_knock("repeated"), a_knock("clock"), booked=("uid-1",)) == 0


@pytest.mark.parametrize(
    "knock", [a_knock("old"), a_knock("unreadable"), a_knock(status=401), a_knock(status=None, error="ConnectError")]
)
def test_a_knock_that_was_not_taken_in_is_found(knock: Posted):
    assert unheard(knock) == 1


def test_a_booking_nobody_told_of_is_found():
    assert unheard(a_knock(uid="uid-2"), booked=("uid-1",)) == 1
    assert unheard(a_knock("repeated"), booked=("uid-1",)) == 1


def test_knocks_are_counted_by_the_doors_own_word():
    posted = [a_knock(), a_knock(), a_knock("old"), a_knock(status=None, error="ConnectError")]

    assert counted(posted) == {"knocks ConnectError": 1, "knocks old": 1, "knocks queued": 2}
