"""When somebody is reminded of an appointment, and when a reminder makes no sense any more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from domain.reminders.quiet_hours import QuietHours


class Kind(StrEnum):
    THREE_DAYS = "72h"
    DAY = "24h"
    HOUR = "1h"
    MANUAL = "manual"
    """Somebody of the company asked for it now."""


@dataclass(frozen=True, slots=True)
class Lead:
    """`before`: so long before it begins. `settled`: not sooner after it was booked, or it repeats what was just said.
    `least`: nearer to the beginning it comes too late to be of use.
    """

    before: timedelta
    settled: timedelta
    least: timedelta


LEADS: Final[Mapping[Kind, Lead]] = {
    Kind.THREE_DAYS: Lead(timedelta(hours=72), settled=timedelta(hours=24), least=timedelta(hours=30)),
    Kind.DAY: Lead(timedelta(hours=24), settled=timedelta(hours=4), least=timedelta(hours=3)),
    Kind.HOUR: Lead(timedelta(hours=1), settled=timedelta(hours=1), least=timedelta(minutes=10)),
    Kind.MANUAL: Lead(timedelta(0), settled=timedelta(0), least=timedelta(0)),
}
"""Hours that pass, not hours on the wall: 24 h before nine is eight or ten where the clocks change in between."""

CADENCE: Final = frozenset({Kind.THREE_DAYS, Kind.DAY, Kind.HOUR})


@dataclass(frozen=True, slots=True)
class Planned:
    kind: Kind
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Send:
    """Now is the time."""


@dataclass(frozen=True, slots=True)
class Wait:
    """It fell into the quiet hours, and is still of use after them."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Drop:
    """`why` is one fixed word."""

    why: str


def plan(
    starts: datetime, *, since: datetime, zone: ZoneInfo, quiet: QuietHours, kinds: Collection[Kind] = CADENCE
) -> tuple[Planned, ...]:
    """The reminders that make sense for who booked, or moved, at `since`; the earliest first, each kind once.

    A time in the quiet hours waits for the morning, or, where that is too late, comes the evening before.
    """
    found = (Planned(kind, _due(starts, LEADS[kind], zone, quiet)) for kind in kinds if kind in CADENCE)
    sensible = (each for each in found if each.due_at >= since + LEADS[each.kind].settled)
    return tuple(sorted(sensible, key=lambda each: each.due_at))


def _due(starts: datetime, lead: Lead, zone: ZoneInfo, quiet: QuietHours) -> datetime:
    wished = starts - lead.before
    morning = quiet.over(wished, zone)
    return morning if morning <= starts - lead.least else quiet.evening_before(wished, zone)


def fate(kind: Kind, starts: datetime, *, now: datetime, zone: ZoneInfo, quiet: QuietHours) -> Send | Wait | Drop:
    """Of a reminder whose time has come, perhaps long ago: machines stand still, people sleep.

    What somebody of the company asks for by hand is said at any hour.
    """
    last = starts - LEADS[kind].least
    if now > last or now >= starts:
        return Drop("too_late")
    if kind is Kind.MANUAL:
        return Send()
    morning = quiet.over(now, zone)
    if morning == now:
        return Send()
    return Wait(morning) if morning <= last else Drop("quiet")
