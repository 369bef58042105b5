"""The other side of Gemini's contract, as a real process, and our side of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from adapters.gemini.language_model import Gemini
from adapters.gemini.patience import Patience
from application.assistant.ports import Prompt
from domain.shared.ids import TenantId
from ops.sandbox.clients import Gemini as Sandbox
from ops.sandbox.handle import launch
from tests.fakes.assistant import KeyOfEach

TENANT = TenantId(7)
MODEL = "gemini-3.8-flash"
PROMPT = Prompt("Você é Luna.", (), "Quanto custa?")
QUICK = Patience(first_pause=0.01, least=0.05)


@pytest.fixture(scope="session")
def gemini_url() -> Iterator[str]:
    running = launch("gemini", latency_ms=0)
    yield running.url
    running.stop()


@pytest.fixture
async def sandbox(gemini_url: str) -> AsyncIterator[Sandbox]:
    async with Sandbox(gemini_url) as control:
        await control.ask(dict, "POST", "/reset", {})
        yield control


@pytest.fixture
async def gemini(sandbox: Sandbox) -> AsyncIterator[Gemini]:
    async with Gemini(KeyOfEach(), base_url=sandbox.url, patience=QUICK) as model:
        yield model


async def ask(gemini: Gemini, prompt: Prompt = PROMPT, *, model: str = MODEL, deadline: float = 5.0) -> str:
    return (await gemini.complete(TENANT, prompt, model=model, deadline=deadline)).text
