"""What only a person can decide, or a calendar refuses to say: it is told once, and holds up nothing else."""

from __future__ import annotations

from dataclasses import replace

from adapters.telemetry import metrics
from application.agenda.drift import Drift
from application.agenda.ports import EntryState
from application.agenda.repair_drift import Repaired
from domain.agenda.appointment import CalendarRef, Status
from tests.builders.calendars import SUNDAY, Clinic, at

PHONE = {"name": "Caio", "phoneNumber": "+5531988887777", "timeZone": "America/Sao_Paulo"}


def readings(outcome: str) -> float:
    return metrics.REGISTRY.get_sample_value("secretaria_calendar_readings_total", {"outcome": outcome}) or 0


async def told(clinic: Clinic) -> list[tuple[str, str]]:
    """What could not be mended, in the company's audit log."""
    rows = await clinic.pool.fetch(
        "select action, subject from public.audit_log where chain = $1 and outcome = 'failed'"
        " and action like 'calendar.not_%' order by number",
        clinic.tenant,
    )
    return [(row["action"], row["subject"]) for row in rows]


async def test_a_calendar_that_says_no_is_read_again_later_and_counted(clinic: Clinic) -> None:
    booked = await clinic.book(at(9))
    await clinic.calcom.do("cancel", booked.ref)
    before = readings("refused")
    for status in (400, 404):
        await clinic.calcom.fault("status", "list", status=status)
        assert await clinic.read_on() == "refused"
        await clinic.calcom.heal()
    row = await clinic.pool.fetchrow(
        "select state, failures from public.jobs where tenant_id = $1 and actor = 'agenda.reconcile'", clinic.tenant
    )
    assert (row["state"], row["failures"]) == ("pending", 0)
    assert readings("refused") == before + 2

    assert await clinic.read_on() == "mended"
    assert (await clinic.appointment(booked.id)).status is Status.CANCELLED


async def test_what_was_moved_to_nobody_knows_where_stays_here_and_is_told(clinic: Clinic) -> None:
    booked = await clinic.book(at(9))
    calendar = await clinic.calendars.of(clinic.tenant)
    [entry] = await calendar.changed_since(SUNDAY)
    lost = replace(entry, state=EntryState.LOST)

    assert await clinic.reconcile.repair(clinic.tenant, calendar, lost) == Repaired(Drift.LOST_THERE, mended=False)
    stranger = replace(lost, ref=CalendarRef("nobody's"), appointment=None)
    assert await clinic.reconcile.repair(clinic.tenant, calendar, stranger) == Repaired(Drift.LOST_THERE, mended=False)

    assert (await clinic.appointment(booked.id)).stands
    assert await told(clinic) == [("calendar.not_lost_there", f"appointment:{booked.id}")]


async def test_a_calendar_that_will_not_say_which_of_two_stands_holds_up_nothing_else(clinic: Clinic) -> None:
    booked = await clinic.book(at(9))
    mark = {"secretaria": f"{clinic.connection.id}.{booked.id}"}
    await clinic.calcom.do("book", eventTypeId=clinic.kind.id, start=at(15).isoformat(), attendee=PHONE, metadata=mark)
    calendar = await clinic.calendars.of(clinic.tenant)
    double = (await calendar.changed_since(SUNDAY))[-1]
    await clinic.calcom.fault("status", "list", status=400)

    repaired = await clinic.reconcile.repair(clinic.tenant, calendar, double)

    await clinic.calcom.heal()
    assert repaired == Repaired(Drift.UNLIKE, mended=False)
    assert await told(clinic) == [("calendar.not_unlike", f"appointment:{booked.id}")]


async def test_who_booked_over_there_the_time_of_somebody_of_ours_is_told_of_once(clinic: Clinic) -> None:
    booked = await clinic.book(at(11))
    async with clinic.open_work(clinic.tenant) as work:  # it stands here only: over there that time looks free
        await work._connection.execute("update appointments set ref = 'elsewhere' where id = $1", booked.id)
        await work.commit()
    await clinic.calcom.do("cancel", booked.ref)
    stranger = await clinic.calcom.do("book", eventTypeId=clinic.kind.id, start=at(11).isoformat(), attendee=PHONE)

    for _ in range(3):
        await clinic.read_on()
    assert await told(clinic) == [("calendar.not_stranger", f"professional:{clinic.doctor}")]

    moved = await clinic.calcom.do("reschedule", stranger.uid, start=at(15).isoformat())
    await clinic.read_on()
    assert await clinic.places() == [at(11), at(15)]
    await clinic.calcom.do("reschedule", moved.uid, start=at(11).isoformat())
    await clinic.read_on()
    assert await clinic.places() == [at(11)]
    assert len(await told(clinic)) == 2
