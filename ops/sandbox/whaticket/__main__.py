"""`python -m ops.sandbox.whaticket`: start a Whaticket of one's own, with a first connection if one is described."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import click
import msgspec

from ops.sandbox.serving import run
from ops.sandbox.whaticket.app import build
from ops.sandbox.whaticket.records import Auth, Connection, Family, ProfileName
from ops.sandbox.whaticket.world import World


def first_connection(world: World, wanted: Mapping[str, object]) -> None:
    """Open it, or bring the remembered one up to what the command line says."""
    given = {name: value for name, value in wanted.items() if value not in (None, ())}
    if not given:
        return
    remembered = world.lines.get(str(given.get("id") or next(iter(world.lines), "")))
    if remembered is None:
        world.open(msgspec.convert(given, Connection))
    else:
        world.set_up(msgspec.convert(msgspec.to_builtins(remembered.setup) | given, Connection))


@click.command(context_settings={"show_default": True})
@click.option("--port", default=0, help="0 takes a free one; the line printed tells which.")
@click.option("--host", default="127.0.0.1")
@click.option("--latency-ms", default=0.0, help="How long every send takes.")
@click.option("--state", type=click.Path(dir_okay=False, path_type=Path), help="Remember everything here.")
@click.option("--seed", default=7, help="Of the chance by which faults with a probability strike.")
@click.option("--until-stdin-closes", is_flag=True, help="End when the parent does.")
@click.option("--connection", "id", default=None, help="Id of the first connection.")
@click.option("--profile", type=click.Choice(get_args(ProfileName)), default=None)
@click.option("--family", type=click.Choice(get_args(Family)), default=None)
@click.option("--name", default=None)
@click.option("--own-number", default=None)
@click.option("--token", default=None)
@click.option("--panel-email", default=None)
@click.option("--panel-password", default=None)
@click.option("--webhook-url", default=None)
@click.option("--auth", type=click.Choice(get_args(Auth)), default=None)
@click.option("--auth-header", default=None)
@click.option("--secret", "secrets", multiple=True, help="The first one signs.")
@click.option("--webhook-token", default=None)
def main(port: int, host: str, until_stdin_closes: bool, state: Path | None, **more: Any) -> None:  # noqa: ANN401 - click gives each its type
    """Whaticket as a local HTTP service. `ops/sandbox/__init__.py` describes its control API."""
    if state:
        state.parent.mkdir(parents=True, exist_ok=True)
    world = World(state=state, latency_ms=more.pop("latency_ms"), seed=more.pop("seed"))
    first_connection(world, more)
    run(build(world), host=host, port=port, until_stdin_closes=until_stdin_closes)


if __name__ == "__main__":
    main()
