"""Gemini's generateContent, both ways: our prompt as its JSON, its JSON as text, tokens and a reason it stopped.

The JSON goes out by the SDK's `extra_body` and comes back raw: the SDK's own conversion of a conversation into pydantic
objects costs three times the rest of the call. Google writes camelCase and adds fields as it likes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

import msgspec

from application.assistant.ports import ModelRefused, ModelUnavailable, Prompt, Speaker
from application.assistant.tools import Exchange, ToolCall, ToolResult
from domain.delivery.parts import whole_sentences

OPENING: Final = "(início da conversa)"
THINKS: Final = ("gemini-3", "gemini-4")
"""Families that know thinkingLevel; a thinkingBudget beside it, or a temperature, only does harm there."""

REFUSALS: Final = frozenset({"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE"})
OUR_LIMIT: Final = "MAX_TOKENS"


class FunctionCall(msgspec.Struct):
    name: str
    args: dict[str, Any] | None = None
    id: str | None = None


class Part(msgspec.Struct, rename="camel"):
    text: str | None = None
    thought: bool | None = None
    function_call: FunctionCall | None = None


class Content(msgspec.Struct):
    parts: list[Part] | None = None


class Turn(NamedTuple):
    """What a usable answer holds: words to send, or calls to make; `said` goes back as it came, signatures included."""

    text: str
    calls: tuple[ToolCall, ...] = ()
    said: object = None


class Candidate(msgspec.Struct, rename="camel"):
    content: msgspec.Raw = msgspec.Raw(b"null")
    finish_reason: str | None = None


class Usage(msgspec.Struct, rename="camel"):
    """Billed are prompt, candidates, thoughts and what tools put into the prompt."""

    prompt_token_count: int | None = None
    tool_use_prompt_token_count: int | None = None
    candidates_token_count: int | None = None
    thoughts_token_count: int | None = None

    @property
    def input(self) -> int:
        return (self.prompt_token_count or 0) + (self.tool_use_prompt_token_count or 0)

    @property
    def output(self) -> int:
        return (self.candidates_token_count or 0) + (self.thoughts_token_count or 0)


class Feedback(msgspec.Struct, rename="camel"):
    block_reason: str | None = None


class Answered(msgspec.Struct, rename="camel"):
    candidates: list[Candidate] | None = None
    prompt_feedback: Feedback | None = None
    usage_metadata: Usage | None = None

    @property
    def usage(self) -> Usage:
        return self.usage_metadata or Usage()


class Unusable(ModelUnavailable):
    """A 200 with nothing in it; `ours` when our own limit was too tight, so that asking again cannot help."""

    def __init__(self, message: str, *, ours: bool = False) -> None:
        super().__init__(message)
        self.ours = ours


_decode = msgspec.json.Decoder(Answered).decode
_content = msgspec.json.Decoder(Content | None).decode


def body_of(prompt: Prompt, model: str, *, thinking: str | None) -> dict[str, Any]:
    generation: dict[str, Any] = {"maxOutputTokens": prompt.max_output_tokens}
    if thinking and model.removeprefix("models/").startswith(THINKS):
        generation["thinkingConfig"] = {"thinkingLevel": thinking}
    body = {
        "systemInstruction": {"parts": [{"text": prompt.system}]},
        "contents": [*_contents(prompt), *_exchanged(prompt.exchanges)],
        "generationConfig": generation,
    }
    if prompt.tools:
        declared = [
            {"name": tool.name, "description": tool.description, "parametersJsonSchema": tool.parameters}
            for tool in prompt.tools
        ]
        body["tools"] = [{"functionDeclarations": declared}]
        body["toolConfig"] = {"functionCallingConfig": {"mode": "NONE" if prompt.only_words else "AUTO"}}
    return body


def read(body: str | None) -> Answered:
    """Raises Unusable when it is no JSON, or not the shape Google promises."""
    try:
        return _decode((body or "{}").encode())
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Unusable("the answer is not Gemini's JSON") from error


def turn_of(answer: Answered) -> Turn:
    """What to say, or to do first. Raises ModelRefused or Unusable: only a 200 that can be used is a success."""
    if answer.prompt_feedback and answer.prompt_feedback.block_reason:
        raise ModelRefused(f"prompt blocked: {answer.prompt_feedback.block_reason}")
    candidate = answer.candidates[0] if answer.candidates else Candidate()
    reason = candidate.finish_reason or "none"
    if reason in REFUSALS:
        raise ModelRefused(f"stopped: {reason}")
    parts = _parts(candidate)
    calls = tuple(
        ToolCall(part.function_call.name, part.function_call.args or {}, part.function_call.id)
        for part in parts
        if part.function_call
    )
    if calls:
        return Turn("", calls, msgspec.json.decode(candidate.content))
    text = "".join(part.text or "" for part in parts if not part.thought).strip()
    if not text:
        raise Unusable(f"nothing to say, stopped: {reason}", ours=reason == OUR_LIMIT)
    return Turn(whole_sentences(text, len(text) - 1) if reason == OUR_LIMIT else text)


def _parts(candidate: Candidate) -> Sequence[Part]:
    try:
        content = _content(candidate.content)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Unusable("the answer is not Gemini's JSON") from error
    return (content.parts if content else None) or ()


def _exchanged(exchanges: Sequence[Exchange]) -> Iterator[Any]:
    """Calls of 3.x models must come back with their signatures, so the model's own content is never taken apart."""
    for exchange in exchanges:
        yield exchange.said
        yield {"role": "user", "parts": [_response(result) for result in exchange.results]}


def _response(result: ToolResult) -> dict[str, Any]:
    told = {"name": result.call.name, "response": dict(result.told)}
    return {"functionResponse": told if result.call.id is None else {"id": result.call.id, **told}}


def _contents(prompt: Prompt) -> list[dict[str, Any]]:
    """Turns alternate and the contact begins: what staff said was the business speaking, as the model does."""
    said = [(utterance.speaker, utterance.text) for utterance in prompt.history if utterance.text.strip()]
    told = [("user" if speaker is Speaker.CONTACT else "model", text) for speaker, text in said]
    if told and told[0][0] == "model":
        told.insert(0, ("user", OPENING))
    turns = groupby([*told, ("user", prompt.message)], key=lambda one: one[0])
    return [{"role": role, "parts": [{"text": "\n".join(text for _, text in turn)}]} for role, turn in turns]
