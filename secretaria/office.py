"""What the operator's commands work with: the register of companies and all it needs, wired by hand."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from redis.asyncio import Redis
from redis.exceptions import RedisError

from adapters.postgres.audit import PostgresAuditLog
from adapters.postgres.lines import PostgresLines
from adapters.postgres.own_models import PostgresOwnModels
from adapters.postgres.places import PostgresPlaces
from adapters.postgres.pool import Pool, build_pool, connected
from adapters.postgres.tenants import PostgresCompanies
from adapters.queue.ring import Ring
from adapters.redis.tenant_keys import RedisTenantKeys
from adapters.security.chance import new_connection_id, new_secret
from adapters.security.envelope import Envelopes
from application.provisioning.choose_model import ChooseModel
from application.provisioning.close_company import CloseCompany
from application.provisioning.connect_line import ConnectLine
from application.provisioning.move_to_pool import MoveToPool
from application.provisioning.open_company import OpenCompany
from application.provisioning.rotate_webhook import RotateWebhook
from domain.assistant.model_terms import ModelTerms
from domain.shared.errors import Refused, Unavailable
from domain.shared.ids import TenantId
from secretaria.money import BillingDesk, billing_desk
from secretaria.settings import Settings
from secretaria.targets import Targets

POOL_SIZE = 3  # one holds the company, one works, one to spare
REDIS_SECONDS = 10


@dataclass(frozen=True, slots=True)
class TenantQueues:
    """A company's queue and every other key of it."""

    ring: Ring
    keys: RedisTenantKeys

    async def forget(self, tenant: TenantId) -> None:
        """Raises Unavailable."""
        try:
            await self.ring.forget(f"tenant_{tenant}")
        except (RedisError, OSError) as error:
            raise Unavailable("Redis did not answer") from error
        await self.keys.forget(tenant)

    async def move(self, tenant: TenantId, pool: str) -> None:
        """Raises Unavailable."""
        try:
            await self.ring.move(f"tenant_{tenant}", pool)
        except (RedisError, OSError) as error:
            raise Unavailable("Redis did not answer; give the same command again") from error


@dataclass(frozen=True, slots=True)
class Office:
    targets: Targets
    pool: Pool
    vault: Envelopes
    companies: PostgresCompanies
    lines: PostgresLines
    own_models: PostgresOwnModels
    installation: ModelTerms
    open_company: OpenCompany
    close_company: CloseCompany
    connect_line: ConnectLine
    rotate_webhook: RotateWebhook
    choose_model: ChooseModel
    move_to_pool: MoveToPool
    audit: PostgresAuditLog
    billing: BillingDesk


@asynccontextmanager
async def open_office(settings: Settings, environment: Mapping[str, str] = os.environ) -> AsyncIterator[Office]:
    """Raises BadSetting, Unavailable, or Refused where the database has no tables yet."""
    targets = Targets(settings, environment)
    async with AsyncExitStack() as resources:
        pool = await build_pool(targets.database_url, size=POOL_SIZE, name="secretaria operator")
        resources.push_async_callback(pool.close)
        await _expect_tables(pool)
        redis = Redis.from_url(targets.redis_url, socket_timeout=REDIS_SECONDS)
        resources.push_async_callback(redis.aclose)
        namespace = settings.redis.namespace
        queues = TenantQueues(Ring(redis, namespace), RedisTenantKeys(redis, namespace))
        yield _office(targets, pool, queues, settings.model.terms)


def _office(targets: Targets, pool: Pool, queues: TenantQueues, installation: ModelTerms) -> Office:
    vault = Envelopes(targets.master_keys)
    own_models = PostgresOwnModels(pool, vault)
    companies, places, lines = PostgresCompanies(pool), PostgresPlaces(pool), PostgresLines(pool, vault)
    return Office(
        targets=targets,
        pool=pool,
        vault=vault,
        companies=companies,
        lines=lines,
        own_models=own_models,
        installation=installation,
        open_company=OpenCompany(companies, places, lines, queues, new_connection_id, new_secret),
        close_company=CloseCompany(companies, places, queues),
        connect_line=ConnectLine(companies, lines, new_connection_id, new_secret),
        rotate_webhook=RotateWebhook(lines, new_secret),
        choose_model=ChooseModel(companies, own_models),
        move_to_pool=MoveToPool(companies, queues),
        audit=PostgresAuditLog(pool),
        billing=billing_desk(pool, vault),
    )


async def _expect_tables(pool: Pool) -> None:
    async with connected(pool) as connection:
        if await connection.fetchval("select to_regclass('public.tenants')") is None:
            raise Refused("the database has no tables yet; run `secretaria migrate` first")
