"""What the use cases want counted, put into metrics."""

from __future__ import annotations

from adapters.telemetry import agenda_metrics, metrics
from adapters.telemetry.log import note
from domain.agenda.appointment import Happening
from domain.follow_ups.replies import Intent
from domain.reminders.cadence import Kind
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

    def claim_held(self, reason: str, *, rewritten: bool) -> None:
        metrics.CLAIMS_HELD.labels(reason=reason, outcome="rewritten" if rewritten else "replaced").inc()
        note(claim_held=reason)


class AppointmentMeasures:
    """Implements application.agenda.ports.AgendaMeasures."""

    def happened(self, tenant: TenantId, what: Happening) -> None:
        agenda_metrics.APPOINTMENTS[what].labels(company_id=metrics.company(tenant)).inc()
        note(appointment=str(what))

    def refused(self, tenant: TenantId, why: str) -> None:
        agenda_metrics.APPOINTMENTS_REFUSED.labels(company_id=metrics.company(tenant), reason=why).inc()


class UnaskedMeasures:
    """Implements application.reminders.ports.ReminderMeasures."""

    def reminded(self, tenant: TenantId, kind: Kind) -> None:
        agenda_metrics.REMINDERS_SENT.labels(company_id=metrics.company(tenant), kind=str(kind)).inc()

    def left_out(self, tenant: TenantId, why: str) -> None:
        agenda_metrics.REMINDERS_LEFT_OUT.labels(company_id=metrics.company(tenant), reason=why).inc()

    def answered(self, asked: str, meaning: str) -> None:
        agenda_metrics.REMINDERS_ANSWERED.labels(asked=asked, meaning=meaning).inc()
        note(asked=asked, meaning=meaning)

    def opted_out(self, tenant: TenantId) -> None:
        agenda_metrics.OPTED_OUT.labels(company_id=metrics.company(tenant)).inc()

    def offered(self, tenant: TenantId, outcome: str) -> None:
        agenda_metrics.OFFERS.labels(company_id=metrics.company(tenant), outcome=outcome).inc()


class FollowUpMeasures:
    """Implements application.follow_ups.ports.FollowUpMeasures."""

    def sent(self, tenant: TenantId) -> None:
        agenda_metrics.FOLLOW_UPS_SENT.labels(company_id=metrics.company(tenant)).inc()

    def answered(self, tenant: TenantId, intent: Intent) -> None:
        agenda_metrics.FOLLOW_UPS_ANSWERED[intent].labels(company_id=metrics.company(tenant)).inc()
        note(asked="follow_up", meaning=str(intent))
