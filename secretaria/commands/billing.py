"""`secretaria billing`: what the payment provider said and nobody could follow yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import click

from secretaria.commands.desk import at_the_desk, on_record, say
from secretaria.office import Office


@click.group()
def billing() -> None:
    """What the payment provider told us."""


@billing.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def replay(as_json: bool) -> None:
    """Follow the events that came before anybody knew whose they were, where their company is known by now.

    A worker does this by itself when a company gets its subscription or its first charge; this is for the rest.
    """

    async def work(office: Office) -> Mapping[str, str]:
        outcomes = await office.billing.replay()
        await on_record(office, "billing.replay", "billing", events=len(outcomes))
        return outcomes

    outcomes = at_the_desk(work)
    say({"events": len(outcomes), **Counter(outcomes.values())}, as_json=as_json)
