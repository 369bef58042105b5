"""The Gemini adapter against a real HTTP server: what it sends, how it takes each answer, when it gives up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest

from adapters.gemini.language_model import SMALL, Gemini
from adapters.telemetry.metrics import COMPANY_COST, COMPANY_TOKENS
from application.assistant.ports import ModelRefused, ModelUnavailable, Prompt, Speaker, Utterance
from application.assistant.tools import Exchange, Tool, ToolResult
from domain.assistant.model_terms import ModelTerms
from domain.shared.ids import TenantId
from ops.sandbox.clients import Gemini as Sandbox
from tests.fakes.assistant import FakeModels
from tests.integration.gemini.conftest import MODEL, PROMPT, TENANT, ask

Connect = Callable[..., AbstractAsyncContextManager[Gemini]]


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
    async with Gemini(FakeModels(ModelTerms("main", "small", key)), base_url=sandbox.url) as gemini:
        with pytest.raises(ModelUnavailable):
            await ask(gemini)

    assert (await sandbox.requests()).requests == []


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


async def test_tools_are_declared_and_a_call_goes_back_as_it_came_signature_included(gemini: Gemini, sandbox: Sandbox):
    schema = {"type": "object", "properties": {"quando": {"type": "string"}}, "required": ["quando"]}
    prompt = replace(PROMPT, tools=(Tool("find_slots", "Horários livres", schema),))
    await sandbox.script({"function_call": {"name": "find_slots", "args": {"quando": "amanhã"}}}, "Às 15h?")

    asked = await gemini.complete(TENANT, prompt, model=MODEL, deadline=5)
    [call] = asked.calls
    told = replace(
        prompt, exchanges=(Exchange(asked.said, [ToolResult(call, {"horarios": ["15h"]})]),), only_words=True
    )
    said = await gemini.complete(TENANT, told, model=MODEL, deadline=5)

    assert (call.name, call.args, said.text, said.calls) == ("find_slots", {"quando": "amanhã"}, "Às 15h?", ())
    assert min(asked.input_tokens, asked.cost_micros) > 0
    first, second = [request.body for request in (await sandbox.requests()).requests]
    assert first["tools"] == [
        {
            "functionDeclarations": [
                {"name": "find_slots", "description": "Horários livres", "parametersJsonSchema": schema}
            ]
        }
    ]
    modes = [body["toolConfig"]["functionCallingConfig"]["mode"] for body in (first, second)]
    assert modes == ["AUTO", "NONE"]
    said_before, told_now = second["contents"][-2:]
    assert said_before["parts"][0]["functionCall"]["name"] == "find_slots"
    assert said_before["parts"][0]["thoughtSignature"]
    assert told_now == {
        "role": "user",
        "parts": [{"functionResponse": {"id": call.id, "name": "find_slots", "response": {"horarios": ["15h"]}}}],
    }
