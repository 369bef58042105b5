"""`secretaria run`: everything on one machine."""

from __future__ import annotations

import os

import click

from secretaria.embedded.child import die_with_parent
from secretaria.embedded.trouble import ServerTrouble
from secretaria.house import run_house
from secretaria.reading import BadSetting
from secretaria.supervisor import StartFailed


@click.command()
@click.option("--until-parent-ends", is_flag=True, hidden=True, help="Also stop when the parent dies (Linux).")
def run(until_parent_ends: bool) -> None:
    """Everything on this machine: servers, API, worker and relay, until Ctrl-C.

    PostgreSQL and Valkey are brought along where DATABASE_URL and REDIS_URL name none; their data stay in
    SECRETARIA_DATA_DIR (var/). Without a Gemini key, answers come from a sandbox, and the screen says so. The first
    start opens a demonstration company and shows a phone on which to write to it.
    """
    if until_parent_ends:
        die_with_parent()
    try:
        run_house(os.environ, click.echo)
    except (BadSetting, ServerTrouble, StartFailed, LookupError) as trouble:
        raise click.ClickException(str(trouble)) from None
