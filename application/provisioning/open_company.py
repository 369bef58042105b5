"""Opens a company by the checklist: plan, place, queue, workers, names, first connection, owner, token, subscription.

Whatever step fails, and whenever the process dies, the same command again finishes the same company; its webhooks are
accepted, and its people let in, only then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from application.access.ports import Users
from application.provisioning.order import CompanyOrder, DrawLot, Paper
from application.provisioning.people_steps import check_may_own
from application.provisioning.ports import Companies, Lines
from application.provisioning.runs import Asking, Runs
from application.provisioning.steps import ChoosePlan, Site, StepWork
from application.shared.ports import Clock
from domain.companies.company import Company, CompanyBusy, NameTaken, State, checked_name
from domain.companies.connection import Connection
from domain.provisioning.checklist import Item, Run, RunState, Step
from domain.shared.errors import Invalid, SecretariaError

MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Opened:
    """The new company, secrets in clear: the only time they are shown."""

    run: Run
    company: Company
    line: Connection | None
    admin_password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)

    @property
    def connection(self) -> Connection:
        assert self.line is not None, "a connection was asked for"
        return self.line


@dataclass(frozen=True, slots=True)
class OpenCompany:
    """`begin` and then `carry_on`; a call is both. A run that is begun can be carried on by anybody, at any time."""

    runs: Runs
    companies: Companies
    lines: Lines
    users: Users
    plan: ChoosePlan
    work: Mapping[Step, StepWork]
    draw: DrawLot
    clock: Clock

    async def __call__(self, order: CompanyOrder, asking: Asking) -> Opened:
        return await self.carry_on(await self.begin(order, asking), order, replay=asking.key is not None)

    async def begin(self, order: CompanyOrder, asking: Asking) -> int:
        """The number of the run, which may be one that was begun before. Whatever is refused here has left nothing behind.

        Raises Invalid for a key that came with another order, NameTaken, EmailTaken, PlanNotFound, PlanNotSold, PastLimit.
        """
        for _ in range(MOST_TRIES):
            try:
                known = await self._known(order, asking)
                if known is not None:
                    return known.id
                await self._check(order)
            except SecretariaError:
                ahead = await self._of_key(order, asking)  # the same request may be a moment ahead of itself
                if ahead is None:
                    raise
                return ahead.id
            made = await self.runs.add(Paper(order, self.draw()), asking)
            if made is not None:
                return made.id
        raise CompanyBusy(f"somebody else is opening or closing {order.slug}")

    async def carry_on(self, id: int, order: CompanyOrder | None = None, *, replay: bool = False) -> Opened:
        """From where it stands. `order`: what is asked for now, where an unfinished opening is taken up by its name.
        `replay`: who asks has the key, and gets the answer again.

        Raises CompanyBusy, RunNotFound, RunOver, PaperBurnt, and whatever the step that fails raises.
        """
        run = await self.runs.get(id)
        async with self.companies.alone(run.slug):
            run = await self.runs.get(id)
            if run.state is RunState.DONE and replay:
                return await self._answer(run, await self.runs.paper(run))
            run.go_on()
            paper = await self.runs.paper(run)
            if order is not None and order != paper.order:
                paper = replace(paper, order=order)
                await self.runs.write(run, paper)
            site = Site(paper.order, paper.lot)
            if run.tenant is not None:
                site.company = await self.companies.get(run.tenant)
            for item in list(run.left()):
                await self._do(run, item, site)
            await self._finish(run, site)
            return await self._answer(run, paper)

    async def _known(self, order: CompanyOrder, asking: Asking) -> Run | None:
        if (run := await self._of_key(order, asking)) is not None:
            return run
        run = await self.runs.unfinished(order.slug)
        if run is not None and (run.keyed or asking.key is not None):
            raise NameTaken(f"opening {run.id} of this name is not finished; retry or undo it")
        return run

    async def _of_key(self, order: CompanyOrder, asking: Asking) -> Run | None:
        run = None if asking.key is None else await self.runs.of_key(asking.key)
        if run is not None and (await self.runs.paper(run)).order != order:
            raise Invalid("this key came with another request before", field="Idempotency-Key")
        return run

    async def _check(self, order: CompanyOrder) -> None:
        found = await self.companies.find(order.slug)
        if found is not None:
            found.open_again(name=checked_name(order.name), time_zone=order.time_zone)
        await self.plan.of(order)
        if order.admin is not None and (owner := await self.users.find(order.admin.email)) is not None:
            check_may_own(owner)

    async def _do(self, run: Run, item: Item, site: Site) -> None:
        item.begin(self.clock())
        await self.runs.save(run)
        try:
            note = await self.work[item.step].do(site)
        except Exception as error:
            item.fail(self.clock(), str(error) if isinstance(error, SecretariaError) else type(error).__name__)
            run.fail()
            await self.runs.save(run)
            raise
        item.finish(self.clock(), note)
        run.tenant = site.company.id if site.company else None
        await self.runs.save(run)

    async def _finish(self, run: Run, site: Site) -> None:
        company = await self.companies.get(site.tenant)
        if company.state is State.OPENING:
            company.activate()
            await self.companies.save(company)
        run.finish()
        await self.runs.save(run)
        await self.runs.burn(run)

    async def _answer(self, run: Run, paper: Paper) -> Opened:
        assert run.tenant is not None  # it is done
        company, order = await self.companies.get(run.tenant), paper.order
        lines = await self.lines.of(company.id) if order.line else ()
        return Opened(
            run=run,
            company=company,
            line=lines[0] if lines else None,
            admin_password=await self._password(paper),
            token=paper.lot.key if order.token else None,
        )

    async def _password(self, paper: Paper) -> str | None:
        """None also for an owner who had an account before, and logs in as always."""
        admin = paper.order.admin
        if admin is None or admin.by_mail:
            return None
        owner = await self.users.find(admin.email)
        return paper.lot.password if owner is not None and owner.id == paper.lot.user else None
