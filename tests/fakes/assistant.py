"""A language model that says what it is told to, terms with it, and measures that remember; all sign the ports' contracts."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from application.assistant.ports import Completion, ModelUnavailable, Prompt
from application.assistant.tools import ToolCall
from domain.assistant.limits import estimated_tokens
from domain.assistant.model_terms import ModelTerms, OwnModel
from domain.assistant.pricing import PriceList
from domain.shared.ids import TenantId

HANG = "hang"
"""An answer that never comes: the deadline ends the wait."""


Saying = str | ModelUnavailable | tuple[ToolCall, ...]
"""Words, trouble, or calls of tools."""


@dataclass
class FakeLanguageModel:
    """Says `says[model]`: a saying, HANG, or a list of them, one each time; other models say "Olá!". `asked` is the record."""

    says: Mapping[str, Saying | list[Saying]] = field(default_factory=dict)
    asked: list[tuple[TenantId, str, Prompt, float]] = field(default_factory=list)

    async def complete(self, tenant: TenantId, prompt: Prompt, *, model: str, deadline: float) -> Completion:
        self.asked.append((tenant, model, prompt, deadline))
        told = self.says.get(model, "Olá!")
        said = told.pop(0) if isinstance(told, list) else told
        if isinstance(said, ModelUnavailable):
            raise said
        if said == HANG:
            await self._hang(deadline)
        if isinstance(said, tuple):
            return replace(self._completion("", prompt, model), calls=said, said=("as", model, "said", said))
        return self._completion(said, prompt, model)

    async def _hang(self, deadline: float) -> None:
        try:
            async with asyncio.timeout(deadline):
                await asyncio.Event().wait()
        except TimeoutError as error:
            raise ModelUnavailable("no answer within the deadline") from error

    def _completion(self, text: str, prompt: Prompt, model: str) -> Completion:
        said = (prompt.system, *(one.text for one in prompt.history), prompt.message)
        tokens_in, tokens_out = estimated_tokens("".join(said)), estimated_tokens(text)
        cost = PriceList().cost_micros(
            model, input_tokens=tokens_in, output_tokens=tokens_out, on=datetime.now(UTC).date()
        )
        return Completion(text, model, tokens_in, tokens_out, cost, 0.001)


@dataclass
class FakeModels:
    """The installation's terms, under those of each company that has its own."""

    installation: ModelTerms = field(default_factory=lambda: ModelTerms("main", "small", "k"))
    own: dict[TenantId, OwnModel] = field(default_factory=dict)

    async def of(self, tenant: TenantId) -> ModelTerms:
        return self.own.get(tenant, OwnModel()).over(self.installation)


class KeyOfEach:
    """A key of its own for every company there may be."""

    async def of(self, tenant: TenantId) -> ModelTerms:
        return ModelTerms("main", "small", f"key-of-{tenant}")


@dataclass
class FakeMeasures:
    """Everything that was measured, in order, as (what, label)."""

    seen: list[tuple[str, str]] = field(default_factory=list)

    def prompt_injection_blocked(self, reason: str) -> None:
        self.seen.append(("injection", reason))

    def reply_held_back(self, reason: str) -> None:
        self.seen.append(("held_back", reason))

    def degraded(self, rung: str) -> None:
        self.seen.append(("degraded", rung))

    def claim_held(self, reason: str, *, rewritten: bool) -> None:
        self.seen.append(("claim_rewritten" if rewritten else "claim_replaced", reason))
