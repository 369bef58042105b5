"""A customer with a telephone: says things, and hears what arrives."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from ops.sandbox.clients import Said
from ops.sandbox.handle import Whaticket
from ops.sandbox.whaticket.records import Message

_numbers = itertools.count(81_000_000)


def new_phone() -> str:
    """A Brazilian mobile of nobody's, another one each time."""
    return f"55119{next(_numbers):08d}"


@dataclass(slots=True)
class Customer:
    whaticket: Whaticket
    line: str
    phone: str
    name: str = "Ana"
    heard: int = field(default=0, init=False)

    async def says(self, text: str = "", **more: object) -> Said:
        """What was said, and how the webhooks were answered; see the sandbox's `say` for `more`."""
        return await self.whaticket.say(self.line, self.phone, text, name=self.name, **more)

    async def hears(self, count: int = 1, *, seconds: float = 20.0) -> list[str]:
        """The next `count` messages on the telephone, awaited."""
        found = await self.whaticket.await_messages(
            self.line, self.phone, count=count, after=self.heard, seconds=seconds
        )
        self.heard = found[-1].seq
        return [one.text for one in found]

    async def everything_heard(self) -> list[str]:
        """All that ever arrived, without waiting: for stories that end in silence, once the work is done."""
        return [one.text for one in await self.all_messages()]

    async def all_messages(self) -> list[Message]:
        return (await self.whaticket.messages(self.line, contact=self.phone, direction="out")).messages
