"""The HTTP client as it is built for the process, with time-outs a test can wait for."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2
import pytest

from adapters.whaticket.client import build_http_client

SHORT = httpx2.Timeout(connect=1.0, read=0.3, write=1.0, pool=1.0)


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    async with build_http_client(private_addresses=True, timeout=SHORT) as client:
        yield client
