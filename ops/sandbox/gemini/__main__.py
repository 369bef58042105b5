"""`python -m ops.sandbox.gemini`: start a Gemini of one's own."""

from __future__ import annotations

import click
from litestar import Litestar

from ops.sandbox.control import ON_ERROR
from ops.sandbox.gemini import api, control_api
from ops.sandbox.gemini.model import Model
from ops.sandbox.serving import run

LARGEST_BODY = 50_000_000  # a voice note travels inside the request


def build(model: Model) -> Litestar:
    return Litestar(
        [
            *api.routes(model),
            *control_api.script_routes(model),
            *control_api.fault_routes(model),
            *control_api.log_routes(model),
        ],
        exception_handlers=ON_ERROR,
        openapi_config=None,
        logging_config=None,
        request_max_body_size=LARGEST_BODY,
    )


@click.command(context_settings={"show_default": True})
@click.option("--port", default=0, help="0 takes a free one; the line printed tells which.")
@click.option("--host", default="127.0.0.1")
@click.option("--latency-ms", default=0.0, help="How long every call takes.")
@click.option("--log", "keep", default=5000, help="How many calls are kept for /_sandbox/requests.")
@click.option("--seed", default=7, help="Of the chance by which faults with a probability strike.")
@click.option("--until-stdin-closes", is_flag=True, help="End when the parent does.")
def main(port: int, host: str, latency_ms: float, keep: int, seed: int, until_stdin_closes: bool) -> None:
    """Gemini as a local HTTP service. `ops/sandbox/__init__.py` describes its control API."""
    model = Model(latency_ms=latency_ms, keep=keep, seed=seed)
    run(build(model), host=host, port=port, until_stdin_closes=until_stdin_closes)


if __name__ == "__main__":
    main()
