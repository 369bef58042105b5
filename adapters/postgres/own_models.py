"""What companies chose for themselves of the language model: one row in each company's own schema, its key sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import asyncpg
import msgspec

from adapters.postgres.names import schema_of
from adapters.postgres.pool import Pool, connected
from adapters.postgres.tenant_keys import key_of
from application.shared.secrets import Cell, Unreadable, Vault, WrappedKey
from domain.assistant.model_terms import OwnModel
from domain.assistant.pricing import Price
from domain.shared.ids import TenantId

TABLE: Final = "own_model"
NOTHING: Final = OwnModel()
PRICES: Final = msgspec.json.Decoder(dict[str, tuple[Price, ...]])


@dataclass(frozen=True, slots=True)
class PostgresOwnModels:
    pool: Pool
    vault: Vault

    async def get(self, tenant: TenantId) -> OwnModel:
        query = f"""
            select m.main, m.small, m.api_key, m.prices, k.wrapped_key, k.master_key_id
            from {schema_of(tenant)}.{TABLE} m left join public.tenant_keys k on k.tenant_id = $1
        """  # noqa: S608
        try:
            async with connected(self.pool) as postgres:
                row = await postgres.fetchrow(query, tenant)
        except asyncpg.UndefinedTableError:  # a company whose migration is late has nothing of its own yet
            return NOTHING
        return NOTHING if row is None else self._opened(tenant, row)

    async def put(self, tenant: TenantId, own: OwnModel) -> None:
        table = f"{schema_of(tenant)}.{TABLE}"
        async with connected(self.pool) as postgres, postgres.transaction():
            if own == NOTHING:
                await postgres.execute(f"delete from {table}")  # noqa: S608
                return
            key = await key_of(postgres, self.vault, tenant)
            await postgres.execute(
                f"insert into {table} (main, small, api_key, prices) values ($1, $2, $3, $4)"  # noqa: S608
                " on conflict (id) do update set main = excluded.main, small = excluded.small,"
                " api_key = excluded.api_key, prices = excluded.prices, updated_at = now()",
                own.main,
                own.small,
                None if own.key is None else self.vault.seal(key, _cell(tenant), own.key),
                msgspec.json.encode(own.prices).decode(),
            )

    def _opened(self, tenant: TenantId, row: Any) -> OwnModel:  # noqa: ANN401 - asyncpg has no types
        return OwnModel(row["main"], row["small"], self._key(tenant, row), PRICES.decode(row["prices"]))

    def _key(self, tenant: TenantId, row: Any) -> str | None:  # noqa: ANN401
        if row["api_key"] is None:
            return None
        if row["wrapped_key"] is None:
            raise Unreadable(f"company {tenant} has a sealed model key and no key to open it")
        key = WrappedKey(tenant, row["master_key_id"], row["wrapped_key"])
        return self.vault.open(key, _cell(tenant), row["api_key"])


def _cell(tenant: TenantId) -> Cell:
    return Cell(tenant, TABLE, "api_key", "1")
