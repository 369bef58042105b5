"""What is changed of people, keys, companies and settings, and the entry about it: both are kept, or neither."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest

from adapters.postgres.alerts import PostgresContactsToTell, PostgresEndpoints
from adapters.postgres.api_keys import PostgresApiKeys
from adapters.postgres.audit import PostgresAuditBook
from adapters.postgres.dead_letters import PostgresDeadLetters
from adapters.postgres.lanes import Lanes
from adapters.postgres.lines import PostgresLines
from adapters.postgres.pool import Pool, connected
from adapters.postgres.sign_ons import PostgresSignOns
from adapters.postgres.tenants import PostgresCompanies
from adapters.postgres.users import PostgresUsers
from adapters.postgres.work import PostgresWorkshop
from adapters.security.envelope import Envelopes
from adapters.telemetry.origin import asked_by, coming_from
from application.access.sign_on import Provider
from application.assistant.settings import AssistantSettings
from application.audit.ports import Wanted
from application.dead_letters.ports import DeadLetterNotFound
from application.provisioning.open_company import Opened
from application.quotas.ports import Endpoint
from domain.access.api_key import ApiKey
from domain.access.role import Permission, Role
from domain.access.user import EmailTaken, LastOwner, Membership, User
from domain.assistant.persona import Persona
from domain.audit.entry import Entry
from domain.companies.company import Company
from domain.handoff.entry import Attendant
from domain.shared.ids import ConnectionId, JobId, UserId
from secretaria.embedded.postgres import Postgres
from tests.integration.postgres.conftest import OpenIt

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
UNWRITABLE = "alter table public.audit_log add constraint nothing_more check (false) not valid"
EMAIL = "ana@clinica.example"
DEAD = """
    insert into public.jobs (tenant_id, key, actor, args, state, died_at)
    values ($1, 'k', 'conversations.take_turn', '{}', 'dead', now()) returning id
"""


class Ledger:
    """One company, somebody in it, and every kind of change that is entered in its own transaction."""

    def __init__(self, pool: Pool, opened: Opened, vault: Envelopes, open_work: PostgresWorkshop) -> None:
        self.pool, company = pool, opened.company.id
        self.company = company
        self.users, self.keys = PostgresUsers(pool), PostgresApiKeys(pool)
        self.sign_ons, self.companies = PostgresSignOns(pool, vault), PostgresCompanies(pool)
        self.settings = AssistantSettings(open_work, lambda: NOW)
        self.ana = User(UserId(uuid4()), EMAIL, "Ana", (Membership(Role.OWNER, company),), password_hash="h")
        place = Membership(Role.VIEWER, company)
        self.caio = User(UserId(uuid4()), "caio@clinica.example", "Caio", (place,), password_hash="h")
        self.lines, self.dead_letters = PostgresLines(pool, vault), PostgresDeadLetters(pool)
        self.line, self.job = opened.connection, JobId(0)
        self.vault = vault
        self.key = ApiKey(uuid4(), "n8n", "sec_a1b2c3d4", frozenset({Permission.HOME_READ}), NOW, company)

    async def entries(self) -> list[Entry]:
        return list(await PostgresAuditBook(self.pool).newest(self.company, Wanted(), below=None, limit=50))

    async def state(self) -> list[object]:
        """All that the deeds below change."""
        tables = (
            "users", "memberships", "api_keys", "sign_ons", "tenants", "whatsapp_connections", "billing_contacts",
            "event_endpoints", "jobs", f"tenant_{self.company}.persona",
        )  # fmt: skip
        found = []
        for table in tables:
            name = table if "." in table else f"public.{table}"
            found.append(await self.pool.fetchval(f"select json_agg(t order by t::text)::text from {name} t"))
        return found

    async def publish(self) -> None:
        await self.settings.publish(self.company, replace(Persona(), tone="direto"), Attendant(uuid4(), "Ana"), seen=0)

    async def die(self) -> None:
        self.job = JobId(await self.pool.fetchval(DEAD, self.company))

    async def tell(self, *addresses: str) -> None:
        async with connected(self.pool) as connection, connection.transaction():
            await PostgresContactsToTell(connection, self.company).put(addresses)

    async def call(self, endpoint: Endpoint | None) -> None:
        async with connected(self.pool) as connection, connection.transaction():
            await PostgresEndpoints(connection, self.company, self.vault).put(endpoint)

    async def invite_and_agree(self) -> None:
        for agreed in (False, True):
            await self.users.put_membership(self.caio.id, Membership(Role.VIEWER, self.company, agreed=agreed))

    async def take_off_and_back(self) -> None:
        await self.users.drop_membership(self.caio.id, self.company)
        await self.users.put_membership(self.caio.id, Membership(Role.VIEWER, self.company))

    async def rename(self) -> None:
        company = await self.companies.get(self.company)
        await self.companies.save(replace(company, name="Outra"))

    async def move(self, move: Callable[[Company], None]) -> None:
        company = await self.companies.get(self.company)
        move(company)
        await self.companies.save(company)


Do = Callable[[Ledger], Awaitable[object]]
DEEDS: dict[str, Do] = {
    "users.added": lambda it: it.users.add(replace(it.ana, id=UserId(uuid4()), email="bia@clinica.example")),
    "users.changed": lambda it: it.users.change(it.ana, it.ana.with_password("other")),
    "users.role": lambda it: it.users.put_membership(it.caio.id, Membership(Role.MANAGER, it.company)),
    "users.shut_out": lambda it: it.users.put_membership(it.caio.id, Membership(Role.VIEWER, it.company, active=False)),
    "users.joined": lambda it: it.invite_and_agree(),
    "users.taken_off": lambda it: it.users.drop_membership(it.caio.id, it.company),
    "users.placed": lambda it: it.take_off_and_back(),
    "keys.made": lambda it: it.keys.add(replace(it.key, id=uuid4(), prefix="sec_b1b2c3d4"), b"d" * 32),
    "keys.revoked": lambda it: it.keys.revoke(it.company, it.key.id, NOW),
    "sign_on.set": lambda it: it.sign_ons.put(it.company, Provider("https://id.example", "us", "their-secret")),
    "sign_on.removed": lambda it: it.sign_ons.remove(it.company),
    "company.changed": lambda it: it.rename(),
    "company.suspend": lambda it: it.move(Company.suspend),
    "company.leave": lambda it: it.move(partial(Company.leave, now=NOW, days=3)),
    "company.closing": lambda it: it.move(Company.begin_closing),
    "assistant.published": lambda it: it.publish(),
    "connections.add": lambda it: it.lines.put(replace(it.line, id=ConnectionId("lineofanotherkind000000"))),
    "connections.change": lambda it: it.lines.put(replace(it.line, api_token="their-secret")),
    "connections.switch": lambda it: it.lines.switch(it.line.id, active=False),
    "connections.rotate": lambda it: it.lines.succeed_secret(it.line.id, "their-secret", overlap=timedelta(hours=1)),
    "billing.contacts": lambda it: it.tell(EMAIL),
    "billing.webhook": lambda it: it.call(Endpoint("https://erp.example", "their-secret")),
    "dead_letters.retry": lambda it: it.dead_letters.retry(it.job),
    "dead_letters.discard": lambda it: it.dead_letters.discard(it.job),
}


@pytest.fixture
async def ledger(pool: Pool, open_company: OpenIt, vault: Envelopes, migrated: str) -> Ledger:
    opened = await open_company("Clínica")
    open_work = PostgresWorkshop(Lanes([pool]), urlsplit(migrated).path.lstrip("/"))
    ledger = Ledger(pool, opened, vault, open_work)
    await ledger.users.add(ledger.ana)
    await ledger.users.add(ledger.caio)
    await ledger.keys.add(ledger.key, b"k" * 32)
    await ledger.die()
    return ledger


@pytest.mark.parametrize("action", DEEDS)
async def test_a_change_is_entered_by_whoever_asked_for_it(ledger: Ledger, action: str):
    with coming_from("192.0.2.7"):
        asked_by("user:1")
        await DEEDS[action](ledger)

    entry = (await ledger.entries())[0]
    assert (entry.action, entry.origin) == (action, "192.0.2.7")
    assert entry.who == "user:1" or entry.action == "assistant.published"
    assert EMAIL not in str(entry)
    assert "their-secret" not in str(entry)


@pytest.mark.parametrize("action", DEEDS)
async def test_what_cannot_be_entered_does_not_happen(
    ledger: Ledger, action: str, postgres_server: Postgres, migrated: str
):
    url = urlsplit(postgres_server.superuser_url)._replace(path=urlsplit(migrated).path).geturl()
    superuser = await asyncpg.connect(url)
    await superuser.execute(UNWRITABLE)
    await superuser.close()
    before = await ledger.state()

    with pytest.raises(asyncpg.CheckViolationError):
        await DEEDS[action](ledger)

    assert await ledger.state() == before


async def test_what_does_not_happen_is_not_entered(ledger: Ledger):
    before = await ledger.entries()

    with pytest.raises(LastOwner):
        await ledger.users.drop_membership(UserId(ledger.ana.id), ledger.company)
    with pytest.raises(EmailTaken):
        await ledger.users.add(replace(ledger.ana, id=UserId(uuid4())))
    with pytest.raises(DeadLetterNotFound):
        await ledger.dead_letters.discard(JobId(ledger.job + 1))
    await ledger.lines.put(ledger.line)

    assert await ledger.entries() == before


async def test_an_entry_says_what_was_and_what_is(ledger: Ledger):
    bia = replace(ledger.ana, id=UserId(uuid4()), email="bia@clinica.example")
    await ledger.users.add(bia)
    await ledger.users.put_membership(UserId(bia.id), Membership(Role.VIEWER, ledger.company))

    entry = (await ledger.entries())[0]

    assert (entry.who, entry.subject) == ("system", f"user:{bia.id}")
    assert (json.loads(entry.before or ""), json.loads(entry.after or "")) == ({"role": "owner"}, {"role": "viewer"})
