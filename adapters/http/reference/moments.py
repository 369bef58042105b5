"""The moment at which all examples happen, so that they tell one story."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

NOW: Final = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
DAY_BEFORE: Final = NOW - timedelta(days=1)
MONTH_AFTER: Final = NOW + timedelta(days=30)
FIRST: Final = date(2026, 11, 1)
NEXT_FIRST: Final = date(2026, 12, 1)
ANA: Final = UUID("0b6f2a4e-6f0e-4c53-9a3e-6b1f0a8d7c55")
KEY: Final = UUID("a7d0e3c2-52f5-4d2c-b0f0-7b6a5f3b1c90")
