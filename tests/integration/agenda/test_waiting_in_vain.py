"""Nobody is put on the waiting list for what cannot come, and what is free already is offered at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from application.agenda.booking import NotOffered
from domain.agenda.people import DoesNotDoThat, Professional, Service, ServiceNotFound
from domain.agenda.rules import Rules, TooFarAhead
from domain.agenda.slot import Slot
from domain.agenda.waiting import Wait
from tests.builders.agenda import WEEKDAYS, Practice, at
from tests.builders.unasked import Days
from tests.builders.waiting import standing


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


async def put_on(days: Days, wait: Wait) -> Wait:
    return await days.practice.agenda.waiting.add(days.practice.tenant, wait, "user:x")


async def a_wait(days: Days, starts: datetime, ends: datetime) -> Wait:
    return Wait(await days.client("Ana"), days.practice.visit, Slot(starts, ends), days.practice.doctor)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (at(8, days=6), at(18, days=6)),
        (at(19, days=7), at(22, days=7)),
        (at(12, days=7), at(13, days=7)),
        (at(9, days=7), at(9, 10, days=7)),
    ],
    ids=["a Sunday", "after hours", "lunch", "too short for it"],
)
async def test_nobody_waits_for_what_is_never_open(days: Days, starts: datetime, ends: datetime):
    with pytest.raises(NotOffered):
        await put_on(days, await a_wait(days, starts, ends))

    assert await standing(days) == {}


async def test_nobody_waits_for_what_begins_too_soon_to_be_booked(days: Days):
    practice = days.practice
    await practice.agenda.set_up.set_rules(practice.tenant, Rules(lead=timedelta(days=1)), "user:x")

    with pytest.raises(NotOffered):
        await put_on(days, await a_wait(days, at(9), at(18)))
    await put_on(days, await a_wait(days, at(9), at(18, days=1)))


async def test_nobody_waits_for_longer_than_a_year(days: Days):
    with pytest.raises(TooFarAhead):
        await put_on(days, await a_wait(days, at(9, days=366), at(12, days=366)))


async def test_what_the_agenda_is_not_open_for_yet_may_be_waited_for(days: Days):
    await put_on(days, await a_wait(days, at(9, days=140), at(12, days=140)))

    assert await standing(days) == {"Ana": "waiting"}


async def test_nobody_waits_for_who_does_not_do_it_or_is_gone_or_for_what_is_no_longer_offered(days: Days):
    practice, set_up = days.practice, days.practice.agenda.set_up
    wait = await a_wait(days, at(9, days=7), at(12, days=7))
    other = await practice.professional("Rui")
    [visit] = await set_up.services(practice.tenant)
    await set_up.put_service(practice.tenant, replace(visit, professionals=frozenset({practice.doctor})), "user:x")
    with pytest.raises(DoesNotDoThat):
        await put_on(days, replace(wait, professional=other))
    gone = Professional("Dra. Marina", WEEKDAYS, active=False, id=practice.doctor)
    await set_up.put_professional(practice.tenant, gone, "user:x")
    with pytest.raises(DoesNotDoThat):
        await put_on(days, wait)
    await set_up.put_service(practice.tenant, Service("Consulta", 30, active=False, id=visit.id), "user:x")
    with pytest.raises(ServiceNotFound):
        await put_on(days, replace(wait, professional=None))

    assert await standing(days) == {}


async def test_what_is_free_already_is_offered_at_once(days: Days):
    days.practice.go_to(at(10))
    wait = await put_on(days, await a_wait(days, at(9, days=7), at(12, days=7)))

    await days.run_due()

    assert await standing(days) == {"Ana": "offered"}
    assert len(await days.told(wait.contact)) == 1


async def test_longer_hours_are_offered_to_who_waits(days: Days):
    """They wait for half past five, which is booked; then somebody else begins to attend, and ten minutes go by unchanged."""
    practice = days.practice
    practice.go_to(at(10))
    await practice.book(at(17, 30, days=7))
    wait = replace(await a_wait(days, at(17, 30, days=7), at(18, days=7)), professional=None)
    await put_on(days, wait)
    await days.run_due()
    assert await standing(days) == {"Ana": "waiting"}

    await practice.professional("Rui")
    await days.pass_to(practice.now + timedelta(minutes=9))
    assert await standing(days) == {"Ana": "waiting"}
    await days.pass_to(practice.now + timedelta(minutes=2))

    assert await standing(days) == {"Ana": "offered"}
