"""The whole API in this process over real servers: two companies of its own, somebody of each role in the first."""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import httpx2
from litestar import Litestar

from adapters.postgres.places import PostgresPlaces
from adapters.postgres.pool import build_pool
from adapters.postgres.tenants import PostgresCompanies
from adapters.security.master_keys import new_master_key
from application.access.api_keys import KeyOrder
from application.access.caller import Caller
from domain.access.role import GRANTS, Permission, Role
from domain.access.user import Membership, User
from domain.shared.ids import TenantId, UserId
from secretaria.api import application, company_routers
from secretaria.calendars import open_calendars
from secretaria.composition import lay_foundations
from secretaria.entrance import Entrance, build_entrance, outside_client
from secretaria.opening import openings_of
from secretaria.panel import compose_panel
from secretaria.settings import Settings
from tests.fakes.proofs import FakeMailer

IDS = re.compile(r"\{id:\w+\}")
SOMEBODY = "{person:uuid}"
PASSWORD = "tranquila e longa"
PUBLIC_URL = "http://127.0.0.1:8080"


@dataclass
class Building:
    app: Litestar
    entrance: Entrance
    ours: TenantId
    theirs: TenantId
    mailer: FakeMailer
    people: dict[Role, User] = field(default_factory=dict)
    foreigner: UserId = field(default_factory=lambda: UserId(uuid4()))

    async def headers(self, role: Role) -> dict[str, str]:
        user = self.people[role]
        tickets = await self.entrance.logins.sign_in.begin(user, user.memberships[0].company)
        return {"authorization": f"Bearer {tickets.access}"}

    async def key_of(self, company: TenantId | None) -> UUID:
        role = Role.OPERATOR if company is None else Role.OWNER
        maker = Caller(self.foreigner, "x", GRANTS[role], company)
        scope = Permission.PLATFORM_WORKERS_READ if company is None else Permission.HOME_READ
        return (await self.entrance.keys.make(maker, KeyOrder("k", frozenset({scope})))).key.id

    def path(self, route: str, id: object) -> str:
        return IDS.sub(str(id), route.partition(" ")[2]).replace(SOMEBODY, str(uuid4()))


@asynccontextmanager
async def raised(database: str, redis_url: str) -> AsyncIterator[Building]:
    environment = {
        "DATABASE_URL": database,
        "REDIS_URL": redis_url,
        "SECRETARIA_MASTER_KEY": new_master_key(),
        "SECRETARIA_REDIS_NAMESPACE": f"m{secrets.token_hex(4)}",
        "SECRETARIA_DATA_DIR": "nowhere",
    }
    settings = Settings.from_environment(environment)
    async with (
        lay_foundations(settings, name="tests") as base,
        outside_client(settings) as outside,
        AsyncExitStack() as resources,
    ):
        companies, mark = PostgresCompanies(base.pool), secrets.token_hex(4)
        await base.pool.execute("delete from public.platform_key")
        ours, theirs = [
            await companies.add(name=slug, slug=f"{slug}-{mark}", time_zone="America/Sao_Paulo")
            for slug in ("ours", "theirs")
        ]
        await PostgresPlaces(base.pool).make(ours.id)
        own, mailer = await build_pool(database, size=1, name="tests health"), FakeMailer()
        entrance = build_entrance(base, mailer, outside)
        openings = await resources.enter_async_context(openings_of(base, mailer, entrance.proofs.passwords))
        calendars = await resources.enter_async_context(open_calendars(base))
        panel = await resources.enter_async_context(
            compose_panel(base, entrance, openings, calendars, stream_seconds=0)
        )
        app = application(base, entrance, own, [panel, *company_routers(base, openings, calendars)])
        building = Building(app, entrance, ours.id, theirs.id, mailer)
        await _people_move_in(building, mark)
        yield building
        entrance.close()
        own.terminate()


def asking(building: Building) -> httpx2.AsyncClient:
    """A client in the same process, told of what goes wrong by the answer alone."""
    transport = httpx2.ASGITransport(building.app, raise_app_exceptions=False)
    return httpx2.AsyncClient(transport=transport, base_url=PUBLIC_URL)


async def _people_move_in(building: Building, mark: str) -> None:
    """One of each role into our company, and an owner into the other."""
    proofs = building.entrance.proofs
    password_hash = await proofs.passwords.hash(PASSWORD)
    for role in Role:
        place = Membership(role, None if role is Role.OPERATOR else building.ours)
        person = User(UserId(uuid4()), f"{role}@{mark}.example", str(role), (place,), password_hash=password_hash)
        building.people[role] = person
        await proofs.users.add(person)
    there = (Membership(Role.OWNER, building.theirs),)
    await proofs.users.add(User(building.foreigner, f"x@{mark}.example", "x", there))
