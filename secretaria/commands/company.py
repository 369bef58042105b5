"""`secretaria company`: companies come, are looked at, get further connections, and go."""

from __future__ import annotations

import json
from pathlib import Path

import click

from application.companies.register import CompanyView
from application.provisioning.order import CompanyOrder
from application.provisioning.runs import Asking
from domain.billing.plan import PlanCode
from domain.billing.subscription import Subscription
from domain.companies.company import Company
from secretaria.commands.desk import at_the_desk, company_named, on_record, operator, say
from secretaria.commands.lines import describes_a_line, masked, ordered, shown_once
from secretaria.commands.model import model
from secretaria.commands.provision import describes_more, more_of, opened_on_record, provision
from secretaria.commands.rest import export, leave, resume, suspend
from secretaria.office import Office

ONCE = "These secrets are shown this once: put them into the Whaticket now."
as_json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")


@click.group()
def company() -> None:
    """Open, look at and close companies."""


company.add_command(model)


@company.command("open")
@click.option("--name", required=True, help="The company's name, as its customers know it.")
@describes_a_line
@click.option("--time-zone", default="America/Sao_Paulo", show_default=True)
@click.option("--business-facts", default="", help="What the assistant may say of the business: text, or a file.")
@describes_more
@as_json_option
def open_(name: str, time_zone: str, business_facts: str, as_json: bool, **told: object) -> None:
    """Open a company with its first connection. If a step fails, give the same command again."""

    async def work(office: Office) -> dict[str, object]:
        facts = _text_or_file(business_facts)
        order = CompanyOrder(name, ordered(told), time_zone, facts, **more_of(told))
        return await opened_on_record(office, await office.openings.open(order, Asking(operator())))

    _say_once(at_the_desk(work), as_json=as_json)


@company.command()
@click.argument("company")
@click.option("--name", default="WhatsApp", show_default=True, help="What to call the connection.")
@describes_a_line
@as_json_option
def connect(company: str, name: str, as_json: bool, **line: object) -> None:
    """Give COMPANY (number or short name) a further connection."""

    async def work(office: Office) -> dict[str, object]:
        order = ordered(line, name=name)
        found = await company_named(office, company)
        connection = await office.connect_line(found.id, order)
        subject = f"connection:{connection.id}"
        await on_record(office, "company.connect", subject, company=found.id, dialect=connection.dialect.value)
        return {
            "company": found.name,
            "tenant": found.id,
            **shown_once(office.targets.public_url, connection),
        }

    _say_once(at_the_desk(work), as_json=as_json)


@company.command("list")
@as_json_option
def list_(as_json: bool) -> None:
    """All companies, the closed ones too."""

    async def work(office: Office) -> list[CompanyView]:
        page = await office.register()
        found = list(page.rows)
        while page.next is not None:
            page = await office.register(after=page.next)
            found += page.rows
        return found[::-1]

    companies = at_the_desk(work)
    if as_json:
        click.echo(json.dumps({"companies": [_row(one) for one in companies]}, ensure_ascii=False))
        return
    for one in companies:
        click.echo(f"{one.id:>6}  {one.state.value:<10} {one.slug:<30} {one.name}")


@company.command()
@click.argument("company")
@as_json_option
def show(company: str, as_json: bool) -> None:
    """One company and its connections; of secrets, the last four characters."""

    async def work(office: Office) -> tuple[CompanyView, list[dict[str, object]]]:
        found = await office.register.get((await company_named(office, company)).id)
        return found, [masked(line) for line in await office.lines.of(found.id)]

    found, lines = at_the_desk(work)
    if as_json:
        click.echo(json.dumps(_row(found) | {"connections": lines}, ensure_ascii=False))
        return
    say(_row(found), as_json=False)
    for line in lines:
        click.echo()
        say(line, as_json=False)


@company.command()
@click.argument("company")
@click.argument("pool")
@as_json_option
def pool(company: str, pool: str, as_json: bool) -> None:
    """Let the workers of POOL serve COMPANY (number or short name) from now on.

    POOL is `shared`, `dedicated` (workers of its own, which `secretaria supervise` and `secretaria run` start within
    seconds), or the name of a pool that somebody serves by `secretaria worker --pool`. No message is lost on the way.
    """

    async def work(office: Office) -> dict[str, object]:
        found = await company_named(office, company)
        moved = await office.move_to_pool(found.id, pool)
        await on_record(office, "company.pool", f"company:{found.id}", pool=moved.after, pool_before=moved.before)
        return {"company": found.name, "tenant": found.id, "pool": moved.after, "pool_before": moved.before}

    say(at_the_desk(work), as_json=as_json)


@company.command()
@click.argument("company")
@click.option("--force", is_flag=True, help="Even while its jobs are running.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--grace-days", type=click.IntRange(0, 365), default=0, help="Let it rest for so long before that.")
def close(company: str, force: bool, yes: bool, grace_days: int) -> None:
    """Close COMPANY (number or short name): its messages, its settings and its connections are deleted.

    During days of grace it rests with everything in place: `company resume` takes the closing back, `company export` writes
    what it has into a file.
    """
    if grace_days:
        leave(company, grace_days)
        return

    async def find(office: Office) -> Company:
        return await company_named(office, company)

    async def work(office: Office) -> Company:
        closed = await office.close_company(found.id, force=force)
        await on_record(office, "company.close", f"company:{closed.id}", slug=closed.slug, force=force)
        return closed

    found = at_the_desk(find)
    if not yes:
        click.confirm(f"Delete all data of {found.name} (company {found.id})?", abort=True, err=True)
    click.echo(f"Company {at_the_desk(work).id} is closed.")


for command in (provision, suspend, resume, export):
    company.add_command(command)


@company.command("plan")
@click.argument("company")
@click.argument("plan")
@click.option("--trial-days", type=click.IntRange(0, 90), default=0, help="Free days before the first month.")
@as_json_option
def plan_(company: str, plan: str, trial_days: int, as_json: bool) -> None:
    """Put COMPANY (number or short name) on PLAN: its first one, or another from now on."""

    async def work(office: Office) -> Subscription:
        found = await company_named(office, company)
        subscription = await office.billing.subscribe(found.id, PlanCode(plan), trial_days=trial_days)
        subject = f"company:{found.id}"
        await on_record(office, "billing.change_plan", subject, company=found.id, plan=subscription.plan)
        return subscription

    one = at_the_desk(work)
    say(
        {
            "tenant": one.tenant,
            "plan": one.plan,
            "state": one.state.value,
            "cycle_first": one.cycle.first.isoformat(),
            "cycle_until": one.cycle.until.isoformat(),
        },
        as_json=as_json,
    )


def _row(one: CompanyView) -> dict[str, object]:
    return {
        "company": one.name,
        "tenant": one.id,
        "slug": one.slug,
        "state": one.state.value,
        "closes_at": one.closes_at.isoformat() if one.closes_at else None,
        "time_zone": one.time_zone,
        "pool": one.pool,
        "plan": one.plan,
        "messages": one.used.messages,
        "per_cent": one.per_cent,
        "people": one.people,
    }


def _say_once(fields: dict[str, object], *, as_json: bool) -> None:
    say(fields, as_json=as_json)
    if not as_json:
        click.echo(f"\n{ONCE}", err=True)


def _text_or_file(value: str) -> str:
    try:
        file = Path(value)
        return file.read_text("utf-8") if value and file.is_file() else value
    except (OSError, ValueError):
        return value
