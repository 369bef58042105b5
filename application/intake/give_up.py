"""An envelope that nobody can read must not stand in the way of those behind it."""

from __future__ import annotations

from dataclasses import dataclass

from application.intake.ports import IntakeWork
from application.intake.read_envelopes import read_job
from application.shared.ports import Claim, OpenWork
from domain.shared.ids import AddressId


@dataclass(frozen=True, slots=True)
class GiveUpEnvelope:
    """Sets the oldest unread envelope of an address aside, for a person to look at, and goes on with the next."""

    open_work: OpenWork[IntakeWork]

    async def __call__(self, claim: Claim, address: AddressId) -> None:
        async with self.open_work(claim.tenant) as work:
            kept = await work.envelopes.kept(address, 2)
            for envelope in kept[:1]:
                await work.envelopes.unreadable(envelope.id)
            if len(kept) > 1:
                await work.jobs.add(read_job(address, claim.correlation))
            await work.jobs.finish(claim)
            await work.commit()
