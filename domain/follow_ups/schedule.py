"""When it is asked how it was, and how often somebody may be asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.reminders.manners import AFTER
from domain.reminders.quiet_hours import QuietHours

REST: Final = timedelta(days=7)
"""Whoever comes every day is not asked every day."""

MOMENT: Final = timedelta(minutes=10)
"""A second click, or a program that tries again, does not mean a second question."""

OPEN_FOR: Final = timedelta(days=7)
"""An answer that comes later is about something else."""


def ask_at(
    ended: datetime, *, last_asked: datetime | None, zone: ZoneInfo, quiet: QuietHours, after: timedelta = AFTER
) -> datetime | None:
    """None where they were asked lately."""
    due = quiet.over(ended + after, zone)
    return None if asked_lately(last_asked, due) else due


def asked_lately(last_asked: datetime | None, at: datetime) -> bool:
    return last_asked is not None and at - last_asked < REST


def just_sent(sent_at: datetime | None, now: datetime) -> bool:
    return sent_at is not None and now - sent_at < MOMENT
