"""`python -m ops.chaos.run --month`: a month of twenty clinics and a thousand customers in half an hour, faults included.

At its end the ledger, the calendars and every text that arrived on a telephone agree, or it says where they do not.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from ops.chaos.month_days import SAO_PAULO, Days
from ops.chaos.month_facts import Calendar, Facts, gathered
from ops.chaos.month_faults import Faults, thrown
from ops.chaos.month_ground import Ground, month_ground
from ops.chaos.month_knocks import counted, judge_knocks, knocks
from ops.chaos.month_oracle import (
    Findings,
    judge_calendar,
    judge_ledger,
    judge_offers,
    judge_places,
    judge_telephones,
    judge_texts,
)
from ops.chaos.month_people import LIE, Customer
from ops.chaos.month_plans import Plans
from ops.chaos.month_reception import Reception
from ops.chaos.month_reminding import judge_reminders
from ops.load.servers import Servers

FIRST_DAY: Final = datetime(2031, 4, 1, tzinfo=SAO_PAULO)
"""Easter and a holiday of the nation's lie in it."""

AFTERMATH: Final = timedelta(days=2)
"""The last appointments are reminded of, and whoever came is asked how it was."""

LIED: Final = "Prontinho! Sua limpeza está marcada para amanhã às 15h. Está confirmado!"
SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class MonthOrder:
    """`elsewhere`: clinics with a calendar at Cal.com. `days` by the calendar."""

    seed: int
    tenants: int = 20
    contacts: int = 50
    days: int = 30
    elsewhere: int = 4
    faults: bool = True


@dataclass(frozen=True, slots=True)
class MonthVerdict:
    order: MonthOrder
    counts: dict[str, int]
    findings: Findings
    seconds: float
    struck: Counter[str] = field(default_factory=Counter)

    @property
    def clean(self) -> bool:
        return not any(self.findings.all().values())


async def live_through(order: MonthOrder, servers: Servers, say: Callable[[str], None]) -> MonthVerdict:
    begun = time.monotonic()
    async with month_ground(servers, tenants=order.tenants, elsewhere=order.elsewhere) as ground:
        say(
            f"month    {order.tenants} clinics with {order.contacts} customers each, after {time.monotonic() - begun:.0f} s"
        )
        await ground.gemini.when(LIE, {"text": LIED})
        await ground.leap_to(FIRST_DAY.astimezone(UTC))
        await ground.hear_calendars()
        people = _people(order, ground)
        plans = Plans()
        for customer in people.values():
            plans.throw(customer, FIRST_DAY.astimezone(UTC), order.days)
        reception = Reception(
            ground, {one.line: one for one in ground.clinics}, people, random.Random(f"reception {order.seed}")
        )
        blows = thrown(order.seed, FIRST_DAY.astimezone(UTC), order.days) if order.faults else []
        faults = Faults(ground, blows, random.Random(f"blows {order.seed}"))
        days = Days(ground, people, plans, (faults.each_step, reception.each_step), reception.hears)
        await _live(order, days, say)
        end = ground.tide()
        facts = [await gathered(ground, clinic, days.heard) for clinic in ground.clinics]
        findings = _judged(facts, Calendar(ground.leaps), end)
        told = await knocks(ground.calcom)
        judge_knocks(told, facts, findings)
        by_hand = {"refused to the reception": sum(reception.refused.values()), "called off past us": reception.past_us}
        counts = _counted(order, days, facts) | by_hand | counted(told)
        struck = Counter(str(blow.fault) for blow in faults.struck)
    return MonthVerdict(order, counts, findings, time.monotonic() - begun, struck)


async def _live(order: MonthOrder, days: Days, say: Callable[[str], None]) -> None:
    watching = asyncio.ensure_future(days.ground.supervisor.watch())
    try:
        for day in range(order.days):
            begun = time.monotonic()
            await days.pass_to((FIRST_DAY + timedelta(days=day + 1)).astimezone(UTC))
            say(f"day {day + 1:3}  {days.said} said, {len(days.heard)} heard, {time.monotonic() - begun:.1f} s")
        await days.pass_to((FIRST_DAY + timedelta(days=order.days) + AFTERMATH).astimezone(UTC))
    finally:
        watching.cancel()


def _people(order: MonthOrder, ground: Ground) -> dict[tuple[str, str], Customer]:
    people = {}
    for place, clinic in enumerate(ground.clinics):
        for number in range(order.contacts):
            phone = f"55119{place:03}{number:05}"
            people[clinic.line, phone] = Customer.thrown(f"{order.seed} {clinic.line} {phone}", clinic.line, phone)
    return people


def _judged(facts: Sequence[Facts], calendar: Calendar, end: datetime) -> Findings:
    findings = Findings()
    for each in facts:
        judge_texts(each, calendar, findings)
        judge_places(each, findings)
        judge_ledger(each, findings)
        judge_calendar(each, findings)
        judge_telephones(each, findings)
        judge_offers(each, findings)
        judge_reminders(each, calendar, end, findings)
    return findings


def _counted(order: MonthOrder, days: Days, facts: Sequence[Facts]) -> dict[str, int]:
    """What happened, for people to see that it was a month worth judging."""
    moves = Counter(change.action for each in facts for log in each.log.values() for change in log)
    reminders = Counter(
        f"reminders {row['state']}" + (f", {row['why']}" if row["why"] else "")
        for each in facts
        for row in each.rows["reminders"]
    )
    offers = Counter(f"offers {row['outcome']}" for each in facts for row in each.rows["offers"])
    follow_ups = Counter(f"follow-ups {row['state']}" for each in facts for row in each.rows["follow_ups"])
    return {
        "contacts": order.tenants * order.contacts,
        "messages in": days.said,
        "messages out": len(days.heard),
        "bookings": moves["appointment.booked"],
        "moves": moves["appointment.moved"],
        "confirmations": moves["appointment.confirmed"],
        "cancellations": moves["appointment.cancelled"] + moves["appointment.fell_through"],
        "no-shows": moves["appointment.missed"],
        **dict(sorted(reminders.items())),
        **dict(sorted(offers.items())),
        **dict(sorted(follow_ups.items())),
        "lies held back": sum(len(each.rows["held"]) for each in facts),
        "halts of the clock": days.steps,
    }


def report_month(verdict: MonthVerdict) -> str:
    """Aligned, the findings last; each kind of them with its first cases."""
    found = verdict.findings.all()
    lines = [f"{'month of seed':28}{verdict.order.seed}", f"{'seconds':28}{verdict.seconds:.0f}"]
    lines += [f"{name:28}{count}" for name, count in verdict.counts.items()]
    lines += [f"{'struck: ' + name:28}{count}" for name, count in sorted(verdict.struck.items())]
    lines += [f"{name:28}{len(cases)}" for name, cases in found.items()]
    lines += [f"    {name}: {case}" for name, cases in found.items() for case in cases[:SHOWN]]
    return "\n".join([*lines, "month is clean" if verdict.clean else "MONTH IS NOT CLEAN"]) + "\n"
