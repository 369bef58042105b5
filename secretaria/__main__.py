"""The command line: `secretaria run` for one machine, its processes one by one for many, and what operators need."""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from secretaria.dotenv import adopt, read_env
from secretaria.version import VERSION

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "run": ("run", "Everything on this machine, servers included. Start here."),
    "api": ("processes", "The process that takes webhooks."),
    "worker": ("processes", "A process that reads, thinks and answers."),
    "relay": ("processes", "The process that hands due jobs to the workers."),
    "supervise": ("supervise", "As many workers as this machine's pools need, looked after."),
    "migrate": ("migrate", "Bring the shared tables and every company's tables up to date."),
    "doctor": ("doctor", "Say what is wrong with this installation, and how to mend it."),
    "company": ("company", "Open, connect, list and close companies."),
    "plan": ("plan", "The plans companies can have: list them, put one."),
    "billing": ("billing", "What the payment provider told us: follow what was kept."),
    "usage": ("usage", "What a company used in this cycle."),
    "user": ("user", "Let people in and out: the first operator, a company's owner."),
    "secrets": ("secrets", "Rotate the master key and the webhook secrets."),
    "audit": ("audit", "Prove that the audit log is whole."),
    "dead-letters": ("dead_letters", "Look at work that was given up, try it again or discard it."),
}
"""Word -> (module in secretaria/commands, what `--help` says): a word's module is imported when it is used."""


class LazyGroup(click.Group):
    """Importing everything costs more than a second; `--help` and small commands should not pay it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"secretaria.commands.{COMMANDS[cmd_name][0]}")
        command = getattr(module, cmd_name.replace("-", "_"))
        assert isinstance(command, click.Command)  # what each of these modules promises
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(word, told) for word, (_, told) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, message="secretaria %(version)s")
def main() -> None:
    """Secretaria answers a small business's customers on WhatsApp.

    Settings come from the environment or from a file .env in this folder; .env.example tells them all.
    """
    adopt(os.environ, read_env(Path(".env")))


if __name__ == "__main__":
    main(prog_name="secretaria")
