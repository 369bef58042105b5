"""What the secretary would answer with settings that are still being edited: the real model, nobody is written to.

It costs what an answer costs, so the quota is asked first and the cost is counted; it is no message, and takes none.
"""

from __future__ import annotations

from dataclasses import dataclass

from application.assistant.answer import Answer, Question, Reply
from application.assistant.settings import SettingsWork
from application.companies.ports import Profiles
from application.quotas.meter import Meter
from application.shared.ports import Clock, OpenWork
from domain.assistant.persona import Persona
from domain.shared.ids import TenantId


@dataclass(frozen=True, slots=True)
class Tried:
    """`cost` in specks."""

    reply: Reply
    cost: int


@dataclass(frozen=True, slots=True)
class Preview:
    open_work: OpenWork[SettingsWork]
    answer: Answer
    profiles: Profiles
    meter: Meter
    clock: Clock

    async def __call__(self, tenant: TenantId, persona: Persona, message: str) -> Tried:
        """Raises OutOfQuota."""
        standing = await self.meter.open_for(tenant)
        zone = (await self.profiles.of(tenant)).zone
        now = self.clock().astimezone(zone)
        reply = await self.answer(Question(tenant, persona, None, (), message, now))
        async with self.open_work(tenant) as work:
            await work.personas.count_preview(reply.completions)
            await self.meter.count(work, standing, messages=0, calls=reply.completions)
            await work.commit()
        return Tried(reply, self.meter.price(reply.completions))
