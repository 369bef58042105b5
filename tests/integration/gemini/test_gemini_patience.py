"""How long Gemini is waited for, how often it is asked again, and when it is left alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from adapters.gemini.language_model import SMALL, Gemini
from adapters.gemini.patience import Patience
from adapters.telemetry.metrics import BREAKER_OPENED, LLM_ERRORS
from application.assistant.ports import ModelRefused, ModelUnavailable
from domain.shared.ids import TenantId
from ops.sandbox.clients import Gemini as Sandbox
from tests.fakes.assistant import FakeModels, KeyOfEach
from tests.integration.gemini.conftest import MODEL, PROMPT, QUICK, ask

Connect = Callable[..., AbstractAsyncContextManager[Gemini]]


@asynccontextmanager
async def dripping() -> AsyncIterator[str]:
    """A server that sends a byte every 50 ms, for ever: no read ever times out."""

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.05)

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await drip(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(served, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.mark.parametrize(
    "fault",
    [
        "unavailable",
        "internal",
        "bad_gateway",
        "drop",
        "drop_middle",
        "bad_json",
        "empty",
        "malformed_call",
        "unknown_reason",
    ],
)
async def test_what_passes_by_itself_is_asked_again(gemini: Gemini, sandbox: Sandbox, fault: str):
    await sandbox.plant(fault, count=1)

    assert await ask(gemini)

    assert len((await sandbox.requests()).requests) == 2


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("blocked", ModelRefused),
        ("safety", ModelRefused),
        ("max_tokens", ModelUnavailable),
        ("bad_key", ModelUnavailable),
    ],
)
async def test_what_asking_again_cannot_help_is_asked_once(
    gemini: Gemini, sandbox: Sandbox, fault: str, kind: type[ModelUnavailable]
):
    await sandbox.plant(fault)

    with pytest.raises(ModelUnavailable) as raised:
        await ask(gemini)

    assert type(raised.value) is kind
    assert len((await sandbox.requests()).requests) == 1


async def test_a_missing_model_is_unavailable_at_once(gemini: Gemini, sandbox: Sandbox):
    with pytest.raises(ModelUnavailable):
        await ask(gemini, model="missing-model")

    assert len((await sandbox.requests()).requests) == 1


@pytest.mark.parametrize("hint", [{"retry_delay": "7s"}, {"retry_delay": None, "retry_after": 7}])
async def test_a_wait_longer_than_there_is_time_for_is_believed_at_once(
    gemini: Gemini, sandbox: Sandbox, hint: dict[str, object]
):
    await sandbox.plant("rate_limited", **hint)
    started = time.monotonic()

    with pytest.raises(ModelUnavailable) as raised:
        await ask(gemini, deadline=5)

    assert time.monotonic() - started < 2
    assert raised.value.retry_after == 7
    assert len((await sandbox.requests()).requests) == 1


async def test_a_short_wait_that_the_server_asks_for_is_waited(gemini: Gemini, sandbox: Sandbox):
    await sandbox.plant("rate_limited", retry_delay="0.4s", count=1)

    assert await ask(gemini)

    first, second = (await sandbox.requests()).requests
    assert second.at - first.at >= 0.4


async def test_it_stops_after_three_attempts(gemini: Gemini, sandbox: Sandbox):
    await sandbox.plant("unavailable")
    before = LLM_ERRORS._value.get()

    with pytest.raises(ModelUnavailable, match="status 503"):
        await ask(gemini)

    assert len((await sandbox.requests()).requests) == 3
    assert LLM_ERRORS._value.get() == before + 3


async def test_a_server_that_is_not_there_is_unavailable(unused_tcp_port: int):
    async with Gemini(FakeModels(), base_url=f"http://127.0.0.1:{unused_tcp_port}", patience=QUICK) as gemini:
        with pytest.raises(ModelUnavailable, match="ConnectError"):
            await ask(gemini)


async def test_a_hanging_call_is_given_up_early_enough_to_ask_again(sandbox: Sandbox):
    await sandbox.plant("hang", count=1)

    async with Gemini(
        FakeModels(), base_url=sandbox.url, patience=Patience(attempt_seconds=0.3, first_pause=0.01)
    ) as gemini:
        assert await ask(gemini, deadline=5)


async def test_a_dripping_answer_ends_with_the_deadline():
    async with dripping() as url, Gemini(FakeModels(), base_url=url, patience=QUICK) as gemini:
        started = time.monotonic()

        with pytest.raises(ModelUnavailable):
            await ask(gemini, deadline=0.4)

        assert time.monotonic() - started < 1.5


async def test_who_waits_no_longer_is_not_held_up(gemini: Gemini, sandbox: Sandbox):
    await sandbox.plant("hang")
    asking = asyncio.create_task(ask(gemini))
    await sandbox.requests(wait=5)

    asking.cancel()

    with pytest.raises(asyncio.CancelledError):
        await asking


async def test_the_breaker_rests_one_key_and_one_model_only(sandbox: Sandbox):
    patience = Patience(attempts=1, failures_to_open=2, open_seconds=0.3)
    opened = BREAKER_OPENED.labels(service="gemini")._value.get()
    async with Gemini(KeyOfEach(), base_url=sandbox.url, patience=patience) as gemini:
        await sandbox.plant("unavailable", count=2)
        for _ in range(2):
            with pytest.raises(ModelUnavailable, match="503"):
                await ask(gemini)

        with pytest.raises(ModelUnavailable, match="breaker open") as raised:
            await ask(gemini)
        assert await ask(gemini, model=SMALL)
        assert (await gemini.complete(TenantId(8), PROMPT, model=MODEL, deadline=5)).text
        await asyncio.sleep(raised.value.retry_after or 0)
        assert await ask(gemini)

    assert BREAKER_OPENED.labels(service="gemini")._value.get() == opened + 1


async def test_refusals_do_not_open_the_breaker(sandbox: Sandbox):
    async with Gemini(FakeModels(), base_url=sandbox.url, patience=Patience(failures_to_open=1)) as gemini:
        await sandbox.plant("blocked", count=3)
        for _ in range(3):
            with pytest.raises(ModelRefused):
                await ask(gemini)

        assert await ask(gemini)
