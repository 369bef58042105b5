"""Provisioning's ports in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from copy import copy, deepcopy
from dataclasses import dataclass, field, replace
from datetime import timedelta

from application.provisioning.domains import DnsRecord, DomainRefused
from application.provisioning.order import Paper
from application.provisioning.ports import ConnectionNotFound, LineChanged, Profile
from application.provisioning.runs import Asking, PaperBurnt
from domain.assistant.model_terms import OwnModel
from domain.billing.plan import Plan
from domain.companies.company import Company, CompanyBusy, CompanyNotFound, NameTaken, State
from domain.companies.connection import Connection
from domain.companies.limits import Room, boundless
from domain.provisioning.checklist import Run, RunNotFound, RunState
from domain.shared.ids import ConnectionId, TenantId


@dataclass
class FakeCompanies:
    kept: dict[TenantId, Company] = field(default_factory=dict)
    pools: dict[TenantId, str] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)

    @asynccontextmanager
    async def alone(self, slug: str) -> AsyncIterator[None]:
        if slug in self.held:
            raise CompanyBusy(slug)
        self.held.add(slug)
        try:
            yield
        finally:
            self.held.discard(slug)

    async def find(self, slug: str) -> Company | None:
        found = [c for c in self.kept.values() if c.slug == slug and c.state is not State.CLOSED]
        return copy(found[0]) if found else None

    async def get(self, tenant: TenantId) -> Company:
        if tenant not in self.kept:
            raise CompanyNotFound(str(tenant))
        return copy(self.kept[tenant])

    async def all(self) -> Sequence[Company]:
        return [copy(company) for company in self.kept.values()]

    async def add(self, *, name: str, slug: str, time_zone: str) -> Company:
        if await self.find(slug):
            raise NameTaken(slug)
        company = Company(TenantId(len(self.kept) + 1), name, slug, time_zone)
        self.kept[company.id] = copy(company)
        return company

    async def save(self, company: Company) -> None:
        if company.id in self.kept:
            self.kept[company.id] = replace(company, slug=self.kept[company.id].slug)

    async def put_into_pool(self, tenant: TenantId, pool: str, *, out_of: Collection[str] | None = None) -> str:
        await self.get(tenant)
        before = self.pools.get(tenant, "shared")
        if out_of is None or before in out_of:
            self.pools[tenant] = pool
        return before


@dataclass
class FakePlaces:
    made: dict[TenantId, Profile | None] = field(default_factory=dict)
    running: int = 0

    async def make(self, tenant: TenantId) -> None:
        self.made.setdefault(tenant, None)

    async def introduce(self, tenant: TenantId, profile: Profile) -> None:
        assert tenant in self.made, "there is nowhere to write it down"
        self.made[tenant] = profile

    async def running_jobs(self, tenant: TenantId) -> int:
        return self.running

    async def remove(self, tenant: TenantId) -> None:
        self.made.pop(tenant, None)


@dataclass
class FakeLines:
    kept: dict[ConnectionId, Connection] = field(default_factory=dict)
    off: set[ConnectionId] = field(default_factory=set)

    async def put(self, connection: Connection) -> None:
        known = self.kept.get(connection.id)
        if known is None:
            self.kept[connection.id] = replace(connection, webhook_secrets=connection.webhook_secrets[:1])
        elif known.tenant == connection.tenant:
            secrets = (*connection.webhook_secrets[:1], *known.webhook_secrets[1:])
            self.kept[connection.id] = replace(connection, webhook_secrets=secrets, version=known.version + 1)

    async def revise(
        self, connection: ConnectionId, revised: Callable[[Connection], Connection], *, seen: int | None = None
    ) -> Connection:
        before = await self.get(connection)
        if seen is not None and seen != before.version:
            raise LineChanged(connection)
        await self.put(revised(before))
        return self.kept[connection]

    async def add(self, connection: Connection, room: Room) -> None:
        room(await self._held(connection.tenant))
        await self.put(connection)

    async def of(self, tenant: TenantId) -> Sequence[Connection]:
        return [line for line in self.kept.values() if line.tenant == tenant]

    async def get(self, connection: ConnectionId) -> Connection:
        if connection not in self.kept:
            raise ConnectionNotFound(connection)
        return self.kept[connection]

    async def switched_off(self, tenant: TenantId) -> Collection[ConnectionId]:
        return {line.id for line in await self.of(tenant)} & self.off

    async def switch(self, connection: ConnectionId, *, active: bool, room: Room = boundless) -> None:
        tenant = (await self.get(connection)).tenant
        if active and connection in self.off:
            room(await self._held(tenant))
        (self.off.discard if active else self.off.add)(connection)

    async def _held(self, tenant: TenantId) -> int:
        return len({line.id for line in await self.of(tenant)} - self.off)

    async def succeed_secret(self, connection: ConnectionId, secret: str, *, overlap: timedelta) -> None:
        line = await self.get(connection)
        before = line.webhook_secrets[:1] if overlap else ()
        self.kept[connection] = replace(line, webhook_secrets=(secret, *before), version=line.version + 1)


@dataclass
class FakeOwnModels:
    kept: dict[TenantId, OwnModel] = field(default_factory=dict)

    async def get(self, tenant: TenantId) -> OwnModel:
        return self.kept.get(tenant, OwnModel())

    async def put(self, tenant: TenantId, own: OwnModel) -> None:
        self.kept[tenant] = own


@dataclass
class FakeQueues:
    forgotten: list[TenantId] = field(default_factory=list)
    moved: list[tuple[TenantId, str]] = field(default_factory=list)

    async def forget(self, tenant: TenantId) -> None:
        self.forgotten.append(tenant)

    async def empty_queue(self, tenant: TenantId) -> None:
        self.forgotten.append(tenant)

    async def empty_namespace(self, tenant: TenantId) -> None:
        self.forgotten.append(tenant)

    async def move(self, tenant: TenantId, pool: str) -> None:
        self.moved.append((tenant, pool))


@dataclass
class FakeRuns:
    kept: dict[int, Run] = field(default_factory=dict)
    papers: dict[int, Paper] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)

    async def add(self, paper: Paper, asking: Asking) -> Run | None:
        if await self.unfinished(paper.order.slug) or asking.key in self.keys:
            return None
        run = Run(len(self.kept) + 1, paper.order.slug, paper.order.name, asking.who, keyed=asking.key is not None)
        self.kept[run.id], self.papers[run.id] = run, paper
        if asking.key is not None:
            self.keys[asking.key] = run.id
        return deepcopy(run)

    async def get(self, id: int) -> Run:
        if id not in self.kept:
            raise RunNotFound(str(id))
        return deepcopy(self.kept[id])

    async def of_key(self, key: str) -> Run | None:
        return deepcopy(self.kept[self.keys[key]]) if key in self.keys else None

    async def unfinished(self, slug: str) -> Run | None:
        over = (RunState.DONE, RunState.UNDONE)
        return next((deepcopy(run) for run in self.kept.values() if run.slug == slug and run.state not in over), None)

    async def lately(self, limit: int) -> Sequence[Run]:
        return [deepcopy(run) for run in reversed(self.kept.values())][:limit]

    async def save(self, run: Run) -> None:
        self.kept[run.id] = deepcopy(run)

    async def paper(self, run: Run) -> Paper:
        if run.id not in self.papers:
            raise PaperBurnt(str(run.id))
        return self.papers[run.id]

    async def write(self, run: Run, paper: Paper) -> None:
        self.papers[run.id] = paper

    async def burn(self, run: Run) -> None:
        if not run.keyed:
            self.papers.pop(run.id, None)

    async def forget(self) -> int:
        """Its days never end."""
        return 0

    async def shred(self, run: Run) -> bool:
        self.keys = {key: id for key, id in self.keys.items() if id != run.id}
        self.kept[run.id].keyed = False
        return self.papers.pop(run.id, None) is not None


async def no_plan(_: TenantId) -> Plan | None:
    return None


@dataclass
class FakeDomains:
    records: dict[str, str] = field(default_factory=dict)

    async def put(self, record: DnsRecord) -> str | None:
        if "." not in record.target:
            raise DomainRefused(record.name)
        self.records[record.name] = record.target
        return None

    async def remove(self, name: str) -> None:
        self.records.pop(name, None)
