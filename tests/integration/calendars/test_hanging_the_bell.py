"""Connecting a key is enough: Cal.com is told where to knock, once, and a booking over there knocks."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from adapters.calcom.bell import CalcomBell
from adapters.calcom.lines import Lines
from application.agenda.hang_bell import HANG_BELL, HangBell
from application.shared.ports import Claim
from domain.shared.errors import Unavailable
from domain.shared.ids import JobId
from tests.builders.calendars import SECRET, Clinic

DOOR = "http://127.0.0.1:9/api/agenda/webhook"


async def hang(clinic: Clinic, door: str = DOOR) -> str:
    """The job, as a worker runs it."""
    await clinic.pool.execute("select public.add_job($1, $2, '{}', $2, now(), '')", clinic.tenant, HANG_BELL)
    row: Any = await clinic.pool.fetchrow(
        "update public.jobs set state = 'running', fence = fence + 1, worker = 'tests', due_at = now() + interval '1 min'"
        " where tenant_id = $1 and actor = $2 returning id, fence",
        clinic.tenant,
        HANG_BELL,
    )
    bell = CalcomBell(clinic.calendars.http, Lines())
    job = HangBell(clinic.open_work, clinic.calendars.connections, bell, door)
    return await job(Claim(clinic.tenant, JobId(row["id"]), row["fence"]))


async def hung(clinic: Clinic) -> list[dict[str, Any]]:
    async with httpx2.AsyncClient(trust_env=False) as http:
        answer = await http.get(
            f"{clinic.connection.base_url}/v2/webhooks",
            headers={"authorization": f"Bearer {clinic.connection.api_key}"},
        )
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


async def test_the_address_and_the_secret_are_put_in_for_the_owner(clinic: Clinic) -> None:
    before = len(await hung(clinic))

    assert await hang(clinic) == "hung"

    hooks = await hung(clinic)
    assert len(hooks) == before + 1
    (ours,) = [hook for hook in hooks if hook["subscriberUrl"] == f"{DOOR}/{clinic.connection.id}"]
    assert ours["active"]
    assert ours["secret"] == SECRET
    assert {"BOOKING_CREATED", "BOOKING_CANCELLED", "BOOKING_RESCHEDULED"} <= set(ours["triggers"])


async def test_hung_twice_it_hangs_once(clinic: Clinic) -> None:
    await hang(clinic)
    before = await hung(clinic)

    assert await hang(clinic) == "hung"
    assert await hung(clinic) == before


async def test_an_answer_that_was_lost_is_looked_up_before_it_is_asked_again(clinic: Clinic) -> None:
    await clinic.calcom.fault("lost_answer", "hook", count=1)
    with pytest.raises(Unavailable):
        await hang(clinic)

    assert await hang(clinic) == "hung"
    urls = [hook["subscriberUrl"] for hook in await hung(clinic)]
    assert urls.count(f"{DOOR}/{clinic.connection.id}") == 1


async def test_connecting_asks_for_it(clinic: Clinic) -> None:
    await clinic.calendars.desk.put(clinic.connection, [])

    actors = await clinic.pool.fetch("select actor from public.jobs where tenant_id = $1", clinic.tenant)
    assert HANG_BELL in {row["actor"] for row in actors}
