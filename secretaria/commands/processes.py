"""`secretaria api`, `worker` and `relay`: the processes one by one, for installations of more than one machine."""

from __future__ import annotations

import atexit
import importlib
import os
import shutil
import tempfile
from typing import Final

import click

from secretaria.reading import BadSetting
from secretaria.settings import Settings

FIGURES: Final = "PROMETHEUS_MULTIPROC_DIR"


@click.command()
def api() -> None:
    """The process that takes webhooks. As many as you like, behind a load balancer that asks /livez."""
    _share_figures()
    _start("api")


@click.command()
@click.option("--pool", default="shared", show_default=True, help="Serve the companies of this pool.")
@click.option("--tenant", type=click.IntRange(min=1), help="Serve this one company, by number.")
def worker(pool: str, tenant: int | None) -> None:
    """A process that reads, thinks and answers. As many as you like; each serves all companies fairly."""
    _start("worker", pool=pool, tenant=tenant)


@click.command()
def relay() -> None:
    """The process that hands due jobs to the workers. One is enough, two are safe."""
    _start("relay")


def _share_figures() -> None:
    """The API's processes count together, so that any of them answers for all; to be said before metrics are imported."""
    if FIGURES not in os.environ:
        place = tempfile.mkdtemp(prefix="secretaria-figures-")
        os.environ[FIGURES] = place
        atexit.register(shutil.rmtree, place, ignore_errors=True)


def _start(process: str, **options: str | int | None) -> None:
    """Each process imports only its own half of the program. A bad setting stops it with one sentence."""
    try:
        settings = Settings.from_environment(os.environ)
        importlib.import_module(f"secretaria.{process}").run(settings, **options)
    except BadSetting as bad:
        raise click.ClickException(str(bad)) from None
