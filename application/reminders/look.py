"""An appointment as it is told to who has it: by the company's wall clock, with the names they know."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from application.agenda.work import AgendaWork, AppointmentView, Listed
from domain.agenda.appointment import STANDING, Appointment, Status
from domain.agenda.offers import Offer
from domain.agenda.slot import Slot
from domain.agenda.waiting import Wait
from domain.reminders.choice import Candidate
from domain.shared.ids import AppointmentId, ContactId

AHEAD: Final = timedelta(days=366)
JUST_BEGUN: Final = timedelta(days=1)
"""What was to be moved away may have begun while its calendar was silent."""


def candidate_of(view: AppointmentView, zone: ZoneInfo) -> Candidate:
    return Candidate(
        view.appointment.id,
        view.appointment.slot.starts.astimezone(zone),
        view.service_name,
        view.professional_name,
    )


async def theirs(
    work: AgendaWork, contact: ContactId, now: datetime, *, since: datetime | None = None
) -> list[Appointment]:
    """What somebody has, or is still being booked for, from now or from `since` on."""
    listed = Listed(Slot(since or now, now + AHEAD), contact=contact, statuses=STANDING | {Status.PENDING})
    return [each.appointment for each in await work.appointments.list(listed)]


async def the_one_they_have(work: AgendaWork, wait: Wait, now: datetime) -> Appointment | None:
    """Of the service they wait for; None also where they have several: who comes often waits for one more."""
    same = [each for each in await theirs(work, wait.contact, now) if each.service == wait.service]
    return same[0] if len(same) == 1 and same[0].stands else None


async def what_they_took(work: AgendaWork, wait: Wait, offer: Offer, now: datetime) -> Appointment | None:
    """Of theirs the one at the offered time: booked by whomever, or still being moved there from another."""
    taken = await theirs(work, wait.contact, now, since=now - JUST_BEGUN)
    return next((each for each in taken if each.wished == (offer.professional, offer.slot)), None)


async def local_candidate(work: AgendaWork, wait: Wait, offer: Offer, zone: ZoneInfo) -> Candidate:
    """A time that is offered, told as an appointment would be."""
    service, professional = await work.agenda.service(wait.service), await work.agenda.professional(offer.professional)
    return Candidate(AppointmentId(0), offer.slot.starts.astimezone(zone), service.name, professional.name)
