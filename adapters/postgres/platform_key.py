"""The platform's own data key, for secrets of people, who belong to no single company: public.platform_key."""

from __future__ import annotations

from adapters.postgres.pool import Connection, Pool, connected
from application.shared.secrets import PLATFORM, MasterKeyMissing, Unreadable, Vault, WrappedKey


async def platform_key(connection: Connection, vault: Vault) -> WrappedKey:
    """Made when there is none yet."""
    fresh = vault.new_key(PLATFORM)
    await connection.execute(
        "insert into public.platform_key (wrapped_key, master_key_id) values ($1, $2) on conflict do nothing",
        fresh.sealed,
        fresh.master_key_id,
    )
    row = await connection.fetchrow("select wrapped_key, master_key_id from public.platform_key")
    assert row is not None
    return WrappedKey(PLATFORM, row["master_key_id"], row["wrapped_key"])


async def rewrap_platform_key(pool: Pool, vault: Vault, *, current: str) -> bool:
    """Wraps it by the current master key, unless it is already. False where nothing here opens it."""
    async with connected(pool) as connection:
        row = await connection.fetchrow(
            "select wrapped_key, master_key_id from public.platform_key where master_key_id <> $1", current
        )
        if row is None:
            return True
        try:
            by = vault.rewrap(WrappedKey(PLATFORM, row["master_key_id"], row["wrapped_key"]))
        except (MasterKeyMissing, Unreadable):
            return False
        await connection.execute(
            """
            update public.platform_key set wrapped_key = $2, master_key_id = $3, rewrapped_at = now()
            where wrapped_key = $1
            """,
            row["wrapped_key"],
            by.sealed,
            by.master_key_id,
        )
    return True
