"""The command line: every word is there and tells about itself, and help costs next to nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from secretaria.__main__ import COMMANDS, main
from secretaria.commands.desk import option_of
from secretaria.version import VERSION

HEAVY = ("sqlalchemy", "litestar", "google.genai", "dramatiq", "asyncpg", "redis", "cryptography")


@pytest.mark.parametrize("word", COMMANDS)
def test_every_word_tells_about_itself(word: str) -> None:
    result = CliRunner().invoke(main, [word, "--help"])

    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 4


def test_help_names_every_word_and_what_it_is_for() -> None:
    result = CliRunner().invoke(main, ["--help"])

    assert all(word in result.output for word in COMMANDS)
    assert "Start here" in result.output


def test_an_unknown_word_is_refused() -> None:
    result = CliRunner().invoke(main, ["frobnicate"])

    assert result.exit_code == 2
    assert "frobnicate" in result.output


def test_help_imports_nothing_heavy() -> None:
    code = f"import secretaria.__main__, sys; print([name for name in {HEAVY} if name in sys.modules])"

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"


def test_the_version_is_told() -> None:
    assert VERSION in CliRunner().invoke(main, ["--version"]).output


@pytest.mark.parametrize("word", ["run", "api", "worker", "relay"])
def test_a_bad_setting_stops_every_process_with_its_name(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRETARIA_PORT", "eighty")

    result = CliRunner().invoke(main, [word])

    assert result.exit_code == 1
    assert "SECRETARIA_PORT is missing or wrong: put a whole number from 1 to 65535." in result.output


@pytest.mark.parametrize(
    ("field", "option"),
    [
        ("name", "name"),
        ("time_zone", "time-zone"),
        ("business_facts", "business-facts"),
        ("trial_days", "trial-days"),
        ("admin.email", "admin-email"),
        ("admin.name", "admin-name"),
        ("connection.whaticket_url", "whaticket-url"),
        ("connection.api_token", "whaticket-token"),
        ("connection.panel_email", "panel-email"),
        ("connection.panel_password", "panel-password"),
        ("connection.sends_per_minute", "sends-per-minute"),
    ],
)
def test_a_field_that_is_refused_is_told_as_the_option_that_gives_it(field: str, option: str) -> None:
    assert option_of(field) == option
    assert f"--{option} " in CliRunner().invoke(main, ["company", "open", "--help"]).output
