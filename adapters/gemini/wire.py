"""Gemini's generateContent, both ways: our prompt as its JSON, its JSON as text, tokens and a reason it stopped.

The JSON goes out by the SDK's `extra_body` and comes back raw: the SDK's own conversion of a conversation into pydantic
objects costs three times the rest of the call. Google writes camelCase and adds fields as it likes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

import msgspec

from application.assistant.ports import ModelRefused, ModelUnavailable, Prompt, Speaker
from domain.delivery.parts import whole_sentences

OPENING: Final = "(início da conversa)"
THINKS: Final = ("gemini-3", "gemini-4")
"""Families that know thinkingLevel; a thinkingBudget beside it, or a temperature, only does harm there."""

REFUSALS: Final = frozenset({"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE"})
OUR_LIMIT: Final = "MAX_TOKENS"


class Part(msgspec.Struct, rename="camel"):
    text: str | None = None
    thought: bool | None = None


class Content(msgspec.Struct):
    parts: list[Part] | None = None


class Candidate(msgspec.Struct, rename="camel"):
    content: Content | None = None
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


def body_of(prompt: Prompt, model: str, *, thinking: str | None) -> dict[str, Any]:
    generation: dict[str, Any] = {"maxOutputTokens": prompt.max_output_tokens}
    if thinking and model.removeprefix("models/").startswith(THINKS):
        generation["thinkingConfig"] = {"thinkingLevel": thinking}
    return {
        "systemInstruction": {"parts": [{"text": prompt.system}]},
        "contents": _contents(prompt),
        "generationConfig": generation,
    }


def read(body: str | None) -> Answered:
    """Raises Unusable when it is no JSON, or not the shape Google promises."""
    try:
        return _decode((body or "{}").encode())
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Unusable("the answer is not Gemini's JSON") from error


def text_of(answer: Answered) -> str:
    """The words to send. Raises ModelRefused or Unusable: only a 200 whose text can be used is a success."""
    if answer.prompt_feedback and answer.prompt_feedback.block_reason:
        raise ModelRefused(f"prompt blocked: {answer.prompt_feedback.block_reason}")
    candidate = answer.candidates[0] if answer.candidates else Candidate()
    reason = candidate.finish_reason or "none"
    if reason in REFUSALS:
        raise ModelRefused(f"stopped: {reason}")
    parts: Sequence[Part] = (candidate.content.parts if candidate.content else None) or ()
    text = "".join(part.text or "" for part in parts if not part.thought).strip()
    if not text:
        raise Unusable(f"nothing to say, stopped: {reason}", ours=reason == OUR_LIMIT)
    return whole_sentences(text, len(text) - 1) if reason == OUR_LIMIT else text


def _contents(prompt: Prompt) -> list[dict[str, Any]]:
    """Turns alternate and the contact begins: what staff said was the business speaking, as the model does."""
    said = [(utterance.speaker, utterance.text) for utterance in prompt.history if utterance.text.strip()]
    told = [("user" if speaker is Speaker.CONTACT else "model", text) for speaker, text in said]
    if told and told[0][0] == "model":
        told.insert(0, ("user", OPENING))
    turns = groupby([*told, ("user", prompt.message)], key=lambda one: one[0])
    return [{"role": role, "parts": [{"text": "\n".join(text for _, text in turn)}]} for role, turn in turns]
