"""Companies in a real PostgreSQL, whose owner is no superuser."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from adapters.postgres.lines import PostgresLines
from adapters.postgres.migrations import migrate
from adapters.postgres.places import PostgresPlaces
from adapters.postgres.pool import Pool, build_pool
from adapters.postgres.runs import PostgresRuns
from adapters.postgres.tenants import PostgresCompanies
from adapters.security.envelope import Envelopes
from adapters.security.lots import draw_lot
from adapters.security.master_keys import GivenMasterKeys
from application.provisioning.connect_line import LineOrder
from application.provisioning.open_company import Opened
from application.provisioning.order import CompanyOrder
from tests.builders.opening import Opening
from tests.fakes.provisioning import FakeQueues

OpenIt = Callable[[str], Awaitable[Opened]]


@pytest.fixture
async def migrated(database: str) -> str:
    """The URL of a database with the shared tables and no company."""
    await migrate(database)
    return database


@pytest.fixture
async def pool(migrated: str) -> AsyncIterator[Pool]:
    pool = await build_pool(migrated, size=8, name="tests")
    yield pool
    await pool.close()


@pytest.fixture
def vault() -> Envelopes:
    return Envelopes(GivenMasterKeys([os.urandom(32)]))


@pytest.fixture
def open_company(pool: Pool, vault: Envelopes) -> OpenIt:
    """Opens a company of the given name, with a connection whose token is `token of <name>`."""
    opening = Opening(
        PostgresCompanies(pool),
        PostgresPlaces(pool),
        PostgresLines(pool, vault),
        FakeQueues(),
        PostgresRuns(pool, vault),
        draw_lot,
    )

    async def open_it(name: str) -> Opened:
        line = LineOrder("https://whaticket.example.com", api_token=f"token of {name}")
        return await opening(CompanyOrder(name, line))

    return open_it
