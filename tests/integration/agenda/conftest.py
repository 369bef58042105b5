"""A practice of its own for every test, in a database that the tests of a module share."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator

import pytest

from adapters.postgres.lanes import Lanes, build_lanes
from adapters.postgres.migrations import migrate
from adapters.postgres.places import PostgresPlaces
from adapters.postgres.pool import Pool, build_pool
from adapters.postgres.tenants import PostgresCompanies
from adapters.postgres.work import PostgresWorkshop
from adapters.security.envelope import Envelopes
from adapters.security.master_keys import GivenMasterKeys
from secretaria.composition import database_name
from tests.builders.agenda import Practice, practice_of

MASTER = os.urandom(32)


@pytest.fixture(scope="module")
def migrated(module_database: str) -> str:
    asyncio.run(migrate(module_database))
    return module_database


@pytest.fixture
async def pool(migrated: str) -> AsyncIterator[Pool]:
    pool = await build_pool(migrated, size=4, name="tests")
    yield pool
    await pool.close()


@pytest.fixture
async def lanes(migrated: str) -> AsyncIterator[Lanes]:
    lanes = await build_lanes(migrated, count=8, name="tests")
    yield lanes
    lanes.terminate()


@pytest.fixture
async def practice(pool: Pool, lanes: Lanes, migrated: str) -> Practice:
    slug = f"clinica-{secrets.token_hex(4)}"
    company = await PostgresCompanies(pool).add(name=slug, slug=slug, time_zone="America/Sao_Paulo")
    await PostgresPlaces(pool).make(company.id)
    workshop = PostgresWorkshop(lanes, database_name(migrated))
    return await practice_of(company.id, workshop, pool, Envelopes(GivenMasterKeys([MASTER])))
