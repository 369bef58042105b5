"""`secretaria migrate`: brings the shared tables and every company's schema to the newest revision."""

from __future__ import annotations

import os
from dataclasses import dataclass

import click

from adapters.postgres.engine import build_engine
from adapters.postgres.migrations import (
    Pending,
    downgrade_public,
    downgrade_tenant,
    pending,
    tenants_with_schema,
)
from adapters.postgres.migrations import migrate as migrate_all
from adapters.postgres.trees import NOTHING
from domain.shared.ids import TenantId
from secretaria.commands.desk import told_in_one_line
from secretaria.settings import Settings
from secretaria.targets import Targets


@dataclass(frozen=True, slots=True)
class Back:
    """A way back: to which revision, in which tree, for which company (None: all)."""

    revision: str
    tree: str
    tenant: TenantId | None


@click.command()
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="Share the companies.")
@click.option("--check", is_flag=True, help="Change nothing; say what is pending, and exit 1 if anything is.")
@click.option("--downgrade", metavar="REVISION", help="Go back to a revision instead.")
@click.option(
    "--tree", type=click.Choice(["tenant", "public"]), default="tenant", show_default=True, help="For --downgrade."
)
@click.option("--company", type=int, help="For --downgrade: only this company.")
def migrate(processes: int, check: bool, downgrade: str | None, tree: str, company: int | None) -> None:
    """Migrate everything. A company that fails keeps its old tables and stops nobody; run it again when mended."""
    url = told_in_one_line(_database_url())
    if downgrade is not None:
        back = Back(downgrade, tree, None if company is None else TenantId(company))
        told_in_one_line(_go_back(url, back))
        click.echo(f"The {tree} tree is back at {downgrade}.")
        return
    found = told_in_one_line(_look(url) if check else migrate_all(url, processes=processes))
    _tell(found)
    if not found.nothing:
        raise SystemExit(1)


async def _database_url() -> str:
    return Targets(Settings.from_environment(os.environ)).database_url


async def _look(url: str) -> Pending:
    engine = build_engine(url, pool_size=1)
    try:
        return await pending(engine)
    finally:
        await engine.dispose()


async def _go_back(url: str, back: Back) -> None:
    if back.revision == NOTHING:
        raise click.UsageError("going back to nothing deletes every message; close the companies instead")
    engine = build_engine(url, pool_size=1)
    try:
        if back.tree == "public":
            await downgrade_public(engine, back.revision)
            return
        chosen = [back.tenant] if back.tenant else await tenants_with_schema(engine)
        for tenant in chosen:
            await downgrade_tenant(engine, tenant, back.revision)
    finally:
        await engine.dispose()


def _tell(found: Pending) -> None:
    if found.public != found.public_head:
        click.echo(f"shared tables: at {found.public or 'nothing'}, not yet at {found.public_head}")
    for behind in found.tenants:
        why = f": {behind.error}" if behind.error else ""
        click.echo(f"company {behind.tenant} ({behind.name}): at {behind.revision}{why}")
    if found.nothing:
        click.echo(f"Everything is at the newest revision ({found.public_head} public).")
