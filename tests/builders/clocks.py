"""What the clock on a company's wall says, whatever the hour is where the tests run."""

from __future__ import annotations

from datetime import UTC, datetime


def zone_where_it_is(hour: int) -> str:
    """A time zone in which that hour is now. The sign in such a name tells how far Greenwich is ahead."""
    ahead = (hour - datetime.now(UTC).hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}"
