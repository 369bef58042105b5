"""The jobs of all companies, as the relay and the workers see them: handed out, held, failed, buried."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from application.shared.ports import Claim
from domain.shared.ids import JobId, TenantId


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One handing out of a job: what travels through the tenant's queue. A later fence makes an earlier one worthless."""

    tenant: TenantId
    job: JobId
    fence: int
    actor: str = ""
    pool: str = ""
    late: float = 0.0
    """Seconds after it was due."""
    recovered: bool = False
    """Its last worker crashed or hangs."""


@dataclass(frozen=True, slots=True)
class ClaimedJob:
    """A job a worker may work on now, as the row says it, whatever the message said."""

    claim: Claim
    actor: str
    args: Mapping[str, int | str]
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is in the table now. `size`: due and not handed out; `oldest_due_age`: seconds the longest waiting has waited."""

    size: int
    dead_letters: int
    oldest_due_age: float


class Ledger(Protocol):
    """Every method raises Unavailable when the database is away."""

    async def dispatch_due(self, *, per_tenant: int, limit: int, busy: Collection[TenantId]) -> Sequence[Dispatch]:
        """Hand out what is due, a fair share to each tenant that is not `busy`.

        Hand-overs nobody took up are handed out again. A running job whose lease ran out counts as a failure: its worker
        crashed or hangs; after too many it is dead.
        """

    async def claim(self, dispatches: Sequence[Dispatch], *, worker: str) -> Sequence[ClaimedJob]:
        """Those of the dispatches that are still good, now leased to the worker."""

    async def renew(self, claims: Sequence[Claim]) -> Collection[JobId]:
        """Prolong the leases; the jobs still held."""

    async def fail(self, claim: Claim, reason: str, *, wait: timedelta | None) -> bool:
        """Try again after `wait`, or never (None): then it is dead. False when the claim was lost."""

    async def drop(self, claim: Claim) -> None:
        """The job has lost its point."""

    async def release(self, claims: Sequence[Claim]) -> None:
        """Hand jobs back unharmed, for a worker that is going away."""

    async def backlog(self) -> Backlog: ...


class Hands(Protocol):
    """A worker that goes straight on with what its own work adds: the next step of a message does not wait for the queue."""

    @property
    def worker(self) -> str: ...

    @property
    def lease(self) -> timedelta: ...

    @property
    def free(self) -> bool:
        """False once the worker is going away: then what is added goes to others."""

    def go_on(self, job: ClaimedJob, *, asked_at: float) -> None:
        """Start on a job whose row is committed as running here; `asked_at` as Leases.grant has it."""
