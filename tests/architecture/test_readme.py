"""What the README promises a newcomer is there: each path, each `make`, each command."""

from __future__ import annotations

import re

import click
import pytest

from secretaria.__main__ import main
from tests.architecture.source import ROOT

README = (ROOT / "README.md").read_text()
SHORT_FOR = ("", "application/")
MADE_BY_RUNNING = {"var/"}
PATHS = set(re.findall(r"`([a-z_.]+/[\w./*-]*)`", README)) - MADE_BY_RUNNING
LINKS = set(re.findall(r"\]\(([\w-]*[./][\w./-]*)\)", README))
TARGETS = set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE))
COMMANDS = set(re.findall(r"(?:`|bin/)secretaria ([a-z-]+)", README))


@pytest.mark.parametrize("path", sorted(PATHS | LINKS))
def test_a_path_leads_somewhere(path: str) -> None:
    assert any(list(ROOT.glob(prefix + path.rstrip("/"))) for prefix in SHORT_FOR)


def test_what_one_is_told_to_type_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert {"run", "test"} <= TARGETS <= targets
    assert {"company", "doctor"} <= COMMANDS <= set(main.list_commands(click.Context(main)))
