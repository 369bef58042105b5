"""The panel's pages about a company's lines, plan and log, and those of the platform's operator, wired."""

from __future__ import annotations

from contextlib import AsyncExitStack

from litestar import Router

from adapters.http.panel import audit, keys
from adapters.http.panel.all_dead_letters import AllDeadLetterPages, all_dead_letters_router
from adapters.http.panel.companies import CompanyPages, companies_router
from adapters.http.panel.connections import ConnectionPages, connections_router
from adapters.http.panel.frame import Frame
from adapters.http.panel.plan import Books, PlanPages, plan_router
from adapters.http.panel.proof import ProofGate
from adapters.http.panel.users import UserPages, users_pages_router
from adapters.http.panel.workers import WorkerPages, workers_router
from adapters.postgres.audit import PostgresAuditBook, PostgresAuditLog
from adapters.postgres.company_register import PostgresCompanyRegister
from adapters.postgres.dead_letters import PostgresDeadLetters
from adapters.postgres.lines import PostgresLines
from adapters.postgres.plan_of import PostgresPlanOf
from adapters.postgres.pool import Pool
from adapters.postgres.pools import PostgresPools
from adapters.postgres.tenants import PostgresCompanies
from adapters.security.chance import new_connection_id, new_secret, new_webhook_secret
from adapters.whaticket.client import build_http_client
from adapters.whaticket.probe import WhaticketProbe
from application.audit.export import ExportAudit
from application.audit.search import SearchAudit
from application.billing.preview_change import PreviewPlanChange
from application.companies.register import ReadRegister
from application.dead_letters.settle_any import SettleAny
from application.provisioning.connect_line import ConnectLine
from application.provisioning.look_at_workers import LookAtWorkers
from application.provisioning.own_lines import OwnLines
from application.provisioning.rotate_webhook import RotateWebhook
from application.quotas.whom_to_tell import WhomToTell
from domain.access.role import Permission
from domain.companies.connection import Connection
from secretaria.composition import Foundations, now
from secretaria.entrance import Entrance
from secretaria.money import billing_desk


def proof_gate(entrance: Entrance) -> ProofGate:
    return ProofGate(entrance.account.prove, entrance.fresh, entrance.logins.address)


async def desk_routers(
    base: Foundations, entrance: Entrance, frame: Frame, pool: Pool, resources: AsyncExitStack
) -> list[Router]:
    proof = proof_gate(entrance)
    ring = keys.KeyPages(frame, entrance.keys, proof)
    book = PostgresAuditBook(pool)
    log = audit.AuditPages(frame, SearchAudit(book), ExportAudit(book), entrance.proofs.users)
    return [
        users_pages_router(UserPages(frame, entrance.members)),
        keys.keys_pages_router(ring, keys.OWN, Permission.API_KEYS_WRITE),
        keys.keys_pages_router(ring, keys.PLATFORMS, Permission.PLATFORM_API_KEYS_WRITE),
        connections_router(await _connections(base, frame, proof, pool, resources)),
        plan_router(PlanPages(frame, _books(base, pool), proof)),
        audit.audit_pages_router(log, audit.OWN, Permission.AUDIT_READ),
        audit.audit_pages_router(log, audit.PLATFORMS, Permission.PLATFORM_AUDIT_READ),
    ]


def operator_routers(base: Foundations, frame: Frame, pool: Pool, stream_seconds: float) -> list[Router]:
    views, letters = PostgresCompanyRegister(pool), PostgresDeadLetters(pool)
    settle = SettleAny(letters, PostgresAuditLog(pool))
    return [
        companies_router(CompanyPages(frame, ReadRegister(views), views)),
        all_dead_letters_router(AllDeadLetterPages(frame, letters, settle, PostgresCompanies(pool))),
        workers_router(WorkerPages(frame, LookAtWorkers(base.heartbeats.seen, PostgresPools(pool)), stream_seconds)),
    ]


async def _connections(
    base: Foundations, frame: Frame, proof: ProofGate, pool: Pool, resources: AsyncExitStack
) -> ConnectionPages:
    http = await resources.enter_async_context(
        build_http_client(private_addresses=base.settings.delivery.private_addresses)
    )
    lines = PostgresLines(pool, base.vault)
    connect = ConnectLine(PostgresCompanies(pool), lines, new_connection_id, new_secret, PostgresPlanOf(pool))
    own = OwnLines(lines, connect, RotateWebhook(lines, new_secret), WhaticketProbe(http), PostgresAuditLog(pool))

    def address_of(line: Connection) -> str:
        return base.settings.http.public_url + line.webhook_path

    return ConnectionPages(frame, own, proof, address_of)


def _books(base: Foundations, pool: Pool) -> Books:
    desk = billing_desk(pool, base.vault, base.open_work.on_jobs)
    return Books(
        plans=desk.plans,
        account=desk.account,
        usage=desk.usage,
        preview=PreviewPlanChange(desk.open_work, now),
        change=desk.change_plan,
        tell=WhomToTell(desk.open_work, new_webhook_secret, PostgresAuditLog(pool)),
    )
