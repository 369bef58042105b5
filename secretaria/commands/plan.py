"""`secretaria plan`: what is sold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click

from domain.billing.money import SPECKS_PER_CENT, whole_cents
from domain.billing.plan import Overage, Plan, PlanCode
from domain.quotas.allowance import Allowance
from secretaria.commands.desk import at_the_desk, say
from secretaria.office import Office


@click.group()
def plan() -> None:
    """The plans companies can have: what they include and what they cost."""


@plan.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def list_(as_json: bool) -> None:
    """All plans, cheapest first; those no longer sold too."""

    async def work(office: Office) -> Sequence[Plan]:
        return await office.billing.plans(all_of_them=True)

    plans = at_the_desk(work)
    if as_json:
        click.echo(json.dumps({"plans": [row(one) for one in plans]}, ensure_ascii=False))
        return
    for one in plans:
        messages = "no limit" if one.allowance.messages is None else f"{one.allowance.messages} messages"
        sold = "" if one.on_sale else "  (no longer sold)"
        click.echo(f"{one.code:<20} R$ {one.price_cents / 100:>9.2f}  {messages:<18} {one.name}{sold}")


@plan.command()
@click.argument("code")
@click.option("--name", required=True, help="As companies read it.")
@click.option("--price-cents", required=True, type=int, help="For a month, in cents of a real.")
@click.option("--messages", type=int, help="Answered messages a month; without it, no limit.")
@click.option("--tokens", type=int, help="Tokens of the model a month; without it, no limit.")
@click.option(
    "--cost-cents", type=int, help="What the model may cost a month, in cents of a real; without it, no limit."
)
@click.option("--users", type=int, help="People with an account; without it, no limit.")
@click.option("--connections", type=int, help="WhatsApp lines; without it, no limit.")
@click.option("--dedicated-worker", is_flag=True, help="A worker process of the company's own.")
@click.option(
    "--overage",
    type=click.Choice([str(one) for one in Overage]),
    default=str(Overage.STOP),
    show_default=True,
    help="Past the messages: a person answers, or each message more is charged.",
)
@click.option("--overage-cents", type=int, default=0, help="What a message more costs, in cents of a real.")
@click.option("--off-sale", is_flag=True, help="Who has it keeps it; nobody else gets it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def put(code: str, as_json: bool, **told: Any) -> None:  # noqa: ANN401 - click's options
    """Add the plan CODE, or write over the one there is. Months already sold keep their price."""
    cost = told["cost_cents"]

    async def work(office: Office) -> Plan:
        made = Plan(
            code=PlanCode(code),
            name=told["name"],
            price_cents=told["price_cents"],
            allowance=Allowance(told["messages"], told["tokens"], None if cost is None else cost * SPECKS_PER_CENT),
            users=told["users"],
            connections=told["connections"],
            dedicated_worker=told["dedicated_worker"],
            overage=Overage(told["overage"]),
            overage_cents=told["overage_cents"],
            on_sale=not told["off_sale"],
        )
        async with office.billing.open_plans() as plans:
            await plans.put(made)
        return made

    say(row(at_the_desk(work)), as_json=as_json)


def row(one: Plan) -> dict[str, object]:
    of = one.allowance
    return {
        "plan": one.code,
        "name": one.name,
        "price_cents": one.price_cents,
        "messages": of.messages,
        "tokens": of.tokens,
        "cost_cents": None if of.cost is None else whole_cents(of.cost),
        "users": one.users,
        "connections": one.connections,
        "dedicated_worker": one.dedicated_worker,
        "overage": one.overage.value,
        "overage_cents": one.overage_cents,
        "on_sale": one.on_sale,
    }
