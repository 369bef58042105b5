"""From a wall clock to a moment, also on the days on which the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from domain.shared.errors import Invalid


class UnknownZone(Invalid):
    """Not the name of a time zone."""


def moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """When the wall clock shows so many minutes since midnight; 24 * 60 is the midnight after.

    As in iCalendar (RFC 5545, 3.3.5): a time that comes twice is meant the first time, one that is skipped is read with the
    offset from before the change.
    """
    wall = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
    return wall.replace(tzinfo=zone).astimezone(UTC)


def zone_named(name: str, *, field: str = "time_zone") -> ZoneInfo:
    """Raises UnknownZone, also for what is a file among the zones and the name of none ("localtime", "right/UTC")."""
    if name != "UTC" and ("/" not in name or name not in _known()):
        raise UnknownZone("no such time zone (America/Sao_Paulo)", field=field)
    return ZoneInfo(name)


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())
