"""People type in pieces: "oi", "tudo bem?", "queria marcar". When the pieces count as one message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class BurstWindow:
    """Each piece keeps the burst open for `window` more, but never longer than `cap` after the first piece."""

    window: timedelta
    cap: timedelta

    def closes_at(self, *, opened: datetime, latest: datetime) -> datetime:
        return max(latest, min(latest + self.window, opened + self.cap))
