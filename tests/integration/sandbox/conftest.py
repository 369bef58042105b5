"""The sandbox as real processes, one of each for a test process; every test opens lines and scripts of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from ops.sandbox.handle import Gemini, Running, Whaticket, launch
from tests.integration.sandbox.listener import Listener, listening


@pytest.fixture(scope="session")
def whaticket_process() -> Iterator[Running]:
    running = launch("whaticket")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def gemini_process() -> Iterator[Running]:
    running = launch("gemini")
    yield running
    running.stop()


@pytest.fixture
async def whaticket(whaticket_process: Running) -> AsyncIterator[Whaticket]:
    async with Whaticket(whaticket_process.url) as client:
        yield client


@pytest.fixture
async def gemini(gemini_process: Running) -> AsyncIterator[Gemini]:
    async with Gemini(gemini_process.url) as client:
        await client.reset()
        await client.set_latency(0)
        yield client


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    async with listening() as one:
        yield one
