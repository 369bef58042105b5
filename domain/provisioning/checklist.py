"""What has to be done until a company stands, in order, and how far one opening has come.

Every step can be done again and undone. A process that dies leaves a step running; whoever comes next does that step again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.shared.errors import NotFound, Refused
from domain.shared.ids import TenantId

LONGEST_ERROR: Final = 200


class Step(StrEnum):
    """In the order they are done. Money comes last: whatever fails before costs nobody anything."""

    PLAN = "plan"
    COMPANY = "company"
    SCHEMA = "schema"
    ROLE = "role"
    QUEUE = "queue"
    REDIS = "redis"
    WORKERS = "workers"
    DOMAINS = "domains"
    CONNECTION = "connection"
    ADMIN = "admin"
    TOKEN = "token"  # noqa: S105 - the name of a step
    SUBSCRIPTION = "subscription"


class StepState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"


class RunState(StrEnum):
    RUNNING = "running"
    FAILED = "failed"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


MOVES: Final = {
    RunState.RUNNING: frozenset({RunState.RUNNING, RunState.FAILED, RunState.DONE, RunState.UNDOING}),
    RunState.FAILED: frozenset({RunState.RUNNING, RunState.UNDOING}),
    RunState.UNDOING: frozenset({RunState.UNDOING, RunState.UNDONE}),
    RunState.DONE: frozenset[RunState](),
    RunState.UNDONE: frozenset[RunState](),
}


class RunNotFound(NotFound):
    """No opening has this number."""


class RunOver(Refused):
    """The opening has ended; a company that is open is closed, not undone."""


@dataclass(slots=True)
class Item:
    """A step of one opening. `note` says what came of it where that is not plain: what was skipped, and why."""

    step: Step
    state: StepState = StepState.WAITING
    attempts: int = 0
    error: str | None = None
    note: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None

    def begin(self, now: datetime) -> None:
        self.state, self.attempts, self.error = StepState.RUNNING, self.attempts + 1, None
        self.started_at, self.ended_at = now, None

    def finish(self, now: datetime, note: str | None) -> None:
        self.state, self.note, self.ended_at = StepState.DONE, note, now

    def fail(self, now: datetime, error: str) -> None:
        self.state, self.error, self.ended_at = StepState.FAILED, error[:LONGEST_ERROR], now

    def undo(self, now: datetime) -> None:
        self.state, self.note, self.error, self.ended_at = StepState.UNDONE, None, None, now


@dataclass(slots=True)
class Run:
    """One opening. Only its verbs change it. `keyed`: whoever asked may ask again by the same key."""

    id: int
    slug: str
    name: str
    asked_by: str
    tenant: TenantId | None = None
    state: RunState = RunState.RUNNING
    keyed: bool = False
    items: list[Item] = field(default_factory=lambda: [Item(step) for step in Step])

    def go_on(self) -> None:
        """Raises RunOver."""
        self._move_to(RunState.RUNNING)

    def left(self) -> Iterator[Item]:
        """What is still to be done, in order."""
        return (item for item in self.items if item.state is not StepState.DONE)

    def fail(self) -> None:
        self._move_to(RunState.FAILED)

    def finish(self) -> None:
        if any(self.left()):
            raise RunOver("a step is not done yet")
        self._move_to(RunState.DONE)

    def begin_undoing(self) -> None:
        """Raises RunOver."""
        self._move_to(RunState.UNDOING)

    def touched(self) -> Iterator[Item]:
        """What may have left something behind, the last first."""
        untouched = (StepState.WAITING, StepState.UNDONE)
        return (item for item in reversed(self.items) if item.state not in untouched)

    def end_undoing(self) -> None:
        if any(self.touched()):
            raise RunOver("a step is not undone yet")
        self._move_to(RunState.UNDONE)

    def _move_to(self, state: RunState) -> None:
        if state not in MOVES[self.state]:
            raise RunOver(f"this opening is {self.state}")
        self.state = state
