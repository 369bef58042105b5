"""Whether anything of the agenda, or of how it is set up, is different from a moment ago: one statement, for open pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from application.shared.ports import Clock, OpenWork, Work
from domain.shared.ids import TenantId

BACK: Final = timedelta(days=31)
"""As far as presence is counted: what is older seldom changes, and the pages' slower look sees it."""


class Pulsing(Protocol):
    async def pulse(self, since: datetime) -> str:
        """The same for as long as no appointment from then on, and nothing of how the agenda is set up, was written."""


class PulsingWork(Work, Protocol):
    @property
    def appointments(self) -> Pulsing: ...


@dataclass(frozen=True, slots=True)
class FeelAgenda:
    open_work: OpenWork[PulsingWork]
    clock: Clock

    async def __call__(self, tenant: TenantId) -> str:
        """Two equal pulses: nothing of the last month or ahead was written in between."""
        async with self.open_work(tenant) as work:
            return await work.appointments.pulse(self.clock() - BACK)
