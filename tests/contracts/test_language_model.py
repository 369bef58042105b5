"""What every LanguageModel promises: our fakes, and the Gemini adapter against a real HTTP server."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import pytest

from adapters.gemini.language_model import Gemini
from adapters.gemini.late import LateGemini
from adapters.gemini.patience import Patience
from application.assistant.ports import LanguageModel, ModelRefused, ModelUnavailable, Prompt, Speaker, Utterance
from domain.assistant.pricing import PriceList
from domain.shared.ids import TenantId
from ops.sandbox.clients import Gemini as GeminiSandbox
from tests.fakes.assistant import HANG, FakeLanguageModel, FakeModels
from tests.fakes.pipeline import FakeModel

TENANT = TenantId(7)
MODEL = "gemini-3.8-flash"
PROMPT = Prompt(
    "Você é Luna.", (Utterance(Speaker.CONTACT, "oi"), Utterance(Speaker.ASSISTANT, "Olá!")), "Quanto custa?"
)


class Stage(Protocol):
    """A model whose mood the test decides."""

    model: LanguageModel

    async def will_say(self, text: str) -> None: ...

    async def is_away(self) -> None: ...

    async def refuses(self) -> None: ...

    async def hangs(self) -> None: ...


@dataclass
class FakeStage:
    model: FakeLanguageModel

    async def will_say(self, text: str) -> None:
        self.model.says = {MODEL: text}

    async def is_away(self) -> None:
        self.model.says = {MODEL: ModelUnavailable("status 503")}

    async def refuses(self) -> None:
        self.model.says = {MODEL: ModelRefused("prompt blocked: SAFETY")}

    async def hangs(self) -> None:
        self.model.says = {MODEL: HANG}


@dataclass
class PipelineStage:
    model: FakeModel

    async def will_say(self, text: str) -> None:
        self.model.say = lambda _: text

    async def is_away(self) -> None:
        self.model.script = [ModelUnavailable("status 503")]

    async def refuses(self) -> None:
        self.model.script = [ModelRefused("prompt blocked: SAFETY")]

    async def hangs(self) -> None:
        self.model.may_answer.clear()


@dataclass
class GeminiStage:
    model: Gemini | LateGemini
    sandbox: GeminiSandbox

    async def will_say(self, text: str) -> None:
        await self.sandbox.script(text)

    async def is_away(self) -> None:
        await self.sandbox.plant("unavailable")

    async def refuses(self) -> None:
        await self.sandbox.plant("blocked")

    async def hangs(self) -> None:
        await self.sandbox.plant("hang")


@pytest.fixture(params=["fake", "fake of the pipeline", "gemini", "late gemini"])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    if request.param == "fake":
        yield FakeStage(FakeLanguageModel())
        return
    if request.param == "fake of the pipeline":
        yield PipelineStage(FakeModel())
        return
    url = request.getfixturevalue("gemini_url")
    kind = Gemini if request.param == "gemini" else LateGemini
    async with (
        GeminiSandbox(url) as sandbox,
        kind(FakeModels(), base_url=url, patience=Patience(first_pause=0.01)) as model,
    ):
        await sandbox.ask(dict, "POST", "/reset", {})
        yield GeminiStage(model, sandbox)


async def test_an_answer_says_what_was_said_and_what_it_cost(stage: Stage):
    await stage.will_say("A consulta custa R$ 200.")

    said = await stage.model.complete(TENANT, PROMPT, model=MODEL, deadline=5)

    assert (said.text, said.model) == ("A consulta custa R$ 200.", MODEL)
    assert min(said.input_tokens, said.output_tokens) > 0
    assert said.seconds > 0
    assert said.cost_micros == PriceList().cost_micros(
        MODEL, input_tokens=said.input_tokens, output_tokens=said.output_tokens, on=datetime.now(UTC).date()
    )


async def test_a_model_that_is_away_is_unavailable(stage: Stage):
    await stage.is_away()

    with pytest.raises(ModelUnavailable):
        await stage.model.complete(TENANT, PROMPT, model=MODEL, deadline=5)


async def test_a_refusal_is_told_apart(stage: Stage):
    await stage.refuses()

    with pytest.raises(ModelRefused):
        await stage.model.complete(TENANT, PROMPT, model=MODEL, deadline=5)


async def test_the_deadline_is_kept(stage: Stage):
    await stage.hangs()
    started = time.monotonic()

    with pytest.raises(ModelUnavailable):
        await stage.model.complete(TENANT, PROMPT, model=MODEL, deadline=0.3)

    assert time.monotonic() - started < 1.5


async def test_a_deadline_of_nothing_is_kept_too(stage: Stage):
    await stage.hangs()

    with pytest.raises(ModelUnavailable):
        await stage.model.complete(TENANT, PROMPT, model=MODEL, deadline=0)
