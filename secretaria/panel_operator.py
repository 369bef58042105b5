"""The panel's pages of the platform's operator, wired: companies and how they come and go, everybody's dead letters, workers."""

from __future__ import annotations

from litestar import Router

from adapters.http.panel.all_dead_letters import AllDeadLetterPages, all_dead_letters_router
from adapters.http.panel.carrying import Carrying
from adapters.http.panel.companies import CompanyPages, companies_router
from adapters.http.panel.company_deeds import CompanyDeeds, company_deeds_router
from adapters.http.panel.openings import Openers, OpeningPages, openings_router
from adapters.http.panel.workers import WorkerPages, workers_router
from adapters.postgres.company_register import PostgresCompanyRegister
from adapters.postgres.dead_letters import PostgresDeadLetters
from adapters.postgres.lines import PostgresLines
from adapters.postgres.pools import PostgresPools
from adapters.postgres.tenants import PostgresCompanies
from application.companies.register import ReadRegister
from application.dead_letters.settle_any import SettleAny
from application.provisioning.look_at_workers import LookAtWorkers
from secretaria.composition import Foundations
from secretaria.entrance import Entrance
from secretaria.money import billing_desk
from secretaria.opening import Openings, rest_of, steer_of
from secretaria.panel_desk import Shell, address_of, proof_gate


def operator_routers(base: Foundations, entrance: Entrance, shell: Shell, openings: Openings) -> list[Router]:
    frame, pool, proof = shell.frame, shell.pool, proof_gate(entrance)
    register, letters = ReadRegister(PostgresCompanyRegister(pool)), PostgresDeadLetters(pool)
    companies = CompanyPages(frame, register, entrance.proofs.users, entrance.members, PostgresLines(pool, base.vault))
    settle = SettleAny(letters)
    look_at = LookAtWorkers(base.heartbeats.seen, PostgresPools(pool))
    return [
        companies_router(companies),
        company_deeds_router(CompanyDeeds(frame, register, rest_of(base), steer_of(base), proof)),
        openings_router(OpeningPages(frame, _openers(base, shell, openings), proof, shell.stream_seconds)),
        all_dead_letters_router(AllDeadLetterPages(frame, letters, settle, PostgresCompanies(pool))),
        workers_router(WorkerPages(frame, look_at, shell.stream_seconds)),
    ]


def _openers(base: Foundations, shell: Shell, openings: Openings) -> Openers:
    carrying = Carrying(openings.open)
    shell.resources.push_async_callback(carrying.close)
    return Openers(
        open=openings.open,
        undo=openings.undo,
        runs=openings.runs,
        hand_over=openings.hand_over,
        carrying=carrying,
        plans=billing_desk(shell.pool, base.vault).plans,
        address_of=address_of(base),
    )
