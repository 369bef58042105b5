"""The steps of the checklist that make a company's place: each can be done again, and undone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Final, Protocol

from application.billing.ports import Plans
from application.billing.subscribe import PlanNotSold
from application.provisioning.connect_line import new_line
from application.provisioning.order import CompanyOrder, Lot
from application.provisioning.ports import Companies, FreshQueues, Lines, Places, Profile
from domain.billing.plan import Plan
from domain.companies.company import Company, State, checked_name
from domain.companies.limits import dedicated_workers
from domain.provisioning.pools import SHARED, dedicated_to
from domain.shared.ids import TenantId

NOT_ASKED: Final = "skipped: not asked for"
OpenPlans = Callable[[], AbstractAsyncContextManager[Plans]]


@dataclass(slots=True)
class Site:
    """A company on its way; it has no number before the step that registers it."""

    order: CompanyOrder
    lot: Lot
    company: Company | None = None

    @property
    def tenant(self) -> TenantId:
        assert self.company is not None, "the company is registered before anything is made for it"
        return self.company.id


class StepWork(Protocol):
    async def do(self, site: Site) -> str | None:
        """Returns what is worth noting. Done twice, it is as if done once."""

    async def undo(self, site: Site) -> None:
        """Whatever of it is there. Undone twice is undone."""


class GoesWithThePlace:
    """What lies in the company's tables, or beside them under its number, goes when its place is removed."""

    async def undo(self, site: Site) -> None:
        del site


@dataclass(frozen=True, slots=True)
class ChoosePlan(GoesWithThePlace):
    open_plans: OpenPlans

    async def do(self, site: Site) -> str | None:
        """Raises PlanNotFound, PlanNotSold, or PastLimit for workers of its own that the plan does not include."""
        plan = await self.of(site.order)
        return "skipped: no plan, no limits" if plan is None else None

    async def of(self, order: CompanyOrder) -> Plan | None:
        if order.plan is None:
            return None
        async with self.open_plans() as plans:
            plan = await plans.get(order.plan)
        if not plan.on_sale:
            raise PlanNotSold("this plan is no longer sold")
        if order.dedicated:
            dedicated_workers(plan)
        return plan


@dataclass(frozen=True, slots=True)
class Register:
    companies: Companies

    async def do(self, site: Site) -> str | None:
        order, found = site.order, await self.companies.find(site.order.slug)
        name = checked_name(order.name)
        if found is None:
            site.company = await self.companies.add(name=name, slug=order.slug, time_zone=order.time_zone)
            return None
        found.open_again(name=name, time_zone=order.time_zone)
        await self.companies.save(found)
        site.company = found
        return None

    async def undo(self, site: Site) -> None:
        company = await self.companies.get(site.tenant)
        if company.state is not State.CLOSED:
            company.begin_closing()
            company.close()
            await self.companies.save(company)


@dataclass(frozen=True, slots=True)
class MakePlace:
    places: Places

    async def do(self, site: Site) -> str | None:
        await self.places.make(site.tenant)
        return None

    async def undo(self, site: Site) -> None:
        await self.places.remove(site.tenant)


@dataclass(frozen=True, slots=True)
class TakeOnRole(GoesWithThePlace):
    """The first thing that is written under the company's own database role: a role without its rights shows here."""

    places: Places

    async def do(self, site: Site) -> str | None:
        profile = Profile(checked_name(site.order.name), site.order.business_facts)
        await self.places.introduce(site.tenant, profile)
        return None


@dataclass(frozen=True, slots=True)
class EmptyQueue:
    queues: FreshQueues

    async def do(self, site: Site) -> str | None:
        await self.queues.empty_queue(site.tenant)
        return None

    async def undo(self, site: Site) -> None:
        await self.queues.empty_queue(site.tenant)


@dataclass(frozen=True, slots=True)
class EmptyNamespace:
    queues: FreshQueues

    async def do(self, site: Site) -> str | None:
        await self.queues.empty_namespace(site.tenant)
        return None

    async def undo(self, site: Site) -> None:
        await self.queues.empty_namespace(site.tenant)


@dataclass(frozen=True, slots=True)
class JoinPool:
    """`secretaria supervise` sees a pool of its own within a second, and starts its workers."""

    companies: Companies
    queues: FreshQueues
    plan: ChoosePlan

    async def do(self, site: Site) -> str | None:
        plan = await self.plan.of(site.order)
        own = site.order.dedicated if site.order.dedicated is not None else plan is not None and plan.dedicated_worker
        await self._move(site.tenant, pool := dedicated_to(site.tenant) if own else SHARED)
        return f"pool {pool}"

    async def undo(self, site: Site) -> None:
        await self._move(site.tenant, SHARED)

    async def _move(self, tenant: TenantId, pool: str) -> None:
        await self.companies.put_into_pool(tenant, pool)
        await self.queues.move(tenant, pool)


@dataclass(frozen=True, slots=True)
class FirstLine(GoesWithThePlace):
    lines: Lines

    async def do(self, site: Site) -> str | None:
        if site.order.line is None:
            return NOT_ASKED
        drawn = iter((site.lot.webhook_secret, site.lot.webhook_token))
        left = await self.lines.of(site.tenant)  # of an opening that was begun without a checklist
        id = left[0].id if left else site.lot.line
        await self.lines.put(new_line(site.tenant, id, site.order.line, new_secret=lambda: next(drawn)))
        return None
