"""What is put in place of another is named as a whole: nothing is lost because nobody spoke of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders.desk import HOURS, REMINDER_RULES, RULES, SERVICE, Desk

PROFESSIONAL = {"name": "Dra. Marina", "hours": HOURS, "active": True, "email": "marina@example.com"}


@pytest.mark.parametrize(
    ("path", "whole"),
    [
        ("/professionals/{doctor}", PROFESSIONAL),
        ("/services/{visit}", SERVICE),
        ("/rules", RULES),
        ("/reminder-rules", REMINDER_RULES),
    ],
)
async def test_a_change_that_leaves_a_field_out_changes_nothing(desk: Desk, path: str, whole: dict[str, Any]):
    there = path.format(doctor=desk.doctor, visit=desk.visit)
    shown = f"/{path.split('/')[1]}"
    assert (await desk.ask("PUT", there, whole)).status_code == 200
    before = (await desk.ask("GET", shown)).json()

    short = [(field, await desk.ask("PUT", there, {k: v for k, v in whole.items() if k != field})) for field in whole]

    assert [(field, answer.status_code, answer.json().get("field")) for field, answer in short] == [
        (field, 422, field) for field in whole
    ]
    assert (await desk.ask("GET", shown)).json() == before


@pytest.mark.parametrize(("rules", "field"), [({"beat": 7}, "beat"), ({"state": "XX"}, "state")])
async def test_wrong_rules_are_told_what_is_wrong(desk: Desk, rules: dict[str, Any], field: str):
    answer = await desk.ask("PUT", "/rules", RULES | rules)

    assert (answer.status_code, answer.json()["field"]) == (422, field)


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        ({"kinds": ["2h"]}, "kinds"),
        ({"quiet_begins": "12:00"}, "quiet_begins"),
        ({"quiet_ends": "13:00"}, "quiet_ends"),
        ({"question": "Oi, {cpf}"}, "question"),
        ({"follow_up_hours": 0}, None),
        ({"quiet_begins": "25:00"}, None),
    ],
)
async def test_wrong_reminder_rules_are_told_what_is_wrong(desk: Desk, rules: dict[str, Any], field: str | None):
    answer = await desk.ask("PUT", "/reminder-rules", REMINDER_RULES | rules)

    assert answer.status_code == 422, answer.text
    assert field is None or answer.json()["field"] == field


async def test_reminder_rules_come_back_as_they_were_given(desk: Desk):
    changed = await desk.ask("PUT", "/reminder-rules", REMINDER_RULES)
    read = await desk.ask("GET", "/reminder-rules")

    assert (changed.json(), read.json()) == (REMINDER_RULES, REMINDER_RULES)
