"""An appointment as it is told to who has it: by the company's wall clock, with the names they know."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from application.agenda.work import AgendaWork, AppointmentView
from domain.agenda.offers import Offer
from domain.agenda.waiting import Wait
from domain.reminders.choice import Candidate
from domain.shared.ids import AppointmentId


def candidate_of(view: AppointmentView, zone: ZoneInfo) -> Candidate:
    return Candidate(
        view.appointment.id,
        view.appointment.slot.starts.astimezone(zone),
        view.service_name,
        view.professional_name,
    )


async def local_candidate(work: AgendaWork, wait: Wait, offer: Offer, zone: ZoneInfo) -> Candidate:
    """A time that is offered, told as an appointment would be."""
    service, professional = await work.agenda.service(wait.service), await work.agenda.professional(offer.professional)
    return Candidate(AppointmentId(0), offer.slot.starts.astimezone(zone), service.name, professional.name)
