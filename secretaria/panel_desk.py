"""The panel's pages about a company's people, keys, lines, plan and log, wired."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass

from litestar import Router

from adapters.http.panel import audit, keys
from adapters.http.panel.connections import ConnectionPages, connections_router
from adapters.http.panel.connections_edit import edit_handlers
from adapters.http.panel.export import ExportPages, export_pages_router
from adapters.http.panel.frame import Frame
from adapters.http.panel.plan import Books, PlanPages, plan_router
from adapters.http.panel.proof import ProofGate
from adapters.http.panel.users import UserPages, users_pages_router
from adapters.http.panel.users_sign_on import sign_on_handlers
from adapters.postgres.audit import PostgresAuditBook
from adapters.postgres.company_tables import PostgresCompanyTables
from adapters.postgres.lines import PostgresLines
from adapters.postgres.plan_of import PostgresPlanOf
from adapters.postgres.pool import Pool
from adapters.postgres.tenants import PostgresCompanies
from adapters.security.chance import new_connection_id, new_secret, new_webhook_secret
from adapters.security.pictures import pix_picture
from adapters.whaticket.client import build_http_client
from adapters.whaticket.probe import WhaticketProbe
from application.audit.export import ExportAudit
from application.audit.search import SearchAudit
from application.billing.preview_change import PreviewPlanChange
from application.companies.export import ExportCompany
from application.provisioning.connect_line import ConnectLine
from application.provisioning.own_lines import OwnLines
from application.provisioning.rotate_webhook import RotateWebhook
from application.quotas.whom_to_tell import WhomToTell
from domain.access.role import Permission
from domain.companies.connection import Connection
from secretaria.archive import ZipArchive
from secretaria.composition import Foundations, now
from secretaria.entrance import Entrance
from secretaria.money import billing_desk


def proof_gate(entrance: Entrance) -> ProofGate:
    return ProofGate(entrance.account.prove, entrance.fresh, entrance.logins.address)


@dataclass(frozen=True, slots=True)
class Shell:
    """What all pages share: `resources` closes what they hold."""

    frame: Frame
    pool: Pool
    resources: AsyncExitStack
    stream_seconds: float


async def desk_routers(base: Foundations, entrance: Entrance, shell: Shell) -> list[Router]:
    proof, frame, pool = proof_gate(entrance), shell.frame, shell.pool
    team = UserPages(frame, entrance.members, proof, entrance.arrange, base.settings.http.public_url)
    lines = await _connections(base, proof, shell)
    ring = keys.KeyPages(frame, entrance.keys, proof)
    book = PostgresAuditBook(pool)
    log = audit.AuditPages(frame, SearchAudit(book), ExportAudit(book), entrance.proofs.users)
    return [
        users_pages_router(team, *sign_on_handlers(team)),
        keys.keys_pages_router(ring, keys.OWN, Permission.API_KEYS_WRITE),
        keys.keys_pages_router(ring, keys.PLATFORMS, Permission.PLATFORM_API_KEYS_WRITE),
        connections_router(lines, *edit_handlers(lines)),
        export_pages_router(ExportPages(frame, ExportCompany(PostgresCompanyTables(pool), ZipArchive), proof)),
        plan_router(PlanPages(frame, _books(base, pool), proof, pix_picture)),
        audit.audit_pages_router(log, audit.OWN, Permission.AUDIT_READ),
        audit.audit_pages_router(log, audit.PLATFORMS, Permission.PLATFORM_AUDIT_READ),
    ]


async def _connections(base: Foundations, proof: ProofGate, shell: Shell) -> ConnectionPages:
    http = await shell.resources.enter_async_context(
        build_http_client(private_addresses=base.settings.delivery.private_addresses)
    )
    pool, lines = shell.pool, PostgresLines(shell.pool, base.vault)
    plan_of = PostgresPlanOf(pool)
    connect = ConnectLine(PostgresCompanies(pool), lines, new_connection_id, new_secret, plan_of)
    own = OwnLines(lines, connect, RotateWebhook(lines, new_secret), WhaticketProbe(http), plan_of)
    return ConnectionPages(shell.frame, own, proof, address_of(base))


def address_of(base: Foundations) -> Callable[[Connection], str]:
    """Where a connection's webhooks go."""
    return lambda line: base.settings.http.public_url + line.webhook_path


def _books(base: Foundations, pool: Pool) -> Books:
    desk = billing_desk(pool, base.vault, base.open_work.on_jobs)
    return Books(
        plans=desk.plans,
        account=desk.account,
        usage=desk.usage,
        preview=PreviewPlanChange(desk.open_work, now),
        change=desk.change_plan,
        tell=WhomToTell(desk.open_work, new_webhook_secret),
    )
