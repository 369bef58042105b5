"""The sandboxed Gemini under the real SDK: both versions, every fault, scripts, and the rules of the contract."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
from google import genai
from google.genai import errors, types
from pydantic import BaseModel

from ops.sandbox.handle import Gemini

MODEL = "gemini-3.8-flash"


@asynccontextmanager
async def sdk(gemini: Gemini, *, key: str = "chave", version: str = "v1beta") -> AsyncIterator[Any]:
    options = types.HttpOptions(base_url=gemini.url, api_version=version, timeout=1500)
    client = genai.Client(api_key=key, http_options=options)
    try:
        yield client.aio.models
    finally:
        await client.aio.aclose()
        client.close()


async def asked(models: Any, text: Any = "Oi", **config: Any) -> types.GenerateContentResponse:
    answer: types.GenerateContentResponse = await models.generate_content(
        model=MODEL, contents=text, config=types.GenerateContentConfig(**config)
    )
    return answer


@pytest.mark.parametrize("version", ["v1", "v1beta"])
async def test_the_sdk_gets_text_usage_vectors_and_counts(gemini: Gemini, version: str):
    async with sdk(gemini, version=version) as models:
        answer = await asked(models, "Oi #ab12 e #cd-34, mas não #abc", system_instruction="Seja breve.")
        vectors = await models.embed_content(
            model="gemini-embedding-001", contents=["olá", "tchau"],
            config=types.EmbedContentConfig(output_dimensionality=768),
        )  # fmt: skip
        counted = await models.count_tokens(model=MODEL, contents="Quantos são?")

    usage = answer.usage_metadata
    assert answer.text == "Recebi: #ab12 #cd-34"
    assert (
        usage.total_token_count == usage.prompt_token_count + usage.candidates_token_count + usage.thoughts_token_count
    )
    assert (bool(answer.response_id), answer.model_version) == (True, MODEL)
    assert [len(vector.values) for vector in vectors.embeddings] == [768, 768]
    assert counted.total_tokens > 0
    assert [call.version for call in (await gemini.requests()).requests] == [version] * 3


@pytest.mark.parametrize(
    ("kind", "code", "status"),
    [
        ("rate_limited", 429, "RESOURCE_EXHAUSTED"),
        ("unavailable", 503, "UNAVAILABLE"),
        ("internal", 500, "INTERNAL"),
        ("bad_gateway", 502, "Bad Gateway"),
        ("bad_key", 400, "INVALID_ARGUMENT"),
    ],
)
async def test_a_planted_error_is_the_api_s_own(gemini: Gemini, kind: str, code: int, status: str):
    await gemini.plant(kind, count=1)
    async with sdk(gemini) as models:
        with pytest.raises(errors.APIError) as caught:
            await asked(models)
        assert (await asked(models, "Oi #ab12")).text == "Recebi: #ab12"

    assert (caught.value.code, caught.value.status) == (code, status)


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("hang", httpx2.ReadTimeout),
        ("drop", httpx2.RemoteProtocolError),
        ("drop_middle", httpx2.RemoteProtocolError),
        ("bad_json", json.JSONDecodeError),
    ],
)
async def test_a_broken_line_is_no_error_of_the_api(gemini: Gemini, kind: str, error: type[Exception]):
    await gemini.plant(kind, count=1)
    async with sdk(gemini) as models:
        with pytest.raises(error):
            await asked(models)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("safety", "SAFETY"), ("max_tokens", "MAX_TOKENS"), ("malformed_call", "MALFORMED_FUNCTION_CALL")],
)
async def test_an_answer_can_end_without_a_word(gemini: Gemini, kind: str, reason: str):
    await gemini.plant(kind, count=1)
    async with sdk(gemini) as models:
        answer = await asked(models)

    assert (answer.text, answer.candidates[0].finish_reason.value) == (None, reason)


async def test_an_answer_can_be_empty_blocked_or_of_tomorrow(gemini: Gemini):
    async with sdk(gemini) as models:
        await gemini.plant("empty", count=1)
        empty = await asked(models)
        await gemini.plant("blocked", count=1)
        blocked = await asked(models)
        await gemini.plant("unknown_reason", count=1)
        with pytest.warns(UserWarning, match="A_REASON_OF_TOMORROW"):
            unknown = await asked(models)

    assert (empty.candidates, empty.usage_metadata) == (None, None)
    assert (blocked.candidates, blocked.prompt_feedback.block_reason.value) == (None, "PROHIBITED_CONTENT")
    assert unknown.text is None


@pytest.mark.parametrize(("retry_after", "retry_delay"), [(7, "7s"), (None, "7s"), (None, None)])
async def test_a_full_quota_says_when_to_come_back_or_not(
    gemini: Gemini, retry_after: int | None, retry_delay: str | None
):
    await gemini.plant("rate_limited", count=1, retry_after=retry_after, retry_delay=retry_delay)
    answer = await generated(gemini, "Oi")

    delays = [one["retryDelay"] for one in answer.json()["error"]["details"] if "retryDelay" in one]
    assert answer.headers.get("retry-after") == (str(retry_after) if retry_after else None)
    assert delays == ([retry_delay] if retry_delay else [])


async def generated(gemini: Gemini, text: str, *, key: str = "chave", **body: Any) -> httpx2.Response:
    body = {"contents": [{"role": "user", "parts": [{"text": text}]}]} | body
    async with httpx2.AsyncClient(trust_env=False) as http:
        return await http.post(
            f"{gemini.url}/v1/models/{MODEL}:generateContent", json=body, headers={"x-goog-api-key": key}
        )


async def test_keys_are_checked_and_logged(gemini: Gemini):
    good, bad, none = [await generated(gemini, "Oi", key=key) for key in ("chave-da-ana", "bad", "")]

    assert (good.status_code, bad.status_code, none.status_code) == (200, 400, 403)
    assert bad.json()["error"]["details"][0]["reason"] == "API_KEY_INVALID"
    assert [call.api_key for call in (await gemini.requests()).requests] == ["chave-da-ana", "bad", ""]


async def test_the_script_is_told_in_order_then_rules_by_what_was_said(gemini: Gemini):
    await gemini.when("cachorro", "regra velha")
    await gemini.when("cachorro", "regra nova", times=1)
    await gemini.script(
        "primeira", {"text": "segunda", "finish_reason": "MAX_TOKENS", "usage": {"thoughtsTokenCount": 9}}
    )
    async with sdk(gemini) as models:
        answers = [await asked(models, text) for text in ("gato", "gato", "o cachorro", "o cachorro")]

    assert [answer.text for answer in answers] == ["primeira", "segunda", "regra nova", "regra velha"]
    assert answers[1].candidates[0].finish_reason.value == "MAX_TOKENS"
    assert answers[1].usage_metadata.thoughts_token_count == 9


async def test_a_script_can_break_things_too(gemini: Gemini):
    await gemini.script(
        {"raw": "<html>", "status": 502, "content_type": "text/html", "headers": {"X-Edge": "1"}},
        {"json": {"candidates": []}},
        {"text": "x", "status": 500},
    )
    html, empty, failed = [await generated(gemini, "Oi") for _ in range(3)]

    assert (html.status_code, html.text, html.headers["x-edge"]) == (502, "<html>", "1")
    assert empty.json() == {"candidates": []}
    assert failed.json()["error"]["status"] == "INTERNAL"


async def test_a_call_must_come_back_with_the_signature_it_was_given(gemini: Gemini):
    await gemini.script({"function_call": {"name": "marcar", "args": {"dia": "quinta"}}})
    async with sdk(gemini) as models:
        called = await asked(models, "Marca pra mim")
        said = called.candidates[0].content
        result = types.Part.from_function_response(name="marcar", response={"result": "ok #feito"})
        turns = [types.Content(role="user", parts=[types.Part(text="Marca #ab12")]), said]
        accepted = await asked(models, [*turns, types.Content(role="user", parts=[result])])
        said.parts[0].thought_signature = None
        with pytest.raises(errors.ClientError, match="thought_signature"):
            await asked(models, turns)

    assert called.function_calls[0].args == {"dia": "quinta"}
    assert accepted.text


async def test_snake_case_and_either_base64_are_understood(gemini: Gemini):
    sound = bytes(range(251, 256)) * 4
    for encoded in (base64.b64encode(sound), base64.urlsafe_b64encode(sound).rstrip(b"=")):
        part = {"inline_data": {"mime_type": "audio/ogg", "data": encoded.decode()}}
        answer = await generated(
            gemini, "", contents=[{"parts": [part]}], system_instruction={"parts": [{"text": 'Contato: "Ana"'}]}
        )
        assert "Ouvi o seu áudio, Ana" in answer.text
    broken = await generated(gemini, "", contents=[{"parts": [{"inlineData": {"data": "%%%"}}]}])
    both = {"thinkingConfig": {"thinking_budget": 0, "thinkingLevel": "LOW"}}
    refused = await generated(gemini, "Oi", generationConfig=both)
    assert (broken.status_code, refused.status_code) == (400, 400)


class Intent(BaseModel):
    name: str
    urgent: bool


async def test_json_is_given_where_json_is_asked_for(gemini: Gemini):
    async with sdk(gemini) as models:
        answer = await asked(models, "#ab12", response_mime_type="application/json", response_schema=Intent)

    assert answer.parsed == Intent(name="Recebi: #ab12", urgent=False)


async def test_like_texts_lie_nearer_than_unlike_ones(gemini: Gemini):
    async with sdk(gemini) as models:
        answer = await models.embed_content(
            model="gemini-embedding-001",
            contents=["horário de atendimento", "Qual o horario do atendimento?", "estacionamento no local"],
        )
    first, like, unlike = (vector.values for vector in answer.embeddings)

    assert sum(a * b for a, b in zip(first, like, strict=True)) > 0.5
    assert sum(a * b for a, b in zip(first, unlike, strict=True)) < 0.3


async def test_a_hundred_calls_wait_side_by_side(gemini: Gemini):
    await gemini.set_latency(300)
    async with httpx2.AsyncClient(trust_env=False, limits=httpx2.Limits(max_connections=100)) as http:
        url, headers = f"{gemini.url}/v1/models/{MODEL}:generateContent", {"x-goog-api-key": "k"}
        body = {"contents": [{"parts": [{"text": "Oi"}]}]}
        answers = await asyncio.gather(*(http.post(url, json=body, headers=headers) for _ in range(100)))

    assert {answer.status_code for answer in answers} == {200}
    assert (await gemini.stats())["most_in_flight"] > 20
