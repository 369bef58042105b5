"""Whether anything of the agenda, or of how it is set up, is different from a moment ago: one statement, for open pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from application.agenda.work import AgendaWork
from application.shared.ports import Clock, OpenWork
from domain.shared.ids import TenantId

BACK: Final = timedelta(days=31)
"""As far as presence is counted: what is older seldom changes, and the pages' slower look sees it."""


@dataclass(frozen=True, slots=True)
class FeelAgenda:
    open_work: OpenWork[AgendaWork]
    clock: Clock

    async def __call__(self, tenant: TenantId) -> str:
        """Two equal pulses: nothing of the last month or ahead was written in between."""
        async with self.open_work(tenant) as work:
            return await work.appointments.pulse(self.clock() - BACK)
