"""Takes back an opening that did not come to its end: the last step first, until only the company's number is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from application.provisioning.ports import Companies
from application.provisioning.runs import Runs
from application.provisioning.steps import Site, StepWork
from application.shared.ports import Clock
from domain.companies.company import State
from domain.provisioning.checklist import Run, RunState, Step


@dataclass(frozen=True, slots=True)
class UndoOpening:
    runs: Runs
    companies: Companies
    work: Mapping[Step, StepWork]
    clock: Clock

    async def __call__(self, id: int) -> Run:
        """Can be repeated until it succeeds, and after that too. Raises RunNotFound, CompanyBusy, or RunOver where it is done."""
        run = await self.runs.get(id)
        async with self.companies.alone(run.slug):
            run = await self.runs.get(id)
            if run.state is RunState.UNDONE:
                return run
            run.begin_undoing()
            await self.runs.save(run)
            paper = await self.runs.paper(run)
            site = Site(paper.order, paper.lot)
            await self._shut(run, site)
            for item in list(run.touched()):
                if site.company is not None:
                    await self.work[item.step].undo(site)
                item.undo(self.clock())
                await self.runs.save(run)
            run.end_undoing()
            await self.runs.save(run)
            await self.runs.burn(run)
        return run

    async def _shut(self, run: Run, site: Site) -> None:
        """Nobody comes in while it goes. A process may have died between registering the company and saying so."""
        found = await self.companies.find(run.slug)
        if run.tenant is not None:
            site.company = await self.companies.get(run.tenant)
        elif found is not None and found.state in (State.OPENING, State.CLOSING):
            site.company = found
        if site.company is not None and site.company.state is not State.CLOSED:
            site.company.begin_closing()
            await self.companies.save(site.company)
