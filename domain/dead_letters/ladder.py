"""How often and how patiently failed work is tried again: 5, 15, 45, 90, 90 seconds, then a dead letter."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

LADDER: Final = tuple(timedelta(seconds=s) for s in (5, 15, 45, 90, 90))
"""Waits before the second to the sixth attempt (the seeds' policy: one attempt and five retries)."""


def next_wait(failures: int) -> timedelta | None:
    """How long to wait after that many failures, or None when it was the last attempt. `failures` counts from 1."""
    return LADDER[failures - 1] if failures <= len(LADDER) else None
