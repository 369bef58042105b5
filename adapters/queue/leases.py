"""Which claims this process may still act on, by a clock that goes on while the process is stopped."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable

from application.shared.ports import Claim
from domain.shared.ids import JobId


class Leases:
    """A worker that slept past its lease must not send: the job has gone to somebody else by then."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._good_until: dict[tuple[JobId, int], float] = {}

    def grant(self, claim: Claim, *, asked_at: float) -> None:
        """`asked_at`: monotonic time just before the database was asked, so that we end before it does."""
        self._good_until[(claim.job, claim.fence)] = asked_at + self._seconds

    def renew(self, claims: Iterable[Claim], held: Collection[JobId], *, asked_at: float) -> None:
        for claim in claims:
            if claim.job in held and (claim.job, claim.fence) in self._good_until:
                self.grant(claim, asked_at=asked_at)

    def end(self, claim: Claim) -> None:
        self._good_until.pop((claim.job, claim.fence), None)

    def held(self, claim: Claim) -> bool:
        return time.monotonic() < self._good_until.get((claim.job, claim.fence), 0.0)
