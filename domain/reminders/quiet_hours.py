"""When nobody is written to unasked: the evening and the night, by the wall clock of where the company is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.agenda.local_time import moment
from domain.shared.errors import Invalid

EVENING: Final = timedelta(minutes=30)
"""What cannot wait for the morning is said so long before the quiet begins, not on its last stroke."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Minutes since midnight. It begins in the evening and ends in the morning: no zone changes its clocks at those hours."""

    begins: int = 21 * 60
    ends: int = 8 * 60

    def __post_init__(self) -> None:
        """Raises Invalid."""
        if not 18 * 60 <= self.begins < 24 * 60:
            raise Invalid("it begins from 18:00 to 23:59", field="quiet_begins")
        if not 5 * 60 <= self.ends <= 12 * 60:
            raise Invalid("it ends from 05:00 to 12:00", field="quiet_ends")

    def quiet_at(self, at: datetime, zone: ZoneInfo) -> bool:
        local = at.astimezone(zone)
        minute = local.hour * 60 + local.minute
        return minute >= self.begins or minute < self.ends

    def over(self, at: datetime, zone: ZoneInfo) -> datetime:
        """That moment, or the morning after it where it is quiet then."""
        if not self.quiet_at(at, zone):
            return at
        today = at.astimezone(zone).date()
        morning = moment(today, self.ends, zone)
        return morning if morning > at else moment(today + timedelta(days=1), self.ends, zone)

    def evening_before(self, at: datetime, zone: ZoneInfo) -> datetime:
        """That moment, or the evening before it where it is quiet then."""
        if not self.quiet_at(at, zone):
            return at
        today = at.astimezone(zone).date()
        evening = moment(today, self.begins, zone)
        started = evening if evening <= at else moment(today - timedelta(days=1), self.begins, zone)
        return started - EVENING
