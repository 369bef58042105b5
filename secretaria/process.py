"""What worker and relay share as processes: one event loop, one way to be asked to stop, figures on a port."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Awaitable, Callable

import uvloop

from adapters.telemetry import log, metrics
from adapters.telemetry.library_logs import configure_logs
from secretaria.settings import Settings


def collect_seldom() -> None:
    """What was imported is not looked through for garbage any more, and the rest less often.

    At Python's own pace the collector runs several times for one message, and a full run stops all turns of the process.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def run_until_stopped(
    settings: Settings, what: str, main: Callable[[asyncio.Event], Awaitable[None]], *, metrics_port: int
) -> None:
    """Runs `main` with an event that SIGTERM and SIGINT set."""
    configure_logs(settings.log_level)
    collect_seldom()

    async def until_stopped() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        try:
            server, _, port = metrics.serve_metrics(metrics_port, host=settings.http.host)
        except OSError:  # a second worker on the same machine: any free port will do, and the log says which
            server, _, port = metrics.serve_metrics(0, host=settings.http.host)
        log.info(f"{what}.started", metrics_port=port)
        try:
            await main(stop)
        finally:
            server.shutdown()
            server.server_close()
            log.info(f"{what}.stopped")

    uvloop.run(until_stopped())
