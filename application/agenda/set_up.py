"""Who attends, what for and when: changed by the company's people, one audited transaction each.

After what may have opened times, whoever waits for one is looked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from application.agenda.end_offer import offer_job
from application.agenda.work import AgendaWork
from application.shared.ports import Clock, OpenWork
from domain.agenda.opening_hours import DayOff
from domain.agenda.people import NEW_PROFESSIONAL, NEW_SERVICE, Professional, Service, name_once
from domain.agenda.rules import Rules
from domain.audit.entry import Deed
from domain.shared.ids import DayOffId, ProfessionalId, TenantId

SETTLED: Final = timedelta(minutes=10)
"""After a change: whoever sets up an agenda makes several in a row, and nobody is offered what stands between two of them."""


@dataclass(frozen=True, slots=True)
class SetUpAgenda:
    open_work: OpenWork[AgendaWork]
    clock: Clock

    async def rules(self, tenant: TenantId) -> Rules:
        async with self.open_work(tenant) as work:
            return await work.agenda.rules()

    async def set_rules(self, tenant: TenantId, rules: Rules, who: str) -> None:
        """Raises Invalid."""
        async with self.open_work(tenant) as work:
            before = await work.agenda.rules()
            await work.agenda.put_rules(rules.checked())
            await self._look_for_who_waits(work)
            await work.audit.record(Deed(who, "agenda.rules", before=_told(before), after=_told(rules)))
            await work.commit()

    async def professionals(self, tenant: TenantId) -> Sequence[Professional]:
        async with self.open_work(tenant) as work:
            return await work.agenda.professionals(also_inactive=True)

    async def professional(self, tenant: TenantId, id: ProfessionalId) -> Professional:
        """Raises ProfessionalNotFound."""
        async with self.open_work(tenant) as work:
            return await work.agenda.professional(id)

    async def put_professional(self, tenant: TenantId, professional: Professional, who: str) -> Professional:
        """Raises ProfessionalNotFound or AgendaNameTaken."""
        async with self.open_work(tenant) as work:
            new = professional.id == NEW_PROFESSIONAL
            before = None if new else _told(await work.agenda.professional(professional.id, lock=True))
            name_once(professional, await work.agenda.professionals(also_inactive=True))
            professional = replace(professional, hours=professional.hours.joined())
            kept = replace(professional, id=await work.agenda.put_professional(professional))
            await self._look_for_who_waits(work)
            subject = f"professional:{kept.id}"
            await work.audit.record(Deed(who, "agenda.professional", subject, before=before, after=_told(kept)))
            await work.commit()
        return kept

    async def services(self, tenant: TenantId) -> Sequence[Service]:
        async with self.open_work(tenant) as work:
            return await work.agenda.services(also_inactive=True)

    async def put_service(self, tenant: TenantId, service: Service, who: str) -> Service:
        """Raises ServiceNotFound, ProfessionalNotFound or AgendaNameTaken."""
        async with self.open_work(tenant) as work:
            before = None if service.id == NEW_SERVICE else _told(await work.agenda.service(service.id))
            name_once(service, await work.agenda.services(also_inactive=True))
            kept = replace(service, id=await work.agenda.put_service(service))
            await self._look_for_who_waits(work)
            await work.audit.record(Deed(who, "agenda.service", f"service:{kept.id}", before=before, after=_told(kept)))
            await work.commit()
        return kept

    async def days_off(self, tenant: TenantId, since: date) -> Sequence[DayOff]:
        """Those that are not over; what comes every year never is."""
        async with self.open_work(tenant) as work:
            return [each for each in await work.agenda.days_off() if each.yearly or each.last >= since]

    async def add_day_off(self, tenant: TenantId, day_off: DayOff, who: str) -> DayOff:
        """Raises Invalid, DayOffKnown or ProfessionalNotFound."""
        async with self.open_work(tenant) as work:
            day_off.check_new(self.clock().date(), await work.agenda.days_off())
            kept = replace(day_off, id=await work.agenda.add_day_off(day_off))
            await work.audit.record(Deed(who, "agenda.day_off", f"day-off:{kept.id}", after=_told(kept)))
            await work.commit()
        return kept

    async def remove_day_off(self, tenant: TenantId, id: DayOffId, who: str) -> None:
        """Raises DayOffNotFound."""
        async with self.open_work(tenant) as work:
            await work.agenda.remove_day_off(id)
            await self._look_for_who_waits(work)
            await work.audit.record(Deed(who, "agenda.day_off_removed", f"day-off:{id}"))
            await work.commit()

    async def _look_for_who_waits(self, work: AgendaWork) -> None:
        if await work.waiting.list():
            await work.jobs.add(offer_job(self.clock() + SETTLED))


def _told(thing: Rules | Professional | Service | DayOff) -> dict[str, object]:
    """Its own fields, as text where they are more than a number or a word; of an address only that there is one."""
    shown = {name: getattr(thing, name) for name in thing.__dataclass_fields__ if name != "id"}
    if "email" in shown:
        shown["email"] = shown["email"] is not None
    return {
        name: value if isinstance(value, (str, int, bool, type(None))) else str(value) for name, value in shown.items()
    }
