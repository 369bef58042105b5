"""Settings: every variable is told, every bad one is named, no secret is repeated."""

from __future__ import annotations

import base64
import re
from ipaddress import ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretaria.settings import BadSetting, Settings, variables

ROOT = Path(__file__).parents[3]
KEY = base64.b64encode(bytes(range(32))).decode()
PRODUCTION = {
    "SECRETARIA_ENVIRONMENT": "production",
    "DATABASE_URL": "postgresql://app:pass@db/secretaria",
    "REDIS_URL": "redis://:pass@redis/0",
    "GEMINI_API_KEY": "a-key",
    "SECRETARIA_MASTER_KEY": KEY,
    "SECRETARIA_SERVICE_TOKEN": "0123456789abcdef01234567",
    "SECRETARIA_PUBLIC_URL": "https://secretaria.example.com/",
}


def told_in_example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text().splitlines()
    found = [re.match(r"#? ?([A-Z][A-Z_]+)=([^#\s]*)", line) for line in lines]
    return {match[1]: match[2] for match in found if match}


def test_every_setting_is_a_line_in_the_example_and_every_line_a_setting() -> None:
    assert set(told_in_example()) == variables()


def test_the_example_tells_the_defaults() -> None:
    shown = {name: value for name, value in told_in_example().items() if value and not name.endswith("_URL")}

    assert Settings.from_environment(shown) == Settings()
    assert (
        Settings.from_environment({"SECRETARIA_PUBLIC_URL": told_in_example()["SECRETARIA_PUBLIC_URL"]}) == Settings()
    )


def test_nothing_has_to_be_set_for_a_start_on_one_machine() -> None:
    settings = Settings.from_environment({})

    assert settings.http.public_url == "http://127.0.0.1:8080"
    assert settings.conversations.burst_window_seconds == 4.0
    assert settings.database.url is None


def test_an_empty_variable_counts_as_absent() -> None:
    assert Settings.from_environment(dict.fromkeys(variables(), "  ")) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRETARIA_PORT", "eighty"),
        ("SECRETARIA_PORT", "0"),
        ("SECRETARIA_PORT", "65536"),
        ("SECRETARIA_PORT", "８０８０"),
        ("SECRETARIA_BURST_WINDOW_SECONDS", "-1"),
        ("SECRETARIA_BURST_WINDOW_SECONDS", "nan"),
        ("SECRETARIA_TRUSTED_PROXIES", "10.0.0.0/8, everyone"),
        ("SECRETARIA_PUBLIC_URL", "secretaria.example.com"),
        ("SECRETARIA_PUBLIC_URL", "https://[::1"),
        ("SECRETARIA_ENVIRONMENT", "prod"),
        ("SECRETARIA_SERVICE_TOKEN", "short"),
        ("SECRETARIA_MASTER_KEY", "c2hvcnQ="),
        ("SECRETARIA_MASTER_KEY", "not base64!"),
        ("SECRETARIA_MASTER_KEY_FILE", "/nowhere/at/all"),
        ("DATABASE_URL", "mysql://root@localhost/x"),
        ("DATABASE_URL", "postgresql://app@localhost"),
        ("REDIS_URL", "localhost:6379"),
    ],
)
def test_a_bad_value_stops_the_boot_with_its_name_and_what_to_put(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=rf"^{name} .*: put .+\.$") as caught:
        Settings.from_environment({name: value})

    assert caught.value.name == name


@given(name=st.sampled_from(sorted(variables())), value=st.text(max_size=60))
def test_whatever_a_variable_holds_it_is_taken_or_refused_by_name(name: str, value: str) -> None:
    refused = None
    try:
        Settings.from_environment({name: value}, complete=False)
    except BadSetting as bad:
        refused = bad

    assert refused is None or refused.name == name


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "GEMINI_API_KEY", "SECRETARIA_SERVICE_TOKEN"])
def test_neither_a_refusal_nor_a_repr_repeats_a_secret(name: str) -> None:
    good = PRODUCTION[name].replace("pass", "c4n4ry")

    assert good not in repr(Settings.from_environment({name: good}))
    with pytest.raises(BadSetting) as caught:
        Settings.from_environment({name: "c4n4ry \x00"})
    assert "c4n4ry" not in str(caught.value)


def test_master_keys_are_not_in_a_repr() -> None:
    settings = Settings.from_environment({"SECRETARIA_MASTER_KEY": KEY, "SECRETARIA_MASTER_KEY_PREVIOUS": KEY})

    assert settings.secrets.master_key == bytes(range(32))
    assert "\\x00" not in repr(settings)


def test_the_master_key_can_lie_in_a_file_whose_first_line_is_the_current_one(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(f"{KEY}\n{base64.b64encode(bytes(32)).decode()}\n")

    settings = Settings.from_environment({"SECRETARIA_MASTER_KEY_FILE": str(file)})

    assert settings.secrets.required_master_key == bytes(range(32))


def test_what_is_missing_is_told_when_it_is_asked_for() -> None:
    settings = Settings.from_environment({})

    with pytest.raises(BadSetting, match="DATABASE_URL"):
        _ = settings.database.required_url
    with pytest.raises(BadSetting, match="REDIS_URL"):
        _ = settings.redis.required_url
    with pytest.raises(BadSetting, match="SECRETARIA_MASTER_KEY"):
        _ = settings.secrets.required_master_key


def test_production_starts_when_all_is_said() -> None:
    assert Settings.from_environment(PRODUCTION).http.public_url == "https://secretaria.example.com"


@pytest.mark.parametrize("missing", sorted(set(PRODUCTION) - {"SECRETARIA_ENVIRONMENT"}))
def test_production_does_not_start_half_configured(missing: str) -> None:
    with pytest.raises(BadSetting) as caught:
        Settings.from_environment({name: value for name, value in PRODUCTION.items() if name != missing})

    assert caught.value.name == missing


def test_proxies_and_spellings_of_a_database_are_understood() -> None:
    settings = Settings.from_environment(
        {"SECRETARIA_TRUSTED_PROXIES": "10.0.0.0/8, ::1", "DATABASE_URL": "postgresql+asyncpg://a@h/d"}
    )

    assert settings.http.trusted_proxies == (ip_network("10.0.0.0/8"), ip_network("::1"))
    assert settings.database.url == "postgresql://a@h/d"


@pytest.mark.parametrize(
    ("environment", "said", "allowed"),
    [
        ("development", None, True),
        ("development", "no", False),
        ("staging", None, False),
        ("production", None, False),
        ("production", "  ", False),
        ("production", "no", False),
        ("production", "yes", True),
    ],
)
def test_addresses_of_our_own_network_are_refused_outside_development_unless_asked_for(
    environment: str, said: str | None, allowed: bool
) -> None:
    named = {} if said is None else {"SECRETARIA_PRIVATE_ADDRESSES": said}

    settings = Settings.from_environment(PRODUCTION | {"SECRETARIA_ENVIRONMENT": environment} | named)

    assert settings.delivery.private_addresses is allowed
