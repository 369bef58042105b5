"""The month's oracle judged by hand-made months: each kind of harm is found, and a clean one is called clean."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.shared.ids import ProfessionalId, ServiceId, TenantId
from ops.chaos.month_claims import SAO_PAULO
from ops.chaos.month_facts import QUERIES, Calendar, Change, Facts
from ops.chaos.month_oracle import (
    Findings,
    judge_calendar,
    judge_ledger,
    judge_offers,
    judge_places,
    judge_telephones,
    judge_texts,
)
from ops.chaos.month_reminding import judge_reminders
from ops.chaos.month_town import Clinic
from ops.sandbox.whaticket.records import Message

NOW = datetime(2031, 4, 1, 12, tzinfo=UTC)
"""Nine in the morning in São Paulo, a Tuesday."""

PHONE = "+5511900000001"
CLINIC = Clinic(TenantId(1), "clinica-0", {"Limpeza": ServiceId(1)}, {"Dra. Marina": ProfessionalId(1)})
CALENDAR = Calendar([(NOW - timedelta(days=99), timedelta(0))])
END = NOW + timedelta(days=30)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2031, 4, day, hour, minute, tzinfo=SAO_PAULO)


def an_appointment(id: int, starts: datetime, status: str = "booked", **more: object) -> dict[str, Any]:
    return {
        "id": id, "phone": PHONE, "professional_id": 1, "professional": "Dra. Marina", "service": "Limpeza",
        "minutes": 30, "before_minutes": 0, "after_minutes": 10, "starts": starts, "ends": starts + timedelta(minutes=30),
        "status": status, "owed": None, "moving_starts": None, **more,
    }  # fmt: skip


def a_text(text: str, at: datetime = NOW, state: str = "sent") -> dict[str, Any]:
    return {"phone": PHONE, "text": text, "created_at": at, "state": state}


def booked(starts: datetime, at: datetime = NOW - timedelta(hours=1), professional: int = 1) -> Change:
    return Change(at, "appointment.booked", "booked", starts, professional)


def facts(log: dict[int, list[Change]] | None = None, arrived: list[Message] | None = None, **rows: object) -> Facts:
    nothing: dict[str, Any] = {name: [] for name in QUERIES}
    return Facts(CLINIC, nothing | rows, log or {}, [], arrived or [])


def false_claims(told: str, log: dict[int, list[Change]] | None = None) -> int:
    findings = Findings()
    appointments = [an_appointment(id, changes[0].starts) for id, changes in (log or {}).items()]
    judge_texts(facts(log, outgoing=[a_text(told)], appointments=appointments), CALENDAR, findings)
    return len(findings.false_claims)


@pytest.mark.parametrize(
    "told",
    [
        "Pronto! Ficou marcado: Limpeza com Dra. Marina, quinta-feira, 03/04 às 15h. Até lá!",
        "Oi, Ana! Passando para lembrar do seu horário de Limpeza com Dra. Marina, quinta-feira, 03/04 às 15h.",
        "Seus horários marcados:\n- Limpeza com Dra. Marina, quinta-feira, 03/04 às 15h",
        "Prontinho! Marquei sua limpeza para 03/04 às 15h.",
        "O que está marcado para você por aqui: Limpeza com Dra. Marina, quinta-feira, 03/04 às 15h.",
    ],
)
def test_a_booking_is_true_only_where_the_ledger_holds_it(told: str):
    assert false_claims(told) == 1
    assert false_claims(told, {1: [booked(local(3, 14))]}) == 1
    assert false_claims(told, {1: [booked(local(3, 15))]}) == 0


def test_what_was_called_off_before_is_no_booking_any_more():
    off = Change(NOW - timedelta(minutes=1), "appointment.cancelled", "cancelled", local(3, 15), 1)
    log = {1: [booked(local(3, 15)), off]}

    assert false_claims("Seu horário está marcado para 03/04 às 15h.", log) == 1
    assert false_claims("Pronto, está cancelado: Limpeza com Dra. Marina, quinta-feira, 03/04 às 15h.", log) == 0


def test_nothing_booked_is_a_claim_too():
    none = "Por aqui ainda não há nenhum horário marcado para você."

    assert false_claims(none) == 0
    assert false_claims(none, {1: [booked(local(3, 15))]}) == 1


def test_a_taken_time_is_not_free():
    told = "Encontrei estes horários livres:\n1) Limpeza com Dra. Marina, quinta-feira, 03/04 às 15h"

    assert false_claims(told) == 0
    assert false_claims(told, {1: [booked(local(3, 15))]}) == 1


def test_a_time_that_was_taken_while_it_was_being_told_was_free_when_it_was_looked_up():
    told = "Encontrei estes horários livres:\n1) Limpeza com Dra. Marina, quinta-feira, 03/04 às 15h"

    assert false_claims(told, {1: [booked(local(3, 15), NOW - timedelta(milliseconds=75))]}) == 0


def test_a_time_in_the_middle_of_anothers_appointment_is_not_free_and_whose_time_it_is_matters():
    told = "Encontrei estes horários livres:\n1) Limpeza com Dra. Marina, quinta-feira, 03/04 às 15h"
    findings, other = Findings(), an_appointment(1, local(3, 14, 45), phone="+5511900000002")
    clinic = replace(CLINIC, professionals=dict(CLINIC.professionals) | {"Dr. Paulo": ProfessionalId(2)})
    both = replace(facts({1: [booked(local(3, 14, 45))]}, appointments=[other]), clinic=clinic)

    for who in ("Dra. Marina", "Dr. Paulo"):
        texts = [a_text(told.replace("Dra. Marina", who))]
        judge_texts(replace(both, rows={**both.rows, "outgoing": texts}), CALENDAR, findings)

    assert len(findings.false_claims) == 1


@pytest.mark.parametrize(("minutes", "found"), [(0, 1), (30, 1), (40, 0)])
def test_two_in_one_place_are_found_the_pause_after_it_included(minutes: int, found: int):
    starts = local(3, 15)
    other = starts + timedelta(minutes=minutes)
    findings, rows = Findings(), [an_appointment(1, starts), an_appointment(2, other)]

    judge_places(facts({1: [booked(starts)], 2: [booked(other)]}, appointments=rows), findings)

    assert len(findings.double_bookings) == found


def test_a_place_that_was_given_back_first_may_be_taken():
    starts = local(3, 15)
    off = Change(NOW, "appointment.cancelled", "cancelled", starts, 1)
    log = {1: [booked(starts), off], 2: [booked(starts, NOW + timedelta(seconds=1))]}
    findings = Findings()

    judge_places(facts(log, appointments=[an_appointment(1, starts, "cancelled"), an_appointment(2, starts)]), findings)

    assert findings.double_bookings == []


def moved_to(professional: int, starts: datetime, at: datetime) -> Change:
    return Change(at, "appointment.rescheduled", "rescheduled", starts, professional)


def test_a_place_is_the_professionals_with_whom_it_was_at_that_time():
    starts, later = local(3, 15), NOW + timedelta(minutes=1)
    rows = [an_appointment(1, starts, professional_id=2), an_appointment(2, starts)]
    together = {1: [booked(starts), moved_to(2, starts, later)], 2: [booked(starts)]}
    apart = {1: [booked(starts, professional=2), moved_to(1, local(4, 15), later)], 2: [booked(starts)]}
    found, none = Findings(), Findings()

    judge_places(facts(together, appointments=rows), found)
    judge_places(facts(apart, appointments=[an_appointment(1, local(4, 15)), rows[1]]), none)

    assert (len(found.double_bookings), none.double_bookings) == (1, [])


def test_a_row_at_another_professional_than_its_moves_say_is_found():
    findings, starts = Findings(), local(3, 15)

    judge_ledger(facts({1: [booked(starts)]}, appointments=[an_appointment(1, starts, professional_id=2)]), findings)

    assert len(findings.disagreements) == 1


def test_a_row_that_its_moves_do_not_explain_and_one_that_nobody_settled_are_found():
    findings, starts = Findings(), local(3, 15)
    rows = [an_appointment(1, local(3, 16)), an_appointment(2, starts, "pending", owed="book")]

    judge_ledger(facts({1: [booked(starts)]}, appointments=rows), findings)

    assert len(findings.disagreements) == 2


def test_the_calendar_holds_what_the_ledger_holds():
    findings, starts = Findings(), local(3, 15)
    entry = {"appointment_id": 2, "starts": starts, "state": "standing"}

    judge_calendar(facts(appointments=[an_appointment(1, starts)], entries=[entry]), findings)

    assert ["ledger" in each for each in findings.disagreements] == [True, False]


def test_a_text_that_arrived_twice_or_never_is_found():
    findings = Findings()
    twice = [Message(connection="clinica-0", contact="5511900000001", direction="out", text="Oi!")] * 2

    judge_telephones(facts(arrived=twice, outgoing=[a_text("Oi!"), a_text("Tchau!")]), findings)

    assert len(findings.disagreements) == 2


@pytest.mark.parametrize(("answered", "found"), [(10, 0), (None, 1)])
def test_a_place_offered_to_two_at_once_is_found(answered: int | None, found: int):
    findings, starts = Findings(), local(3, 15)
    offer = {"professional_id": 1, "starts": starts, "ends": starts + timedelta(minutes=30)}
    over = None if answered is None else NOW + timedelta(minutes=answered)
    first = offer | {"asked_at": NOW, "closed_at": over, "until": NOW + timedelta(minutes=30)}
    later = NOW + timedelta(minutes=15)
    second = offer | {"asked_at": later, "closed_at": None, "until": later + timedelta(minutes=30)}

    judge_offers(facts(offers=[first, second]), findings)

    assert len(findings.offered_to_two) == found


def a_reminder(kind: str, starts: datetime, state: str = "sent", why: str = "") -> dict[str, Any]:
    return {"appointment_id": 1, "kind": kind, "starts": starts, "state": state, "why": why}


def reminded(*reminders: dict[str, Any], arrived: int) -> Findings:
    """Of an appointment on Thursday at 15h, booked two days before: a day and an hour before it is reminded of."""
    starts, findings = local(3, 15), Findings()
    words = "Passando para lembrar do seu horário de Limpeza com Dra. Marina, quinta-feira, 03/04 às 15h."
    texts = [
        Message(connection="clinica-0", contact=PHONE[1:], direction="out", text=words, at=NOW.timestamp())
        for _ in range(arrived)
    ]
    rows = {"appointments": [an_appointment(1, starts)], "reminders": list(reminders)}
    judge_reminders(facts({1: [booked(starts)]}, texts, **rows), CALENDAR, END, findings)
    return findings


def test_reminders_that_were_owed_and_said_are_right():
    starts = local(3, 15)

    findings = reminded(a_reminder("24h", starts), a_reminder("1h", starts), arrived=2)

    assert not any(findings.all().values())


def test_a_reminder_said_twice_and_one_that_is_missing_are_found():
    starts = local(3, 15)

    assert len(reminded(a_reminder("24h", starts), a_reminder("1h", starts), arrived=3).reminders_doubled) == 1
    assert len(reminded(a_reminder("24h", starts), arrived=1).reminders_unexplained) == 1
    assert (
        len(reminded(a_reminder("24h", starts), a_reminder("1h", starts, "planned"), arrived=1).reminders_unexplained)
        == 1
    )


def left_out(
    why: str, dropped: datetime, *changes: Change, written: tuple[str, ...] = ("oi",), kind: str = "1h"
) -> int:
    """How much is found where a reminder of the appointment on Thursday at 15h was left out at that hour."""
    starts, findings = local(3, 15), Findings()
    row = a_reminder(kind, starts, "dropped", why) | {"settled_at": dropped}
    words = [{"phone": PHONE, "text": text, "received_at": NOW} for text in written]
    log = {1: [booked(starts), *changes]}
    rows = {"appointments": [an_appointment(1, starts)], "reminders": [row], "messages": words}
    judge_reminders(facts(log, [], **rows), CALENDAR, local(3, 14, 45) if kind == "1h" else local(2, 20), findings)
    return len([each for each in findings.reminders_unexplained if kind in each])


def test_a_reminder_that_was_left_out_needs_a_reason_that_is_true():
    assert left_out("no_idea", local(3, 14)) == 1
    assert left_out("opted_out", local(3, 14), written=("oi", "SAIR")) == 0
    assert left_out("opted_out", local(3, 14)) == 1
    assert left_out("unreachable", local(3, 14), written=()) == 0
    assert left_out("unreachable", local(3, 14)) == 1


@pytest.mark.parametrize("why", ["too_late", "quiet"])
def test_too_late_and_at_night_are_no_reasons_where_there_was_time_by_day(why: str):
    assert left_out(why, local(3, 14)) == 1
    assert left_out(why, local(3, 14, 55)) == 1
    assert left_out(why, local(2, 23), kind="24h") == 1


def test_changed_and_cancelled_are_no_reasons_where_nothing_was_until_later():
    off = Change(local(3, 14, 40), "appointment.cancelled", "cancelled", local(3, 15), 1)
    moved = Change(local(3, 14, 40), "appointment.moved", "rescheduled", local(4, 15), 1)

    assert left_out("cancelled", local(3, 14, 40), off) == 0
    assert left_out("cancelled", local(3, 14), off) == 1
    assert left_out("cancelled", local(3, 14, 40), moved) == 1
    assert left_out("cancelled", local(3, 14)) == 1
    assert left_out("changed", local(3, 14, 40), moved) == 0
    assert left_out("changed", local(3, 14), moved) == 1
    assert left_out("changed", local(3, 14)) == 1


def test_what_is_left_out_before_it_was_due_needs_another_reason():
    assert left_out("opted_out", local(3, 9), written=("sair",)) == 1


def test_a_reminder_that_nobody_owed_is_found():
    starts = local(3, 15)

    findings = reminded(*(a_reminder(kind, starts) for kind in ("72h", "24h", "1h")), arrived=3)

    assert len(findings.reminders_unexplained) == 1
