"""`secretaria doctor`: what is wrong, and how to mend it."""

from __future__ import annotations

import asyncio
import os

import click

from secretaria.doctor import examine
from secretaria.findings import Finding, State

COLOURS = {State.FINE: "green", State.ODD: "yellow", State.WRONG: "red"}


@click.command()
def doctor() -> None:
    """Say what is wrong with this installation, and how to mend it.

    Looks at the settings, PostgreSQL and its tables, Redis, the master key, every Whaticket and Gemini, and changes
    nothing. Ends with 1 when something is wrong.
    """
    findings = asyncio.run(examine(os.environ))
    for finding in findings:
        click.echo(_line(finding))
    if any(finding.state is State.WRONG for finding in findings):
        raise SystemExit(1)


def _line(finding: Finding) -> str:
    mark = click.style(f"{finding.state:<5}", fg=COLOURS[finding.state])
    return f"{mark}  {finding.what}" + (f"\n       -> {finding.mend}" if finding.mend else "")
