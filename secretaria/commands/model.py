"""`secretaria company model`: which language model answers for a company, by whose key, at what prices."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import click

from application.provisioning.choose_model import ModelOrder
from domain.assistant.model_terms import ModelTerms, OwnModel
from domain.assistant.pricing import Price
from domain.shared.errors import Invalid
from secretaria.commands.desk import at_the_desk, company_named, say
from secretaria.commands.lines import last_four
from secretaria.office import Office

PRICE: Final = re.compile(r"([^=]+)=([0-9.]{1,12})/([0-9.]{1,12})(?:@(\d{4}-\d\d-\d\d))?")
SOON: Final = "Workers know it within five seconds; `secretaria doctor` asks Google whether it holds."


@click.command()
@click.argument("company")
@click.option("--main", metavar="MODEL", help="Answers people. '' is the installation's again.")
@click.option("--small", metavar="MODEL", help="Takes over where the first cannot. '' is the installation's again.")
@click.option("--key-stdin", is_flag=True, help="Read a Gemini key of the company's own from standard input.")
@click.option(
    "--prices",
    multiple=True,
    metavar="MODEL=IN/OUT[@DAY]",
    help="By contract: dollars per million tokens in and out, from a day on. Once per model and day.",
)
@click.option("--forget", is_flag=True, help="The installation's for everything again.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def model(company: str, forget: bool, as_json: bool, **told: Any) -> None:  # noqa: ANN401 - click names them
    """Say what language model COMPANY (number or short name) has, after changing what the options name.

    What a company has not chosen for itself is the installation's: SECRETARIA_MODEL, SECRETARIA_MODEL_SMALL,
    GEMINI_API_KEY, and the public prices.
    """
    order = _ordered(**told)
    if forget and order != ModelOrder():
        raise click.UsageError("--forget goes alone")

    async def work(office: Office) -> dict[str, Any]:
        found = await company_named(office, company)
        if forget or order != ModelOrder():
            own = await office.choose_model(found.id, None if forget else order)
        else:
            own = await office.own_models.get(found.id)
        return {"company": found.name, "tenant": found.id, **_shown(own, office.installation, as_json=as_json)}

    say(at_the_desk(work), as_json=as_json)
    if not as_json and (forget or order != ModelOrder()):
        click.echo(f"\n{SOON}", err=True)


def _ordered(main: str | None, small: str | None, key_stdin: bool, prices: Sequence[str]) -> ModelOrder:
    try:
        order = ModelOrder(main, small, _key_typed() if key_stdin else None, _priced(prices))
        order.applied_to(OwnModel())
    except Invalid as error:
        option = "key-stdin" if error.field == "key" else error.field
        raise click.UsageError(f"--{option}: {error}") from None
    return order


def _key_typed() -> str:
    """Never an argument: those are in the shell's history and in the process list."""
    if sys.stdin.isatty():
        return str(click.prompt("Gemini key", hide_input=True, err=True))
    return sys.stdin.readline().strip()


def _priced(told: Sequence[str]) -> dict[str, tuple[Price, ...]]:
    prices: dict[str, tuple[Price, ...]] = {}
    for one in told:
        found = PRICE.fullmatch(one)
        try:
            name, dollars_in, dollars_out, day = found.groups() if found else ("", "", "", None)
            price = Price(float(dollars_in), float(dollars_out), date.fromisoformat(day) if day else date.min)
        except ValueError:
            raise Invalid("it is like gemini-3.8-flash=0.75/3.75@2026-12-31", field="prices") from None
        prices[name] = (*prices.get(name, ()), price)
    return prices


def _shown(own: OwnModel, installation: ModelTerms, *, as_json: bool) -> dict[str, Any]:
    """What applies and whose it is; of keys, the last four characters."""
    terms = own.over(installation)
    key = last_four(terms.key or None)
    chosen = [name for name in ("main", "small", "key", "prices") if getattr(own, name)]
    if as_json:
        prices = {name: [_spelled(one) for one in listed] for name, listed in terms.prices.own.items()}
        return {"main": terms.main, "small": terms.small, "key": key, "prices": prices, "own": chosen}
    contract = ", ".join(f"{name} {_spelled(one)}" for name, listed in own.prices.items() for one in listed)
    fields = {"main": terms.main, "small": terms.small, "key": key or "none", "prices": contract or "public"}
    whose = {name: "its own" if name in chosen else "the installation's" for name in fields}
    return {name: f"{value} ({whose[name]})" for name, value in fields.items()}


def _spelled(price: Price) -> str:
    since = "" if price.since == date.min else f"@{price.since.isoformat()}"
    return f"{price.input:g}/{price.output:g}{since}"
