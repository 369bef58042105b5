"""The worker's own hands: what its work adds and is due, it does at once, in the place of the job that added it.

Each message takes three jobs: read, answer, send. By the queue, every one of them waits for the relay to look and for a
worker to fetch; straight on, only the first does. The row in PostgreSQL is the same, so a crash loses nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from application.shared.ledger import ClaimedJob


class Start(Protocol):
    def __call__(self, job: ClaimedJob, *, asked_at: float) -> None: ...


class OwnHands:
    """Implements application.shared.ledger.Hands. Not free before the worker joins and after it lets go."""

    def __init__(self, worker: str, *, lease_seconds: float) -> None:
        self.worker = worker
        self.lease = timedelta(seconds=lease_seconds)
        self._start: Start | None = None
        self._holding_on = False

    @property
    def free(self) -> bool:
        return self._holding_on

    def join(self, start: Start) -> None:
        self._start = start
        self._holding_on = True

    def let_go(self) -> None:
        """Take nothing more; what was taken in a transaction that is still open is done all the same."""
        self._holding_on = False

    def go_on(self, job: ClaimedJob, *, asked_at: float) -> None:
        if self._start is not None:
            self._start(job, asked_at=asked_at)
