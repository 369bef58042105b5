"""The operator's commands against real servers, as somebody would type them."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest
import redis
from click.testing import CliRunner, Result

from adapters.postgres.engine import build_engine
from adapters.postgres.migrations import downgrade_tenant
from adapters.postgres.trees import NOTHING
from adapters.security.master_keys import new_master_key, write_first
from domain.shared.ids import TenantId
from secretaria.commands.company import company
from secretaria.commands.migrate import migrate
from secretaria.commands.secrets import secrets

LINE = ["--whaticket-url", "https://w.example.com", "--whaticket-token", "canary-token-1234"]
COMMANDS = {"company": company, "migrate": migrate, "secrets": secrets}
Type = Callable[..., Result]


@pytest.fixture
def environment(database: str, redis_url: str, tmp_path: Path) -> dict[str, str | None]:
    (tmp_path / "var").mkdir()
    key_file = tmp_path / "master.key"
    write_first(key_file, new_master_key())
    ours = {name: None for name in os.environ if name.startswith("SECRETARIA_")}
    return ours | {
        "DATABASE_URL": database,
        "REDIS_URL": redis_url,
        "SECRETARIA_DATA_DIR": str(tmp_path / "var"),
        "SECRETARIA_MASTER_KEY_FILE": str(key_file),
        "SECRETARIA_PUBLIC_URL": "https://secretaria.example.com",
        "SECRETARIA_REDIS_NAMESPACE": f"sv-{uuid4().hex[:8]}",
    }


@pytest.fixture
def type_(environment: dict[str, str | None]) -> Type:
    """Types a command; expects it to succeed unless told otherwise."""

    def type_it(*words: str, code: int = 0, answer: str | None = None) -> Result:
        result = CliRunner().invoke(COMMANDS[words[0]], words[1:], env=environment, input=answer)
        assert result.exit_code == code, (result.output, result.exception)
        return result

    return type_it


@pytest.fixture
def opened(type_: Type) -> dict[str, Any]:
    type_("migrate")
    return told(type_("company", "open", "--name", "Clínica Sorriso", *LINE, "--json"))


def told(result: Result) -> dict[str, Any]:
    return json.loads(result.stdout)


def fetch(url: str, query: str, *values: object) -> list[tuple]:
    async def run() -> list[tuple]:
        connection = await asyncpg.connect(url)
        try:
            return [tuple(row) for row in await connection.fetch(query, *values)]
        finally:
            await connection.close()

    return asyncio.run(run())


def test_opening_prints_one_json_object_with_all_that_others_need(opened: dict[str, Any]):
    assert set(opened) == {
        "company", "tenant", "connection", "auth", "dialect", "webhook_url", "webhook_secret",
    }  # fmt: skip
    assert (opened["company"], opened["tenant"], opened["auth"]) == ("Clínica Sorriso", 1, "hmac")
    assert opened["dialect"] == "saas-classic"
    assert opened["webhook_url"] == f"https://secretaria.example.com/webhook/whaticket/{opened['connection']}"
    assert len(base64.urlsafe_b64decode(opened["webhook_secret"] + "=")) == 32


def test_in_path_mode_the_url_carries_the_token(type_: Type, opened: dict[str, Any]):
    line = told(type_("company", "connect", "1", *LINE, "--auth", "path", "--json"))

    assert line["webhook_url"].endswith(f"/{line['connection']}/{line['webhook_token']}")
    assert urlsplit(line["webhook_url"]).query == ""
    assert line["webhook_secret"] == line["webhook_token"]
    assert line["webhook_secret"] != opened["webhook_secret"]


def test_a_second_proof_is_made_when_asked_for(type_: Type, opened: dict[str, Any]):
    line = told(type_("company", "connect", "clinica-sorriso", *LINE, "--webhook-token", "--json"))

    assert line["webhook_token"] != line["webhook_secret"]


def test_for_people_the_secrets_are_told_line_by_line(type_: Type):
    type_("migrate")

    result = type_("company", "open", "--name", "Salão", *LINE)

    assert "webhook secret" in result.stdout
    assert "this once" in result.stderr


def test_opening_twice_is_refused_in_one_line(type_: Type, opened: dict[str, Any]):
    result = type_("company", "open", "--name", "clinica sorriso", *LINE, code=1)

    assert result.stderr == "Error: company 1 of this name is already open\n"


def test_nonsense_names_the_option(type_: Type):
    type_("migrate")

    for option, value in (("--whaticket-url", "nowhere"), ("--time-zone", "Lua"), ("--name", " ")):
        result = type_("company", "open", "--name", "X", *LINE, option, value, code=2)
        assert option in result.stderr
    type_("company", "open", "--name", "X", "--whaticket-url", "https://w.example.com", code=2)
    type_("company", "open", "--name", "X", *LINE, "--dialect", "klingon", code=2)
    assert "no company 7" in type_("company", "show", "7", code=1).stderr
    assert "no company" in type_("company", "show", "nobody", code=1).stderr


def test_showing_and_listing_never_show_a_secret(type_: Type, opened: dict[str, Any]):
    shown = [
        type_("company", *words)
        for words in (["list"], ["list", "--json"], ["show", "1"], ["show", "clinica-sorriso", "--json"])
    ]

    everything = "".join(result.output for result in shown)
    assert "Clínica Sorriso" in everything
    assert "…1234" in everything
    assert "canary-token" not in everything
    assert opened["webhook_secret"] not in everything
    assert f"…{opened['webhook_secret'][-4:]}" in everything


def test_facts_come_from_text_or_from_a_file(type_: Type, environment: dict, tmp_path: Path):
    facts = tmp_path / "fatos.txt"
    facts.write_text("Abre às 8h.\nFecha às 18h.")
    type_("migrate")

    type_("company", "open", "--name", "Um", *LINE, "--business-facts", str(facts))
    type_("company", "open", "--name", "Dois", *LINE, "--business-facts", "Só texto / aqui")

    assert fetch(environment["DATABASE_URL"], "select business_facts from tenant_1.persona") == [(facts.read_text(),)]
    assert fetch(environment["DATABASE_URL"], "select business_facts from tenant_2.persona") == [("Só texto / aqui",)]


def test_secrets_can_be_typed_unseen(type_: Type, environment: dict):
    type_("migrate")

    result = type_(
        "company", "open", "--name", "X", *LINE[:2], "--whaticket-token", "-", "--json", answer="typed-in-secret\n"
    )

    assert "typed-in-secret" not in result.output
    assert "…cret" in type_("company", "show", "1").stdout
    assert told(result)["tenant"] == 1


def test_closing_asks_first_and_leaves_nothing(type_: Type, opened: dict[str, Any], environment: dict, redis_url: str):
    namespace = environment["SECRETARIA_REDIS_NAMESPACE"]
    with redis.Redis.from_url(redis_url) as client:
        client.set(f"{namespace}:{{tenant_1}}:memory:9", "x")
        client.set(f"{namespace}:{{tenant_11}}:memory:9", "x")
        client.rpush(f"{namespace}:tenant_1", "job")

        type_("company", "close", "1", code=1, answer="n\n")
        assert client.exists(f"{namespace}:tenant_1")
        type_("company", "close", "1", "--yes")

        assert [key.decode() for key in client.keys(f"{namespace}:*")] == [f"{namespace}:{{tenant_11}}:memory:9"]
        client.delete(f"{namespace}:{{tenant_11}}:memory:9")
    assert fetch(environment["DATABASE_URL"], "select state, schema_revision from public.tenants") == [("closed", None)]
    assert not fetch(environment["DATABASE_URL"], "select 1 from pg_namespace where nspname = 'tenant_1'")
    assert "closed" in type_("company", "list").stdout


def test_a_company_left_unfinished_because_redis_was_away_is_finished_later(type_: Type, environment: dict):
    type_("migrate")
    there = environment["REDIS_URL"]
    environment["REDIS_URL"] = "redis://127.0.0.1:1/0"
    assert "Redis did not answer" in type_("company", "open", "--name", "X", *LINE, code=1).stderr

    environment["REDIS_URL"] = there
    assert told(type_("company", "open", "--name", "X", *LINE, "--json"))["tenant"] == 1


def test_the_master_key_is_rotated_in_its_file_without_a_restart(type_: Type, opened: dict, environment: dict):
    file = Path(environment["SECRETARIA_MASTER_KEY_FILE"])
    before = file.read_text()

    assert "1 keys" in type_("secrets", "rotate", "--new-key").stdout
    assert len(file.read_text().split()) == 2
    assert "0 keys" in type_("secrets", "rotate", "--drop-earlier").stdout

    assert len(file.read_text().split()) == 1
    assert file.read_text() != before
    assert "…1234" in type_("company", "show", "1").stdout
    file.write_text(before)
    assert "not given master key" in type_("company", "show", "1", code=1).stderr


def test_the_master_key_is_rotated_between_two_environment_variables(type_: Type, opened: dict, environment: dict):
    old = Path(environment.pop("SECRETARIA_MASTER_KEY_FILE")).read_text().strip()
    new = type_("secrets", "new-master-key").stdout.strip()
    environment |= {"SECRETARIA_MASTER_KEY": new, "SECRETARIA_MASTER_KEY_PREVIOUS": old}
    assert "…1234" in type_("company", "show", "1").stdout

    assert "1 keys" in type_("secrets", "rotate").stdout
    environment["SECRETARIA_MASTER_KEY_PREVIOUS"] = None

    assert "…1234" in type_("company", "show", "1").stdout
    assert "not in a file" in type_("secrets", "rotate", "--new-key", code=1).stderr


def test_a_webhook_secret_is_rotated_and_told_once(type_: Type, opened: dict):
    line = told(type_("secrets", "rotate-webhook", opened["connection"], "--overlap", "2", "--json"))

    shown = told(type_("company", "show", "1", "--json"))["connections"][0]["webhook_secrets"]
    assert shown == [f"…{line['webhook_secret'][-4:]}", f"…{opened['webhook_secret'][-4:]}"]
    type_("secrets", "rotate-webhook", opened["connection"], "--overlap", "nan", code=2)
    type_("secrets", "rotate-webhook", opened["connection"], "--overlap", "1e300", code=2)
    type_("secrets", "rotate-webhook", "nobody", code=1)


def test_tokens_are_replaced_one_by_one(type_: Type, opened: dict):
    type_("secrets", "set", opened["connection"], "--whaticket-token", "another-token-9876")

    shown = told(type_("company", "show", "1", "--json"))["connections"][0]
    assert shown["whaticket_token"] == "…9876"
    assert shown["webhook_secrets"] == [f"…{opened['webhook_secret'][-4:]}"]
    type_("secrets", "set", opened["connection"], code=2)
    type_("secrets", "set", opened["connection"], "--panel-email", "a@b.c", code=2)


def test_migrate_says_what_is_pending_and_then_does_it(type_: Type):
    assert "at nothing" in type_("migrate", "--check", code=1).stdout
    assert "run `secretaria migrate` first" in type_("company", "list", code=1).stderr

    assert "newest revision" in type_("migrate").stdout
    assert "newest revision" in type_("migrate", "--check").stdout


def test_migrate_lists_the_company_that_failed_and_exits_1(type_: Type, opened: dict, environment: dict):
    fetch(environment["DATABASE_URL"], "update public.tenants set schema_revision = 'gone'")
    fetch(environment["DATABASE_URL"], "update tenant_1.alembic_version set version_num = 'gone'")

    result = type_("migrate", code=1)

    assert result.stdout.startswith("company 1 (Clínica Sorriso): at gone: CommandError")


def test_companies_are_shared_by_processes_of_the_real_command(type_: Type, opened: dict, environment: dict):
    type_("company", "open", "--name", "Outra", *LINE)
    for tenant in (1, 2):
        asyncio.run(left_behind(environment["DATABASE_URL"], TenantId(tenant)))
    assert type_("migrate", "--check", code=1).stdout.count("at base") == 2

    done = subprocess.run(
        [sys.executable, "-m", "secretaria", "migrate", "--processes", "2"],
        env={**os.environ, **{name: value for name, value in environment.items() if value is not None}},
        capture_output=True,
        text=True,
        check=False,
        cwd=environment["SECRETARIA_DATA_DIR"],
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "newest revision" in done.stdout


async def left_behind(url: str, tenant: TenantId) -> None:
    engine = build_engine(url, pool_size=1)
    await downgrade_tenant(engine, tenant, NOTHING)
    await engine.dispose()


def test_migrate_does_not_go_back_to_nothing(type_: Type, opened: dict):
    assert "close the companies" in type_("migrate", "--downgrade", "base", code=2).stderr
    type_("migrate", "--downgrade", "0001", "--tree", "public")
    assert "not yet at" in type_("migrate", "--check", code=1).stdout
    type_("migrate")


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
