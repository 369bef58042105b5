"""Free times as a form offers them, and a chosen or typed one as a moment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from adapters.http.panel.agenda_look import day_of
from domain.agenda.availability import FreeSlot
from domain.agenda.local_time import moment
from domain.shared.errors import Invalid
from domain.shared.ids import ProfessionalId

CLOCK: Final = re.compile(r"([01]?\d|2[0-3])\s*(?:[:hH]\s*([0-5]\d)?)?")


class Time(NamedTuple):
    """`value`: as the form sends it back."""

    value: str
    label: str
    professional: ProfessionalId


def times_of(free: Sequence[FreeSlot], zone: ZoneInfo) -> Sequence[Time]:
    return [
        Time(each.slot.starts.isoformat(), each.slot.starts.astimezone(zone).strftime("%H:%M"), each.professional)
        for each in free
    ]


def read_time(day: str, said: str, zone: ZoneInfo) -> datetime:
    """A free time as it was offered for that day, or "14:30" of it. Raises Invalid."""
    typed, date = CLOCK.fullmatch(said.strip()), day_of(day)
    if date is None:
        raise Invalid("not a day", field="dia")
    if typed is not None:
        minute = int(typed[1]) * 60 + int(typed[2] or 0)
        return moment(date, minute, zone)
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        raise Invalid("not a time", field="hora") from None
    if at.tzinfo is None or not 2000 < at.year < 2199:
        raise Invalid("not a time", field="hora")
    if at.astimezone(zone).date() != date:
        raise Invalid("not of that day", field="hora")  # the list was of the day that was chosen before
    return at.astimezone(UTC).replace(second=0, microsecond=0)
