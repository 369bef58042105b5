"""Time, and a transaction of one company that carries its jobs with it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from domain.shared.ids import JobId, TenantId


class Clock(Protocol):
    """The present moment, aware and in UTC."""

    def __call__(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's hold on one job: what its effects must still own when they commit.

    `fence` grows each time the job is handed out, so a worker that was paused past its lease cannot finish it.
    `failures` counts the earlier attempts that failed or crashed. `revived` says that a person asked for this attempt.
    `correlation` ties a webhook to its delivery in the logs.
    """

    tenant: TenantId
    job: JobId
    fence: int
    failures: int = 0
    revived: bool = False
    correlation: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Work to be done by an actor, once `due_at` has come (None: at once). Arguments are ids, never personal data.

    Of two jobs with the same `key` only one exists at a time: adding it again moves it while it waits, and makes it run once
    more if it is already running.
    """

    actor: str
    args: Mapping[str, int | str]
    key: str | None = None
    due_at: datetime | None = None
    correlation: str = ""


class ClaimLost(Exception):
    """The job was given to somebody else while we worked: nothing of this transaction may stay."""


class Leases(Protocol):
    """What a worker knows of its claims without asking anybody."""

    def held(self, claim: Claim) -> bool:
        """False once the lease may have run out: ask before an effect that cannot be undone."""


class Jobs(Protocol):
    """The jobs of the company whose work is open; they live and die with its transaction."""

    async def add(self, job: Job) -> None: ...

    async def withdraw(self, key: str) -> None:
        """Nobody needs this any more: unless it is already running, it never will."""

    async def hold(self, claim: Claim) -> None:
        """Make sure the job is still ours, until this transaction ends. Raises ClaimLost."""

    async def finish(self, claim: Claim) -> None:
        """The job is done, or runs again if it was asked for meanwhile. Raises ClaimLost."""

    async def postpone(self, claim: Claim, until: datetime) -> None:
        """Give the job back to run later; this is no failure. Raises ClaimLost."""

    async def bury(self, claim: Claim, reason: str) -> None:
        """Make the job a dead letter now: trying again cannot help. Raises ClaimLost."""


class Work(Protocol):
    """One transaction of one company. Leaving it without `commit` undoes everything."""

    @property
    def jobs(self) -> Jobs: ...

    async def commit(self) -> None: ...


W_co = TypeVar("W_co", bound=Work, covariant=True)


class OpenWork(Protocol[W_co]):
    """Opens a transaction of one company: its schema, its database role, its jobs."""

    def __call__(self, tenant: TenantId) -> AbstractAsyncContextManager[W_co]: ...
