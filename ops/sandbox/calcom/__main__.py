"""`python -m ops.sandbox.calcom`: start a Cal.com of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from litestar import Litestar, Response

from ops.sandbox.calcom import api, control_api, kept
from ops.sandbox.calcom.passing import as_time_passes
from ops.sandbox.calcom.troubles import NestError, TroubleError, dressed
from ops.sandbox.calcom.world import World
from ops.sandbox.control import ON_ERROR, answer
from ops.sandbox.serving import Asked, run


def _said_no(request: Asked, error: NestError) -> Response[bytes]:
    return answer(dressed(error, request.url.path), error.status)


def _said_no_barely(_: object, error: TroubleError) -> Response[bytes]:
    return answer(error.body, error.status)


def build(world: World, state: Path | None = None) -> Litestar:
    """`state`: the file in which it is remembered."""

    def remember() -> None:
        if state:
            kept.save(world, state)

    def remember_change(request: Asked) -> None:
        if request.method != "GET":
            remember()

    handlers: dict[int | type[Exception], Any] = {NestError: _said_no, TroubleError: _said_no_barely}
    return Litestar(
        [
            *api.routes(world),
            *control_api.offers(world),
            *control_api.deeds(world),
            *control_api.faults(world),
            *control_api.record(world),
            *control_api.rest(world),
        ],
        exception_handlers=ON_ERROR | handlers,
        after_response=remember_change,
        lifespan=[as_time_passes(world, remember)],
        openapi_config=None,
        logging_config=None,
    )


@click.command(context_settings={"show_default": True})
@click.option("--port", default=0, help="0 takes a free one; the line printed tells which.")
@click.option("--host", default="127.0.0.1")
@click.option("--latency-ms", default=0.0, help="How long every call takes.")
@click.option("--race-ms", default=3.0, help="How long lies between looking for a free slot and writing it down.")
@click.option("--seed", default=7, help="Of the chance by which faults with a probability strike.")
@click.option("--state", type=click.Path(dir_okay=False, path_type=Path), help="Remember what is booked here.")
@click.option("--until-stdin-closes", is_flag=True, help="End when the parent does.")
def main(
    port: int, host: str, latency_ms: float, race_ms: float, seed: int, state: Path | None, until_stdin_closes: bool
) -> None:
    """Cal.com's API v2 as a local HTTP service. `ops/sandbox/__init__.py` describes its control API."""
    world = World(latency_ms=latency_ms, race_ms=race_ms, seed=seed)
    if state:
        state.parent.mkdir(parents=True, exist_ok=True)
        kept.load(world, state)
    run(build(world, state), host=host, port=port, until_stdin_closes=until_stdin_closes)


if __name__ == "__main__":
    main()
