"""Openings that this process carries on while whoever asked looks at their steps; where it dies, a button takes them up again."""

from __future__ import annotations

import asyncio
from typing import Final

from adapters.telemetry.log import note, told
from application.provisioning.open_company import OpenCompany
from domain.shared.errors import SecretariaError

SECONDS_TO_END: Final = 5.0


class Carrying:
    """Belongs to one event loop; close it, and what is under way has a few seconds to come to its end."""

    def __init__(self, open_company: OpenCompany) -> None:
        self._open = open_company
        self._under_way: set[asyncio.Task[None]] = set()

    def start(self, run: int) -> None:
        task = asyncio.create_task(self._carry(run))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=SECONDS_TO_END)
        for task in list(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _carry(self, run: int) -> None:
        """What fails is written on its step, and read there."""
        async with told("provisioning.carry_on", opening=run):
            try:
                await self._open.carry_on(run)
            except SecretariaError as refused:
                note(outcome="stopped", level="warning", reason=type(refused).__name__)
