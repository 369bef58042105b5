"""What the use cases want counted, put into metrics."""

from __future__ import annotations

from adapters.telemetry import metrics
from adapters.telemetry.log import note
from domain.agenda.appointment import Happening
from domain.shared.ids import TenantId


class AnswerMeasures:
    """Implements application.assistant.answer.Measures."""

    def prompt_injection_blocked(self, reason: str) -> None:
        metrics.LLM_PROMPT_INJECTION_BLOCKED.inc()
        note(injection=reason)

    def reply_held_back(self, reason: str) -> None:
        note(held_back=reason)

    def degraded(self, rung: str) -> None:
        metrics.DEGRADED_ANSWERS.labels(rung=rung).inc()


class AppointmentMeasures:
    """Implements application.agenda.ports.AgendaMeasures."""

    def happened(self, tenant: TenantId, what: Happening) -> None:
        metrics.APPOINTMENTS[what].labels(company_id=metrics.company(tenant)).inc()
        note(appointment=str(what))

    def refused(self, tenant: TenantId, why: str) -> None:
        metrics.APPOINTMENTS_REFUSED.labels(company_id=metrics.company(tenant), reason=why).inc()
