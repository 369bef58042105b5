"""The companies' data keys, each wrapped by a master key: public.tenant_keys."""

from __future__ import annotations

from adapters.postgres.pool import Connection, Pool, connected
from application.shared.secrets import MasterKeyMissing, Unreadable, Vault, WrappedKey
from domain.shared.ids import TenantId


async def key_of(connection: Connection, vault: Vault, tenant: TenantId) -> WrappedKey:
    """The company's key, made when there is none yet."""
    fresh = vault.new_key(tenant)
    await connection.execute(
        """
        insert into public.tenant_keys (tenant_id, wrapped_key, master_key_id) values ($1, $2, $3)
        on conflict (tenant_id) do nothing
        """,
        tenant,
        fresh.sealed,
        fresh.master_key_id,
    )
    row = await connection.fetchrow(
        "select wrapped_key, master_key_id from public.tenant_keys where tenant_id = $1", tenant
    )
    assert row is not None
    return WrappedKey(tenant, row["master_key_id"], row["wrapped_key"])


async def rewrap_all(pool: Pool, vault: Vault, *, current: str) -> tuple[int, list[TenantId]]:
    """Wraps every key by the current master key: how many it did, and whose key nothing here opens.

    Only the wrapping changes, so whoever reads or seals meanwhile is not disturbed.
    """
    done, stuck = 0, []
    async with connected(pool) as connection:
        rows = await connection.fetch(
            """
            select tenant_id, wrapped_key, master_key_id from public.tenant_keys
            where master_key_id <> $1 order by tenant_id
            """,
            current,
        )
        for row in rows:
            key = WrappedKey(TenantId(row["tenant_id"]), row["master_key_id"], row["wrapped_key"])
            try:
                await _replace(connection, key, vault.rewrap(key))
                done += 1
            except (MasterKeyMissing, Unreadable):
                stuck.append(key.tenant)
    return done, stuck


async def _replace(connection: Connection, key: WrappedKey, by: WrappedKey) -> None:
    """Unless another rotation was quicker."""
    await connection.execute(
        """
        update public.tenant_keys set wrapped_key = $3, master_key_id = $4, rewrapped_at = now()
        where tenant_id = $1 and wrapped_key = $2
        """,
        key.tenant,
        key.sealed,
        by.sealed,
        by.master_key_id,
    )
