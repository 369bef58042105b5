"""Ten professionals and sixty days, half of all hours taken: looking for a time stays a matter of milliseconds."""

from __future__ import annotations

import time
from datetime import timedelta
from statistics import quantiles

from application.agenda.look import Wanted
from domain.agenda.rules import Rules
from domain.agenda.slot import Slot
from tests.builders.agenda import MONDAY_7H, Practice

LOOKS = 60
GENEROUS = 0.25
"""Seconds; what it takes on a quiet machine is in the benchmark, and this one may be shared by a whole test run."""


async def furnish(practice: Practice) -> None:
    for place in range(9):
        await practice.professional(f"Profissional {place}")
    await practice.agenda.set_up.set_rules(
        practice.tenant, Rules(lead=timedelta(0), ahead=timedelta(days=61)), "user:x"
    )
    schema = f"tenant_{practice.tenant}"
    await practice.pool.execute(
        f"insert into {schema}.contacts (phone) values ('+5511900000000');"
        f" insert into {schema}.agenda_places (professional_id, busy, contact_id, held_until)"
        f" select p.id, tstzrange(t, t + interval '30 minutes'), (select min(id) from {schema}.contacts), '2100-01-01'"
        f" from {schema}.professionals p, generate_series('{MONDAY_7H}'::timestamptz + interval '1 hour',"
        f" '{MONDAY_7H}'::timestamptz + interval '60 days', interval '1 hour') t"
        f" where extract(hour from t at time zone 'America/Sao_Paulo') between 8 and 17"
    )


async def test_ten_professionals_and_sixty_days_are_searched_in_milliseconds(practice: Practice):
    await furnish(practice)
    wanted = Wanted(practice.visit, Slot(MONDAY_7H, MONDAY_7H + timedelta(days=60)))

    seconds = []
    for _ in range(LOOKS):
        began = time.perf_counter()
        offers = await practice.agenda.find_slots(practice.tenant, wanted)
        seconds.append(time.perf_counter() - began)

    assert len(offers) == wanted.limit
    assert quantiles(seconds, n=20)[18] < GENEROUS
