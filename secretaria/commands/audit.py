"""`secretaria audit`: the log of who did what, from the operator's terminal, and the proof that it is whole."""

from __future__ import annotations

import json

import click

from adapters.postgres.audit import PostgresAuditBook
from application.audit.verify import Verified, VerifyChain
from domain.audit.chain import Head
from domain.shared.ids import TenantId
from secretaria.commands.desk import at_the_desk, company_named
from secretaria.office import Office

PLATFORM = "platform"


@click.group()
def audit() -> None:
    """Prove that the audit log is whole."""


@audit.command()
@click.option("--company", help="Only this log: a company's number or short name, or `platform`.")
@click.option("--head", "noted", metavar="NUMBER:DIGEST", help="Where that log ended earlier, as this command told it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
def verify(company: str | None, noted: str | None, as_json: bool) -> None:
    """Walk every chain from its first entry to its head; name the first entry that does not fit.

    Keep the heads it prints somewhere the database's administrators cannot reach: given back with --head, one proves that
    nothing before it was changed and nothing was cut off, even by somebody who may do everything in the database.
    """
    if noted is not None and company is None:
        raise click.UsageError("--head belongs to one log: name it with --company")
    known = None if noted is None else _head(noted)

    async def work(office: Office) -> list[Verified]:
        book = PostgresAuditBook(office.pool)
        chains = await book.chains() if company is None else [await _chain(office, company)]
        return [await VerifyChain(book)(chain, known=known) for chain in chains]

    found = at_the_desk(work)
    if as_json:
        click.echo(json.dumps([_told(one) for one in found]))
    else:
        for one in found:
            click.echo(_line(one))
    if any(one.broken for one in found):
        raise click.ClickException("the audit log was tampered with; see ops/runbooks/audit_broken.md")


async def _chain(office: Office, named: str) -> TenantId | None:
    return None if named == PLATFORM else (await company_named(office, named)).id


def _head(noted: str) -> Head:
    number, _, digest = noted.partition(":")
    try:
        return Head(int(number), bytes.fromhex(digest))
    except ValueError:
        raise click.UsageError("--head: a number, a colon and a digest, as `audit verify` prints them") from None


def _told(one: Verified) -> dict[str, object]:
    broken = None if one.broken is None else {"entry": one.broken.number, "reason": one.broken.reason}
    return {"company": one.company, "head": str(one.head), "broken": broken}


def _line(one: Verified) -> str:
    whose = PLATFORM if one.company is None else f"company {one.company}"
    if one.broken is not None:
        return f"{whose:<16} BROKEN: entry {one.broken.number} {one.broken.reason}"
    return f"{whose:<16} whole, head {one.head}"
