"""The data folder: one `secretaria run` at a time, secrets closed, ports remembered."""

from __future__ import annotations

import socket
import stat
from pathlib import Path

import pytest

from secretaria.data_folder import held
from secretaria.embedded.ports import free_port, is_free, remembered_ports
from secretaria.embedded.trouble import ServerTrouble
from secretaria.run_card import RunCard


def quiet(text: str) -> None:
    raise AssertionError(text)


def a_card() -> RunCard:
    return RunCard(
        pid=1,
        api="http://127.0.0.1:8080",
        public_url="http://127.0.0.1:8080",
        metrics={"api": "http://127.0.0.1:8080/metrics"},
        database_url="postgresql://secretaria:c4n4ry@127.0.0.1/secretaria",
        redis_url="redis://:c4n4ry@127.0.0.1/0",
        master_key_file=None,
        service_token="c4n4ry",
        logs="var/logs",
        whaticket="http://127.0.0.1:4000",
        phone="http://127.0.0.1:4000/telefone/demo/5511999990000",
    )


def test_a_folder_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    with held(tmp_path, quiet), pytest.raises(ServerTrouble, match="already runs"), held(tmp_path, quiet):
        pass

    with held(tmp_path, quiet) as folder:
        assert folder.path == tmp_path


def test_the_card_is_closed_to_others_and_goes_with_the_run(tmp_path: Path) -> None:
    with held(tmp_path / "var", quiet) as folder:
        a_card().write(folder.run_card)

        assert stat.S_IMODE(folder.run_card.stat().st_mode) == 0o600

    assert not folder.run_card.exists()


def test_a_card_of_a_run_that_was_killed_does_not_mislead(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{}")

    with held(tmp_path, quiet) as folder:
        assert not folder.run_card.exists()


def test_the_screen_calls_a_sandbox_a_sandbox_and_shows_no_secret() -> None:
    screen = a_card().screen(Path("var/run.json"))

    assert "SANDBOX" in screen
    assert "/telefone/demo/" in screen
    assert "c4n4ry" not in screen + repr(a_card())


def test_made_up_secrets_are_closed_and_stay_the_same(tmp_path: Path) -> None:
    with held(tmp_path / "var", quiet) as folder:
        first = folder.secret("service.token")

        assert folder.secret("service.token") == first
        assert len(first) >= 24
        assert stat.S_IMODE((folder.path / "service.token").stat().st_mode) == 0o600


def test_ports_stay_the_same_until_somebody_else_took_one(tmp_path: Path) -> None:
    first = remembered_ports(tmp_path / "ports", ["postgres", "valkey"])

    assert remembered_ports(tmp_path / "ports", ["postgres", "valkey"]) == first
    assert len(set(first.values())) == 2

    with socket.socket() as other:
        other.bind(("127.0.0.1", first["valkey"]))
        other.listen()
        again = remembered_ports(tmp_path / "ports", ["postgres", "valkey"])

    assert again["postgres"] == first["postgres"]
    assert again["valkey"] != first["valkey"]


def test_a_free_port_is_free() -> None:
    assert is_free(free_port())
