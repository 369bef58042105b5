"""What the desk reads of an appointment's reminders, and whether one more could be said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import pytest

from application.reminders.read_reminders import Outlook, ReadReminders
from application.reminders.remind_now import RemindNow, WhyNot
from domain.agenda.appointment import Appointment
from domain.shared.ids import ConnectionId, TenantId
from tests.builders.agenda import DESK, Practice, at
from tests.builders.unasked import Days


@dataclass
class Switches:
    off: set[ConnectionId] = field(default_factory=set)

    async def switched_off(self, tenant: TenantId) -> Collection[ConnectionId]:
        return self.off


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


async def outlook(days: Days, one: Appointment, off: set[ConnectionId] | None = None) -> Outlook:
    practice = days.practice
    read = ReadReminders(practice.open_work, practice.agenda.zones, Switches(off or set()), lambda: practice.now)
    return await read(practice.tenant, one.id)


async def test_what_was_said_stands_with_its_words_before_what_is_planned_is_due(days: Days):
    one = await days.practice.book(at(14, days=7), await days.client())
    remind = RemindNow(days.practice.open_work, days.practice.agenda.zones, lambda: days.practice.now)
    await remind(days.practice.tenant, one.id, DESK, anyway=True)
    await days.run_due()

    found = (await outlook(days, one)).reminders

    assert [str(each.kind) for each in found] == ["1h", "24h", "72h", "manual"]
    assert [str(each.state) for each in found] == ["planned", "planned", "planned", "sent"]
    said = found[-1].message
    assert said is not None
    assert [said.text] == await days.told(one.contact)


async def test_it_is_known_beforehand_why_nobody_can_be_reminded(days: Days):
    known, stranger = await days.client(), await days.practice.client("Bia")
    fine = await days.practice.book(at(14, days=7), known)
    silent = await days.practice.book(at(15, days=7), stranger)
    nameless = await days.practice.book(at(16, days=7), await days.client())
    schema = f"tenant_{days.practice.tenant}"
    await days.practice.pool.execute(f"delete from {schema}.conversations where contact_id = $1", nameless.contact)
    await days.practice.pool.execute(f"update {schema}.contacts set phone = null where id = $1", nameless.contact)

    assert (await outlook(days, fine)).why_not is None
    assert (await outlook(days, silent)).why_not is None
    assert (await outlook(days, nameless)).why_not is WhyNot.NO_WAY
    assert (await outlook(days, fine, {ConnectionId("a" * 22)})).line_off
    assert not (await outlook(days, silent, {ConnectionId("a" * 22)})).line_off
    days.practice.go_to(at(14, days=7))
    assert (await outlook(days, fine)).why_not is WhyNot.OVER


async def test_at_night_it_is_told_until_when_people_sleep(days: Days):
    one = await days.practice.book(at(14, days=7), await days.client())

    days.practice.go_to(at(22))
    assert (await outlook(days, one)).quiet_until == at(8, days=1)
    days.practice.go_to(at(9, days=1))
    assert (await outlook(days, one)).quiet_until is None
