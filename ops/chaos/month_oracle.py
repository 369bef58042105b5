"""Judges the month: what was told, what the ledger holds and what the calendars hold must be one and the same.

It knows no rule's code. Each finding is one line that a person can look up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any, Final

from ops.chaos.month_claims import Claim, Kind, claims_in
from ops.chaos.month_facts import STANDING, Calendar, Change, Facts

WORDED: Final = timedelta(seconds=6)
"""By the real clock, from the look at the ledger to the text that is kept: what was so in between may be told."""

HELD_BY: Final = {
    Kind.STANDS: STANDING,
    Kind.CONFIRMED: frozenset({"confirmed"}),
    Kind.CANCELLED: frozenset({"cancelled"}),
    Kind.MISSED: frozenset({"missed"}),
}
MARK: Final = "secretaria"


@dataclass(slots=True)
class Findings:
    """By kind; nothing found is what we want."""

    false_claims: list[str] = field(default_factory=list)
    double_bookings: list[str] = field(default_factory=list)
    disagreements: list[str] = field(default_factory=list)
    reminders_doubled: list[str] = field(default_factory=list)
    reminders_unexplained: list[str] = field(default_factory=list)
    offered_to_two: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    knocks_unheard: list[str] = field(default_factory=list)

    def all(self) -> dict[str, list[str]]:
        return {name.replace("_", " "): getattr(self, name) for name in self.__slots__}


def judge_texts(facts: Facts, calendar: Calendar, findings: Findings) -> None:
    by_phone: dict[str, list[int]] = {}
    for row in facts.rows["appointments"]:
        by_phone.setdefault(row["phone"], []).append(row["id"])
    for text in facts.rows["outgoing"]:
        now = calendar.months_time(text["created_at"])
        for claim in claims_in(text["text"], now):
            if not _holds(facts, by_phone.get(text["phone"], []), claim, text["created_at"], now):
                findings.false_claims.append(
                    f"{facts.clinic.line} {text['phone']} at {now:%d/%m %H:%M}: {claim.words!r}"
                )


def _holds(facts: Facts, theirs: Sequence[int], claim: Claim, said_at: datetime, now: datetime) -> bool:
    since = said_at - WORDED
    if claim.kind is Kind.FREE:
        return claim.when is None or _free(facts, theirs, claim, since, said_at)
    states = [each for id in theirs for each in facts.states_between(id, since, said_at)]
    if claim.kind is Kind.NOTHING:
        return not any(_stood_all_along(facts, id, since, said_at, now) for id in theirs)
    held = HELD_BY[claim.kind]
    return any(each.status in held and claim.when in (None, each.starts) for each in states)


def _stood_all_along(facts: Facts, id: int, since: datetime, until: datetime, now: datetime) -> bool:
    states = facts.states_between(id, since, until)
    known = bool(states) and states[0].at <= since
    return known and all(each.status in STANDING and each.starts > now for each in states)


def _free(facts: Facts, theirs: Sequence[int], claim: Claim, since: datetime, until: datetime) -> bool:
    """Whether somebody who may be meant was not taken all along; whoever is named is meant."""
    named = {id for who, id in facts.clinic.professionals.items() if who.replace(".", "") in claim.words}
    taken = {
        states[0].professional
        for row in facts.rows["appointments"]
        if (states := facts.states_between(row["id"], since, until))
        and states[0].at <= since
        and len({each.professional for each in states}) == 1
        and all(each.status in STANDING and _takes(row, each, claim, own=row["id"] in theirs) for each in states)
    }
    return not taken >= (named or set(facts.clinic.professionals.values()))


def _takes(row: Mapping[str, Any], state: Change, claim: Claim, *, own: bool) -> bool:
    """What somebody moves is in nobody's way, but the time they have is no other time."""
    if claim.when is None or own:
        return claim.when == state.starts
    return bool(state.starts <= claim.when < state.starts + (row["ends"] - row["starts"]))


def judge_places(facts: Facts, findings: Findings) -> None:
    """Two whose times overlap stood at no moment together, the pause after a service included."""
    stays = [stay for row in facts.rows["appointments"] for stay in _stays(facts, row)]
    for one, other in combinations(sorted(stays, key=lambda stay: (stay.professional, stay.starts)), 2):
        if one.professional != other.professional or other.starts >= one.ends:
            continue
        if one.appointment != other.appointment and one.since < other.until and other.since < one.until:
            findings.double_bookings.append(f"{facts.clinic.line}: {one} and {other}")


@dataclass(frozen=True, slots=True)
class Stay:
    """A time somebody's appointment took, and for how long it did (by the real clock)."""

    appointment: int
    professional: int
    starts: datetime
    ends: datetime
    since: datetime
    until: datetime


def _stays(facts: Facts, row: Mapping[str, Any]) -> Iterator[Stay]:
    log = facts.log.get(row["id"], ())
    before, after = timedelta(minutes=row["before_minutes"]), timedelta(minutes=row["after_minutes"])
    length = row["ends"] - row["starts"]
    for place, change in enumerate(log):
        if change.status == "cancelled":
            continue
        until = log[place + 1].at if place + 1 < len(log) else datetime.max.replace(tzinfo=change.at.tzinfo)
        starts, ends = change.starts - before, change.starts + length + after
        yield Stay(row["id"], change.professional, starts, ends, change.at, until)


def judge_ledger(facts: Facts, findings: Findings) -> None:
    """Each row is what its moves made of it, and nothing is left half done."""
    for row in facts.rows["appointments"]:
        log = facts.log.get(row["id"], ())
        is_now = (row["status"], row["starts"], row["professional_id"])
        last = (log[-1].status, log[-1].starts, log[-1].professional) if log else ("pending", *is_now[1:])
        where = f"{facts.clinic.line}: appointment {row['id']}"
        if last != is_now:
            findings.disagreements.append(f"{where} is {is_now}, its moves say {last}")
        if row["status"] == "pending" or row["owed"] is not None or row["moving_starts"] is not None:
            findings.disagreements.append(f"{where} was never settled: {row['status']}, owed {row['owed']}")
    findings.disagreements += [f"{facts.clinic.line}: dead {dict(each)}" for each in facts.dead]
    findings.unanswered += [f"{facts.clinic.line} {each['phone']}: {each['text']!r}" for each in facts.rows["waiting"]]


def judge_calendar(facts: Facts, findings: Findings) -> None:
    ours = {
        (row["id"], row["starts"], row["status"] == "missed")
        for row in facts.rows["appointments"]
        if row["status"] not in ("cancelled", "pending")
    }
    theirs = set(_at_calcom(facts) if facts.clinic.account is not None else _built_in(facts))
    for name, only in (("only in the ledger", ours - theirs), ("only in the calendar", theirs - ours)):
        findings.disagreements += [f"{facts.clinic.line}: {name}: {each}" for each in sorted(only)]
    if facts.clinic.account is not None and len(theirs) != sum(one.holds_its_time for one in facts.bookings):
        findings.disagreements.append(f"{facts.clinic.line}: something is booked twice over there")


def _built_in(facts: Facts) -> Iterator[tuple[int, datetime, bool]]:
    for row in facts.rows["entries"]:
        if row["state"] != "cancelled":
            yield row["appointment_id"], row["starts"], row["state"] == "missed"


def _at_calcom(facts: Facts) -> Iterator[tuple[int, datetime, bool]]:
    for one in facts.bookings:
        if one.holds_its_time:
            yield int(one.metadata[MARK].rpartition(".")[2]), one.start, one.attendee.absent


def judge_telephones(facts: Facts, findings: Findings) -> None:
    """What is written down as sent arrived once, and nothing else arrived."""
    sent = Counter(
        (row["phone"].lstrip("+"), _plain(row["text"])) for row in facts.rows["outgoing"] if row["state"] == "sent"
    )
    arrived = Counter((one.contact, _plain(one.text)) for one in facts.arrived)
    for (phone, text), count in ((sent - arrived) + (arrived - sent)).items():
        findings.disagreements.append(f"{facts.clinic.line} {phone}: {count} more or less of {text[:80]!r}")
    for row in facts.rows["outgoing"]:
        if row["state"] != "sent":
            findings.disagreements.append(f"{facts.clinic.line} {row['phone']}: {row['state']}: {row['text'][:80]!r}")


def _plain(text: str) -> str:
    return " ".join(text.replace("\u200e", "").split())


def judge_offers(facts: Facts, findings: Findings) -> None:
    """One place is held for one person at a time."""
    rows = facts.rows["offers"]
    for one, other in combinations(rows, 2):
        if one["professional_id"] != other["professional_id"] or not _overlap(one, other, "starts", "ends"):
            continue
        if one["asked_at"] is None or other["asked_at"] is None:
            findings.offered_to_two.append(f"{facts.clinic.line}: an offer nobody was told of: {one} {other}")
        elif _over(one) > other["asked_at"] and _over(other) > one["asked_at"]:
            findings.offered_to_two.append(f"{facts.clinic.line}: {dict(one)} and {dict(other)}")


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any], first: str, last: str) -> bool:
    return bool(one[first] < other[last] and other[first] < one[last])


def _over(offer: Mapping[str, Any]) -> datetime:
    """When it was no longer held: answered, or lapsed."""
    until: datetime = offer["until"]
    return min(until, offer["closed_at"] or until)
