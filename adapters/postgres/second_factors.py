"""Second factors: public.second_factors, each secret sealed to its row, and public.recovery_codes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from adapters.postgres.platform_key import platform_key
from adapters.postgres.pool import Pool, connected
from application.access.proofs import SecondFactor
from application.shared.secrets import PLATFORM, Cell, Vault
from domain.shared.errors import Refused
from domain.shared.ids import UserId

PROPOSE: Final = """
    insert into public.second_factors as f (user_id, secret) values ($1, $2)
    on conflict (user_id) do update set secret = excluded.secret, created_at = now()
    where f.confirmed_at is null
"""

CONFIRM: Final = """
    update public.second_factors set confirmed_at = now(), last_step = $2 where user_id = $1 and confirmed_at is null
"""

TAKE_STEP: Final = """
    update public.second_factors set last_step = $2
    where user_id = $1 and confirmed_at is not null and last_step < $2
"""


@dataclass(frozen=True, slots=True)
class PostgresSecondFactors:
    """Implements application.access.proofs.SecondFactors."""

    pool: Pool
    vault: Vault

    async def get(self, user: UserId) -> SecondFactor | None:
        async with connected(self.pool) as connection:
            row = await connection.fetchrow(
                "select secret, confirmed_at, last_step from public.second_factors where user_id = $1", user
            )
            if row is None:
                return None
            secret = self.vault.open(await platform_key(connection, self.vault), _cell(user), row["secret"])
        return SecondFactor(secret, row["confirmed_at"] is not None, row["last_step"])

    async def propose(self, user: UserId, secret: str) -> None:
        async with connected(self.pool) as connection:
            sealed = self.vault.seal(await platform_key(connection, self.vault), _cell(user), secret)
            done = await connection.execute(PROPOSE, user, sealed)
        if done == "INSERT 0 0":
            raise Refused("another second factor is in use; remove it first")

    async def confirm(self, user: UserId, step: int, recovery: Collection[bytes]) -> bool:
        async with connected(self.pool) as connection, connection.transaction():
            if await connection.execute(CONFIRM, user, step) == "UPDATE 0":
                return False
            await connection.execute("delete from public.recovery_codes where user_id = $1", user)
            await connection.executemany(
                "insert into public.recovery_codes (user_id, digest) values ($1, $2)",
                [(user, digest) for digest in recovery],
            )
        return True

    async def take_step(self, user: UserId, step: int) -> bool:
        async with connected(self.pool) as connection:
            return str(await connection.execute(TAKE_STEP, user, step)) == "UPDATE 1"

    async def take_recovery(self, user: UserId, digest: bytes) -> bool:
        query = "delete from public.recovery_codes where user_id = $1 and digest = $2"
        async with connected(self.pool) as connection:
            return str(await connection.execute(query, user, digest)) == "DELETE 1"

    async def recovery_left(self, user: UserId) -> int:
        async with connected(self.pool) as connection:
            return int(await connection.fetchval("select count(*) from public.recovery_codes where user_id = $1", user))

    async def remove(self, user: UserId) -> None:
        async with connected(self.pool) as connection, connection.transaction():
            await connection.execute("delete from public.recovery_codes where user_id = $1", user)
            await connection.execute("delete from public.second_factors where user_id = $1", user)


def _cell(user: UserId) -> Cell:
    return Cell(PLATFORM, "second_factors", "secret", str(user))
