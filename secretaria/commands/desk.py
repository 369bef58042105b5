"""How an operator's command runs: settings read, office open, and every expected trouble told in one line."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import pwd
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final, TypeVar

import click

from adapters.postgres.migrations import FAILURES, in_brief
from adapters.telemetry.origin import coming_from, is_entered
from domain.audit.entry import Deed
from domain.companies.company import Company, CompanyNotFound
from domain.shared.errors import Invalid, SecretariaError
from domain.shared.ids import TenantId
from secretaria.office import Office, open_office
from secretaria.reading import BadSetting
from secretaria.settings import Settings

T = TypeVar("T")

OPTIONS: Final = {"connection.api_token": "whaticket-token", "connection.name": "name"}
"""Fields of an order that no rule turns into the option that gives them."""

LONGEST_NUMBER = 9
"""Digits of a company's number: the database cannot even be asked about some with ten."""


def at_the_desk(work: Callable[[Office], Awaitable[T]]) -> T:
    """Runs `work` with the office open."""

    async def run() -> T:
        with coming_from(platform.node(), operator()):
            async with open_office(Settings.from_environment(os.environ)) as office:
                return await work(office)

    return told_in_one_line(run())


def told_in_one_line(work: Coroutine[Any, Any, T]) -> T:
    """Our own errors are for people to read; anything else is a bug and shows its traceback."""
    try:
        return asyncio.run(work)
    except Invalid as error:
        where = f"--{option_of(error.field)}: " if error.field else ""
        raise click.UsageError(f"{where}{error}") from None
    except (SecretariaError, BadSetting) as error:
        raise click.ClickException(str(error)) from None
    except (*FAILURES, OSError) as error:
        raise click.ClickException(f"PostgreSQL says {in_brief(error)}") from error


def option_of(field: str) -> str:
    """What the command line calls a field of an order."""
    return OPTIONS.get(field) or field.removeprefix("connection.").replace(".", "-").replace("_", "-")


async def on_record(
    office: Office, action: str, subject: str, *, company: TenantId | None = None, anyway: bool = False, **after: object
) -> None:
    """An operator's deed at this terminal: by whom the operating system says it was, on which machine.

    Once only: a change that its own transaction entered in the same log is there already; `anyway` where that entry does
    not tell what was done.
    """
    if is_entered(company) and not anyway:
        return
    deed = Deed(operator(), action, subject, company, origin=platform.node(), after=after or None)
    await office.audit.record(deed)


def operator() -> str:
    """As the audit log calls whoever sits here."""
    return f"os:{_login()}"


def _login() -> str:
    """The account of this process, whatever its environment says."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container may run as a number without a name
        return str(os.getuid())


async def company_named(office: Office, text: str) -> Company:
    """A company by number, or by the short name that `company list` shows. Raises CompanyNotFound."""
    if not text.isdecimal() and (company := await office.companies.find(text)) is not None:
        return company
    if not text.isdecimal() or len(text) > LONGEST_NUMBER:
        raise CompanyNotFound(f"there is no company {text[:LONGEST_NUMBER]}")
    return await office.companies.get(TenantId(int(text)))


def typed(value: str | None, what: str) -> str | None:
    """`-` asks for a secret without echo, so that it stays out of the shell's history and the process list."""
    if value != "-":
        return value
    return str(click.prompt(what, hide_input=True, err=True))


def say(fields: dict[str, object], *, as_json: bool) -> None:
    """One JSON object, or one line per field."""
    if as_json:
        click.echo(json.dumps(fields, ensure_ascii=False))
        return
    width = max(map(len, fields))
    for name, value in fields.items():
        click.echo(f"{name.replace('_', ' '):<{width}}  {value}")
