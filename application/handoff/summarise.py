"""The talk so far in a few lines, so that a person who steps in need not read all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final

from application.assistant.ports import Completion, LanguageModel, Models, ModelUnavailable, Prompt, Speaker, Utterance
from application.handoff.ports import SummaryWork
from application.quotas.meter import Meter
from application.shared.ports import Clock, OpenWork
from domain.assistant.personal_data import masked
from domain.delivery.formatting import visible
from domain.handoff.entry import Attendant, Entry, EntryKind
from domain.quotas.standing import Standing
from domain.shared.errors import Refused
from domain.shared.ids import ConversationId, MessageId, TenantId

SYSTEM: Final = resources.files("application.assistant").joinpath("prompts/summary.md").read_text(encoding="utf-8")
NEWEST: Final = MessageId(2**62)
LINES: Final = 60
LONGEST_LINE: Final = 600
LONGEST_SUMMARY: Final = 1_500
SPEAKERS: Final = {Speaker.CONTACT: "Cliente", Speaker.ASSISTANT: "Assistente", Speaker.STAFF: "Equipe"}


class NothingSaid(Refused):
    """There is no talk to sum up yet."""


@dataclass(frozen=True, slots=True)
class Summarise:
    """By the company's smaller model: reading is easier than answering. `seconds` is how long a person waits for it."""

    open_work: OpenWork[SummaryWork]
    meter: Meter
    language_model: LanguageModel
    models: Models
    seconds: float
    clock: Clock

    async def __call__(self, tenant: TenantId, id: ConversationId, by: Attendant) -> None:
        """Raises ConversationNotFound, NothingSaid, OutOfQuota, ModelUnavailable.

        No transaction is open while the model reads, and what was billed is counted, also where nothing came of it.
        """
        async with self.open_work(tenant) as work:
            await work.conversations.get(id)
            said = await work.conversations.told_before(id, NEWEST, LINES)
            upto = await work.desk.newest_message(id)
        if not said:
            raise NothingSaid(f"conversation {id} is empty")
        standing = await self.meter.open_for(tenant)
        prompt = Prompt(SYSTEM, (), transcript(said), max_output_tokens=500)
        small = (await self.models.of(tenant)).small
        try:
            completion = await self.language_model.complete(tenant, prompt, model=small, deadline=self.seconds)
        except ModelUnavailable as error:
            async with self.open_work(tenant) as work:
                await self._count(work, id, standing, error.paid)
                await work.commit()
            raise
        text = visible(completion.text).strip()[:LONGEST_SUMMARY]
        async with self.open_work(tenant) as work:
            await self._count(work, id, standing, (*completion.wasted, completion))
            await work.desk.write(id, Entry(EntryKind.SUMMARY, by, self.clock(), text, upto))
            await work.commit()

    async def _count(
        self, work: SummaryWork, id: ConversationId, standing: Standing, calls: Sequence[Completion]
    ) -> None:
        await work.conversations.count_model_calls(id, "summary", calls)
        await self.meter.count(work, standing, messages=0, calls=calls)


def transcript(said: Sequence[Utterance]) -> str:
    """The talk as data: a line each, without documents' numbers."""
    lines = (f"{SPEAKERS[one.speaker]}: {masked(visible(one.text))[:LONGEST_LINE]}" for one in said)
    return "<conversa>\n" + "\n".join(lines) + "\n</conversa>"
