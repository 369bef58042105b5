"""A crowd, and a process that dies between "booked there" and "saved here": one booking at both ends."""

from __future__ import annotations

import asyncio
import base64
import json
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from application.shared.ports import Claim
from domain.agenda.appointment import Appointment, SlotTaken, Status
from domain.dead_letters.ladder import LADDER
from domain.shared.ids import JobId
from tests.builders.calendars import Clinic, at
from tests.integration.calendars.conftest import MASTER

CROWD = 100
ROOT = Path(__file__).parents[3]


async def claimed(clinic: Clinic, actor: str) -> Claim:
    """The job as the relay would hand it out once it is due."""
    row = await clinic.pool.fetchrow(
        "update public.jobs set state = 'running', fence = fence + 1, worker = 'tests', due_at = now() + interval '1 min'"
        " where tenant_id = $1 and actor = $2 returning id, fence",
        clinic.tenant,
        actor,
    )
    return Claim(clinic.tenant, JobId(row["id"]), row["fence"])


async def test_of_a_hundred_at_once_one_gets_the_slot_and_cal_coms_own_race_is_never_run(clinic: Clinic) -> None:
    await clinic.calcom.set(race_ms=50)
    people = [await clinic.client(f"Cliente {place}") for place in range(CROWD)]

    ends = await asyncio.gather(*(clinic.book(at(9), each) for each in people), return_exceptions=True)

    won = [end for end in ends if isinstance(end, Appointment)]
    assert [type(end) for end in ends if not isinstance(end, Appointment)] == [SlotTaken] * (CROWD - 1)
    assert [each.status for each in won] == [Status.BOOKED]
    assert await clinic.there() == [(won[0].ref, at(9))]
    assert [call.endpoint for call in (await clinic.calcom.calls()).requests].count("book") == 1


async def test_overlapping_wishes_that_cal_com_would_grant_to_both_are_told_apart_here(clinic: Clinic) -> None:
    await clinic.calcom.set(race_ms=50)
    starts = [at(9) + timedelta(minutes=15 * (place % 2)) for place in range(10)]

    ends = await asyncio.gather(*(clinic.book(start) for start in starts), return_exceptions=True)

    assert sum(isinstance(end, Appointment) for end in ends) == 1
    assert len(await clinic.there()) == 1


async def test_killed_between_booked_there_and_saved_here_ends_in_one_booking(clinic: Clinic, migrated: str) -> None:
    await clinic.calcom.fault("lost_hang", "book", count=1)
    told = {
        "url": migrated,
        "now": clinic.time[0].isoformat(),
        "master": base64.b64encode(MASTER).decode(),
        "tenant": clinic.tenant,
        "contact": await clinic.client(),
        "visit": clinic.visit,
        "doctor": clinic.doctor,
        "starts": at(9).isoformat(),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.calendars.booker", json.dumps(told), cwd=ROOT
    )
    calls = await clinic.calcom.calls(wait=30)
    while "book" not in [call.endpoint for call in calls.requests]:
        calls = await clinic.calcom.calls(calls.last, wait=30)
        assert calls.requests, "it never came so far"
    process.send_signal(signal.SIGKILL)
    assert await process.wait() == -signal.SIGKILL

    (left,) = await clinic.all()
    assert (left.status, left.ref) == (Status.PENDING, None)
    assert len(await clinic.there()) == 1
    await clinic.agenda.settle(await claimed(clinic, "agenda.settle"), left.id)

    (saved,) = await clinic.all()
    assert saved.status is Status.BOOKED
    assert await clinic.there() == [(saved.ref, at(9))]
    assert await clinic.read_on() == "agreed"


async def test_a_move_whose_answer_was_lost_ends_in_one_booking_too(clinic: Clinic) -> None:
    booked = await clinic.book(at(9))
    await clinic.calcom.fault("lost_answer", "reschedule", count=1)
    async with clinic.open_work(clinic.tenant) as work:
        ours = await work.appointments.get(booked.id, lock=True)
        ours.begin_move(type(ours.slot).lasting(at(14), ours.slot.length), now=clinic.time[0], notice=timedelta(0))
        await clinic.reconcile.repair.keep(work, clinic.tenant, ours, "user:x")
    await clinic.agenda.settle.now(clinic.tenant, ours)
    assert (await clinic.appointment(booked.id)).moving_to is not None

    await clinic.agenda.settle(await claimed(clinic, "agenda.settle"), booked.id)

    moved = await clinic.appointment(booked.id)
    assert (moved.slot.starts, moved.owed) == (at(14), None)
    assert await clinic.there() == [(moved.ref, at(14))]
    assert await clinic.read_on() == "agreed"


async def test_a_calendar_that_is_away_for_hours_is_told_once_it_is_back(clinic: Clinic) -> None:
    await clinic.calcom.fault("status", status=503)
    booked = await clinic.book(at(9))
    tired = replace(await claimed(clinic, "agenda.settle"), failures=len(LADDER))

    assert await clinic.agenda.settle(tired, booked.id) == "put_off"

    await clinic.calcom.heal()
    clinic.calendars.lines.known.clear()
    assert await clinic.agenda.settle(await claimed(clinic, "agenda.settle"), booked.id) == "settled"
    saved = await clinic.appointment(booked.id)
    assert (saved.status, saved.owed) == (Status.BOOKED, None)
    assert await clinic.there() == [(saved.ref, at(9))]
