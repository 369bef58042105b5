"""A company's place in the database: a schema with its tables, and a role that can reach nothing else.

Works for an owner who is no superuser but has CREATEROLE. Since PostgreSQL 16 whoever creates a role may
administer it but not become it, hence the grant to ourselves. All of it belongs in the caller's transaction.
"""

from __future__ import annotations

from adapters.postgres.names import quoted, role_of, schema_of, tenants_role
from adapters.postgres.pool import Connection
from adapters.postgres.tree import Tree, new_schema_script
from domain.shared.ids import TenantId

SHARED_WITH_TENANTS = ("jobs",)
"""Tables of `public` that a company's role may touch; each must have row level security by role name."""

CALLED_BY_TENANTS = ("add_audit_entry(integer, text, text, text, text, text, text, text, text)",)
"""Functions of `public` that do for a company's role what it may not do itself; each must check whose company it is."""

LOCK_SECONDS = 3


async def prepare_shared(connection: Connection) -> None:
    """The role that every company's role is a member of, and its rights. Safe to repeat."""
    group = tenants_role(await _database(connection))
    await _ensure_role(connection, group)
    for table in SHARED_WITH_TENANTS:
        await connection.execute(f"grant select, insert, update, delete on public.{table} to {quoted(group)}")
    for function in CALLED_BY_TENANTS:
        await connection.execute(f"grant execute on function public.{function} to {quoted(group)}")


async def create_schema(connection: Connection, tenant: TenantId) -> None:
    """Schema, tables at head, role and rights."""
    database = await _database(connection)
    schema, role = schema_of(tenant), role_of(database, tenant)
    await _ensure_role(connection, role)
    await set_search_path(connection, schema)
    await connection.execute(
        f"create schema {schema}; {new_schema_script()}" + _rights(schema, quoted(role), quoted(tenants_role(database)))
    )


async def drop_schema(connection: Connection, tenant: TenantId) -> None:
    """Everything `create_schema` made, whatever of it is there."""
    role = role_of(await _database(connection), tenant)
    await connection.execute(f"drop schema if exists {schema_of(tenant)} cascade")
    if await _role_exists(connection, role):
        await connection.execute(f"drop owned by {quoted(role)}; drop role {quoted(role)}")


async def set_search_path(connection: Connection, schema: str) -> None:
    """Until the transaction ends; waits for locks only briefly, so that nobody queues behind us."""
    await connection.execute(
        "select set_config('search_path', $1, true), set_config('lock_timeout', $2, true)",
        schema,
        f"{LOCK_SECONDS}s",
    )


async def _database(connection: Connection) -> str:
    return str(await connection.fetchval("select current_database()"))


def _rights(schema: str, role: str, group: str) -> str:
    """Also for tables that later migrations will make; but a company does not write its own revision."""
    return f"""
        grant {role} to current_user;
        grant {group} to {role};
        grant usage on schema {schema} to {role};
        grant select, insert, update, delete on all tables in schema {schema} to {role};
        grant usage on all sequences in schema {schema} to {role};
        revoke all on {schema}.{Tree.TENANT.version_table} from {role};
        alter default privileges in schema {schema} grant select, insert, update, delete on tables to {role};
        alter default privileges in schema {schema} grant usage on sequences to {role};
    """


async def _ensure_role(connection: Connection, role: str) -> None:
    """A role outlives its database, so one of a dropped or restored database may still be there."""
    if not await _role_exists(connection, role):
        await connection.execute(f"create role {quoted(role)} nologin")


async def _role_exists(connection: Connection, role: str) -> bool:
    return bool(await connection.fetchval("select exists (select from pg_roles where rolname = $1)", role))
