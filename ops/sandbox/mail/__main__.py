"""`python -m ops.sandbox.mail`: start a mail catcher of one's own."""

from __future__ import annotations

import socket

import click
from litestar import Litestar

from ops.sandbox.control import ON_ERROR
from ops.sandbox.mail.box import Box
from ops.sandbox.mail.page import routes
from ops.sandbox.serving import run


def build(box: Box, host: str, smtp_port: int) -> Litestar:
    async def open_box() -> None:
        await box.open(host, smtp_port)

    return Litestar(
        routes(box),
        on_startup=[open_box],
        exception_handlers=ON_ERROR,
        openapi_config=None,
        logging_config=None,
    )


def _free(host: str) -> int:
    """Chosen here: with two listeners the process could not tell which of its ports is the page's."""
    with socket.create_server((host, 0)) as taken:
        return int(taken.getsockname()[1])


@click.command(context_settings={"show_default": True})
@click.option("--port", default=0, help="Of the page; 0 takes a free one, and the line printed tells which.")
@click.option("--smtp-port", default=0, help="0 takes a free one; /_sandbox/health tells which.")
@click.option("--host", default="127.0.0.1")
@click.option("--until-stdin-closes", is_flag=True, help="End when the parent does.")
def main(port: int, smtp_port: int, host: str, until_stdin_closes: bool) -> None:
    """A mail server that only catches. `ops/sandbox/__init__.py` describes its control API."""
    app = build(Box.empty(), host, smtp_port)
    run(app, host=host, port=port or _free(host), until_stdin_closes=until_stdin_closes)


if __name__ == "__main__":
    main()
