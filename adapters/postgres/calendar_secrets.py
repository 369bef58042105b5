"""The secret of a calendar's webhook is changed: the one before goes on opening the door until the new one was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from adapters.postgres.audit import enter
from adapters.postgres.calendar_connections import IN_FORCE, TABLE, cell_of
from adapters.postgres.pool import Pool, connected
from adapters.postgres.tenant_keys import key_of
from application.agenda.connections import CalendarConnectionId, NoCalendarConnection
from application.agenda.hang_bell import HANG_BELL
from application.shared.secrets import Vault
from domain.shared.ids import TenantId

SELECT: Final = f"""
    select id, webhook_secret from public.{TABLE} where tenant_id = $1 and state = 'active' for no key update
"""  # noqa: S608 - our own words only
SUCCEED: Final = f"""
    update public.{TABLE} set webhook_secret = $2, webhook_secret_previous = $3,
        webhook_secret_previous_until = now() + $4::interval, updated_at = now()
    where id = $1
"""  # noqa: S608
SEEN: Final = f"""
    update public.{TABLE} set webhook_secret_previous_until = now() + $2::interval
    where id = $1 and webhook_secret_previous is not null and webhook_secret_previous_until > now() + $2::interval
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class PostgresCalendarSecrets:
    """Implements application.agenda.connections.CalendarSecrets."""

    pool: Pool
    vault: Vault

    async def succeed(self, tenant: TenantId, secret: str, *, overlap: timedelta) -> CalendarConnectionId:
        """Cal.com is told once every process knows it: what it signs by then is believed everywhere."""
        async with connected(self.pool) as postgres, postgres.transaction():
            row = await postgres.fetchrow(SELECT, tenant)
            if row is None:
                raise NoCalendarConnection("this company has no calendar elsewhere")
            id, key = row["id"], await key_of(postgres, self.vault, tenant)
            before = self.vault.open(key, cell_of(tenant, id, "webhook_secret"), row["webhook_secret"])
            sealed = self.vault.seal(key, cell_of(tenant, id, "webhook_secret"), secret)
            kept = self.vault.seal(key, cell_of(tenant, id, "webhook_secret_previous"), before) if overlap else None
            await postgres.execute(SUCCEED, id, sealed, kept, overlap)
            due = datetime.now(UTC) + IN_FORCE
            await postgres.execute("select public.add_job($1, $2, '{}', $2, $3, '')", tenant, HANG_BELL, due)
            hours = {"overlap_hours": overlap.total_seconds() / 3600}
            await enter(postgres, tenant, "calendar.secret_changed", f"company:{tenant}", after=hours)
        return CalendarConnectionId(id)

    async def seen(self, id: CalendarConnectionId, *, grace: timedelta) -> None:
        async with connected(self.pool) as postgres:
            await postgres.execute(SEEN, id, grace)
