"""The days of the month pass: the clock leaps to whatever happens next, and rests there until everything said is answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ops.chaos.month_ground import Ground
from ops.chaos.month_people import Customer
from ops.chaos.month_plans import Deed, Plans
from ops.sandbox.whaticket.records import Message

SAO_PAULO: Final = ZoneInfo("America/Sao_Paulo")
STEP: Final = timedelta(minutes=30)
"""What falls into one half hour happens at its end, at once. Appointments begin at these moments, too."""

CALM_WITHIN: Final = 90.0
LOOK_SECONDS: Final = 0.02
ACKNOWLEDGED: Final = 202
TRIES: Final = 60

FLOW: Final = """
-- what waits in real seconds (a retry) waits as long by the month's clock; what the month's clock has reached is due
update public.jobs set due_at = case when due_at <= now() + interval '1 day' then due_at + $2::interval else now() end
where state = 'pending' and due_at > now() and (due_at <= now() + interval '1 day' or due_at <= $1)
"""
BUSY: Final = """
-- reading a calendar elsewhere is nobody's answer: it may take as long as that calendar pleases
select exists (select from public.jobs where actor <> 'agenda.reconcile' and (state in ('dispatched', 'running')
    or (state = 'pending' and (due_at <= now() + interval '1 day' or due_at <= $1))))
"""
NEXT: Final = """
select min(due_at) from public.jobs where state = 'pending' and due_at > $1 and actor <> 'agenda.reconcile'
    and actor not like 'billing.%'
"""


class NotCalmError(Exception):
    """Something is still being done long after it should have ended."""


@dataclass(slots=True)
class Days:
    """`each_step` is called at every halt of the clock with its moment: the reception, the faults."""

    ground: Ground
    people: Mapping[tuple[str, str], Customer]
    plans: Plans
    each_step: Sequence[Callable[[datetime], Awaitable[None]]]
    on_text: Callable[[Customer, str], Awaitable[None]]
    heard: list[Message] = field(default_factory=list)
    said: int = 0
    steps: int = 0
    _seen: int = 0

    async def pass_to(self, end: datetime) -> None:
        while (moment := await self._next_halt(end)) is not None:
            self.steps += 1
            await self.ground.leap_to(moment)
            for each in self.each_step:
                await each(moment)
            await asyncio.gather(*(self._does(deed) for deed in self.plans.due(moment)))
            await self._rest()
        await self.ground.leap_to(end)
        await self._rest()

    async def _next_halt(self, end: datetime) -> datetime | None:
        """The end of the half hour in which something happens; None where nothing does before the end."""
        now = self.ground.tide()
        job = await self.ground.postgres.fetchval(NEXT, now)
        next_at = min((each for each in (job, self.plans.next_at()) if each is not None), default=None)
        if next_at is None:
            return None
        halt = _rounded_up(max(next_at, now + timedelta(seconds=1)))
        return halt if halt < end else None

    async def _does(self, deed: Deed) -> None:
        text = deed.customer.begins(deed.text) if deed.begins else deed.text
        await self._says(deed.customer, text)
        await self.on_text(deed.customer, text)

    async def _says(self, customer: Customer, text: str) -> None:
        self.said += 1
        at = int(self.ground.tide().timestamp())
        spoken = await self.ground.whaticket.say(customer.line, customer.phone, text, name=customer.name, timestamp=at)
        status, tries = spoken.webhooks[0].status, 0
        while status != ACKNOWLEDGED:  # whoever relays webhooks keeps them until they are taken
            tries += 1
            if tries > TRIES:
                raise NotCalmError(f"a webhook is not taken: {spoken.webhooks[0]}")
            await asyncio.sleep(0.25)
            again = await self.ground.whaticket.replay(customer.line, spoken.messages[0].id)
            status = again.webhooks[0].status

    async def _rest(self) -> None:
        """Until nobody has anything to do or to say at this hour."""
        until = time.monotonic() + CALM_WITHIN
        while True:
            busy = await self._flow()
            answered = await self._listen()
            if not busy and not answered:
                return
            if time.monotonic() > until:
                rows = await self.ground.postgres.fetch("select * from public.jobs where state <> 'pending' limit 5")
                raise NotCalmError(f"at {self.ground.tide()}: {[dict(row) for row in rows]}")
            if not answered:
                await asyncio.sleep(LOOK_SECONDS)

    async def _flow(self) -> bool:
        tide = self.ground.tide
        await self.ground.postgres.execute(FLOW, tide(), tide.lead)
        busy: bool = await self.ground.postgres.fetchval(BUSY, tide())
        return busy

    async def _listen(self) -> bool:
        """What arrived on telephones, and what is said to it at once. True where anything did."""
        page = await self.ground.whaticket.messages(direction="out", after=self._seen)
        self._seen = max(self._seen, page.last)
        self.heard += page.messages
        replies = []
        for message in page.messages:
            customer = self.people[message.connection, message.contact]
            reply = customer.hears(message.text)
            if reply is None:
                continue
            if reply.after:
                self.plans.add(self.ground.tide() + reply.after, customer, reply.text, begins=False)
            else:
                replies.append(self._says(customer, reply.text))
        await asyncio.gather(*replies)
        return bool(page.messages)


def _rounded_up(moment: datetime) -> datetime:
    seconds = STEP.total_seconds()
    return datetime.fromtimestamp(-(-moment.timestamp() // seconds) * seconds, UTC)
