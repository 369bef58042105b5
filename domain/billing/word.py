"""The newest thing that was said about one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Word:
    what: str
    at: datetime

    @classmethod
    def said(cls, what: str, now: datetime, before: Word | None) -> Word:
        """Said here and now: newer than anything that was said before, even by a clock that runs ahead of ours."""
        return cls(what, now if before is None else max(now, before.at + timedelta(microseconds=1)))
