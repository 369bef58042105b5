"""One transaction of the platform about one company: its subscription, its bills, its alerts and the jobs they cause.

It keeps the owner's rights: a company's own role can see none of these tables.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from adapters.postgres.alerts import PostgresAlerts, PostgresContactsToTell, PostgresEndpoints
from adapters.postgres.invoices import PostgresInvoices
from adapters.postgres.jobs import PostgresJobs
from adapters.postgres.pool import Connection, Pool, connected
from adapters.postgres.provider_events import PostgresProviderEvents
from adapters.postgres.subscriptions import PostgresPlans, PostgresSubscriptions
from adapters.postgres.usage import PostgresUsage
from adapters.postgres.work import NotCommitted
from application.quotas.ports import Entitled
from application.shared.secrets import Vault
from domain.shared.ids import TenantId


class PostgresBillingWork:
    """Satisfies the slices of billing and of quotas by shape."""

    def __init__(self, connection: Connection, tenant: TenantId, vault: Vault, on_jobs: Callable[[], None]) -> None:
        self._connection = connection
        self._on_jobs = on_jobs
        self.jobs = PostgresJobs(connection, tenant)
        self.plans = PostgresPlans(connection)
        self.subscriptions = PostgresSubscriptions(connection, tenant)
        self.invoices = PostgresInvoices(connection, tenant)
        self.events = PostgresProviderEvents(connection, tenant)
        self.usage = PostgresUsage(connection, tenant)
        self.alerts = PostgresAlerts(connection, tenant)
        self.contacts = PostgresContactsToTell(connection, tenant)
        self.endpoints = PostgresEndpoints(connection, tenant, vault)

    async def entitled(self) -> Entitled | None:
        subscription = await self.subscriptions.find()
        if subscription is None:
            return None
        plan = await self.plans.get(subscription.plan)
        return Entitled(plan.allowance, subscription.cycle)

    async def commit(self) -> None:
        if await self._connection.execute("commit") != "COMMIT":
            raise NotCommitted
        if self.jobs.added:
            self._on_jobs()


@dataclass(frozen=True, slots=True)
class PostgresBilling:
    """Opens such work. `on_jobs` is called after a commit that added jobs."""

    pool: Pool
    vault: Vault
    on_jobs: Callable[[], None] = field(default=lambda: None)

    @asynccontextmanager
    async def __call__(self, tenant: TenantId) -> AsyncIterator[PostgresBillingWork]:
        async with connected(self.pool) as connection:
            await connection.execute("begin")
            try:
                yield PostgresBillingWork(connection, tenant, self.vault, self.on_jobs)
            finally:
                if connection.is_in_transaction():
                    await connection.execute("rollback")
