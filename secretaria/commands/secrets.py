"""`secretaria secrets`: every secret can be changed while everything runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import click

from adapters.http.calendar_settings import WEBHOOK
from adapters.postgres.platform_key import rewrap_platform_key
from adapters.postgres.tenant_keys import rewrap_all
from adapters.security.master_keys import keep_first, new_master_key, write_first
from application.provisioning.connect_line import LineOrder
from domain.companies.connection import Connection
from domain.shared.errors import Invalid, Refused
from domain.shared.ids import ConnectionId
from secretaria.commands.desk import at_the_desk, company_named, on_record, say, typed
from secretaria.commands.lines import shown_once
from secretaria.office import Office


@click.group()
def secrets() -> None:
    """Change master keys, webhook secrets and tokens."""


@secrets.command("new-master-key")
def new_master_key_() -> None:
    """Print a fresh master key, for SECRETARIA_MASTER_KEY or the key file."""
    click.echo(new_master_key())


@secrets.command()
@click.option("--new-key", is_flag=True, help="First put a fresh key at the top of the master key file.")
@click.option("--drop-earlier", is_flag=True, help="Afterwards take the earlier keys out of the file.")
def rotate(new_key: bool, drop_earlier: bool) -> None:
    """Wrap every company's key by the current master key.

    With keys in the environment: give all processes the new one as SECRETARIA_MASTER_KEY and the old one as
    SECRETARIA_MASTER_KEY_PREVIOUS, restart them one by one, run this, then take the old one away. With a key file
    no restart is needed.
    """

    async def work(office: Office) -> str:
        file = office.targets.master_key_file
        if file is None and (new_key or drop_earlier):
            raise Refused("the master key is not in a file: set SECRETARIA_MASTER_KEY yourself")
        if file is not None and new_key:
            write_first(file, new_master_key())
        current = office.vault.master_keys.current().id
        done, stuck = await rewrap_all(office.pool, office.vault, current=current)
        if not await rewrap_platform_key(office.pool, office.vault, current=current):
            raise Refused("no key given here opens the platform's own key")
        await on_record(office, "secrets.rotate", "", master=current, companies=done, stuck=list(stuck))
        if stuck:
            raise Refused(f"no key given here opens the key of companies {', '.join(map(str, stuck))}")
        if file is not None and drop_earlier:
            keep_first(file)
        return f"{done} keys are now wrapped by master key {current}; earlier master keys are needed no more."

    click.echo(at_the_desk(work))


@secrets.command("rotate-webhook")
@click.argument("connection")
@click.option(
    "--overlap",
    type=float,
    default=24.0,
    show_default=True,
    metavar="HOURS",
    help="How long the old one lives; 0 cuts it off, everywhere within five seconds.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def rotate_webhook(connection: str, overlap: float, as_json: bool) -> None:
    """Give CONNECTION a new webhook secret and print it, this once."""

    async def work(office: Office) -> dict[str, object]:
        line = await office.rotate_webhook(ConnectionId(connection), overlap=_hours(overlap))
        subject = f"connection:{line.id}"
        await on_record(office, "secrets.rotate_webhook", subject, company=line.tenant, overlap_hours=overlap)
        return shown_once(office.targets.public_url, line) | {"old_secret_dies_in_hours": overlap}

    say(at_the_desk(work), as_json=as_json)


@secrets.command("rotate-calendar")
@click.argument("company")
@click.option(
    "--overlap",
    type=float,
    default=24.0,
    show_default=True,
    metavar="HOURS",
    help="How long the old one lives, unless Cal.com signs by the new one before; 0 cuts it off.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def rotate_calendar(company: str, overlap: float, as_json: bool) -> None:
    """Give the webhook of COMPANY's (number or short name) Cal.com a new secret, tell Cal.com, and print it, this once."""

    async def work(office: Office) -> dict[str, object]:
        found = await company_named(office, company)
        changed = await office.change_calendar_secret(found.id, overlap=_hours(overlap))
        url = f"{office.targets.public_url}{WEBHOOK}/{changed.id}"
        return {"webhook_url": url, "webhook_secret": changed.secret, "old_secret_dies_in_hours": overlap}

    say(at_the_desk(work), as_json=as_json)


@secrets.command("set")
@click.argument("connection")
@click.option("--whaticket-token", help="The API token; `-` asks for it.")
@click.option("--panel-email", help="Login of the Whaticket's panel.")
@click.option("--panel-password", help="Its password; `-` asks for it.")
def set_(connection: str, whaticket_token: str | None, panel_email: str | None, panel_password: str | None) -> None:
    """Replace what CONNECTION presents to its Whaticket; what is not named stays."""
    told = {
        "api_token": typed(whaticket_token, "Token"),
        "panel_email": panel_email,
        "panel_password": typed(panel_password, "Panel password"),
    }
    given: dict[str, Any] = {name: value for name, value in told.items() if value is not None}
    if not given:
        raise click.UsageError("name at least one secret to set")

    def with_secrets(before: Connection) -> Connection:
        line = replace(before, **given)
        LineOrder(line.base_url, line.api_token, panel_email=line.panel_email, panel_password=line.panel_password)
        return line

    async def work(office: Office) -> Connection:
        line = await office.lines.revise(ConnectionId(connection), with_secrets)
        subject, changed = f"connection:{line.id}", dict.fromkeys(given, "changed")
        await on_record(office, "secrets.set", subject, company=line.tenant, anyway=False, **changed)
        return line

    click.echo(f"Connection {at_the_desk(work).id}: set {', '.join(given)}.")


def _hours(hours: float) -> timedelta:
    try:
        return timedelta(hours=hours)
    except (ValueError, OverflowError):
        raise Invalid("a number of hours", field="overlap") from None
