"""A dead letter: work that was tried to the end, kept until a person says what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.shared.ids import JobId, TenantId


@dataclass(frozen=True, slots=True)
class DeadLetter:
    id: JobId
    tenant: TenantId
    actor: str
    args: Mapping[str, int | str]
    failures: int
    reason: str
    correlation: str
    created_at: datetime
    died_at: datetime
