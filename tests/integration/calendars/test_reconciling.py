"""Whatever happens at Cal.com without us, both ends agree after the next look, and nobody's time is given twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.telemetry import metrics
from application.agenda.booking import Booking
from application.agenda.untold import Known
from domain.agenda.appointment import SlotTaken, Status
from domain.shared.errors import Refused
from domain.shared.ids import AppointmentId
from tests.builders.calendars import DESK, SUNDAY, Clinic, at

PHONE = {"name": "Caio", "phoneNumber": "+5531988887777", "timeZone": "America/Sao_Paulo"}


def drift(kind: str, mended: str) -> float:
    return metrics.REGISTRY.get_sample_value("secretaria_calendar_drift_total", {"kind": kind, "mended": mended}) or 0


async def untold(clinic: Clinic, id: AppointmentId) -> Known | None:
    """What the client still believes; there is a job that sets it right."""
    jobs = "select count(*) from public.jobs where tenant_id = $1 and actor = 'reminders.tell_change'"
    async with clinic.open_work(clinic.tenant) as work:
        known = await work.untold.of(id)
        assert await work._connection.fetchval(jobs, clinic.tenant) == (known is not None)
    return known


async def test_what_is_booked_with_us_stands_at_both_ends(clinic: Clinic) -> None:
    booked = await clinic.book(at(9))

    assert booked.status is Status.BOOKED
    assert await clinic.there() == [(booked.ref, at(9))]
    assert await clinic.read_on() == "agreed"


async def test_what_was_cancelled_there_falls_through_here_and_its_time_is_free(clinic: Clinic) -> None:
    booked = await clinic.book(at(9))
    await clinic.calcom.do("cancel", booked.ref)

    assert await clinic.read_on() == "mended"

    ours = await clinic.appointment(booked.id)
    assert ours.status is Status.CANCELLED
    assert await untold(clinic, booked.id) == Known(clinic.doctor, at(9))
    assert await clinic.places() == []
    assert await clinic.read_on() == "agreed"


async def test_what_was_moved_there_is_moved_here(clinic: Clinic) -> None:
    booked = await clinic.book(at(9))
    moved = await clinic.calcom.do("reschedule", booked.ref, start=at(14).isoformat())

    assert await clinic.read_on() == "mended"

    ours = await clinic.appointment(booked.id)
    assert (ours.slot.starts, ours.ref, ours.status) == (at(14), moved.uid, Status.RESCHEDULED)
    assert await untold(clinic, booked.id) == Known(clinic.doctor, at(9))
    assert await clinic.places() == [at(14)]
    assert await clinic.read_on() == "agreed"


async def test_what_was_moved_there_twice_between_two_looks_ends_where_it_is(clinic: Clinic) -> None:
    booked = await clinic.book(at(9))
    once = await clinic.calcom.do("reschedule", booked.ref, start=at(14).isoformat())
    twice = await clinic.calcom.do("reschedule", once.uid, start=at(16).isoformat())

    await clinic.read_on()

    ours = await clinic.appointment(booked.id)
    assert (ours.slot.starts, ours.ref) == (at(16), twice.uid)
    assert await clinic.there() == [(twice.uid, at(16))]


async def test_what_was_moved_and_then_cancelled_there_between_two_looks_is_cancelled(clinic: Clinic) -> None:
    booked = await clinic.book(at(9))
    moved = await clinic.calcom.do("reschedule", booked.ref, start=at(14).isoformat())
    await clinic.calcom.do("cancel", moved.uid)

    await clinic.read_on()

    assert (await clinic.appointment(booked.id)).status is Status.CANCELLED
    assert await clinic.places() == []


async def test_a_second_booking_of_the_same_appointment_is_taken_away_over_there(clinic: Clinic) -> None:
    booked = await clinic.book(at(9))
    mark = {"secretaria": f"{clinic.connection.id}.{booked.id}"}
    await clinic.calcom.do("book", eventTypeId=clinic.kind.id, start=at(15).isoformat(), attendee=PHONE, metadata=mark)

    assert await clinic.read_on() == "mended"

    assert await clinic.there() == [(booked.ref, at(9))]
    assert (await clinic.appointment(booked.id)).slot.starts == at(9)


async def test_a_move_there_into_time_that_somebody_has_here_is_told_and_changes_nothing(clinic: Clinic) -> None:
    booked, other = await clinic.book(at(9)), await clinic.book(at(10))
    before = drift("moved_there", "no")
    async with clinic.open_work(clinic.tenant) as work:  # it stands here only: over there that time looks free
        await work._connection.execute("update appointments set ref = 'elsewhere' where id = $1", other.id)
        await work.commit()
    await clinic.calcom.do("cancel", other.ref)
    await clinic.calcom.do("reschedule", booked.ref, start=at(10).isoformat())

    await clinic.read_on()

    assert (await clinic.appointment(booked.id)).slot.starts == at(9)
    assert await clinic.places() == [at(9), at(10)]
    assert drift("moved_there", "no") > before


async def test_who_booked_over_there_past_us_takes_the_time_here_until_they_go(clinic: Clinic) -> None:
    stranger = await clinic.calcom.do("book", eventTypeId=clinic.kind.id, start=at(11).isoformat(), attendee=PHONE)

    await clinic.read_on()
    assert await clinic.places() == [at(11)]
    with pytest.raises(SlotTaken):
        await clinic.book(at(11))

    moved = await clinic.calcom.do("reschedule", stranger.uid, start=at(15).isoformat())
    await clinic.read_on()
    assert await clinic.places() == [at(15)]

    await clinic.calcom.do("cancel", moved.uid)
    await clinic.read_on()
    assert await clinic.places() == []
    assert (await clinic.book(at(11))).stands
    assert await clinic.all() != []


async def test_who_booked_over_there_has_the_time_of_somebody_whose_hold_is_over(clinic: Clinic) -> None:
    wish = Booking(await clinic.client(), clinic.visit, clinic.doctor, at(11))
    await clinic.agenda.hold_slot(clinic.tenant, wish)
    await clinic.go_to(SUNDAY + timedelta(minutes=6))
    await clinic.calcom.do("book", eventTypeId=clinic.kind.id, start=at(11).isoformat(), attendee=PHONE)

    assert await clinic.read_on() == "mended"

    asked = len((await clinic.calcom.calls()).requests)
    with pytest.raises(SlotTaken):
        await clinic.book(at(11))
    assert len((await clinic.calcom.calls()).requests) == asked


async def test_who_was_marked_absent_over_there_is_missed_here(clinic: Clinic) -> None:
    booked = await clinic.book(at(9))
    await clinic.go_to(at(9, 40))
    calendar = await clinic.calendars.of(clinic.tenant)
    await calendar.mark_absent(booked.ref or "")

    await clinic.read_on()

    ours = await clinic.appointment(booked.id)
    assert (ours.status, ours.owed) == (Status.MISSED, None)


async def test_who_was_missed_here_by_mistake_is_not_missed_again_by_the_calendar(clinic: Clinic) -> None:
    booked = await clinic.book(at(9))
    await clinic.go_to(at(10))
    await clinic.agenda.attendance.missed(clinic.tenant, booked.id, DESK)
    await clinic.agenda.attendance.kept(clinic.tenant, booked.id, DESK)

    assert await clinic.read_on() == "agreed"
    assert (await clinic.appointment(booked.id)).status is Status.KEPT


async def test_what_is_cancelled_here_and_stands_there_is_cancelled_there(clinic: Clinic) -> None:
    booked = await clinic.book(at(9))
    async with clinic.open_work(clinic.tenant) as work:
        await work._connection.execute("update appointments set status = 'cancelled' where id = $1", booked.id)
        await work.commit()

    assert await clinic.read_on() == "mended"

    assert await clinic.there() == []


async def test_a_calendar_that_is_away_is_read_again_later(clinic: Clinic) -> None:
    await clinic.calcom.fault("status", "list")

    assert await clinic.read_on() == "away"
    row = await clinic.pool.fetchrow(
        "select state, failures from public.jobs where tenant_id = $1 and actor = 'agenda.reconcile'", clinic.tenant
    )
    assert (row["state"], row["failures"]) == ("pending", 0)

    await clinic.calcom.heal()


async def test_a_lost_answer_ends_in_one_booking_at_both_ends(clinic: Clinic) -> None:
    await clinic.calcom.fault("lost_answer", "book", count=1)

    pending = await clinic.book(at(9))
    assert pending.status is Status.PENDING
    settled = await clinic.agenda.settle._settle(clinic.tenant, pending.id, again=True, late=True)

    assert settled.status is Status.BOOKED
    assert await clinic.there() == [(settled.ref, at(9))]
    assert await clinic.read_on() == "agreed"


async def test_a_slot_that_a_stranger_took_over_there_a_moment_ago_is_refused_and_nothing_stays(clinic: Clinic) -> None:
    await clinic.calcom.do("book", eventTypeId=clinic.kind.id, start=at(9).isoformat(), attendee=PHONE)

    with pytest.raises(Refused):
        await clinic.book(at(9))

    assert await clinic.places() == []
    await clinic.read_on()
    assert await clinic.places() == [at(9)]


async def test_looks_back_far_enough_to_know_what_was_there_before_us(clinic: Clinic) -> None:
    await clinic.calcom.do("book", eventTypeId=clinic.kind.id, start=at(9).isoformat(), attendee=PHONE)
    await clinic.go_to(clinic.time[0] + timedelta(hours=3))

    await clinic.read_on()

    assert await clinic.places() == [at(9)]


async def test_webhooks_are_known_again_for_a_month_and_then_forgotten(clinic: Clinic) -> None:
    async with clinic.open_work(clinic.tenant) as work:
        for key, days in (("old", 31), ("new", 29)):
            await work.calendar.keep_event(key, "BOOKING_CREATED", None)
            await work._connection.execute(
                "update calendar_events set received_at = $2 where key = $1", key, clinic.time[0] - timedelta(days=days)
            )
        await work.commit()

    await clinic.read_on()

    async with clinic.open_work(clinic.tenant) as work:
        rows = await work._connection.fetch("select key from calendar_events")
        known_again = await work.calendar.keep_event("new", "BOOKING_CREATED", None)
    assert [row["key"] for row in rows] == ["new"]
    assert not known_again
