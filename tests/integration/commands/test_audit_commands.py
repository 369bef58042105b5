"""Operators' commands stand in the audit log with the account that gave them, and `audit verify` finds what was touched."""

from __future__ import annotations

import asyncio
import json
import os
import pwd
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest
from click.testing import CliRunner, Result

from adapters.security.master_keys import new_master_key, write_first
from secretaria.__main__ import main
from secretaria.embedded.postgres import Postgres

LINE = ["--whaticket-url", "https://w.example.com", "--whaticket-token", "canary-token-1234"]
ME = f"os:{pwd.getpwuid(os.getuid()).pw_name}"
Type = Callable[..., Result]


@pytest.fixture
def type_(database: str, redis_url: str, tmp_path: Path) -> Type:
    key_file = tmp_path / "master.key"
    write_first(key_file, new_master_key())
    environment = {name: None for name in os.environ if name.startswith("SECRETARIA_")} | {
        "DATABASE_URL": database,
        "REDIS_URL": redis_url,
        "SECRETARIA_DATA_DIR": str(tmp_path / "var"),
        "SECRETARIA_MASTER_KEY_FILE": str(key_file),
        "SECRETARIA_REDIS_NAMESPACE": f"sv-{uuid4().hex[:8]}",
    }

    def type_it(*words: str, code: int = 0) -> Result:
        result = CliRunner().invoke(main, words, env=environment)
        assert result.exit_code == code, (result.output, result.exception)
        return result

    type_it("migrate")
    return type_it


def as_superuser(postgres: Postgres, database: str, *statements: str) -> list[dict[str, Any]]:
    async def run() -> list[dict[str, Any]]:
        url = urlsplit(postgres.superuser_url)._replace(path=urlsplit(database).path).geturl()
        connection = await asyncpg.connect(url)
        try:
            await connection.execute("set session_replication_role = replica")
            for statement in statements[:-1]:
                await connection.execute(statement)
            return [dict(row) for row in await connection.fetch(statements[-1])]
        finally:
            await connection.close()

    return asyncio.run(run())


def test_what_operators_do_is_on_record_with_their_account_and_without_a_secret(
    type_: Type, postgres_server: Postgres, database: str
):
    opened = json.loads(type_("company", "open", "--name", "Clínica Sorriso", *LINE, "--json").stdout)
    line = opened["connection"]
    type_("secrets", "rotate-webhook", line)
    type_("secrets", "set", line, "--whaticket-token", "canary-token-5678")
    type_("secrets", "rotate", "--new-key")
    type_("user", "add", "--email", "ana@canary.example", "--name", "Ana Canária", "--role", "owner", "--company", "1")
    type_("company", "pool", "1", "dedicated")
    type_("company", "pool", "1", "tenant_9", code=2)
    type_("company", "close", "1", "--yes")

    every = as_superuser(postgres_server, database, "select * from public.audit_log order by at")
    moves = [row["action"] for row in every if row["chain"] == 1 and row["action"].startswith("company.")]
    rows = [row for row in every if row["chain"] == 0 or not row["action"].startswith("company.")]

    assert [(row["chain"], row["action"]) for row in rows] == [
        (1, "connections.add"), (0, "company.open"), (1, "connections.rotate"), (1, "connections.change"),
        (0, "secrets.rotate"), (1, "users.added"), (0, "company.pool"), (0, "company.close"),
    ]  # fmt: skip
    assert moves == ["company.opened", "company.closing", "company.close"]
    assert {row["who"] for row in every} == {ME}
    assert all(row["origin"] for row in every)
    assert json.loads(rows[6]["after"]) == {"pool": "tenant_1", "pool_before": "shared"}
    assert rows[2]["subject"] == rows[3]["subject"] == f"connection:{line}"
    told = str(every)
    for secret in ("canary", "Ana", opened["webhook_secret"]):
        assert secret not in told


def test_verify_tells_that_all_is_whole_and_names_what_was_touched(
    type_: Type, postgres_server: Postgres, database: str
):
    type_("company", "open", "--name", "Clínica Sorriso", *LINE)
    for pool in ("dedicated", "shared", "gold"):
        type_("company", "pool", "1", pool)
    type_("company", "connect", "1", *LINE)

    whole = type_("audit", "verify")
    heads = {one["company"]: one["head"] for one in json.loads(type_("audit", "verify", "--json").stdout)}
    assert whole.stdout.count(" whole, head ") == 2
    type_("audit", "verify", "--company", "platform", "--head", heads[None])

    as_superuser(
        postgres_server, database, "update public.audit_log set who = 'os:x' where chain = 0 and number = 2", "select 1"
    )
    broken = type_("audit", "verify", code=1)
    assert "BROKEN: entry 2 was changed" in broken.stdout
    assert "company 1        whole" in broken.stdout
    assert "audit_broken.md" in broken.stderr
    assert "whole" in type_("audit", "verify", "--company", "clinica-sorriso").stdout


def test_a_tail_cut_off_with_its_head_is_found_by_the_head_that_was_noted(
    type_: Type, postgres_server: Postgres, database: str
):
    type_("company", "open", "--name", "Clínica Sorriso", *LINE)
    type_("company", "pool", "1", "gold")
    [told] = [one for one in json.loads(type_("audit", "verify", "--json").stdout) if one["company"] is None]

    as_superuser(
        postgres_server, database, "delete from public.audit_log where number = 2 and chain = 0",
        "update public.audit_heads h set number = 1, digest = l.digest from public.audit_log l"
        " where h.chain = 0 and l.chain = 0", "select 1",
    )  # fmt: skip

    type_("audit", "verify")
    missed = type_("audit", "verify", "--company", "platform", "--head", told["head"], code=1)
    assert "entry 2 is missing" in missed.stdout
    assert "--company" in type_("audit", "verify", "--head", told["head"], code=2).stderr
    assert "digest" in type_("audit", "verify", "--company", "platform", "--head", "nonsense", code=2).stderr
