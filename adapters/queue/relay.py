"""Moves what is due from PostgreSQL to the queues: a fair share each, and never more than the workers can chew."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.queue.broker import ForeignMessage, RingBroker, tenant_of
from adapters.queue.doorbell import Doormat
from adapters.telemetry import metrics
from adapters.telemetry.log import warning
from application.shared.ledger import Ledger
from domain.shared.ids import TenantId

PAUSE_AFTER_TROUBLE = 0.25


@dataclass(frozen=True, slots=True)
class Flow:
    """About `queue_limit` messages lie in Redis, those of full queues not counted: a company whose queue holds `per_tenant`
    gets no more until its workers take some. Looks every `poll_seconds`.
    """

    queue_limit: int
    per_tenant: int
    poll_seconds: float


class Relay:
    """Two of them are harmless: each row is locked by one while it is handed out, and a later fence voids an earlier one."""

    def __init__(self, broker: RingBroker, ledger: Ledger, doormat: Doormat, flow: Flow) -> None:
        self._broker = broker
        self._ledger = ledger
        self._doormat = doormat
        self._flow = flow

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                if not await self.hand_out():
                    await self._doormat.listen(self._flow.poll_seconds)
            except Exception as error:  # noqa: BLE001 - everybody waits for the relay; the next look may go well
                metrics.RELAY_ERRORS.inc()
                warning("relay.hand_out", exception=error)
                await asyncio.sleep(PAUSE_AFTER_TROUBLE)

    async def hand_out(self) -> int:
        """One look: how many jobs went to the queues. Holds back while the queues are long."""
        lengths = await self._broker.ring.lengths()
        # a queue at its own limit takes nothing from the others: its workers may be away for long
        room = self._flow.queue_limit - sum(n for n in lengths.values() if n < self._flow.per_tenant)
        if room <= 0:
            return 0
        dispatches = await self._ledger.dispatch_due(
            per_tenant=self._flow.per_tenant, limit=room, busy=self._busy(lengths)
        )
        if dispatches:
            await self._broker.hand_over(list(dispatches))
            metrics.RELAY_DISPATCHED.inc(len(dispatches))
            metrics.RELAY_RECOVERED.inc(sum(dispatch.recovered for dispatch in dispatches))
            metrics.RELAY_LAG.set(max(dispatch.late for dispatch in dispatches))
        return len(dispatches)

    def _busy(self, lengths: Mapping[str, int]) -> list[TenantId]:
        busy = []
        for queue, length in lengths.items():
            try:
                tenant = tenant_of(queue)
            except ForeignMessage:
                continue
            if length >= self._flow.per_tenant:
                busy.append(tenant)
        return busy
