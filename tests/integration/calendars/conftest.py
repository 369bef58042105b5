"""A clinic with a Cal.com of its own for every test; the servers are shared by those of a module."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest

from adapters.postgres.lanes import build_lanes
from adapters.postgres.migrations import migrate
from adapters.postgres.places import PostgresPlaces
from adapters.postgres.pool import build_pool
from adapters.postgres.tenants import PostgresCompanies
from adapters.postgres.work import PostgresWorkshop
from adapters.security.envelope import Envelopes
from adapters.security.master_keys import GivenMasterKeys
from ops.sandbox.handle import Calcom, Running, launch
from secretaria.composition import database_name
from tests.builders.calendars import Clinic, clinic_of

MASTER = os.urandom(32)


@pytest.fixture(scope="module")
def calcom_process() -> Iterator[Running]:
    running = launch("calcom")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def migrated(module_database: str) -> str:
    asyncio.run(migrate(module_database))
    return module_database


@pytest.fixture
async def clinic(migrated: str, calcom_process: Running) -> AsyncIterator[Clinic]:
    pool = await build_pool(migrated, size=4, name="tests")
    lanes = await build_lanes(migrated, count=8, name="tests")
    slug = f"clinica-{secrets.token_hex(4)}"
    company = await PostgresCompanies(pool).add(name=slug, slug=slug, time_zone="America/Sao_Paulo")
    await PostgresPlaces(pool).make(company.id)
    await pool.execute("update public.tenants set state = 'active' where id = $1", company.id)
    workshop, vault = PostgresWorkshop(lanes, database_name(migrated)), Envelopes(GivenMasterKeys([MASTER]))
    async with httpx2.AsyncClient(trust_env=False) as http, Calcom(calcom_process.url) as calcom:
        yield await clinic_of(company.id, workshop, pool, vault, http, calcom)
    lanes.terminate()
    await pool.close()
