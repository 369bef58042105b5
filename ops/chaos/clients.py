"""Contacts who write: they sign, wait for the acknowledgement, note it, and sometimes misbehave.

An ordered contact waits for each 202 before the next message; an eager one sends several at once, in any
order. Nobody writes for ever: the loop guard would take a contact of sixty answers for a machine, and
rightly.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field

import httpx2

from ops.chaos.checker import NO_ANSWER
from ops.chaos.journal import Entry, Journal
from ops.load.webhooks import Target, phone, signature, text_message

MESSAGES_PER_CONTACT = 30
PERSISTENCE = 0.7
"""The share of messages whose sender tries again until acknowledged; the others give up after one failure."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message as it left, so that it can be sent again byte by byte."""

    line: Line
    body: bytes
    token: str


@dataclass(frozen=True, slots=True)
class Line:
    """A connection of one company: its name in the sandbox and its webhook."""

    name: str
    target: Target


@dataclass(slots=True)
class Crowd:
    """All contacts of a run. `meet` tells Whaticket of a new contact; `stop` ends all after the message in hand."""

    lines: Sequence[Line]
    journal: Journal
    dice: random.Random
    client: httpx2.AsyncClient
    meet: Callable[[str, str], Awaitable[None]]
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    posted: deque[Posted] = field(default_factory=lambda: deque(maxlen=2_000))
    phones: Iterator[int] = field(default_factory=itertools.count)
    refused: Counter[str] = field(default_factory=Counter)

    async def talk(self, voices: int) -> None:
        """`voices` contacts at a time on every line, until stopped."""
        async with asyncio.TaskGroup() as talk:
            for line, voice in itertools.product(self.lines, range(voices)):
                talk.create_task(self._voice(line, eager=voice % 4 == 3))

    async def _voice(self, line: Line, *, eager: bool) -> None:
        while not self.stop.is_set():
            who = next(self.phones)
            numbers = itertools.count()
            await self.meet(line.name, phone(who))
            for _ in range(MESSAGES_PER_CONTACT // 3):
                if self.stop.is_set():
                    return
                batch = [self._compose(line, who, next(numbers), eager=eager) for _ in range(self.dice.randint(1, 3))]
                if eager:
                    self.dice.shuffle(batch)
                    await asyncio.gather(*(self._deliver(one) for one in batch))
                else:
                    for one in batch:
                        await self._deliver(one)
                await self._think()

    async def _think(self) -> None:
        try:
            await asyncio.wait_for(self.stop.wait(), self.dice.uniform(0.2, 1.6))
        except TimeoutError:
            return

    def _compose(self, line: Line, who: int, number: int, *, eager: bool, poison: bool = False) -> Posted:
        token = f"#poison-{who}" if poison else f"#c{who}-{number:04d}"
        body = text_message(
            phone=phone(who),
            message_id=f"3EB0{who:08X}{number:08X}",
            text=f"Bom dia! Pedido {token}",
            at=time.time(),
        )
        self.journal.wrote(Entry(token, line.name, phone(who), number, time.time(), ordered=not eager, poison=poison))
        return Posted(line, body, token)

    async def _deliver(self, one: Posted) -> None:
        """Until acknowledged, by the persistent; every try is the same message, as a relay keeps its id."""
        persistent = self.dice.random() < PERSISTENCE
        while not self.stop.is_set():
            copies = 2 if self.dice.random() < 0.05 else 1
            done = await asyncio.gather(*(self._post(one) for _ in range(copies)))
            if any(done):
                self.posted.append(one)
                return
            if not persistent:
                return
            await asyncio.sleep(0.25)

    async def _post(self, one: Posted) -> bool:
        stamps = signature(one.line.target.secret, one.body, time.time())
        try:
            answer = await self.client.post(
                one.line.target.url, content=one.body, headers={"Content-Type": "application/json", **stamps}
            )
        except httpx2.HTTPError:
            self.refused[NO_ANSWER] += 1
            return False
        if answer.status_code != 202 or answer.json().get("queued") is not True:
            self.refused[str(answer.status_code)] += 1
            return False
        self.journal.acknowledged(one.token, time.time())
        return True

    async def replay(self, how_many: int) -> None:
        """Old messages again, some several times, all at once: webhooks come twice, late and in any order."""
        known = list(self.posted)
        again = [self.dice.choice(known) for _ in range(how_many)] if known else []
        await asyncio.gather(*(self._post(one) for one in again))

    async def poison(self) -> None:
        """One message that kills whoever answers it, from a contact of its own."""
        line, who = self.dice.choice(self.lines), next(self.phones)
        await self.meet(line.name, phone(who))
        await self._deliver(self._compose(line, who, 0, eager=True, poison=True))
