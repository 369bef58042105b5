"""Opening companies, wired: one checklist for the API, the operator's commands and the panel."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx2

from adapters.cloudflare.domains import CloudflareDomains
from adapters.postgres.api_keys import PostgresApiKeys
from adapters.postgres.audit import PostgresAuditLog
from adapters.postgres.company_tables import PostgresCompanyTables
from adapters.postgres.letter_tickets import PostgresLetterTickets
from adapters.postgres.lines import PostgresLines
from adapters.postgres.places import PostgresPlaces
from adapters.postgres.plan_of import PostgresPlanOf
from adapters.postgres.pool import Pool, build_pool
from adapters.postgres.runs import PostgresRuns
from adapters.postgres.tenants import PostgresCompanies
from adapters.postgres.users import PostgresUsers
from adapters.queue.ring import Ring
from adapters.redis.tenant_keys import RedisTenantKeys
from adapters.security.chance import new_secret
from adapters.security.envelope import Envelopes
from adapters.security.lots import draw_lot
from application.access.letters import Letters
from application.access.ports import Passwords
from application.billing.cancel_charges import CancelCharges
from application.billing.ports import PaymentGateway
from application.companies.export import ExportCompany
from application.provisioning.by_hand import ByHand
from application.provisioning.close_company import CloseCompany
from application.provisioning.domains import DomainProvider
from application.provisioning.end_grace import EndGrace
from application.provisioning.follow_plan import FollowPlan
from application.provisioning.hand_over import HandOver
from application.provisioning.move_to_pool import MoveToPool
from application.provisioning.open_company import OpenCompany
from application.provisioning.people_steps import AddOwner, BeginPaying, FirstToken, PutDomains
from application.provisioning.rest import Rest
from application.provisioning.steer import Steer
from application.provisioning.steps import (
    ChoosePlan,
    EmptyNamespace,
    EmptyQueue,
    FirstLine,
    JoinPool,
    MakePlace,
    Register,
    StepWork,
    TakeOnRole,
)
from application.provisioning.undo_opening import UndoOpening
from application.shared.mail import Mailer
from application.shared.secrets import Vault
from domain.provisioning.checklist import Step
from secretaria.archive import ZipArchive
from secretaria.composition import Foundations, now
from secretaria.money import billing_desk, build_gateway
from secretaria.optional_settings import Domains
from secretaria.tenant_queues import TenantQueues

OWN_CONNECTIONS = 6


@dataclass(frozen=True, slots=True)
class Outside:
    """What an opening needs beside the servers."""

    mailer: Mailer
    passwords: Passwords
    http: httpx2.AsyncClient
    public_url: str
    gateway: PaymentGateway | None


@dataclass(frozen=True, slots=True)
class Openings:
    open: OpenCompany
    undo: UndoOpening
    hand_over: HandOver
    runs: PostgresRuns


def build_openings(pool: Pool, vault: Vault, queues: TenantQueues, domains: Domains, outside: Outside) -> Openings:
    runs, companies = PostgresRuns(pool, vault), PostgresCompanies(pool)
    lines, users = PostgresLines(pool, vault), PostgresUsers(pool)
    desk = billing_desk(pool, vault)
    plan = ChoosePlan(desk.open_plans)
    letters = Letters(PostgresLetterTickets(pool), outside.mailer, new_secret, now, outside.public_url)
    work: Mapping[Step, StepWork] = {
        Step.PLAN: plan,
        Step.COMPANY: Register(companies),
        Step.SCHEMA: MakePlace(places := PostgresPlaces(pool)),
        Step.ROLE: TakeOnRole(places),
        Step.QUEUE: EmptyQueue(queues),
        Step.REDIS: EmptyNamespace(queues),
        Step.WORKERS: JoinPool(companies, queues, plan),
        Step.DOMAINS: _names(domains, outside),
        Step.CONNECTION: FirstLine(lines),
        Step.ADMIN: AddOwner(users, outside.passwords, letters),
        Step.TOKEN: FirstToken(PostgresApiKeys(pool), now),
        Step.SUBSCRIPTION: BeginPaying(
            desk.subscribe, desk.open_work, CancelCharges(desk.open_work, outside.gateway), now
        ),
    }
    open_company = OpenCompany(runs, companies, lines, users, plan, work, draw_lot, now)
    return Openings(
        open=open_company,
        undo=UndoOpening(runs, companies, work, now),
        hand_over=HandOver(runs, open_company),
        runs=runs,
    )


@asynccontextmanager
async def openings_of(base: Foundations, mailer: Mailer, passwords: Passwords) -> AsyncIterator[Openings]:
    """For a process that serves: with connections of its own, because an opening holds one while it uses another."""
    settings, vault = base.settings, Envelopes(base.master_keys)
    async with AsyncExitStack() as resources:
        pool = await build_pool(base.database_url, size=OWN_CONNECTIONS, name="secretaria openings")
        resources.callback(pool.terminate)
        http = await resources.enter_async_context(httpx2.AsyncClient(trust_env=False, follow_redirects=False))
        outside = Outside(mailer, passwords, http, settings.http.public_url, build_gateway(settings, http))
        yield build_openings(pool, vault, queues_of(base), settings.domains, outside)


def queues_of(base: Foundations) -> TenantQueues:
    namespace = base.settings.redis.namespace
    return TenantQueues(Ring(base.redis, namespace), RedisTenantKeys(base.redis, namespace))


def rest_of(base: Foundations) -> Rest:
    desk = billing_desk(base.pool, Envelopes(base.master_keys), base.open_work.on_jobs)
    return Rest(PostgresCompanies(base.pool), desk.open_work, now)


def steer_of(base: Foundations) -> Steer:
    companies = PostgresCompanies(base.pool)
    move = MoveToPool(companies, queues_of(base), PostgresPlanOf(base.pool))
    pack = ExportCompany(PostgresCompanyTables(base.pool), ZipArchive)
    return Steer(companies, move, pack, PostgresAuditLog(base.pool))


def end_of_grace(base: Foundations) -> EndGrace:
    companies = PostgresCompanies(base.pool)
    close = CloseCompany(companies, PostgresPlaces(base.pool), queues_of(base))
    desk = billing_desk(base.pool, Envelopes(base.master_keys))
    return EndGrace(close, desk.open_work, now)


def plan_follower(base: Foundations) -> FollowPlan:
    plan_of = PostgresPlanOf(base.pool)
    move = MoveToPool(PostgresCompanies(base.pool), queues_of(base), plan_of)
    return FollowPlan(plan_of, move, base.open_work, PostgresAuditLog(base.pool))


def _names(domains: Domains, outside: Outside) -> PutDomains:
    if domains.domain is None:
        return PutDomains(None)
    target = domains.target or urlsplit(outside.public_url).hostname or domains.domain
    return PutDomains(_provider(domains, outside.http), domains.domain, target)


def _provider(domains: Domains, http: httpx2.AsyncClient) -> DomainProvider:
    if domains.cloudflare_zone is None or domains.cloudflare_token is None:
        return ByHand()
    return CloudflareDomains(http, domains.cloudflare_url, domains.cloudflare_zone, domains.cloudflare_token)
