"""A company that says good-bye rests until its days are over, and only then is it closed; until then it can come back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from application.provisioning.close_company import CloseCompany
from application.provisioning.end_grace import EndGrace
from application.provisioning.rest import CLOSE, Rest
from application.shared.ports import Claim, Job
from domain.billing.plan import Plan, PlanCode
from domain.companies.company import Company, ImpossibleMove, State
from domain.companies.limits import PastLimit, dedicated_workers, one_more_connection, one_more_user
from domain.quotas.allowance import Allowance
from domain.shared.errors import Invalid
from domain.shared.ids import JobId, TenantId
from tests.fakes.provisioning import FakeCompanies, FakePlaces, FakeQueues

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
CLAIM = Claim(TenantId(1), JobId(1), 1)


@dataclass
class Jobs:
    kept: dict[str | None, Job] = field(default_factory=dict)
    settled: list[object] = field(default_factory=list)

    async def add(self, job: Job) -> None:
        self.kept[job.key] = job

    async def finish(self, claim: Claim) -> None:
        self.settled.append("finished")

    async def postpone(self, claim: Claim, until: datetime) -> None:
        self.settled.append(until)


class NoSubscription:
    """What is billed is tried with real tables."""

    async def find(self, *, lock: bool) -> None:
        del lock


class ComesBack(FakeCompanies):
    """Somebody resumes the company just before the one who closes it holds it alone."""

    @asynccontextmanager
    async def alone(self, slug: str) -> AsyncIterator[None]:
        for company in self.kept.values():
            company.resume()
        async with super().alone(slug):
            yield


@dataclass
class World:
    now: datetime = NOON
    companies: FakeCompanies = field(default_factory=FakeCompanies)
    places: FakePlaces = field(default_factory=FakePlaces)
    jobs: Jobs = field(default_factory=Jobs)
    subscriptions: NoSubscription = field(default_factory=NoSubscription)

    async def company(self) -> Company:
        company = await self.companies.add(name="Sol", slug="sol", time_zone="America/Sao_Paulo")
        company.activate()
        await self.companies.save(company)
        await self.places.make(company.id)
        return company

    @property
    def rest(self) -> Rest:
        return Rest(self.companies, self.open_work, lambda: self.now)

    async def job_comes(self) -> str:
        close = CloseCompany(self.companies, self.places, FakeQueues())
        return await EndGrace(close, self.open_work, lambda: self.now)(CLAIM)

    @asynccontextmanager
    async def open_work(self, _: TenantId) -> AsyncIterator[World]:
        yield self

    async def commit(self) -> None:
        pass


async def test_after_its_days_of_grace_a_company_is_closed_and_not_before():
    world = World()
    company = await world.company()
    left = await world.rest.leave(company.id, days=3)

    assert (left.state, left.closes_at) == (State.SUSPENDED, NOON + timedelta(days=3))
    assert world.jobs.kept[CLOSE].due_at == left.closes_at
    assert await world.job_comes() == "later"
    assert world.jobs.settled == [left.closes_at]
    assert company.id in world.places.made

    world.now = NOON + timedelta(days=3)
    assert await world.job_comes() == "closed"
    assert world.companies.kept[company.id].state is State.CLOSED
    assert not world.places.made


async def test_a_closing_that_was_taken_back_does_not_come_true():
    world = World()
    company = await world.company()
    await world.rest.leave(company.id, days=3)
    back = await world.rest.resume(company.id)

    world.now = NOON + timedelta(days=4)
    assert (back.state, back.closes_at) == (State.ACTIVE, None)
    assert await world.job_comes() == "taken_back"
    assert world.companies.kept[company.id].state is State.ACTIVE


async def test_a_company_that_comes_back_while_its_closing_waits_for_its_turn_is_not_closed():
    world = World()
    company = await world.company()
    await world.rest.leave(company.id, days=3)
    world.now = NOON + timedelta(days=3)
    world.companies = ComesBack(world.companies.kept)

    assert await world.job_comes() == "taken_back"
    assert world.companies.kept[company.id].state is State.ACTIVE
    assert company.id in world.places.made


async def test_each_verb_can_be_repeated_and_asking_again_gives_no_longer_grace():
    company = Company(TenantId(1), "Sol", "sol", "America/Sao_Paulo", State.ACTIVE)
    for days in (3, 30):
        company.leave(now=NOON, days=days)
    assert company.closes_at == NOON + timedelta(days=3)
    for _ in range(2):
        company.resume()
    assert (company.state, company.closes_at) == (State.ACTIVE, None)
    with pytest.raises(Invalid):
        company.leave(now=NOON, days=0)


@pytest.mark.parametrize("state", [State.OPENING, State.CLOSING, State.CLOSED])
def test_a_company_half_way_neither_rests_nor_resumes(state: State):
    company = Company(TenantId(1), "Sol", "sol", "America/Sao_Paulo", state)
    for verb in (company.suspend, company.resume):
        with pytest.raises(ImpossibleMove):
            verb()
    assert company.state is state


def test_a_plan_gives_as_many_places_as_it_says_and_names_itself_when_they_are_taken():
    plan = Plan(PlanCode("pequeno"), "Pequeno", 100, Allowance(), users=2, connections=1)
    one_more_user(plan, 1)
    one_more_connection(plan, 0)
    for refused, what in (
        (lambda: one_more_user(plan, 2), "2 users"),
        (lambda: one_more_connection(plan, 1), "1 conn"),
    ):
        with pytest.raises(PastLimit, match=f"pequeno includes {what}"):
            refused()
    with pytest.raises(PastLimit, match="pequeno does not include dedicated"):
        dedicated_workers(plan)
    one_more_user(Plan(PlanCode("livre"), "Livre", 100, Allowance()), 10_000)
