"""What the operator's commands work with: the register of companies and all it needs, wired by hand."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx2
from redis.asyncio import Redis

from adapters.postgres.audit import PostgresAuditLog
from adapters.postgres.calendar_secrets import PostgresCalendarSecrets
from adapters.postgres.company_register import PostgresCompanyRegister
from adapters.postgres.company_tables import PostgresCompanyTables
from adapters.postgres.letter_tickets import PostgresLetterTickets
from adapters.postgres.lines import PostgresLines
from adapters.postgres.own_models import PostgresOwnModels
from adapters.postgres.places import PostgresPlaces
from adapters.postgres.plan_of import PostgresPlanOf
from adapters.postgres.pool import Pool, build_pool, connected
from adapters.postgres.second_factors import PostgresSecondFactors
from adapters.postgres.tenants import PostgresCompanies
from adapters.postgres.users import PostgresUsers
from adapters.queue.ring import Ring
from adapters.redis.tenant_keys import RedisTenantKeys
from adapters.security.chance import new_connection_id, new_secret
from adapters.security.envelope import Envelopes
from adapters.security.passwords import Argon2Passwords
from application.access.letters import Letters
from application.access.reset_factor import ResetFactor
from application.agenda.change_webhook_secret import ChangeWebhookSecret
from application.companies.export import ExportCompany
from application.companies.register import ReadRegister
from application.provisioning.choose_model import ChooseModel
from application.provisioning.close_company import CloseCompany
from application.provisioning.connect_line import ConnectLine
from application.provisioning.move_to_pool import MoveToPool
from application.provisioning.rest import Rest
from application.provisioning.rotate_webhook import RotateWebhook
from domain.assistant.model_terms import ModelTerms
from domain.shared.errors import Refused
from secretaria.archive import ZipArchive
from secretaria.composition import now
from secretaria.letters import build_mailer
from secretaria.money import BillingDesk, billing_desk, build_gateway
from secretaria.opening import Openings, Outside, build_openings
from secretaria.settings import Settings
from secretaria.targets import Targets
from secretaria.tenant_queues import TenantQueues

POOL_SIZE = 3  # one holds the company, one works, one to spare
REDIS_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Office:
    targets: Targets
    pool: Pool
    vault: Envelopes
    companies: PostgresCompanies
    register: ReadRegister
    lines: PostgresLines
    openings: Openings
    own_models: PostgresOwnModels
    installation: ModelTerms
    close_company: CloseCompany
    connect_line: ConnectLine
    rotate_webhook: RotateWebhook
    change_calendar_secret: ChangeWebhookSecret
    choose_model: ChooseModel
    move_to_pool: MoveToPool
    rest: Rest
    export: ExportCompany
    audit: PostgresAuditLog
    billing: BillingDesk
    reset_factor: ResetFactor


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
        passwords = Argon2Passwords()
        resources.callback(passwords.close)
        http = await resources.enter_async_context(httpx2.AsyncClient(trust_env=False, follow_redirects=False))
        outside = Outside(
            build_mailer(settings.mail), passwords, http, targets.public_url, build_gateway(settings, http)
        )
        yield _office(targets, pool, queues, settings, outside)


def _office(targets: Targets, pool: Pool, queues: TenantQueues, settings: Settings, outside: Outside) -> Office:
    vault = Envelopes(targets.master_keys)
    own_models = PostgresOwnModels(pool, vault)
    companies, places, lines = PostgresCompanies(pool), PostgresPlaces(pool), PostgresLines(pool, vault)
    return Office(
        targets=targets,
        pool=pool,
        vault=vault,
        companies=companies,
        register=ReadRegister(PostgresCompanyRegister(pool)),
        lines=lines,
        openings=build_openings(pool, vault, queues, settings.domains, outside),
        own_models=own_models,
        installation=settings.model.terms,
        close_company=CloseCompany(companies, places, queues),
        connect_line=ConnectLine(companies, lines, new_connection_id, new_secret, PostgresPlanOf(pool)),
        rotate_webhook=RotateWebhook(lines, new_secret),
        change_calendar_secret=ChangeWebhookSecret(PostgresCalendarSecrets(pool, vault), new_secret),
        move_to_pool=MoveToPool(companies, queues, PostgresPlanOf(pool)),
        rest=Rest(companies, (desk := billing_desk(pool, vault)).open_work, now),
        export=ExportCompany(PostgresCompanyTables(pool), ZipArchive),
        choose_model=ChooseModel(companies, own_models),
        audit=PostgresAuditLog(pool),
        billing=desk,
        reset_factor=ResetFactor(PostgresUsers(pool), PostgresSecondFactors(pool, vault), _letters(pool, outside)),
    )


def _letters(pool: Pool, outside: Outside) -> Letters:
    return Letters(PostgresLetterTickets(pool), outside.mailer, new_secret, now, outside.public_url)


async def _expect_tables(pool: Pool) -> None:
    async with connected(pool) as connection:
        if await connection.fetchval("select to_regclass('public.tenants')") is None:
            raise Refused("the database has no tables yet; run `secretaria migrate` first")
