"""Pages of the agenda that stay open: one cheap statement tells whether anything they show is different."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.postgres.pool import connected
from application.agenda.feel_agenda import FeelAgenda
from tests.builders.agenda import Practice, at

APPOINTMENT = (
    "insert into appointments (contact_id, professional_id, service_id, starts, ends, status) select contact_id,"
    " professional_id, service_id, starts + interval '3 hours', ends + interval '3 hours', status from appointments"
)
NEWS = {
    "an appointment": APPOINTMENT,
    "an appointment that goes": "delete from appointments where id = (select id from appointments order by starts desc limit 1)",
    "how one stands": "update appointments set status = 'confirmed'",
    "another hour": "update appointments set starts = starts + interval '1 hour', ends = ends + interval '1 hour'",
    "somebody's hours": "update professionals set hours = '[[], [], [], [], [], [], []]'",
    "somebody new": "insert into professionals (name) values ('Dr. Caio')",
    "a service's name": "update services set name = 'Retorno'",
    "a day off": "insert into days_off (first, last) values ('2026-11-25', '2026-11-25')",
    "the rules": "update agenda_rules set lead_minutes = 5",
}
ELSEWHERE = {
    "a new contact": "insert into contacts (phone, name) values ('+5511900000001', 'Caio')",
    "long ago": "update appointments set reason = 'x' where starts < '2026-10-01'",
}


@pytest.fixture
def feel(practice: Practice) -> FeelAgenda:
    return FeelAgenda(practice.open_work, lambda: practice.now)


@pytest.mark.parametrize("news", [*NEWS, *ELSEWHERE])
async def test_whatever_the_agenda_shows_changes_its_pulse_and_nothing_else_does(
    practice: Practice, feel: FeelAgenda, news: str
):
    await practice.book(at(9))
    await practice.book(at(10))
    await run(practice, APPOINTMENT.replace("'3 hours'", "'-70 days'"))
    before = await feel(practice.tenant)
    assert before == await feel(practice.tenant)

    await run(practice, (NEWS | ELSEWHERE)[news])

    assert (await feel(practice.tenant) != before) is (news in NEWS)


async def test_what_was_begun_first_and_kept_last_is_felt_too(practice: Practice, feel: FeelAgenda):
    """A transaction's number tells when it began to write, not when others can see it."""
    first, second = await practice.book(at(9)), await practice.book(at(10))
    confirm = "update appointments set status = 'confirmed' where id = $1"
    async with connected(practice.pool) as slow, connected(practice.pool) as quick:
        for each in (slow, quick):
            await each.execute(f"set search_path to tenant_{practice.tenant}")
        async with slow.transaction():
            await slow.execute(confirm, first.id)
            await quick.execute(confirm, second.id)
            between = await feel(practice.tenant)
        assert await feel(practice.tenant) != between


async def test_time_alone_is_not_felt(practice: Practice, feel: FeelAgenda):
    await practice.book(at(9))
    before = await feel(practice.tenant)

    practice.go_to(practice.now + timedelta(hours=5))

    assert await feel(practice.tenant) == before


async def run(practice: Practice, statement: str) -> None:
    async with connected(practice.pool) as connection, connection.transaction():
        await connection.execute(f"set local search_path to tenant_{practice.tenant}")
        await connection.execute(statement)
