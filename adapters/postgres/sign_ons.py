"""Where companies' people sign on: public.sign_ons, the client's secret sealed to its row, and public.foreign_identities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from adapters.postgres.audit import enter
from adapters.postgres.pool import Pool, connected
from adapters.postgres.tenant_keys import key_of
from application.access.sign_on import Identity, Provider
from application.shared.secrets import Cell, Vault
from domain.shared.ids import TenantId, UserId

SHOWN: Final = "select issuer, client_id from public.sign_ons where tenant_id = $1"


@dataclass(frozen=True, slots=True)
class PostgresSignOns:
    """Implements application.access.sign_on.SignOns."""

    pool: Pool
    vault: Vault

    async def get(self, company: TenantId) -> Provider | None:
        async with connected(self.pool) as connection:
            row = await connection.fetchrow(
                "select issuer, client_id, client_secret from public.sign_ons where tenant_id = $1", company
            )
            if row is None:
                return None
            sealed, secret = row["client_secret"], None
            if sealed is not None:
                secret = self.vault.open(await key_of(connection, self.vault, company), _cell(company), sealed)
        return Provider(row["issuer"], row["client_id"], secret)

    async def put(self, company: TenantId, provider: Provider) -> None:
        async with connected(self.pool) as connection, connection.transaction():
            before = await connection.fetchrow(SHOWN, company)
            sealed = None
            if provider.client_secret is not None:
                key = await key_of(connection, self.vault, company)
                sealed = self.vault.seal(key, _cell(company), provider.client_secret)
            await connection.execute(
                """
                insert into public.sign_ons (tenant_id, issuer, client_id, client_secret) values ($1, $2, $3, $4)
                on conflict (tenant_id) do update set issuer = excluded.issuer, client_id = excluded.client_id,
                    client_secret = excluded.client_secret, changed_at = now()
                """,
                company,
                provider.issuer,
                provider.client_id,
                sealed,
            )
            await connection.execute(
                "delete from public.foreign_identities where tenant_id = $1 and issuer <> $2", company, provider.issuer
            )
            shown = {"issuer": provider.issuer, "client_id": provider.client_id}
            await enter(connection, company, "sign_on.set", f"company:{company}", _fields(before), shown)

    async def remove(self, company: TenantId) -> None:
        async with connected(self.pool) as connection, connection.transaction():
            before = await connection.fetchrow(SHOWN, company)
            for table in ("foreign_identities", "sign_ons"):
                await connection.execute(f"delete from public.{table} where tenant_id = $1", company)  # noqa: S608
            await enter(connection, company, "sign_on.removed", f"company:{company}", _fields(before))

    async def linked(self, company: TenantId, identity: Identity) -> UserId | None:
        query = "select user_id from public.foreign_identities where tenant_id = $1 and issuer = $2 and subject = $3"
        async with connected(self.pool) as connection:
            found = await connection.fetchval(query, company, identity.issuer, identity.subject)
        return None if found is None else UserId(found)

    async def link(self, company: TenantId, identity: Identity, user: UserId) -> None:
        async with connected(self.pool) as connection:
            await connection.execute(
                """
                insert into public.foreign_identities (tenant_id, issuer, subject, user_id) values ($1, $2, $3, $4)
                on conflict do nothing
                """,
                company,
                identity.issuer,
                identity.subject,
                user,
            )


def _fields(row: Any) -> dict[str, object] | None:  # noqa: ANN401 - asyncpg has no types
    return None if row is None else dict(row)


def _cell(company: TenantId) -> Cell:
    return Cell(company, "sign_ons", "client_secret", str(company))
