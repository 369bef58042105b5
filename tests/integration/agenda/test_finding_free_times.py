"""Free times over real rows: hours, days off, holidays, several professionals, and tokens that belong to one contact."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from application.agenda.look import Wanted
from application.agenda.slot_tokens import BadSlotToken, SlotTokenExpired
from domain.agenda.opening_hours import DayOff
from domain.agenda.rules import Rules
from domain.agenda.slot import Slot
from domain.assistant.attendance import Span
from tests.builders.agenda import DESK, Practice, at

HALF_HOUR = timedelta(minutes=30)


async def test_a_day_is_offered_in_beats_within_the_hours(practice: Practice):
    free = await practice.free(day=1)

    assert free[:2] == [at(8, days=1), at(8, 15, days=1)]
    assert at(11, 30, days=1) in free
    assert at(11, 45, days=1) not in free
    assert free[-1] == at(17, 30, days=1)
    assert len(free) == 15 + 19


async def test_today_begins_after_the_lead(practice: Practice):
    practice.go_to(at(9, 1))

    assert (await practice.free())[0] == at(10, 15)


async def test_days_off_take_a_day_an_afternoon_or_only_one_persons_time(practice: Practice):
    desk, tuesday = practice.agenda.set_up, date(2026, 11, 24)
    other = await practice.professional("Dr. Paulo")
    await desk.add_day_off(
        practice.tenant, DayOff(tuesday, tuesday, "Dentista", practice.doctor, Span(720, 1440)), "user:x"
    )
    await desk.add_day_off(
        practice.tenant, DayOff(date(2020, 11, 25), date(2020, 11, 25), "Cidade", yearly=True), "u:x"
    )

    assert max(await practice.free(day=1)) == at(11, 30, days=1)
    assert await practice.free(day=2) == []
    practice.doctor = other
    assert max(await practice.free(day=1)) == at(17, 30, days=1)


async def test_holidays_are_kept_unless_the_company_attends_on_them(practice: Practice):
    christmas = 32
    assert await practice.free(day=christmas) == []

    await practice.agenda.set_up.set_rules(practice.tenant, Rules(closed_on_holidays=False), "user:x")

    assert await practice.free(day=christmas) != []


async def test_a_states_holiday_is_kept_where_it_is_kept(practice: Practice):
    ninth_of_july = 228  # 2027, a Friday; São Paulo alone keeps it
    rules = Rules(ahead=timedelta(days=365))
    await practice.agenda.set_up.set_rules(practice.tenant, rules, "user:x")
    assert await practice.free(day=ninth_of_july) != []

    await practice.agenda.set_up.set_rules(practice.tenant, Rules(ahead=rules.ahead, state="SP"), "user:x")

    assert await practice.free(day=ninth_of_july) == []


async def test_whoever_does_it_is_offered_and_the_earliest_comes_first(practice: Practice):
    other = await practice.professional("Dr. Paulo")
    await practice.book(at(8))
    wanted = Wanted(practice.visit, Slot(at(8), at(9)), limit=3)

    offers = await practice.agenda.find_slots(practice.tenant, wanted)

    assert [(each.free.professional, each.free.slot.starts) for each in offers] == [
        (other, at(8)),
        (other, at(8, 15)),
        (practice.doctor, at(8, 30)),
    ]
    assert [each.token for each in offers] == [None] * 3


async def test_the_time_of_what_is_moved_is_offered_again(practice: Practice):
    appointment = await practice.book(at(9))
    wanted = Wanted(practice.visit, Slot(at(9), at(9, 30)), practice.doctor, moved=appointment.id)

    offers = await practice.agenda.find_slots(practice.tenant, wanted)

    assert [each.free.slot for each in offers] == [appointment.slot]


async def test_a_token_books_for_whom_it_was_issued_and_for_nobody_else(practice: Practice):
    ana, bia = await practice.client("Ana"), await practice.client("Bia")
    wanted = Wanted(practice.visit, Slot(at(9), at(10)), contact=ana)
    offer = (await practice.agenda.find_slots(practice.tenant, wanted))[0]
    assert offer.token is not None

    with pytest.raises(BadSlotToken):
        await practice.agenda.tokens.read(practice.tenant, offer.token, bia)
    booking = await practice.agenda.tokens.read(practice.tenant, offer.token, ana)
    booked = await practice.agenda.book(practice.tenant, booking, DESK)

    assert (booked.contact, booked.slot) == (ana, offer.free.slot)


async def test_a_token_grows_old(practice: Practice):
    ana = await practice.client("Ana")
    wanted = Wanted(practice.visit, Slot(at(12), at(14)), contact=ana)
    token = (await practice.agenda.find_slots(practice.tenant, wanted))[0].token
    practice.go_to(at(7, 30))

    with pytest.raises(SlotTokenExpired):
        await practice.agenda.tokens.read(practice.tenant, token or "", ana)


async def test_looking_far_ahead_finds_what_looking_day_by_day_finds(practice: Practice):
    practice.go_to(at(9) + timedelta(milliseconds=500))
    window = Slot(practice.now, practice.now + timedelta(days=12))

    at_once = await practice.agenda.find_slots(practice.tenant, Wanted(practice.visit, window, limit=10_000))
    by_day = [start for day in range(13) for start in await practice.free(day=day)]

    assert [each.free.slot.starts for each in at_once] == [start for start in by_day if start < window.ends - HALF_HOUR]
    assert at(9, days=3) in by_day
