"""A company's dead letters as its own people see them: what failed, for whom, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from application.shared.ports import Work
from domain.shared.ids import ConversationId, JobId


@dataclass(frozen=True, slots=True)
class Parked:
    """`actor` says what was being done; name, phone and text are empty where the work is about nobody in particular."""

    id: JobId
    actor: str
    reason: str
    failures: int
    died_at: datetime
    correlation: str
    conversation: ConversationId | None
    name: str | None
    phone: str | None
    text: str


class DeadLetterViews(Protocol):
    """Those of the company whose work is open."""

    async def parked(self, *, after: JobId | None, limit: int) -> Sequence[Parked]:
        """Newest first; `after` is the last id of the page before."""

    async def count(self) -> int: ...


class DeadLettersWork(Work, Protocol):
    @property
    def dead_letters(self) -> DeadLetterViews: ...
