"""The month's clock: the real one and a lead that only grows, shared by processes through a file of eight bytes."""

from __future__ import annotations

import mmap
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

LEAD: Final = struct.Struct("d")
"""Seconds ahead of the real clock. One aligned word: nobody reads half of it."""


class Tide:
    """Implements application.shared.ports.Clock. Between two leaps it runs as fast as any clock."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(LEAD.pack(0.0))
        with file.open("r+b") as opened:
            self._shared = mmap.mmap(opened.fileno(), LEAD.size)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.lead

    @property
    def lead(self) -> timedelta:
        return timedelta(seconds=LEAD.unpack(self._shared[: LEAD.size])[0])

    def leap_to(self, moment: datetime) -> None:
        """Never back."""
        lead = max(self.lead, moment - datetime.now(UTC))
        self._shared[: LEAD.size] = LEAD.pack(lead.total_seconds())
