"""Which starts are free, by hours, notice, bookings and holds, and how they are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ops.sandbox.calcom import forms
from ops.sandbox.calcom.records import Booking, EventType
from ops.sandbox.calcom.troubles import BAD_RANGE, NestError
from ops.sandbox.calcom.world import World


def told(world: World, kind: EventType, query: Mapping[str, str]) -> dict[str, list[dict[str, str]]]:
    """Days without slots are absent. Raises NestError."""
    start, end = _range(query)
    length = int(query.get("duration") or kind.length)
    asked = query.get("timeZone")
    if asked and forms.zone(asked):
        raise NestError(400, "timeZone must be a valid IANA time-zone")
    days: dict[str, list[dict[str, str]]] = {}
    for at in free(world, kind, start, end, length=length, besides=query.get("bookingUidToReschedule")):
        local = at.astimezone(ZoneInfo(asked) if asked else UTC)
        slot = {"start": _iso(local)}
        if query.get("format") == "range":
            slot["end"] = _iso(local + timedelta(minutes=length))
        days.setdefault(local.date().isoformat(), []).append(slot)
    return days


def free(
    world: World, kind: EventType, start: datetime, end: datetime, *, length: int, besides: str | None = None
) -> Iterator[datetime]:
    step, taken = timedelta(minutes=kind.every or length), timedelta(minutes=length)
    busy = list(world.busy(kind.host, start, end + taken, besides=besides))
    for opens, closes in openings(world, kind, start, end):
        at = opens
        while at + taken <= closes:
            if start <= at < end and not refusal(world, kind, at) and _is_free(world, kind, at, at + taken, busy):
                yield at
            at += step


def openings(world: World, kind: EventType, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    zone = ZoneInfo(world.account(kind.account).zone)
    day = start.astimezone(zone).date()
    while day <= end.astimezone(zone).date():
        for hours in kind.hours:
            if day.isoweekday() in hours.days:
                yield _at(day, hours.opens, zone), _at(day, hours.closes, zone)
        day += timedelta(days=1)


def refusal(world: World, kind: EventType, at: datetime) -> str | None:
    now = world.now()
    if at < now:
        return "past"
    if at < now + timedelta(minutes=kind.notice):
        return "too soon"
    return "too far" if kind.days_ahead and at > now + timedelta(days=kind.days_ahead) else None


def is_open(world: World, kind: EventType, start: datetime, end: datetime) -> bool:
    return any(opens <= start and end <= closes for opens, closes in openings(world, kind, start, end))


def _is_free(world: World, kind: EventType, start: datetime, end: datetime, busy: Sequence[Booking]) -> bool:
    taken = any(one.start < end and one.end > start for one in busy)
    return not taken and not world.held(kind.id, start, end)


def _range(query: Mapping[str, str]) -> tuple[datetime, datetime]:
    """An `end` of exactly midnight UTC is pushed to the end of that day, like one without a time."""
    try:
        start, end = forms.instant(query["start"]), forms.instant(query["end"])
    except (KeyError, ValueError) as error:
        raise NestError(400, BAD_RANGE) from error
    if end.time() == time(0):
        end += timedelta(hours=23, minutes=59, seconds=59)
    if end < start:
        raise NestError(400, BAD_RANGE)
    return start, end


def _at(day: date, clock: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


def _iso(at: datetime) -> str:
    said = at.isoformat(timespec="milliseconds")
    return said.replace("+00:00", "Z")
