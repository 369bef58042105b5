"""Looks at what was used, and raises each alert once: its row and the jobs that tell of it are one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from application.quotas.ports import QuotaWork
from application.shared.ports import Claim, Job, OpenWork
from domain.shared.ids import AlertId

TELL_BY_MAIL: Final = "quotas.tell_by_mail"
TELL_BY_WEBHOOK: Final = "quotas.tell_by_webhook"


@dataclass(frozen=True, slots=True)
class WatchUsage:
    open_work: OpenWork[QuotaWork]

    async def __call__(self, claim: Claim) -> Sequence[int]:
        """The thresholds that the company is told of because of this look."""
        raised = []
        async with self.open_work(claim.tenant) as work:
            entitled = await work.entitled()
            if entitled is not None:
                use = await work.usage.within(entitled.cycle)
                for threshold in entitled.allowance.passed(use):
                    alert = await work.alerts.raise_once(entitled.cycle.first, threshold, use)
                    if alert is not None:
                        raised.append(threshold)
                        await self._tell(work, alert)
            await work.jobs.finish(claim)
            await work.commit()
        return raised

    async def _tell(self, work: QuotaWork, alert: AlertId) -> None:
        """One job for each who is told, so that one address that refuses costs the others nothing."""
        for contact in await work.contacts.all():
            args = {"alert": alert, "contact": contact}
            await work.jobs.add(Job(TELL_BY_MAIL, args, key=f"{TELL_BY_MAIL}:{alert}:{contact}"))
        if await work.endpoints.get() is not None:
            await work.jobs.add(Job(TELL_BY_WEBHOOK, {"alert": alert}, key=f"{TELL_BY_WEBHOOK}:{alert}"))
