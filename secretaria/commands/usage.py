"""`secretaria usage`: what a company used in this cycle."""

from __future__ import annotations

import click

from application.billing.read import UsageReport
from domain.billing.money import in_reais
from secretaria.commands.desk import at_the_desk, company_named, say
from secretaria.office import Office


@click.command()
@click.argument("company")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def usage(company: str, as_json: bool) -> None:
    """What COMPANY (number or short name) used in this cycle, as it is counted this second."""

    async def work(office: Office) -> UsageReport:
        return await office.billing.usage((await company_named(office, company)).id)

    report = at_the_desk(work)
    used = report.used
    say(
        {
            "cycle_first": report.cycle.first.isoformat(),
            "cycle_until": report.cycle.until.isoformat(),
            "per_cent_of_plan": report.per_cent,
            "messages": used.messages,
            "model_calls": used.calls,
            "input_tokens": used.input_tokens,
            "output_tokens": used.output_tokens,
            "cost_brl": f"{in_reais(used.cost):.10f}",
        },
        as_json=as_json,
    )
