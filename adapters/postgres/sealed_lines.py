"""How a connection lies in public.whatsapp_connections: secrets sealed, each bound to its row and column."""

from __future__ import annotations

from typing import Any, Final

from application.shared.secrets import Cell, Vault, WrappedKey
from domain.companies.connection import AuthMode, Connection, Dialect
from domain.shared.ids import ConnectionId, TenantId

TABLE: Final = "whatsapp_connections"
SECRETS: Final = ("api_token", "panel_email", "panel_password", "webhook_secret", "webhook_token")
PREVIOUS: Final = "webhook_secret_previous"

SELECT: Final = f"""
    select c.id, c.tenant_id, c.name, c.dialect, c.base_url, c.auth, c.own_number, c.sends_per_minute, c.version,
        c.api_token, c.panel_email, c.panel_password, c.webhook_secret, c.webhook_token, c.{PREVIOUS},
        extract(epoch from c.webhook_secret_previous_until - now())::float8 as previous_seconds,
        k.wrapped_key, k.master_key_id
    from public.{TABLE} c
    join public.tenant_keys k on k.tenant_id = c.tenant_id
    join public.tenants t on t.id = c.tenant_id
"""  # noqa: S608
"""Give it a `where`; `previous_seconds` is what is left to the secret before."""


def opened(vault: Vault, row: Any) -> Connection:  # noqa: ANN401 - asyncpg has no types
    """The connection with its secrets in clear. Raises Unreadable or MasterKeyMissing."""
    key = WrappedKey(TenantId(row["tenant_id"]), row["master_key_id"], row["wrapped_key"])
    line, tenant = ConnectionId(row["id"]), key.tenant

    def clear(column: str) -> str | None:
        sealed = row[column]
        return None if sealed is None else vault.open(key, Cell(tenant, TABLE, column, line), sealed)

    current = clear("webhook_secret")
    previous = clear(PREVIOUS) if previous_lives(row) else None
    return Connection(
        id=line,
        tenant=tenant,
        name=row["name"],
        dialect=Dialect(row["dialect"]),
        base_url=row["base_url"],
        auth=AuthMode(row["auth"]),
        sends_per_minute=row["sends_per_minute"],
        own_number=row["own_number"],
        webhook_secrets=tuple(secret for secret in (current, previous) if secret),
        webhook_token=clear("webhook_token"),
        api_token=clear("api_token"),
        panel_email=clear("panel_email"),
        panel_password=clear("panel_password"),
        version=row["version"],
    )


def previous_lives(row: Any) -> bool:  # noqa: ANN401
    return (row["previous_seconds"] or 0) > 0


def sealed(vault: Vault, key: WrappedKey, connection: Connection) -> dict[str, bytes | None]:
    """Each secret column and what it holds; the secret before is not among them."""
    clear = {
        "api_token": connection.api_token,
        "panel_email": connection.panel_email,
        "panel_password": connection.panel_password,
        "webhook_secret": connection.webhook_secrets[0] if connection.webhook_secrets else None,
        "webhook_token": connection.webhook_token,
    }
    return {
        column: None if value is None else seal(vault, key, connection.id, column, value)
        for column, value in clear.items()
    }


def seal(vault: Vault, key: WrappedKey, line: ConnectionId, column: str, value: str) -> bytes:
    return vault.seal(key, Cell(key.tenant, TABLE, column, line), value)
