"""`notify` over the API: the client hears of a move or a cancellation, unless whoever makes it tells them otherwise."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from adapters.postgres.pool import Pool, build_pool
from tests.builders.building import Building
from tests.builders.desk import Desk


@pytest.fixture
async def pool(migrated: str) -> AsyncIterator[Pool]:
    pool = await build_pool(migrated, size=1, name="tests")
    yield pool
    await pool.close()


@pytest.mark.parametrize(("said", "left"), [({}, 1), ({"notify": True}, 1), ({"notify": False}, 0)])
@pytest.mark.parametrize("change", ["reschedule", "cancel"])
async def test_a_change_is_left_to_be_told_where_it_is_wanted(
    desk: Desk, building: Building, pool: Pool, change: str, said: dict[str, Any], left: int
):
    id = (await desk.ask("POST", "/booking", desk.booking())).json()["id"]
    later = (desk.starts + timedelta(hours=2)).isoformat()

    if change == "cancel":
        done = await desk.ask("POST", "/cancel", {"appointment": id} | said)
    else:
        done = await desk.ask("POST", f"/appointments/{id}/reschedule", {"starts": later} | said)

    assert done.status_code == 200
    assert await pool.fetchval(f"select count(*) from tenant_{building.ours}.untold_changes") == left
    jobs = "select count(*) from public.jobs where tenant_id = $1 and actor = 'reminders.tell_change'"
    assert await pool.fetchval(jobs, building.ours) == left
