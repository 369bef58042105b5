"""What the secretary would answer with settings that are still being edited: the real model, nobody is written to."""

from __future__ import annotations

from dataclasses import dataclass

from application.assistant.answer import Answer, Question, Reply
from application.assistant.settings import SettingsWork
from application.companies.ports import Profiles
from application.shared.ports import Clock, OpenWork
from domain.assistant.persona import Persona
from domain.shared.ids import TenantId


@dataclass(frozen=True, slots=True)
class Preview:
    open_work: OpenWork[SettingsWork]
    answer: Answer
    profiles: Profiles
    clock: Clock

    async def __call__(self, tenant: TenantId, persona: Persona, message: str) -> Reply:
        zone = (await self.profiles.of(tenant)).zone
        now = self.clock().astimezone(zone)
        reply = await self.answer(Question(tenant, persona, None, (), message, now))
        async with self.open_work(tenant) as work:
            await work.personas.count_preview(reply.completions)
            await work.commit()
        return reply
