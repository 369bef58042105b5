"""What is put in place of another is named as a whole: nothing is lost because nobody spoke of it."""

from __future__ import annotations

from datetime import timedelta
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


async def test_the_same_days_off_are_kept_once(desk: Desk):
    eve = {"first": "2027-12-24", "last": "2027-12-24", "name": "Véspera"}

    answers = [await desk.ask("POST", "/days-off", each) for each in (eve, eve, eve | {"hours": "14:00-18:00"})]

    assert [each.status_code for each in answers] == [201, 409, 201]
    assert answers[1].json()["field"] == "first"


async def test_a_name_is_kept_without_stray_blanks_and_stays_ones_own(desk: Desk):
    added = await desk.ask("POST", "/professionals", {"name": "  Dr.   Caio "})
    louder = await desk.ask("PUT", f"/professionals/{desk.doctor}", PROFESSIONAL | {"name": "DRA. MARINA"})

    assert (added.status_code, added.json()["name"]) == (201, "Dr. Caio")
    assert (louder.status_code, louder.json()["name"]) == (200, "DRA. MARINA")


async def test_stretches_that_touch_are_one(desk: Desk):
    hours = {"monday": ["08:00-09:00", "09:00-10:00", "14:00-15:00"]}

    changed = await desk.ask("PUT", f"/professionals/{desk.doctor}/hours", {"hours": hours})

    assert changed.json()["hours"]["monday"] == ["08:00-10:00", "14:00-15:00"]


async def test_who_attends_no_longer_gets_no_address_of_their_own(desk: Desk):
    await desk.ask("PUT", f"/professionals/{desk.doctor}", PROFESSIONAL | {"active": False})

    assert (await desk.ask("POST", f"/professionals/{desk.doctor}/feed")).status_code == 409


async def test_nobodys_times_are_not_looked_up(desk: Desk):
    nobody = await desk.ask("GET", "/availability", service=desk.visit, contact=424_242)
    no_visit = await desk.ask("GET", "/availability", service=424_242)

    assert [(each.status_code, each.json()["field"]) for each in (nobody, no_visit)] == [
        (404, "contact"),
        (404, "service"),
    ]


async def test_somebody_is_found_by_a_number_as_it_is_written_down(desk: Desk):
    await desk.ask("POST", "/booking", desk.booking())

    found = (await desk.ask("GET", "/appointments", client="98765-4321")).json()["appointments"]

    assert [each["client"]["name"] for each in found] == ["Ana"]


async def test_a_move_that_is_not_allowed_is_refused_in_words(desk: Desk):
    id = (await desk.ask("POST", "/booking", desk.booking())).json()["id"]
    await desk.ask("POST", "/cancel", {"appointment": id})

    path, times = f"/appointments/{id}/reschedule", (desk.starts, desk.starts + timedelta(hours=1))
    moved = [await desk.ask("POST", path, {"starts": each.isoformat()}) for each in times]

    refused = (409, "what is cancelled cannot be rescheduled")
    assert [(each.status_code, each.json().get("detail")) for each in moved] == [refused, refused]


@pytest.mark.parametrize("path", ["/api/auth/login", "/api/agenda/booking"])
@pytest.mark.parametrize("body", [b"[" * 1_500, b'{"a":' * 3_000])
async def test_a_body_without_end_is_unreadable_also_for_strangers(desk: Desk, path: str, body: bytes):
    answer = await desk.http.post(path, content=body, headers=desk.headers | {"content-type": "application/json"})

    assert (answer.status_code, answer.json()["type"]) == (400, "urn:secretaria:problem:unreadable")


async def test_a_setting_of_another_type_is_not_guessed(desk: Desk):
    said = {"minutes": "30", "active": "true", "professionals": ["1"]}

    answers = [await desk.ask("PUT", f"/services/{desk.visit}", SERVICE | {name: said[name]}) for name in said]

    assert [(each.status_code, each.json()["field"]) for each in answers] == [
        (422, "minutes"),
        (422, "active"),
        (422, "professionals[0]"),
    ]
