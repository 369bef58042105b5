"""A Cal.com of the sandbox for every test; the server is shared by those of a module."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest

from adapters.calcom.calendar import CalcomCalendar
from adapters.calcom.client import CalcomClient
from adapters.calcom.lines import Lines
from adapters.calcom.terms import CalcomTerms, EventType
from domain.shared.ids import TenantId
from ops.sandbox.handle import Calcom, Running, launch
from tests.builders.calcom import ANA, VISIT, Scene


@pytest.fixture(scope="module")
def calcom_process() -> Iterator[Running]:
    running = launch("calcom")
    yield running
    running.stop()


@pytest.fixture
async def scene(calcom_process: Running) -> AsyncIterator[Scene]:
    async with Calcom(calcom_process.url) as calcom, httpx2.AsyncClient(trust_env=False) as http:
        await calcom.reset()
        account = await calcom.enter(per_minute=0)
        kinds = {(VISIT, ANA): EventType((await calcom.offer(account)).id)}
        terms, now = CalcomTerms(TenantId(7), "casa", calcom.url, account.key, kinds), [0.0]
        client = CalcomClient(http, terms, Lines(now=lambda: now[0]), first_pause=0.01, seconds=0.5)
        yield Scene(calcom, CalcomCalendar(client), account, now)
