"""Migrations from a terminal: what is pending, what failed, and several processes at once."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys

from adapters.postgres.engine import build_engine
from adapters.postgres.migrations import downgrade_tenant
from adapters.postgres.trees import NOTHING
from domain.shared.ids import TenantId
from tests.integration.commands.conftest import LINE, Type, fetch


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
