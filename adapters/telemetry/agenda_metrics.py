"""What is counted of appointments, of what is said about them unasked, and of what people answer."""

from __future__ import annotations

from prometheus_client import Counter

from adapters.telemetry.metrics import REGISTRY
from domain.agenda.appointment import Happening
from domain.follow_ups.replies import Intent


def _counter(name: str, help_: str, *labels: str) -> Counter:
    return Counter(name, help_, labels, registry=REGISTRY)


_APPOINTMENTS = "Appointments {}, by company"
APPOINTMENTS = {
    Happening.BOOKED: _counter(
        "secretaria_appointments_booked_total", _APPOINTMENTS.format("booked at both ends"), "company_id"
    ),
    Happening.CANCELLED: _counter(
        "secretaria_appointments_cancelled_total", _APPOINTMENTS.format("called off"), "company_id"
    ),
    Happening.FELL_THROUGH: _counter(
        "secretaria_appointments_fell_through_total", _APPOINTMENTS.format("that the calendar dropped"), "company_id"
    ),
    Happening.CONFIRMED: _counter("appointment_confirmed_total", _APPOINTMENTS.format("confirmed"), "company_id"),
    Happening.MOVED: _counter("appointment_rescheduled_total", _APPOINTMENTS.format("moved"), "company_id"),
    Happening.KEPT: _counter("appointment_kept_total", _APPOINTMENTS.format("that people came to"), "company_id"),
    Happening.MISSED: _counter("appointment_no_show_total", _APPOINTMENTS.format("that nobody came to"), "company_id"),
}
APPOINTMENTS_REFUSED = _counter(
    "secretaria_appointments_refused_total",
    "Times that somebody wanted and did not get, or not yet, by company and reason",
    "company_id",
    "reason",
)
REMINDERS_SENT = _counter(
    "appointment_reminders_sent_total", "Reminders said, by company and kind", "company_id", "kind"
)
REMINDERS_LEFT_OUT = _counter(
    "appointment_reminders_left_out_total", "Reminders not said, by company and reason", "company_id", "reason"
)
REMINDERS_ANSWERED = _counter(
    "appointment_answers_total", "Answers to what was asked unasked, by question and meaning", "asked", "meaning"
)
FOLLOW_UPS_SENT = _counter("appointment_followups_sent_total", "Questions afterwards, by company", "company_id")
FOLLOW_UPS_ANSWERED = {
    Intent.POSITIVE: _counter("appointment_followups_positive_total", "Glad answers to them, by company", "company_id"),
    Intent.NEGATIVE: _counter(
        "appointment_followups_negative_total", "Unhappy answers to them, by company", "company_id"
    ),
    Intent.FEEDBACK: _counter(
        "appointment_followups_feedback_total", "Remarks in answer to them, by company", "company_id"
    ),
}
OPTED_OUT = _counter("secretaria_opted_out_total", "Contacts who asked to be left alone, by company", "company_id")
OFFERS = _counter(
    "appointment_waiting_offers_total", "Freed times offered to who waits, by what came of it", "company_id", "outcome"
)
