"""People and where they belong: public.users and public.memberships, which no company's role can read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import asyncpg

from adapters.postgres.audit import enter
from adapters.postgres.one_at_a_time import one_at_a_time
from adapters.postgres.pool import Connection, Pool, connected
from application.access.ports import Place, Standing
from domain.access.role import Role
from domain.access.user import EmailTaken, LastOwner, Membership, User, UserChanged, UserNotFound, UserState
from domain.companies.company import State
from domain.companies.limits import Room, boundless
from domain.shared.ids import TenantId, UserId

SELECT: Final = """
    select u.id, u.email, u.name, u.state, u.password_hash, u.epoch,
        coalesce(array_agg(m.role order by m.created_at, m.tenant_id) filter (where m.role is not null), '{}') as roles,
        coalesce(array_agg(m.tenant_id order by m.created_at, m.tenant_id) filter (where m.role is not null), '{}')
            as companies,
        coalesce(array_agg(m.state order by m.created_at, m.tenant_id) filter (where m.role is not null), '{}') as states,
        coalesce(array_agg(m.agreed order by m.created_at, m.tenant_id) filter (where m.role is not null), '{}') as agreed
    from public.users u left join public.memberships m on m.user_id = u.id
"""

STANDING: Final = """
    select u.name, m.role, u.epoch
    from public.users u
    join public.memberships m on m.user_id = u.id and m.tenant_id is not distinct from $2
    left join public.tenants t on t.id = m.tenant_id
    where u.id = $1 and u.state = 'active' and m.state = 'active' and m.agreed
        and coalesce(t.state, 'active') not in ('closing', 'closed')
"""

PLACES: Final = """
    select t.id, t.name, t.state, t.closes_at from public.memberships m join public.tenants t on t.id = m.tenant_id
    where m.user_id = $1 and m.state = 'active' and m.agreed order by m.created_at, t.id
"""

PUT_MEMBERSHIP: Final = """
    insert into public.memberships (user_id, tenant_id, role, state, agreed) values ($1, $2, $3, $4, $5)
    on conflict on constraint memberships_one_each
        do update set role = excluded.role, state = excluded.state, agreed = excluded.agreed
"""

PLACE: Final = """
    select role, state, agreed from public.memberships where user_id = $1 and tenant_id is not distinct from $2
"""

OWNERS: Final = """
    select count(*) from public.memberships m join public.users u on u.id = m.user_id
    where m.tenant_id = $1 and m.role = 'owner' and m.state = 'active' and m.agreed and u.state = 'active'
"""


ACTIVE: Final = """
    select count(*) from public.memberships where tenant_id is not distinct from $1 and state = 'active'
"""
ACTIVE_THERE: Final = """
    select exists (
        select from public.memberships where user_id = $1 and tenant_id is not distinct from $2 and state = 'active'
    )
"""


@dataclass(frozen=True, slots=True)
class PostgresUsers:
    """Implements application.access.ports.Users."""

    pool: Pool

    async def add(self, user: User, room: Room = boundless) -> None:
        async with _one_address(), connected(self.pool) as connection, connection.transaction():
            for each in user.memberships:
                await _ask(room, connection, each.company)
            await connection.execute(
                """
                insert into public.users (id, email, name, state, password_hash, epoch) values ($1, $2, $3, $4, $5, $6)
                """,
                *_values(user),
            )
            for each in user.memberships:
                await connection.execute(PUT_MEMBERSHIP, *_membership(user.id, each))
            for company in _chains(user):
                await enter(connection, company, "users.added", f"user:{user.id}", after=_shown(user))

    async def get(self, id: UserId) -> User:
        found = await self._select("where u.id = $1", id)
        if not found:
            raise UserNotFound(f"there is no user {id}")
        return found[0]

    async def find(self, email: str) -> User | None:
        found = await self._select("where u.email = $1", email)
        return found[0] if found else None

    async def change(self, before: User, after: User) -> None:
        async with _one_address(), connected(self.pool) as connection, connection.transaction():
            done = await connection.execute(
                """
                update public.users set email = $2, name = $3, state = $4, password_hash = $5, epoch = $6
                where id = $1 and email = $7 and state = $8 and epoch = $9
                """,
                *_values(after),
                before.email,
                str(before.state),
                before.epoch,
            )
            if done == "UPDATE 0":
                raise UserChanged("this person was changed meanwhile; look again")
            for company in _chains(before):
                await enter(
                    connection, company, "users.changed", f"user:{before.id}", _shown(before), _shown(after, before)
                )

    async def of(self, company: TenantId | None) -> Sequence[User]:
        which = "where u.id in (select user_id from public.memberships where tenant_id is not distinct from $1)"
        return await self._select(which, company)

    async def all(self) -> Sequence[User]:
        return await self._select("where true")

    async def put_membership(self, user: UserId, membership: Membership, room: Room = boundless) -> None:
        async with self._place_changed(user, membership.company) as connection:
            if membership.active and not await connection.fetchval(ACTIVE_THERE, user, membership.company):
                await _ask(room, connection, membership.company)
            await connection.execute(PUT_MEMBERSHIP, *_membership(user, membership))

    async def drop_membership(self, user: UserId, company: TenantId, *, last_owner: bool = False) -> None:
        async with self._place_changed(user, company, last_owner=last_owner) as connection:
            await connection.execute(
                "delete from public.memberships where user_id = $1 and tenant_id = $2", user, company
            )

    async def places(self, user: UserId) -> Sequence[Place]:
        async with connected(self.pool) as connection:
            rows = await connection.fetch(PLACES, user)
        return [Place(TenantId(row["id"]), row["name"], State(row["state"]), row["closes_at"]) for row in rows]

    async def standing(self, user: UserId, company: TenantId | None) -> Standing | None:
        async with connected(self.pool) as connection:
            row = await connection.fetchrow(STANDING, user, company)
        return None if row is None else Standing(row["name"], Role(row["role"]), row["epoch"])

    @asynccontextmanager
    async def _place_changed(
        self, user: UserId, company: TenantId | None, *, last_owner: bool = False
    ) -> AsyncIterator[Connection]:
        """Raises LastOwner, and then there is no entry either."""
        async with self._an_owner_stays(company, or_not=last_owner) as connection:
            before = await connection.fetchrow(PLACE, user, company)
            yield connection
            after = await connection.fetchrow(PLACE, user, company)
            await enter(connection, company, _named(before, after), f"user:{user}", _fields(before), _fields(after))

    @asynccontextmanager
    async def _an_owner_stays(self, company: TenantId | None, *, or_not: bool) -> AsyncIterator[Connection]:
        """One change at a time: two owners who remove each other at once must not both succeed."""
        async with connected(self.pool) as connection, one_at_a_time(connection, company):
            before = not or_not and await connection.fetchval(OWNERS, company)
            yield connection
            if before and not await connection.fetchval(OWNERS, company):
                raise LastOwner("a company keeps at least one owner")

    async def _select(self, which: str, *values: object) -> list[User]:
        async with connected(self.pool) as connection:
            return await _users(connection, which, *values)


async def _ask(room: Room, connection: Connection, company: TenantId | None) -> None:
    async with one_at_a_time(connection, company):
        room(await connection.fetchval(ACTIVE, company))


async def _users(connection: Connection, which: str, *values: object) -> list[User]:
    rows = await connection.fetch(f"{SELECT} {which} group by u.id order by u.created_at, u.id", *values)
    return [_user(row) for row in rows]


@asynccontextmanager
async def _one_address() -> AsyncIterator[None]:
    try:
        yield
    except asyncpg.UniqueViolationError as error:
        if error.constraint_name == "users_email_key":
            raise EmailTaken("somebody already logs in with this address") from error
        raise


def _values(user: User) -> tuple[object, ...]:
    return user.id, user.email, user.name, str(user.state), user.password_hash, user.epoch


def _chains(user: User) -> list[TenantId | None]:
    """Whose logs tell of this person: every place's, always in the same order, so that no two wait for each other."""
    return sorted({each.company for each in user.memberships}, key=lambda company: company or 0)


def _shown(user: User, before: User | None = None) -> dict[str, object]:
    """Personal values are covered by the log itself; of a password it is only said that there is another."""
    fields: dict[str, object] = {"state": str(user.state), "email": user.email, "name": user.name}
    if before is not None and before.password_hash != user.password_hash:
        fields["password_changed"] = True
    if before is not None and before.epoch != user.epoch:
        fields["sessions_ended"] = True
    return fields


def _named(before: Any, after: Any) -> str:  # noqa: ANN401 - asyncpg has no types
    """What a change of somebody's place is called in the audit log."""
    if before is None or after is None:
        return "users.taken_off" if after is None else "users.placed"
    if after["agreed"] and not before["agreed"]:
        return "users.joined"
    if before["state"] != after["state"]:
        return "users.let_in" if after["state"] == "active" else "users.shut_out"
    return "users.role"


def _fields(row: Any) -> dict[str, object] | None:  # noqa: ANN401 - asyncpg has no types
    return None if row is None else dict(row)


def _membership(user: UserId, one: Membership) -> tuple[object, ...]:
    return user, one.company, str(one.role), "active" if one.active else "disabled", one.agreed


def _user(row: Any) -> User:  # noqa: ANN401 - asyncpg has no types
    places = zip(row["roles"], row["companies"], row["states"], row["agreed"], strict=True)
    return User(
        id=UserId(row["id"]),
        email=row["email"],
        name=row["name"],
        memberships=tuple(
            Membership(Role(role), None if at is None else TenantId(at), state == "active", agreed)
            for role, at, state, agreed in places
        ),
        state=UserState(row["state"]),
        password_hash=row["password_hash"],
        epoch=row["epoch"],
    )
