"""Reminders by hand, follow-ups and presence over HTTP."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.builders.desk import Desk


async def test_nobody_was_asked_and_nobody_expected_yet(desk: Desk):
    follow_ups = (await desk.ask("GET", "/followups")).json()
    presence = (await desk.ask("GET", "/presence")).json()

    assert follow_ups == {"asked": 0, "answered": 0, "response_rate": None, "satisfaction": [], "follow_ups": []}
    assert presence == {"kept": 0, "missed": 0, "rate": None}


async def test_a_client_who_never_wrote_can_be_reminded_by_the_number(desk: Desk):
    id = (await desk.ask("POST", "/booking", desk.booking())).json()["id"]

    answer = await desk.ask("POST", f"/appointments/{id}/reminder")

    assert answer.status_code == 202


async def test_what_does_not_exist_is_neither_reminded_of_nor_sent_again(desk: Desk):
    unknown = [await desk.ask("POST", path) for path in ("/appointments/999/reminder", "/followups/999/resend")]

    assert [each.status_code for each in unknown] == [404, 404]


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("/followups", {"status": "perhaps"}, "status"),
        ("/followups", {"limit": 0}, "limit"),
        ("/presence", {"from": "2026-11-24T09:00:00"}, "from"),
        ("/presence", {"until": "2026-11-24T09:00:00"}, "until"),
        ("/presence", {"from": "2026-11-24T09:00:00Z", "until": "2026-11-23T09:00:00Z"}, "until"),
    ],
)
async def test_a_wrong_question_is_told_which_field_is_wrong(
    desk: Desk, path: str, query: dict[str, object], field: str
):
    answer = await desk.ask("GET", path, **query)

    assert answer.status_code == 422
    assert answer.json()["field"] == field


async def test_a_stretch_of_presence_is_read_with_its_offset(desk: Desk):
    now = datetime.fromisoformat("2026-11-24T09:00:00-03:00")

    answer = await desk.ask(
        "GET", "/presence", **{"from": (now - timedelta(days=7)).isoformat(), "until": now.isoformat()}
    )

    assert answer.status_code == 200
