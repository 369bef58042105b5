"""How the company speaks unasked, as its people want it; what is planned already obeys when its time comes."""

from __future__ import annotations

from dataclasses import dataclass

from application.reminders.work import RemindingWork
from application.shared.ports import OpenWork
from domain.audit.entry import Deed
from domain.reminders.manners import Manners
from domain.shared.ids import TenantId


@dataclass(frozen=True, slots=True)
class KeepManners:
    """A reminder that is switched on is planned for who books from then on; one that is switched off reaches nobody any more."""

    open_work: OpenWork[RemindingWork]

    async def get(self, tenant: TenantId) -> Manners:
        async with self.open_work(tenant) as work:
            return await work.manners.get()

    async def put(self, tenant: TenantId, manners: Manners, who: str) -> None:
        async with self.open_work(tenant) as work:
            before = await work.manners.get()
            await work.manners.put(manners)
            await work.audit.record(Deed(who, "agenda.reminders", before=_told(before), after=_told(manners)))
            await work.commit()


def _told(manners: Manners) -> dict[str, object]:
    return {
        "kinds": sorted(manners.kinds),
        "quiet_begins": manners.quiet.begins,
        "quiet_ends": manners.quiet.ends,
        "follow_up": manners.follow_up,
        "follow_up_minutes": int(manners.after.total_seconds()) // 60,
        "writes_first": manners.writes_first,
        "own_question": bool(manners.question),
    }
