"""The secrets of an opening that was begun under a key, given once to whoever asked for it; then they are gone."""

from __future__ import annotations

from dataclasses import dataclass

from application.provisioning.open_company import OpenCompany, Opened
from application.provisioning.runs import PaperBurnt, Runs
from domain.provisioning.checklist import RunNotFound, RunState
from domain.shared.errors import Refused


class NotReady(Refused):
    """The opening has not come to its end yet."""


@dataclass(frozen=True, slots=True)
class HandOver:
    runs: Runs
    open: OpenCompany

    async def __call__(self, id: int, who: str) -> Opened:
        """Raises NotReady, PaperBurnt where they were given before, RunNotFound where somebody else asked for the company."""
        run = await self.runs.get(id)
        if run.asked_by != who:
            raise RunNotFound(f"opening {id} is somebody else's")
        if run.state is not RunState.DONE:
            raise NotReady(f"opening {id} is {run.state}")
        opened = await self.open.carry_on(id, replay=True)
        if not await self.runs.shred(run):
            raise PaperBurnt("somebody was a moment faster")
        return opened
