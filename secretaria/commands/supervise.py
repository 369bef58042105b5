"""`secretaria supervise`: the workers of one machine, as many as their pools need."""

from __future__ import annotations

import os

import click

from adapters.telemetry import log
from adapters.telemetry.library_logs import configure_logs
from secretaria.embedded.trouble import ServerTrouble
from secretaria.reading import BadSetting
from secretaria.settings import Settings
from secretaria.supervise import supervise_workers


@click.command()
@click.option("--pool", "pools", multiple=True, help="Only this pool; may be given again. Otherwise every company's.")
def supervise(pools: tuple[str, ...]) -> None:
    """Keep workers at work on this machine until SIGTERM; then let them finish what they hold.

    Each pool gets between SECRETARIA_WORKERS_LEAST and SECRETARIA_WORKERS_MOST workers: one more while its jobs wait too
    long, one fewer after a long calm. A company that was given workers of its own (`secretaria company pool`) gets them
    within seconds. One that dies is started again. Their logs are in SECRETARIA_DATA_DIR (var/), under supervise/logs.
    """
    try:
        settings = Settings.from_environment(os.environ)
        configure_logs(settings.log_level)
        supervise_workers(settings, os.environ, _say, only=frozenset(pools) or None)
    except (BadSetting, ServerTrouble) as trouble:
        raise click.ClickException(str(trouble)) from None


def _say(what: str) -> None:
    log.info("supervise.said", message=what)
