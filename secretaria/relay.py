"""The relay process: hands due jobs to the companies' queues, and does beside that what is nobody's job."""

from __future__ import annotations

import asyncio
from typing import Final

from adapters.postgres.runs import PostgresRuns
from adapters.queue.doorbell import Doormat
from adapters.queue.housework import Housework
from adapters.queue.relay import Flow, Relay
from secretaria.composition import lay_foundations
from secretaria.process import run_until_stopped
from secretaria.settings import Settings

CHORES_SECONDS: Final = 3600.0


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
            runs = PostgresRuns(base.pool, base.vault)
            chores = Housework({"forget_old_openings": runs.forget}, CHORES_SECONDS)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(chores.run(stop))
                await Relay(base.broker, base.ledger, doormat, flow).run(stop)

    run_until_stopped(settings, "relay", main, metrics_port=settings.relay.metrics_port)
