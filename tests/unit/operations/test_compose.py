"""compose.yaml: settings it knows, one door, an order in which to start, logs that end."""

from __future__ import annotations

import re
import shlex
import stat
from pathlib import Path
from typing import Any

import pytest
import yaml

from secretaria.settings import Settings, variables

ROOT = Path(__file__).parents[3]
OURS = ("migrate", "api", "worker", "relay")
COMPOSE_ONLY = {"POSTGRES_PASSWORD", "DATABASE_PASSWORD", "REDIS_PASSWORD", "API_ADDRESS"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return loaded


def test_everything_is_there_and_only_the_api_has_a_door(compose: dict[str, Any]) -> None:
    services = compose["services"]

    assert set(services) == {"postgres", "valkey", *OURS}
    assert [name for name, service in services.items() if "ports" in service] == ["api"]


def test_every_variable_is_a_setting_or_told_at_the_top(compose: dict[str, Any]) -> None:
    text = (ROOT / "compose.yaml").read_text()
    asked = set(re.findall(r"\$\{([A-Z_]+)", text))
    given = {name for service in OURS for name in compose["services"][service]["environment"]}

    assert asked - COMPOSE_ONLY <= variables()
    assert given <= variables()


def test_what_compose_asks_for_is_all_that_production_needs(compose: dict[str, Any]) -> None:
    environment = {
        name: re.sub(r"\$\{(\w+)[^}]*\}", lambda match: FILLED[match[1]], value)
        for name, value in compose["services"]["api"]["environment"].items()
    }

    settings = Settings.from_environment(environment | {"GEMINI_API_KEY": "a-key"})

    assert settings.environment == "production"
    assert settings.database.url == "postgresql://secretaria:s3cret@postgres:5432/secretaria"


FILLED = {
    "SECRETARIA_ENVIRONMENT": "production",
    "DATABASE_PASSWORD": "s3cret",
    "REDIS_PASSWORD": "s3cret",
    "SECRETARIA_MASTER_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "SECRETARIA_SERVICE_TOKEN": "0123456789abcdef01234567",
    "SECRETARIA_PUBLIC_URL": "https://secretaria.example.com",
}


def test_processes_wait_for_the_tables_and_say_how_they_are(compose: dict[str, Any]) -> None:
    for name in ("api", "worker", "relay"):
        service = compose["services"][name]
        assert service["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
        assert service["healthcheck"]["test"][:3] == ["CMD", "python", "-m"]


def test_logs_are_rotated_and_nothing_of_ours_has_rights_it_does_not_need(compose: dict[str, Any]) -> None:
    services = compose["services"]

    assert all(service["logging"]["options"] == {"max-size": "20m", "max-file": "5"} for service in services.values())
    assert all(services[name]["cap_drop"] == ["ALL"] and services[name]["read_only"] for name in OURS)


def test_every_mounted_file_is_there_and_can_be_run(compose: dict[str, Any]) -> None:
    mounts = [mount.split(":")[0] for mount in compose["services"]["postgres"]["volumes"] if mount.startswith("./")]

    assert mounts
    assert all((ROOT / mount).stat().st_mode & stat.S_IXOTH for mount in mounts)


def test_the_image_copies_the_program_and_drops_root() -> None:
    lines = [shlex.split(line) for line in (ROOT / "ops" / "Dockerfile").read_text().splitlines() if line.strip()]
    copied = {words[1] for words in lines if words[0] == "COPY" and not words[1].startswith("--")}

    assert {"domain", "application", "adapters", "secretaria", "migrations", "ops"} <= copied
    assert all((ROOT / name).exists() for name in copied)
    assert ["USER", "secretaria"] in lines
