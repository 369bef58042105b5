"""An appointment as it is told to who has it: by the company's wall clock, with the names they know."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from application.agenda.work import AppointmentView
from domain.reminders.choice import Candidate


def candidate_of(view: AppointmentView, zone: ZoneInfo) -> Candidate:
    return Candidate(
        view.appointment.id,
        view.appointment.slot.starts.astimezone(zone),
        view.service_name,
        view.professional_name,
    )
