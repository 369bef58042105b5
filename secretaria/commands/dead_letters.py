"""`secretaria dead-letters`: work that failed for good, from the operator's terminal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

import click

from adapters.postgres.dead_letters import PostgresDeadLetters
from domain.dead_letters.dead_letter import DeadLetter
from domain.shared.ids import JobId, TenantId
from secretaria.commands.desk import at_the_desk, company_named, say
from secretaria.office import Office

NUMBER = click.IntRange(1, 2**63 - 1)
"""What the database can count to; it cannot even be asked about more."""


@click.group("dead-letters")
def dead_letters() -> None:
    """Work that was tried to the end: look at it, try it again, or discard it."""


@dead_letters.command("list")
@click.option("--company", help="Only this company's: its number or short name.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
def list_(company: str | None, limit: int, as_json: bool) -> None:
    """Newest first."""

    async def work(office: Office) -> Sequence[DeadLetter]:
        tenant: TenantId | None = None if company is None else (await company_named(office, company)).id
        return await PostgresDeadLetters(office.pool).parked(tenant=tenant, after=None, limit=limit)

    found = at_the_desk(work)
    if as_json:
        click.echo(json.dumps([_told(letter) for letter in found]))
        return
    for letter in found:
        click.echo(
            f"{letter.id:>8}  {letter.died_at:%Y-%m-%d %H:%M}  company {letter.tenant}  {letter.actor}  {letter.reason}"
        )
    if not found:
        click.echo("No dead letters.")


@dead_letters.command()
@click.argument("id", type=NUMBER)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def show(id: int, as_json: bool) -> None:
    """All that is known of one."""

    async def work(office: Office) -> DeadLetter:
        return await PostgresDeadLetters(office.pool).get(JobId(id))

    say(_told(at_the_desk(work)), as_json=as_json)


@dead_letters.command()
@click.argument("ids", type=NUMBER, nargs=-1, required=True)
def retry(ids: tuple[int, ...]) -> None:
    """Try these again, the oldest first, from the first step of the ladder."""

    async def work(office: Office) -> None:
        letters = PostgresDeadLetters(office.pool)
        for id in sorted(set(ids)):
            await letters.retry(JobId(id))
            click.echo(f"{id}: will be tried again")

    at_the_desk(work)


@dead_letters.command()
@click.argument("ids", type=NUMBER, nargs=-1, required=True)
@click.confirmation_option(prompt="Discarded work cannot be brought back. Discard?")
def discard(ids: tuple[int, ...]) -> None:
    """Throw these away."""

    async def work(office: Office) -> None:
        letters = PostgresDeadLetters(office.pool)
        for id in ids:
            await letters.discard(JobId(id))
            click.echo(f"{id}: discarded")

    at_the_desk(work)


def _told(letter: DeadLetter) -> dict[str, object]:
    return asdict(letter) | {
        "args": dict(letter.args),
        "created_at": letter.created_at.isoformat(),
        "died_at": letter.died_at.isoformat(),
    }
