"""The Gemini adapter against a real HTTP server: what it sends, how it takes each answer, when it gives up."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from adapters.gemini.language_model import SMALL, Gemini
from adapters.gemini.patience import Patience
from adapters.telemetry.metrics import BREAKER_OPENED, COMPANY_COST, COMPANY_TOKENS, LLM_ERRORS
from application.assistant.ports import ModelRefused, ModelUnavailable, Prompt, Speaker, Utterance
from domain.shared.ids import TenantId
from ops.sandbox.clients import Gemini as Sandbox

TENANT = TenantId(7)
MODEL = "gemini-3.8-flash"
PROMPT = Prompt("Você é Luna.", (), "Quanto custa?")
QUICK = Patience(first_pause=0.01, least=0.05)

Connect = Callable[..., AbstractAsyncContextManager[Gemini]]


@pytest.fixture
async def sandbox(gemini_url: str) -> AsyncIterator[Sandbox]:
    async with Sandbox(gemini_url) as control:
        await control.ask(dict, "POST", "/reset", {})
        yield control


@pytest.fixture
async def gemini(sandbox: Sandbox) -> AsyncIterator[Gemini]:
    async with Gemini(lambda tenant: f"key-of-{tenant}", base_url=sandbox.url, patience=QUICK) as model:
        yield model


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


async def ask(gemini: Gemini, prompt: Prompt = PROMPT, *, model: str = MODEL, deadline: float = 5.0) -> str:
    return (await gemini.complete(TENANT, prompt, model=model, deadline=deadline)).text


async def test_the_request_is_googles_json(gemini: Gemini, sandbox: Sandbox):
    history = (
        Utterance(Speaker.ASSISTANT, "Sua consulta é amanhã."),
        Utterance(Speaker.STAFF, "Aqui é a Carla."),
        Utterance(Speaker.CONTACT, "oi"),
        Utterance(Speaker.CONTACT, " "),
    )

    await ask(gemini, Prompt("Você é Luna.", history, "Quanto custa? ção", max_output_tokens=321))

    [call] = (await sandbox.requests()).requests
    assert (call.version, call.model, call.action) == ("v1beta", MODEL, "generateContent")
    assert call.body == {
        "systemInstruction": {"parts": [{"text": "Você é Luna."}]},
        "contents": [
            {"role": "user", "parts": [{"text": "(início da conversa)"}]},
            {"role": "model", "parts": [{"text": "Sua consulta é amanhã.\nAqui é a Carla."}]},
            {"role": "user", "parts": [{"text": "oi\nQuanto custa? ção"}]},
        ],
        "generationConfig": {"maxOutputTokens": 321, "thinkingConfig": {"thinkingLevel": "LOW"}},
    }


async def test_older_families_are_not_told_how_hard_to_think(gemini: Gemini, sandbox: Sandbox):
    await ask(gemini, model="gemini-2.5-flash-lite")

    [call] = (await sandbox.requests()).requests
    assert call.body["generationConfig"] == {"maxOutputTokens": 800}


async def test_each_company_calls_with_its_own_key_and_no_other(gemini: Gemini, sandbox: Sandbox):
    tenants = [TenantId(number) for number in range(20)]

    await asyncio.gather(
        *(gemini.complete(tenant, Prompt("s", (), f"de {tenant}"), model=MODEL, deadline=10) for tenant in tenants)
    )

    calls = (await sandbox.requests()).requests
    assert {(call.last_text, call.api_key) for call in calls} == {(f"de {one}", f"key-of-{one}") for one in tenants}
    assert not any("set-per-call" in str(call.headers) for call in calls)


@pytest.mark.parametrize("key", ["", "tem espaço", "quebra\r\nX-Evil: 1", "é"])
async def test_an_unusable_key_is_not_sent(sandbox: Sandbox, key: str):
    async with Gemini(lambda _: key, base_url=sandbox.url) as gemini:
        with pytest.raises(ModelUnavailable):
            await ask(gemini)

    assert (await sandbox.requests()).requests == []


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
    async with Gemini(lambda _: "k", base_url=f"http://127.0.0.1:{unused_tcp_port}", patience=QUICK) as gemini:
        with pytest.raises(ModelUnavailable, match="ConnectError"):
            await ask(gemini)


async def test_a_hanging_call_is_given_up_early_enough_to_ask_again(sandbox: Sandbox):
    await sandbox.plant("hang", count=1)

    async with Gemini(
        lambda _: "k", base_url=sandbox.url, patience=Patience(attempt_seconds=0.3, first_pause=0.01)
    ) as gemini:
        assert await ask(gemini, deadline=5)


async def test_a_dripping_answer_ends_with_the_deadline():
    async with dripping() as url, Gemini(lambda _: "k", base_url=url, patience=QUICK) as gemini:
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
    async with Gemini(lambda tenant: f"key-of-{tenant}", base_url=sandbox.url, patience=patience) as gemini:
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
    async with Gemini(lambda _: "k", base_url=sandbox.url, patience=Patience(failures_to_open=1)) as gemini:
        await sandbox.plant("blocked", count=3)
        for _ in range(3):
            with pytest.raises(ModelRefused):
                await ask(gemini)

        assert await ask(gemini)


async def test_thinking_is_paid_for_and_not_said(gemini: Gemini, sandbox: Sandbox):
    usage = {"promptTokenCount": 1000, "candidatesTokenCount": 40, "thoughtsTokenCount": 60, "totalTokenCount": 1100}
    await sandbox.script({"parts": [{"text": "penso…", "thought": True}, {"text": "R$ 200."}], "usage": usage})
    tokens = COMPANY_TOKENS.labels(company_id="7", kind="output")._value
    before = tokens.get()

    said = await gemini.complete(TENANT, PROMPT, model=SMALL, deadline=5)

    assert (said.text, said.input_tokens, said.output_tokens) == ("R$ 200.", 1000, 100)
    assert said.cost_micros == 1000 * 0.30 + 100 * 2.50
    assert tokens.get() == before + 100


async def test_a_refusal_is_paid_for_too(gemini: Gemini, sandbox: Sandbox):
    await sandbox.plant("safety")
    cost = COMPANY_COST.labels(company_id="7")._value
    before = cost.get()

    with pytest.raises(ModelRefused) as refused:
        await ask(gemini)

    [paid] = refused.value.paid
    assert cost.get() == pytest.approx(before + paid.cost_micros / 1_000_000)
    assert (paid.model, paid.text) == (MODEL, "")


async def test_an_answer_without_words_is_paid_for_beside_the_one_that_came_after_it(gemini: Gemini, sandbox: Sandbox):
    usage = {"promptTokenCount": 1000, "candidatesTokenCount": 0, "thoughtsTokenCount": 60, "totalTokenCount": 1060}
    await sandbox.script({"parts": [], "usage": usage})

    said = await gemini.complete(TENANT, PROMPT, model=MODEL, deadline=5)

    assert said.text
    assert [(paid.input_tokens, paid.output_tokens, paid.text) for paid in said.wasted] == [(1000, 60, "")]


async def test_an_answer_cut_by_its_limit_ends_with_a_whole_sentence(gemini: Gemini, sandbox: Sandbox):
    await sandbox.script({"text": "A consulta custa R$ 200. O retorno é gra", "finish_reason": "MAX_TOKENS"})

    assert await ask(gemini) == "A consulta custa R$ 200."


@pytest.mark.parametrize(
    "answer",
    [
        {"raw": "[]"},
        {"raw": '"texto"'},
        {"raw": '{"candidates": "x"}'},
        {"raw": '{"candidates": [{"content": {"parts": [{"text": 7}]}}]}'},
        {"raw": "\\xff\\xfe"},
        {"raw": "[" * 20_000},
        {"raw": "[" * 20_000, "status": 500},
        {"raw": "[1, 2]", "status": 503},
        {"raw": '{"error": "texto"}', "status": 429},
        {"raw": '{"error": {"details": "x"}}', "status": 429},
        {"raw": '{"error": {"details": [7, {"retryDelay": 7}, {"retryDelay": "já"}]}}', "status": 429},
        {"json": {"candidates": []}},
        {"json": {"candidates": [{"content": {"parts": [{"text": "  \n"}]}, "finishReason": "STOP"}]}},
        {"json": {}, "status": 302, "headers": {"Location": "http://127.0.0.1:1/"}},
        {"raw": "", "status": 200},
    ],
    ids=str,
)
async def test_no_answer_however_strange_raises_anything_else(
    gemini: Gemini, sandbox: Sandbox, answer: dict[str, object]
):
    await sandbox.when(".", answer)

    with pytest.raises(ModelUnavailable):
        await ask(gemini)
