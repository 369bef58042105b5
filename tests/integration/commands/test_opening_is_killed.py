"""`kill -9` at every step of a real opening: the same command again ends in one company, one bill and one owner."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

import asyncpg
import pytest

from domain.provisioning.checklist import Step
from tests.integration.commands.conftest import LINE, Type, fetch, told

ROOT = Path(__file__).parents[3]
GATE = 4711
PATIENCE = 30.0
ORDER = [
    "company", "open", "--name", "Clínica Sorriso", *LINE, "--plan", "empresarial", "--admin-email", "dona@x.example",
    "--admin-name", "Dona", "--token", "--json",
]  # fmt: skip
HOLD = """
    create function public.hold() returns trigger language plpgsql as $$ begin
        if new.state = 'done' and old.state <> 'done' then perform pg_advisory_xact_lock({gate}); end if;
        return new;
    end $$;
    create trigger hold before update on public.provisionings for each row execute function public.hold();
    create trigger hold before update on public.provisioning_steps for each row
        when (new.step = '{step}') execute function public.hold();
"""
WAITING = "select count(*) from pg_locks where locktype = 'advisory' and objid = $1 and not granted"
OTHERS = (
    "select count(*) from pg_stat_activity where datname = current_database() and application_name like 'secretaria%'"
)


async def until(connection: asyncpg.Connection, query: str, *values: object, is_: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while await connection.fetchval(query, *values) != is_:
            await asyncio.sleep(0.01)


async def killed_when_done_with(step: str, url: str, environment: dict[str, str]) -> None:
    """The step has done its work, and the process dies before it can say so."""
    connection = await asyncpg.connect(url)
    await connection.fetchval("select pg_advisory_lock($1)", GATE)
    await connection.execute(
        "drop trigger if exists hold on public.provisionings; drop trigger if exists hold on public.provisioning_steps;"
        " drop function if exists public.hold;" + HOLD.format(gate=GATE, step=step)
    )
    command = (sys.executable, "-m", "secretaria", *ORDER)
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment)
    try:
        await until(connection, WAITING, GATE, is_=1)
    finally:
        process.kill()
        await process.wait()
    await connection.fetchval("select pg_advisory_unlock($1)", GATE)
    await until(connection, OTHERS, is_=0)
    await connection.close()


@pytest.mark.parametrize("steps", [[*map(str, Step), "the end"]])
def test_an_opening_killed_at_every_step_ends_in_one_company(
    type_: Type, environment: dict[str, str | None], steps: list[str]
):
    type_("migrate")
    url = str(environment["DATABASE_URL"])
    ours = {name: value for name, value in os.environ.items() if not name.startswith("SECRETARIA_")}
    ours |= {name: value for name, value in environment.items() if value is not None}

    for step in steps:
        asyncio.run(killed_when_done_with(step, url, ours))

    assert fetch(url, "select state from public.provisionings") == [("running",)]
    asyncio.run(let_go(url))
    opened = told(type_(*ORDER))

    assert (opened["tenant"], len(opened["admin_password"].split("-")), opened["token"][:4]) == (1, 4, "sec_")
    assert fetch(url, "select id, state, pool from public.tenants") == [(1, "active", "tenant_1")]
    for table in (
        "provisionings",
        "whatsapp_connections",
        "users",
        "memberships",
        "api_keys",
        "subscriptions",
        "invoices",
    ):
        assert fetch(url, f"select count(*) from public.{table}") == [(1,)], table
    assert fetch(url, "select actor from public.jobs order by actor") == [
        ("billing.advance",),
        ("billing.charge",),
        ("billing.replay",),
    ]
    attempts = dict(fetch(url, "select step, attempts from public.provisioning_steps"))
    assert attempts == dict.fromkeys(map(str, Step), 2)
    assert fetch(url, "select state, paper from public.provisionings") == [("done", None)]
    shown = json.loads(type_("company", "provision", "show", "1", "--json").stdout)
    assert opened["token"] not in str(shown)


async def let_go(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("drop function public.hold cascade")
    await connection.close()
