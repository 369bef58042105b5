"""A connection on the command line: the options that describe one, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from application.provisioning.connect_line import LineOrder
from domain.companies.connection import AuthMode, Connection, Dialect
from secretaria.commands.desk import typed

Command = Callable[..., Any]

OPTIONS = (
    click.option("--whaticket-url", required=True, help="Where the Whaticket's API answers."),
    click.option("--whaticket-token", help="The connection's API token; `-` asks for it."),
    click.option(
        "--dialect",
        type=click.Choice([dialect.value for dialect in Dialect]),
        default=Dialect.SAAS_CLASSIC.value,
        show_default=True,
        help="Which Whaticket it is.",
    ),
    click.option(
        "--auth",
        type=click.Choice([mode.value for mode in AuthMode]),
        default=AuthMode.HMAC.value,
        show_default=True,
        help="How its webhooks prove where they come from.",
    ),
    click.option("--webhook-token", "with_token", is_flag=True, help="Ask for X-Webhook-Token beside the signature."),
    click.option("--panel-email", help="Login of the Whaticket's panel, where its API needs one."),
    click.option("--panel-password", help="Its password; `-` asks for it."),
    click.option("--sends-per-minute", type=int, default=0, help="At most; 0 leaves it to the dialect."),
)


def describes_a_line(command: Command) -> Command:
    """Adds the options above."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def ordered(told: dict[str, Any], *, name: str = "WhatsApp") -> LineOrder:
    """What the options said. Raises Invalid."""
    return LineOrder(
        whaticket_url=told["whaticket_url"],
        api_token=typed(told["whaticket_token"], "Token"),
        dialect=Dialect(told["dialect"]),
        auth=AuthMode(told["auth"]),
        name=name,
        sends_per_minute=told["sends_per_minute"],
        panel_email=told["panel_email"],
        panel_password=typed(told["panel_password"], "Panel password"),
        with_token=told["with_token"],
    )


def shown_once(public_url: str, line: Connection) -> dict[str, object]:
    """The connection with its secrets in clear; in path mode the secret is the token at the end of the URL."""
    secret = line.webhook_secrets[0]
    token = secret if line.auth is AuthMode.PATH else line.webhook_token
    shown: dict[str, object] = {
        "connection": line.id,
        "auth": line.auth.value,
        "dialect": line.dialect.value,
        "webhook_url": public_url + line.webhook_path,
        "webhook_secret": secret,
    }
    return shown | ({"webhook_token": token} if token else {})


def masked(line: Connection) -> dict[str, object]:
    """The connection with no more of each secret than its last four characters."""
    return {
        "connection": line.id,
        "name": line.name,
        "dialect": line.dialect.value,
        "auth": line.auth.value,
        "whaticket_url": line.base_url,
        "sends_per_minute": line.sends_per_minute,
        "webhook_secrets": [last_four(secret) for secret in line.webhook_secrets],
        "webhook_token": last_four(line.webhook_token),
        "whaticket_token": last_four(line.api_token),
        "panel_email": last_four(line.panel_email),
        "panel_password": None if line.panel_password is None else "…",
    }


def last_four(secret: str | None) -> str | None:
    """A short secret is not worth less for being short: of that nothing is shown."""
    if secret is None:
        return None
    return "…" + (secret[-4:] if len(secret) >= 12 else "")
