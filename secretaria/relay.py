"""The relay process: hands due jobs to the companies' queues."""

from __future__ import annotations

import asyncio

from adapters.queue.doorbell import Doormat
from adapters.queue.relay import Flow, Relay
from secretaria.composition import lay_foundations
from secretaria.process import run_until_stopped
from secretaria.settings import Settings


def run(settings: Settings) -> None:
    """Until SIGTERM or SIGINT. Two of them are harmless."""

    async def main(stop: asyncio.Event) -> None:
        async with lay_foundations(settings, name="relay") as base:
            flow = Flow(
                queue_limit=settings.relay.queue_limit,
                per_tenant=settings.relay.per_tenant,
                poll_seconds=settings.relay.poll_ms / 1000,
            )
            doormat = Doormat(base.redis, settings.redis.namespace)
            await Relay(base.broker, base.ledger, doormat, flow).run(stop)

    run_until_stopped(settings, "relay", main, metrics_port=settings.relay.metrics_port)
