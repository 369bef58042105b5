"""Sets right where a calendar elsewhere and our appointments disagree: their word for what happened there, our lock for time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from application.agenda.calendar_work import CalendarWork
from application.agenda.drift import Drift, drift_of
from application.agenda.keep import Keep, lock_all
from application.agenda.ports import Attendee, Calendar, CalendarBooking, CalendarEntry, EntryNotFound
from application.agenda.tell_client import leave_to_tell
from application.shared.ports import Clock, OpenWork
from domain.agenda.appointment import Appointment, Hears, SlotTaken
from domain.agenda.diary import Place
from domain.agenda.people import DoesNotDoThat
from domain.agenda.reasons import CalledOff
from domain.audit.entry import Deed, Outcome
from domain.shared.errors import NotFound, Refused
from domain.shared.ids import ProfessionalId, TenantId

WHO: Final = "calendar"
"""As the audit log calls it."""

NOTHING_TO_DO: Final = frozenset({Drift.AGREED, Drift.LEFT})
NOBODY_TO_TELL: Final = Attendee("", None, "UTC")


class UnknownHost(Refused):
    """Nobody here knows whose time it is over there."""


NOT_TO_BE_MENDED: Final = (Refused, NotFound)
"""Both sides stand by what they hold: a person has to look."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was wrong with one entry, and whether it no longer is."""

    drift: Drift
    mended: bool = True


@dataclass(frozen=True, slots=True)
class RepairDrift:
    """One entry at a time, each in a transaction of its own; what was repaired before is found agreed."""

    open_work: OpenWork[CalendarWork]
    keep: Keep
    clock: Clock

    async def __call__(self, tenant: TenantId, calendar: Calendar, entry: CalendarEntry) -> Repaired:
        """Raises Unavailable."""
        async with self.open_work(tenant) as work:
            ours = await self._ours(work, entry)
            entry = await _with_its_host(work, entry, ours)
        drift = drift_of(ours, entry)
        try:
            if drift is Drift.UNLIKE and ours is not None:
                drift = await _which_stands(calendar, ours)
            if drift in NOTHING_TO_DO:
                return Repaired(drift)
            return Repaired(await self._mend(tenant, calendar, ours, entry, drift))
        except NOT_TO_BE_MENDED as why:
            await self._tell_of(tenant, ours, entry, drift, why)
            return Repaired(drift, mended=False)

    async def _tell_of(
        self, tenant: TenantId, ours: Appointment | None, entry: CalendarEntry, drift: Drift, why: Exception
    ) -> None:
        whose = f"professional:{entry.professional}" if ours is None else f"appointment:{ours.id}"
        after = {"starts": entry.slot.starts.isoformat(), "why": type(why).__name__}
        deed = Deed(WHO, f"calendar.not_{drift}", whose, outcome=Outcome.FAILED, after=after)
        if ours is not None:
            await self._tell(tenant, deed)
        elif isinstance(why, SlotTaken) and entry.professional is not None:
            await self._tell_of_stranger(tenant, entry, entry.professional, deed)

    async def _tell_of_stranger(
        self, tenant: TenantId, entry: CalendarEntry, professional: ProfessionalId, deed: Deed
    ) -> None:
        """Once: the last entry that changed is read again at every look."""
        async with self.open_work(tenant) as work:
            if entry.replaces is not None:
                await work.calendar.let_stranger_go(entry.replaces)
            if await work.calendar.note_conflict(entry.ref, professional, entry.slot):
                await work.audit.record(deed)
            await work.commit()

    async def _mend(
        self, tenant: TenantId, calendar: Calendar, ours: Appointment | None, entry: CalendarEntry, drift: Drift
    ) -> Drift:
        if drift is Drift.LOST_THERE:
            raise EntryNotFound("what it was moved to is not there")
        if ours is None:
            return await self._mend_stranger(tenant, entry, drift)
        if drift in (Drift.CANCELLED_HERE, Drift.SURPLUS):
            try:
                await calendar.cancel(entry.ref, "")
            except EntryNotFound:
                return Drift.AGREED
            await self._tell(tenant, Deed(WHO, f"calendar.{drift}", subject=f"appointment:{ours.id}"))
            return drift
        return await self._mend_ours(tenant, ours, entry, drift)

    async def _mend_ours(self, tenant: TenantId, seen: Appointment, entry: CalendarEntry, drift: Drift) -> Drift:
        """Nothing, where somebody of ours was quicker: the next look finds what there is then."""
        async with self.open_work(tenant) as work:
            await lock_all(work, {seen.professional, entry.professional or seen.professional})
            ours = await work.appointments.get(seen.id, lock=True)
            if ours.version != seen.version:
                return Drift.LEFT
            match drift:
                case Drift.CANCELLED_THERE:
                    ours.fell_through(CalledOff.CANCELLED_IN_CALENDAR)
                    await work.places.give_back(ours.id)
                    await leave_to_tell(work, seen, Hears.CHANGE, self.clock())
                case Drift.MISSED_THERE:
                    ours.missed(now=self.clock())
                    ours.told()
                case _:
                    await self._follow(work, ours, entry)
                    await leave_to_tell(work, seen, Hears.CHANGE, self.clock())
            await self.keep(work, tenant, ours, WHO)
        return drift

    async def _follow(self, work: CalendarWork, ours: Appointment, entry: CalendarEntry) -> None:
        """To where it was moved over there, also to somebody else, if that time is free here.

        Raises SlotTaken, or a conflict where nobody knows whose time it is now, or they do not do that here.
        """
        service, now = await work.agenda.service(ours.service), self.clock()
        if entry.professional is None:
            raise UnknownHost("nobody here is who has it over there")
        if not service.done_by(entry.professional):
            raise DoesNotDoThat("who has it over there does not do that here")
        ours.begin_move(entry.slot, to=entry.professional, now=now, notice=timedelta(0))
        ours.moved(entry.ref)
        await work.places.give_back(ours.id)
        place = Place(service.around(ours.slot), appointment=ours.id)
        await work.places.take(ours.professional, place, now)

    async def _mend_stranger(self, tenant: TenantId, entry: CalendarEntry, drift: Drift) -> Drift:
        if entry.professional is None or entry.slot.ends <= self.clock():
            return Drift.LEFT
        async with self.open_work(tenant) as work:
            await work.agenda.professional(entry.professional, lock=True)
            if drift is Drift.STRANGER_GONE:
                if not await work.calendar.let_stranger_go(entry.ref):
                    return Drift.AGREED
            elif await work.calendar.strangers_slot(entry.ref) == entry.slot:
                return Drift.AGREED
            else:
                await self._take(work, entry)
            after = {"starts": entry.slot.starts.isoformat()}
            await work.audit.record(Deed(WHO, f"calendar.{drift}", f"professional:{entry.professional}", after=after))
            await work.commit()
        return drift

    async def _take(self, work: CalendarWork, entry: CalendarEntry) -> None:
        """A move over there is a new name for the same people: the time they had before is free again."""
        if entry.professional is None:
            raise UnknownHost("nobody knows whose time it is")
        if entry.replaces is not None:
            await work.calendar.let_stranger_go(entry.replaces)
        await work.calendar.take_for_stranger(entry.ref, entry.professional, entry.slot, self.clock())

    async def _ours(self, work: CalendarWork, entry: CalendarEntry) -> Appointment | None:
        id = await work.calendar.appointment_of(entry)
        return None if id is None else await work.appointments.get(id)

    async def _tell(self, tenant: TenantId, deed: Deed) -> None:
        async with self.open_work(tenant) as work:
            await work.audit.record(deed)
            await work.commit()


async def _which_stands(calendar: Calendar, ours: Appointment) -> Drift:
    """Does what we know by its name still stand? Then theirs is one too many; else it is what ours has become."""
    booking = CalendarBooking(ours.id, ours.professional, ours.service, ours.slot, NOBODY_TO_TELL)
    known = await calendar.find(booking)
    return Drift.SURPLUS if known is not None and known.ref == ours.ref else Drift.MOVED_THERE


async def _with_its_host(work: CalendarWork, entry: CalendarEntry, ours: Appointment | None) -> CalendarEntry:
    """Where several share what was booked, it is who has the host's address; where none of them has one, who had it."""
    if entry.professional is not None or not entry.among:
        return entry
    sharing = [each for each in await work.agenda.professionals(also_inactive=True) if each.id in entry.among]
    known = [each.id for each in sharing if each.email is not None and each.email in entry.hosts]
    if not known and ours is not None and not any(each.email for each in sharing):
        known = [ours.professional]
    return replace(entry, professional=known[0]) if len(known) == 1 else entry
