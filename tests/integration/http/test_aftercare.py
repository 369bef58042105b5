"""Reminders by hand, follow-ups and presence over HTTP."""

from __future__ import annotations

from datetime import datetime, timedelta

import asyncpg
import pytest

from tests.builders.building import Building
from tests.builders.clocks import zone_where_it_is
from tests.builders.desk import Desk


async def test_nobody_was_asked_and_nobody_expected_yet(desk: Desk):
    follow_ups = (await desk.ask("GET", "/followups")).json()
    presence = (await desk.ask("GET", "/presence")).json()

    assert follow_ups == {"asked": 0, "answered": 0, "response_rate": None, "satisfaction": [], "follow_ups": []}
    assert presence == {"kept": 0, "missed": 0, "rate": None}


async def test_a_client_who_never_wrote_can_be_reminded_by_the_number(desk: Desk):
    id = (await desk.ask("POST", "/booking", desk.booking())).json()["id"]

    answer = await desk.ask("POST", f"/appointments/{id}/reminder", in_quiet_hours=True)

    assert answer.status_code == 202


@pytest.mark.parametrize(("hour", "statuses"), [(3, (409, 202)), (12, (202, 202))])
async def test_in_the_quiet_hours_a_reminder_leaves_only_if_that_is_said(
    migrated: str, building: Building, desk: Desk, hour: int, statuses: tuple[int, int]
):
    connection = await asyncpg.connect(migrated)
    moved = "update public.tenants set time_zone = $2 where id = $1"
    await connection.execute(moved, building.ours, zone_where_it_is(hour))
    await connection.close()
    id = (await desk.ask("POST", "/booking", desk.booking())).json()["id"]

    unsaid = await desk.ask("POST", f"/appointments/{id}/reminder")
    said = await desk.ask("POST", f"/appointments/{id}/reminder", in_quiet_hours=True)

    assert (unsaid.status_code, said.status_code) == statuses


async def test_what_does_not_exist_is_neither_reminded_of_nor_sent_again(desk: Desk):
    unknown = [await desk.ask("POST", path) for path in ("/appointments/999/reminder", "/followups/999/resend")]

    assert [each.status_code for each in unknown] == [404, 404]


async def test_it_is_told_how_often_was_asked_and_why_not(migrated: str, building: Building, desk: Desk):
    id = (await desk.ask("POST", "/booking", desk.booking())).json()["id"]
    connection = await asyncpg.connect(migrated)
    await connection.execute(
        f"insert into tenant_{building.ours}.follow_ups (appointment_id, state, why, sent, due_at)"
        " values ($1, 'dropped', 'asked_lately', 2, now())",
        id,
    )
    await connection.close()

    [one] = (await desk.ask("GET", "/followups")).json()["follow_ups"]

    assert (one["status"], one["why"], one["times"]) == ("dropped", "asked_lately", 2)


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("/followups", {"status": "perhaps"}, "status"),
        ("/followups", {"limit": 0}, "limit"),
        ("/presence", {"from": "2026-11-24T09:00:00"}, "from"),
        ("/presence", {"until": "2026-11-24T09:00:00"}, "until"),
        ("/presence", {"from": "1795000000"}, "from"),
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
