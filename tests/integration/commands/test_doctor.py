"""`secretaria doctor` against real servers: it finds what is wrong, says what helps, and repeats no secret."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from adapters.security.master_keys import new_master_key
from ops.sandbox.handle import Running, launch
from secretaria.__main__ import main
from secretaria.embedded.postgres import Postgres

NOWHERE = "127.0.0.1:1"


@pytest.fixture(scope="module")
def gemini() -> Iterator[Running]:
    running = launch("gemini", port=0)
    yield running
    running.stop()


@pytest.fixture
def environment(database: str, redis_url: str, gemini: Running, tmp_path: Path) -> dict[str, str | None]:
    ours = {name: None for name in os.environ if name.startswith("SECRETARIA_")}
    return ours | {
        "DATABASE_URL": database,
        "REDIS_URL": redis_url,
        "GEMINI_API_KEY": "a-key",
        "GEMINI_BASE_URL": gemini.url,
        "SECRETARIA_MASTER_KEY": new_master_key(),
        "SECRETARIA_DATA_DIR": str(tmp_path),
        "SECRETARIA_REDIS_NAMESPACE": f"sv-{uuid4().hex[:8]}",
    }


def typed(environment: dict[str, str | None], *words: str) -> Result:
    return CliRunner().invoke(main, words, env=environment)


def opened(environment: dict[str, str | None], whaticket: str) -> None:
    line = ["--whaticket-url", whaticket, "--whaticket-token", "canary-token-1234"]
    assert typed(environment, "migrate").exit_code == 0
    assert typed(environment, "company", "open", "--name", "Clínica Sol", *line).exit_code == 0


def test_a_sound_installation_is_told_to_be_sound(environment: dict[str, str | None], gemini: Running) -> None:
    opened(environment, gemini.url)

    result = typed(environment, "doctor")

    assert result.exit_code == 0, result.output
    assert "wrong" not in result.output
    for part in ("PostgreSQL", "all tables", "Redis", "master key", "Whaticket", "Gemini"):
        assert part in result.output


def test_a_database_without_tables_is_sent_to_migrate(environment: dict[str, str | None]) -> None:
    result = typed(environment, "doctor")

    assert result.exit_code == 1
    assert "the shared tables are at nothing" in result.output
    assert "-> secretaria migrate" in result.output


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DATABASE_URL", f"postgresql://secretaria:c4n4ry@{NOWHERE}/secretaria", "PostgreSQL does not answer"),
        ("REDIS_URL", f"redis://:c4n4ry@{NOWHERE}/0", "Redis does not answer"),
        ("GEMINI_BASE_URL", f"http://{NOWHERE}", "Gemini cannot be reached"),
        ("GEMINI_API_KEY", "bad-c4n4ry", "Gemini refuses us (400)"),
        ("SECRETARIA_MODEL", "missing-model", "Gemini refuses us (404)"),
        ("SECRETARIA_PORT", "eighty", "SECRETARIA_PORT is missing or wrong"),
    ],
)
def test_each_part_that_fails_is_named_without_its_secret(
    environment: dict[str, str | None], name: str, value: str, told: str
) -> None:
    result = typed(environment | {name: value}, "doctor")

    assert result.exit_code == 1
    assert told in result.output
    assert "c4n4ry" not in result.output


def test_a_whaticket_out_of_reach_is_named_by_its_connection(environment: dict[str, str | None]) -> None:
    opened(environment, f"http://{NOWHERE}")

    result = typed(environment, "doctor")

    assert result.exit_code == 1
    assert "the Whaticket of connection" in result.output
    assert "canary-token-1234" not in result.output


def test_a_master_key_that_opens_nothing_is_told(environment: dict[str, str | None], gemini: Running) -> None:
    opened(environment, gemini.url)

    result = typed(environment | {"SECRETARIA_MASTER_KEY": new_master_key()}, "doctor")

    assert result.exit_code == 1
    assert "wraps companies and is not here" in result.output


def test_a_superuser_is_odd_and_a_misspelt_setting_too(
    environment: dict[str, str | None], postgres_server: Postgres, database: str
) -> None:
    superuser = f"{postgres_server.superuser_url.rpartition('/')[0]}/{database.rpartition('/')[2]}"

    result = typed(environment | {"DATABASE_URL": superuser, "SECRETARIA_BRUST_WINDOW": "3"}, "doctor")

    assert "odd    we are a superuser there" in result.output
    assert "SECRETARIA_BRUST_WINDOW is no setting of ours" in result.output


def test_a_companys_own_model_is_asked_about_by_itself(environment: dict[str, str | None], gemini: Running) -> None:
    opened(environment, gemini.url)
    assert "company 1" not in typed(environment, "doctor").output.partition("Gemini")[2]

    typed(environment, "company", "model", "1", "--main", "gemini-2.5-flash")
    result = typed(environment, "doctor")
    assert "Gemini knows us: gemini-3.8-flash answers every company without a model of its own" in result.output
    assert "Gemini knows us: gemini-2.5-flash answers company 1" in result.output

    typed(environment, "company", "model", "1", "--main", "missing-model")
    result = typed(environment, "doctor")
    assert result.exit_code == 1
    assert "-> mend secretaria company model 1 --main" in result.output


def test_a_companys_wrong_key_is_named_without_it(environment: dict[str, str | None], gemini: Running) -> None:
    opened(environment, gemini.url)
    told = CliRunner().invoke(main, ["company", "model", "1", "--key-stdin"], env=environment, input="bad-c4n4ry\n")
    assert told.exit_code == 0, told.output

    result = typed(environment, "doctor")

    assert result.exit_code == 1
    assert "Gemini refuses its own key (400): gemini-3.8-flash does not answer company 1" in result.output
    assert "-> mend secretaria company model 1 --key-stdin" in result.output
    assert "Gemini knows us" in result.output
    assert "c4n4ry" not in result.output


def test_a_companys_key_that_does_not_open_is_told(environment: dict[str, str | None], gemini: Running) -> None:
    opened(environment, gemini.url)
    CliRunner().invoke(main, ["company", "model", "1", "--key-stdin"], env=environment, input="a-key-of-its-own\n")

    result = typed(environment | {"SECRETARIA_MASTER_KEY": new_master_key()}, "doctor")

    assert "company 1 has a Gemini key that does not open" in result.output
