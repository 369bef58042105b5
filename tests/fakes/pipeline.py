"""The world outside the pipeline, scripted: a channel, a model, a clock that can be moved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from application.assistant.ports import Completion, ModelUnavailable, Prompt
from application.conversations.ports import Recollection
from application.delivery.ports import ChannelUnavailable, Letter, Sent
from application.shared.ports import Clock
from domain.assistant.pricing import PriceList
from domain.shared.ids import ConversationId, TenantId


@dataclass
class FakeChannel:
    """Takes every letter, unless the next entry of `script` is an error to raise. `arrived` is what really got there.

    A callable in `script` is asked first, and may let the letter arrive before it raises. `away` is what looking up raises.
    """

    script: list[Exception | Callable[[Letter], None]] = field(default_factory=list)
    can_look_up: bool = True
    away: ChannelUnavailable | None = None
    clock: Clock = lambda: datetime.now(UTC)
    _arrivals: list[tuple[Letter, datetime]] = field(default_factory=list)

    async def send(self, letter: Letter) -> Sent:
        await asyncio.sleep(0)
        if self.script:
            step = self.script.pop(0)
            if isinstance(step, Exception):
                raise step
            step(letter)
        return self.arrives(letter)

    def arrives(self, letter: Letter) -> Sent:
        self._arrivals.append((letter, self.clock()))
        return Sent(external_id=f"wa-{len(self._arrivals)}")

    async def was_sent(self, letter: Letter, *, since: datetime, known: int) -> bool | None:
        if self.away is not None:
            raise self.away
        if not self.can_look_up:
            return None
        return sum(_same(one, letter) and at >= since for one, at in self._arrivals) > known

    @property
    def arrived(self) -> list[Letter]:
        return [letter for letter, _ in self._arrivals]

    @property
    def texts(self) -> list[str]:
        return [letter.text for letter in self.arrived]


def _same(one: Letter, other: Letter) -> bool:
    return (one.tenant, one.connection, one.to, one.text) == (other.tenant, other.connection, other.to, other.text)


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
        try:
            async with asyncio.timeout(deadline):
                await self.may_answer.wait()
        except TimeoutError as error:
            raise ModelUnavailable("no answer within the deadline") from error
        if self.script:
            raise self.script.pop(0)
        cost = PriceList().cost_micros(model, input_tokens=100, output_tokens=20, on=datetime.now(UTC).date())
        return Completion(self.say(prompt.message), model, 100, 20, cost, 0.1)


@dataclass
class MovableClock:
    offset: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset


@dataclass
class NoPacing:
    """Lets every letter go, after the `waits` it was told to ask for; what is said unasked may have to wait for good."""

    waits: list[float] = field(default_factory=list)
    for_unasked: float = 0.0

    async def wait(self, letter: Letter) -> float:
        if letter.unasked and self.for_unasked:
            return self.for_unasked
        return self.waits.pop(0) if self.waits else 0.0


@dataclass
class FakeMemory:
    kept: dict[tuple[TenantId, ConversationId], Recollection] = field(default_factory=dict)

    async def recall(self, tenant: TenantId, conversation: ConversationId) -> Recollection | None:
        return self.kept.get((tenant, conversation))

    async def remember(self, tenant: TenantId, conversation: ConversationId, recollection: Recollection) -> None:
        self.kept[tenant, conversation] = recollection


class NoMeasures:
    def prompt_injection_blocked(self, reason: str) -> None: ...

    def reply_held_back(self, reason: str) -> None: ...

    def degraded(self, rung: str) -> None: ...

    def claim_held(self, reason: str, *, rewritten: bool) -> None: ...
