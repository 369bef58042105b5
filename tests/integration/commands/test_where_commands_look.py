"""Which servers a command finds, and what it says where there are none."""

from __future__ import annotations

import json
from pathlib import Path

from tests.integration.commands.conftest import LINE, Type, told


def test_a_database_that_is_away_is_told_in_one_line(type_: Type, environment: dict):
    environment["DATABASE_URL"] = "postgresql://u:canary@127.0.0.1:1/d"

    for words in (["company", "list"], ["migrate"], ["migrate", "--check"], ["secrets", "rotate"]):
        result = type_(*words, code=1)
        assert len(result.stderr.splitlines()) == 1
        assert "canary" not in result.output


def test_the_servers_of_a_running_house_are_found_by_its_note(type_: Type, environment: dict, tmp_path: Path):
    note = {
        "database_url": environment.pop("DATABASE_URL"),
        "redis_url": environment.pop("REDIS_URL"),
        "master_key_file": environment.pop("SECRETARIA_MASTER_KEY_FILE"),
        "public_url": "http://127.0.0.1:9999/",
    }
    environment |= {"DATABASE_URL": None, "REDIS_URL": None, "SECRETARIA_PUBLIC_URL": None}
    assert "DATABASE_URL" in type_("migrate", code=1).stderr
    (tmp_path / "var" / "run.json").write_text(json.dumps(note))

    type_("migrate")
    opened = told(type_("company", "open", "--name", "X", *LINE, "--json"))

    assert opened["webhook_url"].startswith("http://127.0.0.1:9999/webhook/whaticket/")


def test_a_note_says_nothing_about_another_database(type_: Type, environment: dict, tmp_path: Path):
    type_("migrate")
    note = {
        "database_url": "postgresql://elsewhere/d",
        "master_key_file": environment.pop("SECRETARIA_MASTER_KEY_FILE"),
    }
    (tmp_path / "var" / "run.json").write_text(json.dumps(note))

    assert "SECRETARIA_MASTER_KEY" in type_("company", "open", "--name", "X", *LINE, code=1).stderr
