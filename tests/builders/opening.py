"""An opening over given ports, as short to ask for as a name; what it does not name is in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from uuid import UUID

from application.provisioning.open_company import OpenCompany, Opened
from application.provisioning.order import CompanyOrder, Lot
from application.provisioning.people_steps import PutDomains
from application.provisioning.ports import Companies, FreshQueues, Lines, Places
from application.provisioning.runs import Asking, Runs
from application.provisioning.steps import (
    NOT_ASKED,
    ChoosePlan,
    EmptyNamespace,
    EmptyQueue,
    FirstLine,
    GoesWithThePlace,
    JoinPool,
    MakePlace,
    Register,
    Site,
    TakeOnRole,
)
from application.provisioning.undo_opening import UndoOpening
from domain.billing.plan import Plan, PlanCode
from domain.provisioning.checklist import Step
from domain.quotas.allowance import Allowance
from domain.shared.ids import ConnectionId, UserId
from tests.fakes.access import FakeUsers
from tests.fakes.provisioning import FakeRuns

SOMEBODY = Asking("os:test")


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Lots:
    """Lots that can be told apart."""

    numbers: count = field(default_factory=count)

    def __call__(self) -> Lot:
        n = next(self.numbers)
        return Lot(
            ConnectionId(f"line{n:018}"), f"drawn-{n}", f"proof-{n}", UserId(UUID(int=n)), f"password-{n}",
            UUID(int=n), f"sec_key{n:08}",
        )  # fmt: skip


class NotHere(GoesWithThePlace):
    """A step of somebody else's."""

    async def do(self, site: Site) -> str | None:
        return NOT_ASKED


@asynccontextmanager
async def one_plan() -> AsyncIterator[FewPlans]:
    yield FewPlans()


class FewPlans:
    async def get(self, code: PlanCode) -> Plan:
        return Plan(code, "Plano", 9_700, Allowance(), dedicated_worker=code == "grande")


@dataclass
class Opening:
    companies: Companies
    places: Places
    lines: Lines
    queues: FreshQueues
    runs: Runs = field(default_factory=FakeRuns)
    draw: Callable[[], Lot] = field(default_factory=Lots)

    async def __call__(self, order: CompanyOrder, asking: Asking = SOMEBODY) -> Opened:
        return await self.use_case(order, asking)

    @property
    def use_case(self) -> OpenCompany:
        plan = ChoosePlan(one_plan)
        return OpenCompany(self.runs, self.companies, self.lines, FakeUsers(), plan, self.work(plan), self.draw, now)

    @property
    def undo(self) -> UndoOpening:
        return UndoOpening(self.runs, self.companies, self.work(ChoosePlan(one_plan)), now)

    def work(self, plan: ChoosePlan) -> dict[Step, object]:
        return {
            Step.PLAN: plan,
            Step.COMPANY: Register(self.companies),
            Step.SCHEMA: MakePlace(self.places),
            Step.ROLE: TakeOnRole(self.places),
            Step.QUEUE: EmptyQueue(self.queues),
            Step.REDIS: EmptyNamespace(self.queues),
            Step.WORKERS: JoinPool(self.companies, self.queues, plan),
            Step.DOMAINS: PutDomains(None),
            Step.CONNECTION: FirstLine(self.lines),
            Step.ADMIN: NotHere(),
            Step.TOKEN: NotHere(),
            Step.SUBSCRIPTION: NotHere(),
        }
