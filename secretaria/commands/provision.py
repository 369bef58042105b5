"""`secretaria company provision`: openings that stopped half-way are looked at, finished, or taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

import click

from application.provisioning.open_company import Opened
from application.provisioning.order import FirstAdmin
from domain.billing.plan import PlanCode
from domain.provisioning.checklist import Run
from domain.shared.errors import Invalid
from secretaria.commands.desk import at_the_desk, on_record, say
from secretaria.commands.lines import shown_once
from secretaria.office import Office

ONCE: Final = "Secrets are shown this once."
OPTIONS: Final = (
    click.option("--plan", help="Code of its plan; without one it has no limits."),
    click.option("--trial-days", type=click.IntRange(0, 90), default=0, help="Free days before the first month."),
    click.option("--dedicated/--shared", default=None, help="Workers of its own, or not; the plan decides otherwise."),
    click.option("--admin-email", help="The owner's address."),
    click.option("--admin-name", help="The owner's name."),
    click.option("--admin-by-mail", is_flag=True, help="Invite the owner; otherwise a password is shown once."),
    click.option("--token", is_flag=True, help="Make a first token for the company's own machines, shown once."),
)
as_json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")


def describes_more(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options above to `company open`."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def more_of(told: dict[str, Any]) -> dict[str, Any]:
    """What they said. Raises Invalid."""
    email, name = told["admin_email"], told["admin_name"]
    if (email is None) != (name is None):
        raise Invalid("an owner is an e-mail and a name", field="admin.email")
    return {
        "plan": None if told["plan"] is None else PlanCode(told["plan"]),
        "trial_days": told["trial_days"],
        "dedicated": told["dedicated"],
        "admin": None if email is None else FirstAdmin(email, name, by_mail=told["admin_by_mail"]),
        "token": told["token"],
    }


async def opened_on_record(office: Office, opened: Opened) -> dict[str, object]:
    """The opening goes into the log; what is shown once, with all that was asked for and nothing else."""
    subject, line = f"company:{opened.company.id}", opened.line
    line_id = line.id if line else None
    await on_record(office, "company.open", subject, slug=opened.company.slug, connection_id=line_id)
    fields: dict[str, object] = {"company": opened.company.name, "tenant": opened.company.id}
    if line is not None:
        fields |= shown_once(office.targets.public_url, line)
    if opened.admin_password is not None:
        fields["admin_password"] = opened.admin_password
    if opened.token is not None:
        fields["token"] = opened.token
    return fields


@click.group()
def provision() -> None:
    """Openings by number: their steps, another try, and the way back."""


@provision.command()
@click.argument("number", type=click.IntRange(1), required=False)
@as_json_option
def show(number: int | None, as_json: bool) -> None:
    """Opening NUMBER step by step; without one, the latest."""

    async def work(office: Office) -> list[Run]:
        runs = office.openings.runs
        return [await runs.get(number)] if number is not None else list(await runs.lately(20))

    found = at_the_desk(work)
    if as_json:
        shown = [row(run) for run in found]
        click.echo(json.dumps(shown[0] if number is not None else {"openings": shown}, ensure_ascii=False))
        return
    for run in found:
        click.echo(f"{run.id:>6}  {run.state.value:<8} {run.tenant or '-':>6}  {run.slug}")
        for item in run.items if number is not None else ():
            told = item.error or item.note or ""
            click.echo(f"        {item.step.value:<13} {item.state.value:<8} {item.attempts:>3}  {told}".rstrip())


@provision.command()
@click.argument("number", type=click.IntRange(1))
@as_json_option
def retry(number: int, as_json: bool) -> None:
    """Finish opening NUMBER from where it stopped."""

    async def work(office: Office) -> dict[str, object]:
        return await opened_on_record(office, await office.openings.open.carry_on(number))

    say(at_the_desk(work), as_json=as_json)
    if not as_json:
        click.echo(f"\n{ONCE}", err=True)


@provision.command()
@click.argument("number", type=click.IntRange(1))
def undo(number: int) -> None:
    """Take opening NUMBER back; nothing of the company stays but its number."""

    async def work(office: Office) -> Run:
        run = await office.openings.undo(number)
        await on_record(office, "company.open.undo", f"opening:{run.id}", company_id=run.tenant)
        return run

    click.echo(f"Opening {at_the_desk(work).id} is undone.")


def row(run: Run) -> dict[str, object]:
    return {
        "opening": run.id,
        "slug": run.slug,
        "tenant": run.tenant,
        "state": run.state.value,
        "steps": [
            {
                "step": item.step.value,
                "state": item.state.value,
                "attempts": item.attempts,
                "error": item.error,
                "note": item.note,
            }
            for item in run.items
        ],
    }
