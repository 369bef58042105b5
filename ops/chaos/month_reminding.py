"""Which reminders the month owed, counted from the product's own promise and not from its code: 72, 24 and 1 hour before, never
at night, not right after the booking; each said once, or left out for a reason that is written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from ops.chaos.month_claims import SAO_PAULO, WHEN, claims_in
from ops.chaos.month_days import STEP
from ops.chaos.month_facts import STANDING, Calendar, Facts
from ops.chaos.month_oracle import Findings
from ops.chaos.month_reasons import DAY_BEGINS, LAST_WORD, LEAST, NIGHT_BEGINS, Owed, is_true

HOURS: Final = {"72h": (72.0, 24.0), "24h": (24.0, 4.0), "1h": (1.0, 1.0)}
"""How long before, and how long after the booking at the least."""


def judge_reminders(facts: Facts, calendar: Calendar, end: datetime, findings: Findings) -> None:
    kept = {(row["appointment_id"], row["kind"], row["starts"]): row for row in facts.rows["reminders"]}
    owed = {(each.appointment, each.kind, each.starts): each for each in _owed(facts, calendar)}
    where = facts.clinic.line
    for key, each in owed.items():
        row = kept.get(key)
        if each.due > min(each.until, end) - STEP:
            continue
        if row is None or row["state"] == "planned":
            findings.reminders_unexplained.append(f"{where}: {each} was owed, and is {row and row['state']}")
        elif row["state"] == "dropped" and not is_true(facts, each, row):
            findings.reminders_unexplained.append(f"{where}: {each} was left out: {row['why']!r}")
    for key, row in kept.items():
        if row["state"] == "sent" and key not in owed:
            findings.reminders_unexplained.append(f"{where}: nobody owed {dict(row)}")
    _told_once(facts, calendar, findings)


def _owed(facts: Facts, calendar: Calendar) -> Iterator[Owed]:
    for id, log in facts.log.items():
        for place, change in enumerate(log):
            if change.action not in ("appointment.booked", "appointment.moved"):
                continue
            ends = (each for each in log[place + 1 :] if each.status not in STANDING or each.starts != change.starts)
            over = next(ends, None)
            until = change.starts if over is None else min(change.starts, calendar.months_time(over.at))
            since = calendar.months_time(change.at)
            for kind, (before, after) in HOURS.items():
                due = _due(change.starts, before, LEAST[kind])
                if due >= since + timedelta(hours=after):
                    yield Owed(id, kind, change.starts, due, until, over)


def _due(starts: datetime, before: float, least: timedelta) -> datetime:
    """The hour it is due, or the morning after it, or else the evening before."""
    wished = (starts - timedelta(hours=before)).astimezone(SAO_PAULO)
    if DAY_BEGINS <= wished.time() < NIGHT_BEGINS:
        return wished
    late = wished.time() >= NIGHT_BEGINS
    morning = datetime.combine(wished.date() + timedelta(days=late), DAY_BEGINS, SAO_PAULO)
    if morning <= starts - least:
        return morning
    return datetime.combine(wished.date() - timedelta(days=not late), LAST_WORD, SAO_PAULO)


def _told_once(facts: Facts, calendar: Calendar, findings: Findings) -> None:
    """As many texts about a time on a telephone as reminders of it are written down as sent."""
    people = {row["id"]: row["phone"].lstrip("+") for row in facts.rows["appointments"]}
    sent = Counter(
        (people[row["appointment_id"]], row["starts"]) for row in facts.rows["reminders"] if row["state"] == "sent"
    )
    told: Counter[tuple[str, datetime]] = Counter()
    for one in facts.arrived:
        if "Passando para lembrar" in one.text and WHEN.search(one.text):
            now = calendar.months_time(datetime.fromtimestamp(one.at, SAO_PAULO))
            claim = next(claims_in(one.text, now))
            if claim.when is not None:
                told[one.contact, claim.when] += 1
    for (phone, when), count in (told - sent).items():
        findings.reminders_doubled.append(f"{facts.clinic.line} {phone}: {count} too many of {when}")
    for (phone, when), count in (sent - told).items():
        findings.reminders_unexplained.append(f"{facts.clinic.line} {phone}: {count} of {when} never arrived")
