"""Keys of machines: public.api_keys. The key itself is nowhere; its prefix finds the row and its digest proves it."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from adapters.postgres.audit import enter
from adapters.postgres.pool import Pool, connected
from domain.access.api_key import ApiKey, ApiKeyNotFound
from domain.access.role import Permission
from domain.shared.ids import TenantId, UserId

COLUMNS: Final = """
    k.id, k.tenant_id, k.name, k.prefix, k.scopes, k.created_by, k.created_at, k.expires_at, k.last_used_at, k.revoked_at
"""

USED: Final = f"""
    select {COLUMNS}, k.digest from public.api_keys k left join public.tenants t on t.id = k.tenant_id
    where k.prefix = $1 and coalesce(t.state, 'active') not in ('closing', 'closed')
"""  # noqa: S608

NOTE_USE: Final = """
    update public.api_keys set last_used_at = $2::timestamptz
    where id = $1 and (last_used_at is null or last_used_at < $2::timestamptz - interval '1 minute')
"""


@dataclass(frozen=True, slots=True)
class PostgresApiKeys:
    """Implements application.access.proofs.ApiKeys."""

    pool: Pool

    async def add(self, key: ApiKey, digest: bytes) -> None:
        async with connected(self.pool) as connection, connection.transaction():
            await connection.execute(
                """
                insert into public.api_keys
                    (id, tenant_id, name, prefix, digest, scopes, created_by, created_at, expires_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """,
                key.id,
                key.company,
                key.name,
                key.prefix,
                digest,
                sorted(key.scopes),
                key.created_by,
                key.created_at,
                key.expires_at,
            )
            shown = {"prefix": key.prefix, "scopes": sorted(map(str, key.scopes))}
            await enter(connection, key.company, "keys.made", f"key:{key.id}", after=shown)

    async def of(self, company: TenantId | None) -> Sequence[ApiKey]:
        async with connected(self.pool) as connection:
            rows = await connection.fetch(
                f"select {COLUMNS} from public.api_keys k"  # noqa: S608
                " where tenant_id is not distinct from $1 order by created_at desc, id",
                company,
            )
        return [_key(row) for row in rows]

    async def used(self, prefix: str, digest: bytes, now: datetime) -> ApiKey | None:
        """Once a minute is often enough to note that a key is in use: a busy machine would rewrite the row for ever."""
        if "\0" in prefix:
            return None
        async with connected(self.pool) as connection:
            row = await connection.fetchrow(USED, prefix)
            if row is None or not hmac.compare_digest(row["digest"], digest):
                return None
            await connection.execute(NOTE_USE, row["id"], now)
        return _key(row)

    async def revoke(self, company: TenantId | None, id: UUID, now: datetime) -> None:
        async with connected(self.pool) as connection, connection.transaction():
            done = await connection.execute(
                """
                update public.api_keys set revoked_at = coalesce(revoked_at, $3)
                where id = $2 and tenant_id is not distinct from $1
                """,
                company,
                id,
                now,
            )
            if done == "UPDATE 0":
                raise ApiKeyNotFound(f"there is no key {id}")
            await enter(connection, company, "keys.revoked", f"key:{id}", {"revoked": False}, {"revoked": True})


def _key(row: Any) -> ApiKey:  # noqa: ANN401 - asyncpg has no types
    known = {str(each) for each in Permission}
    return ApiKey(
        id=row["id"],
        name=row["name"],
        prefix=row["prefix"],
        scopes=frozenset(Permission(scope) for scope in row["scopes"] if scope in known),
        created_at=row["created_at"],
        company=None if row["tenant_id"] is None else TenantId(row["tenant_id"]),
        created_by=None if row["created_by"] is None else UserId(row["created_by"]),
        expires_at=row["expires_at"],
        last_used_at=row["last_used_at"],
        revoked_at=row["revoked_at"],
    )
