"""`secretaria company suspend`, `resume`, `export`, and the days of grace of `close`."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from domain.companies.company import Company
from secretaria.commands.desk import at_the_desk, company_named, on_record
from secretaria.office import Office


@click.command()
@click.argument("company")
def suspend(company: str) -> None:
    """Let COMPANY (number or short name) rest: messages are kept, and a person answers instead of the assistant."""

    async def work(office: Office) -> Company:
        found = await office.rest.suspend((await company_named(office, company)).id)
        await on_record(office, "company.suspend", f"company:{found.id}")
        return found

    click.echo(f"Company {at_the_desk(work).id} is suspended.")


@click.command()
@click.argument("company")
def resume(company: str) -> None:
    """Bring COMPANY (number or short name) back to work; also takes back a closing during its days of grace."""

    async def work(office: Office) -> Company:
        found = await office.rest.resume((await company_named(office, company)).id)
        await on_record(office, "company.resume", f"company:{found.id}")
        return found

    click.echo(f"Company {at_the_desk(work).id} is active.")


@click.command()
@click.argument("company")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(company: str, file: Path) -> None:
    """Write all that COMPANY (number or short name) has into FILE: JSON Lines in a zip, one part per table."""

    async def work(office: Office) -> Company:
        found = await company_named(office, company)
        await on_record(office, "company.export", f"company:{found.id}", company=found.id)
        written = await office.export(found.id)
        shutil.move(written, file)
        return found

    click.echo(f"Company {at_the_desk(work).id} is in {file}.")


def leave(company: str, days: int) -> None:
    """`company close --grace-days`."""

    async def work(office: Office) -> Company:
        found = await office.rest.leave((await company_named(office, company)).id, days=days)
        await on_record(office, "company.leave", f"company:{found.id}", closes_at=str(found.closes_at))
        return found

    found = at_the_desk(work)
    click.echo(f"Company {found.id} rests, and is closed on {found.closes_at:%Y-%m-%d %H:%M} UTC.")
