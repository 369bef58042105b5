"""What the assistant needs of the world: a language model, and a way to account for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from application.assistant.tools import Exchange, Tool, ToolCall
from domain.assistant.model_terms import ModelTerms
from domain.shared.errors import Unavailable
from domain.shared.ids import TenantId


class Speaker(StrEnum):
    CONTACT = "contact"
    ASSISTANT = "assistant"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing said in a conversation."""

    speaker: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """All that the model sees: the system text, what was said before, and what must be answered now.

    `tools` may be called unless `only_words`; `exchanges` are the calls of this answer so far, all by the same model.
    """

    system: str
    history: Sequence[Utterance]
    message: str
    max_output_tokens: int = 800
    tools: Sequence[Tool] = ()
    exchanges: Sequence[Exchange] = ()
    only_words: bool = False


@dataclass(frozen=True, slots=True)
class Completion:
    """The model's words and what they cost. Tokens as billed: output includes thinking. Cost in millionths of a US dollar.

    `wasted` are the tries before this one that were billed although nothing could be used of them. With `calls` the model
    wants to be told something before it goes on: `said` is what the next prompt's exchange gives back to it.
    """

    text: str
    model: str
    input_tokens: int
    output_tokens: int
    cost_micros: int
    seconds: float
    wasted: tuple[Completion, ...] = ()
    calls: tuple[ToolCall, ...] = ()
    said: object = None


class ModelUnavailable(Unavailable):
    """No usable answer within the deadline: time-out, 429, 5xx, broken JSON, breaker open, or a 200 with nothing in it.

    `paid` is what was billed all the same.
    """

    def __init__(self, message: str, *, retry_after: float | None = None, paid: tuple[Completion, ...] = ()) -> None:
        super().__init__(message, retry_after=retry_after)
        self.paid = paid


class ModelRefused(ModelUnavailable):
    """The model answered that it will not: blocked prompt or safety stop. Asking again cannot help; another rung may."""


class Models(Protocol):
    """Each company's terms with the language model; may be some seconds stale."""

    async def of(self, tenant: TenantId) -> ModelTerms:
        """Raises Unavailable when they cannot be read: nobody else's terms would do."""


class LanguageModel(Protocol):
    async def complete(self, tenant: TenantId, prompt: Prompt, *, model: str, deadline: float) -> Completion:
        """One answer of `model` within `deadline` seconds in all, its own retries included. Raises ModelUnavailable."""
