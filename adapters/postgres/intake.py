"""Where webhooks are kept: many that arrive together go in by one call, and are durable before anyone is told so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

import asyncpg

from adapters.postgres.pool import Connection, DatabaseAway, Pool, connected
from application.intake.ports import Envelope, InboxAway, KeptEnvelope
from domain.shared.ids import AddressId, ConnectionId, EnvelopeId, TenantId

LANES: Final = 4
"""Calls under way at most. While one is out, what arrives is gathered for the next: many in one call cost a third each."""

SLOW: Final = 0.005
"""Seconds until those who wait get another lane: the call before them waits for a lock, or for the disk."""

MOST_AT_ONCE: Final = 64

PATIENCE: Final = 4.0
"""Seconds until a webhook is refused with 503: long enough for a checkpoint, short enough for a sender to try again."""

KEEP: Final = (
    "select public.keep_envelopes($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[],"
    " $8::text[])"
)

Waiting = tuple[Envelope, "asyncio.Future[bool]"]


class PostgresInbox:
    """Gathers envelopes from concurrent requests of one process."""

    def __init__(self, pool: Pool, on_kept: Callable[[], None] = lambda: None) -> None:
        self._pool = pool
        self._on_kept = on_kept
        self._waiting: list[Waiting] = []
        self._lanes: set[asyncio.Task[None]] = set()
        self._calls = 0
        self._look: asyncio.TimerHandle | None = None

    async def keep(self, envelope: Envelope) -> bool:
        """A request that waited in vain is told so; its message may still be kept, and then a repeat of it changes nothing."""
        loop = asyncio.get_running_loop()
        kept: asyncio.Future[bool] = loop.create_future()
        self._waiting.append((envelope, kept))
        if not self._lanes:
            self._open_lane()
        elif self._look is None:
            self._look = loop.call_later(SLOW, self._look_again, self._calls)
        try:
            async with asyncio.timeout(PATIENCE):
                return await kept
        except TimeoutError as error:
            raise InboxAway("PostgreSQL did not answer in time", retry_after=2) from error

    def _look_again(self, calls_then: int) -> None:
        """Another lane, if no call came back since somebody began to wait."""
        self._look = None
        if self._waiting and len(self._lanes) < LANES:
            if self._calls == calls_then:
                self._open_lane()
            self._look = asyncio.get_running_loop().call_later(SLOW, self._look_again, self._calls)

    def _open_lane(self) -> None:
        lane = asyncio.create_task(self._empty_the_waiting_room())
        self._lanes.add(lane)
        lane.add_done_callback(self._lanes.discard)

    async def _empty_the_waiting_room(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            batch = [one for one in batch if not one[1].done()]  # nobody waits for these any more
            batch.sort(key=lambda one: _place_in_line(one[0]))
            await self._keep_all(batch)
            self._calls += 1

    async def _keep_all(self, batch: Sequence[Waiting]) -> None:
        try:
            fresh = await self._store([envelope for envelope, _ in batch])
        except asyncpg.PostgresError as error:
            if len(batch) > 1:  # one broken company must not refuse the others their webhooks
                for one in batch:
                    await self._keep_all([one])
                return
            _tell(batch[0], InboxAway(type(error).__name__))
        except DatabaseAway as error:
            for one in batch:
                _tell(one, InboxAway(str(error), retry_after=2))
        else:
            for one, new in zip(batch, fresh, strict=True):
                _tell(one, new)
            self._on_kept()

    async def _store(self, envelopes: Sequence[Envelope]) -> Sequence[bool]:
        async with connected(self._pool) as connection:
            fresh: Sequence[bool] = await connection.fetchval(
                KEEP,
                [e.tenant for e in envelopes],
                [e.connection for e in envelopes],
                [e.address for e in envelopes],
                [e.key for e in envelopes],
                [e.previous_key for e in envelopes],
                [e.body for e in envelopes],
                [e.limited for e in envelopes],
                [e.correlation for e in envelopes],
            )
        return fresh


def _place_in_line(envelope: Envelope) -> tuple[TenantId, str, str, float, str]:
    """One order for all lanes of all processes: two of them may hold repeats of each other's, and must not wait crosswise.

    Within an address it is the order of writing; what has no date stays as it came.
    """
    at = envelope.said_at
    written, tie = (0.0, "") if at is None else (at.timestamp(), envelope.key)
    return envelope.tenant, envelope.connection, envelope.address, written, tie


def _tell(waiting: Waiting, outcome: bool | InboxAway) -> None:
    _, kept = waiting
    if kept.done():  # the client went away; the message stays all the same
        return
    if isinstance(outcome, InboxAway):
        kept.set_exception(outcome)
    else:
        kept.set_result(outcome)


class PostgresEnvelopes:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def kept(self, address: AddressId, limit: int) -> Sequence[KeptEnvelope]:
        rows = await self._connection.fetch(
            "select e.id, a.connection_id, e.body, e.limited, e.correlation, e.received_at from envelopes e"
            " join addresses a on a.id = e.address_id"
            " where e.address_id = $1 and e.state = 'kept' order by e.id limit $2",
            address,
            limit,
        )
        return [
            KeptEnvelope(
                id=EnvelopeId(row["id"]),
                connection=ConnectionId(row["connection_id"]),
                body=row["body"],
                limited=row["limited"],
                correlation=row["correlation"],
                received_at=row["received_at"],
            )
            for row in rows
        ]

    async def read(self, id: EnvelopeId) -> None:
        await self._mark(id, "read")

    async def unreadable(self, id: EnvelopeId) -> None:
        await self._mark(id, "unreadable")

    async def _mark(self, id: EnvelopeId, state: str) -> None:
        await self._connection.execute("update envelopes set state = $2 where id = $1", id, state)
