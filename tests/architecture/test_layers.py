"""Dependencies point inwards, the inside is plain Python, and the top level holds what was agreed on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from importlinter.cli import lint_imports_command

from tests.architecture.source import LAYERS, ROOT, python_files

FEATURES = frozenset(
    """shared intake conversations contacts assistant knowledge handoff delivery agenda scheduling reminders no_show
    follow_ups companies billing quotas provisioning access flags experiments feedback analytics recommendations
    churn lgpd audit dead_letters""".split()  # noqa: SIM905 - words, not a table
)
TOP_LEVEL = frozenset({*LAYERS, "migrations", "ops", "tests"})
FLUID_WORDS = frozenset({"utils", "util", "helpers", "helper", "base", "common", "manager", "misc"})


def test_the_import_contracts_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    result = CliRunner().invoke(lint_imports_command, ["--no-cache"])

    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("layer", ["domain", "application"])
def test_the_inside_is_the_standard_library_and_itself(layer: str) -> None:
    allowed = {*sys.stdlib_module_names, "domain", layer}
    imports = {source.name: {name.partition(".")[0] for name in source.imports} for source in python_files(layer)}

    assert {name: found - allowed for name, found in imports.items() if found - allowed} == {}


@pytest.mark.parametrize("layer", ["domain", "application"])
def test_a_feature_has_the_same_word_in_every_layer(layer: str) -> None:
    words = {folder.name for folder in (ROOT / layer).iterdir() if folder.is_dir() and folder.name != "__pycache__"}

    assert words <= FEATURES


def test_no_folder_stands_beside_those_agreed_on() -> None:
    ours = {path.parent.relative_to(ROOT).parts[0] for path in ROOT.glob("*/**/*.py") if not _hidden(path)}

    assert ours - {"var"} <= TOP_LEVEL


def test_no_file_or_folder_has_a_name_that_takes_in_everything() -> None:
    names = {path.stem: path for package in TOP_LEVEL for path in (ROOT / package).rglob("*") if not _hidden(path)}

    assert not FLUID_WORDS & names.keys()


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "__py", "node_modules")) for part in path.relative_to(ROOT).parts)
