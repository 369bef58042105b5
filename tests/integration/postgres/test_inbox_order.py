"""In which order webhooks that arrive together are kept: as they were written, and so that no two processes wait crosswise."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import asyncpg

from adapters.postgres.intake import MOST_AT_ONCE, PostgresInbox
from adapters.postgres.pool import Pool
from application.intake.ports import Envelope
from domain.shared.ids import TenantId
from tests.integration.postgres.test_inbox import an_envelope, keys_in, tenants

__all__ = ["tenants"]

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Crossed(PostgresInbox):
    """Counts how often PostgreSQL had to end a wait that would have lasted for ever."""

    deadlocks = 0

    async def _store(self, envelopes: Sequence[Envelope]) -> Sequence[bool]:
        try:
            return await super()._store(envelopes)
        except asyncpg.DeadlockDetectedError:
            self.deadlocks += 1
            raise


async def test_repeats_in_opposite_order_at_two_processes_wait_for_each_other_in_one_direction_only(
    pool: Pool, tenants: list[TenantId]
):
    for round_ in range(4):
        forward = [
            an_envelope(tenants[0], f"{round_}-{n:02}", said_at=NOON + timedelta(seconds=n // 4))
            for n in range(MOST_AT_ONCE)
        ]
        inboxes = Crossed(pool), Crossed(pool)
        fresh = await asyncio.gather(
            *(inboxes[0].keep(one) for one in forward), *(inboxes[1].keep(one) for one in reversed(forward))
        )

        assert [inbox.deadlocks for inbox in inboxes] == [0, 0]
        assert sum(fresh) == MOST_AT_ONCE
        assert (await keys_in(pool, tenants[0]))[-MOST_AT_ONCE:] == [one.key for one in forward]


async def test_what_was_written_later_is_read_later_although_it_came_first(pool: Pool, tenants: list[TenantId]):
    inbox = PostgresInbox(pool)

    await asyncio.gather(
        inbox.keep(an_envelope(tenants[0], "a", said_at=NOON + timedelta(seconds=2))),
        inbox.keep(an_envelope(tenants[0], "b", said_at=NOON)),
    )

    assert await keys_in(pool, tenants[0]) == ["b", "a"]
