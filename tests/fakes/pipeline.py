"""The world outside the pipeline, scripted: a channel, a model, a clock that can be moved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from application.assistant.ports import Completion, Prompt
from application.conversations.ports import Recollection
from application.delivery.ports import Letter, Sent
from domain.shared.ids import ConversationId, TenantId


@dataclass
class FakeChannel:
    """Takes every letter, unless the next entry of `script` is an error to raise. `arrived` is what really got there."""

    arrived: list[Letter] = field(default_factory=list)
    script: list[Exception | Callable[[Letter], None]] = field(default_factory=list)
    can_look_up: bool = True

    async def send(self, letter: Letter) -> Sent:
        await asyncio.sleep(0)
        if self.script:
            step = self.script.pop(0)
            if isinstance(step, Exception):
                raise step
            step(letter)
        self.arrived.append(letter)
        return Sent(external_id=f"wa-{len(self.arrived)}")

    async def was_sent(self, letter: Letter, *, since: datetime, known: int) -> bool | None:
        if not self.can_look_up:
            return None
        return sum(one.text == letter.text and one.to == letter.to for one in self.arrived) > known

    @property
    def texts(self) -> list[str]:
        return [letter.text for letter in self.arrived]


@dataclass
class FakeModel:
    """Answers what `say` makes of the message; `script` comes first."""

    prompts: list[Prompt] = field(default_factory=list)
    script: list[Exception] = field(default_factory=list)
    say: Callable[[str], str] = lambda message: f"resposta a {message}"
    thinking: asyncio.Event = field(default_factory=asyncio.Event)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.may_answer.set()

    async def complete(self, tenant: TenantId, prompt: Prompt, *, model: str, deadline: float) -> Completion:
        self.prompts.append(prompt)
        self.thinking.set()
        await self.may_answer.wait()
        if self.script:
            raise self.script.pop(0)
        return Completion(self.say(prompt.message), model, 100, 20, 42, 0.1)


@dataclass
class MovableClock:
    offset: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset


@dataclass
class NoPacing:
    waits: list[float] = field(default_factory=list)

    async def wait(self, letter: Letter) -> float:
        return self.waits.pop(0) if self.waits else 0.0


@dataclass
class FakeMemory:
    kept: dict[ConversationId, Recollection] = field(default_factory=dict)

    async def recall(self, tenant: TenantId, conversation: ConversationId) -> Recollection | None:
        return self.kept.get(conversation)

    async def remember(self, tenant: TenantId, conversation: ConversationId, recollection: Recollection) -> None:
        self.kept[conversation] = recollection


class NoMeasures:
    def prompt_injection_blocked(self, reason: str) -> None: ...

    def reply_held_back(self, reason: str) -> None: ...

    def degraded(self, rung: str) -> None: ...
