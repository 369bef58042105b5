"""What the use cases want counted, put into metrics."""

from __future__ import annotations

from adapters.telemetry import metrics
from adapters.telemetry.log import note


class AnswerMeasures:
    """Implements application.assistant.answer.Measures."""

    def prompt_injection_blocked(self, reason: str) -> None:
        metrics.LLM_PROMPT_INJECTION_BLOCKED.inc()
        note(injection=reason)

    def reply_held_back(self, reason: str) -> None:
        note(held_back=reason)

    def degraded(self, rung: str) -> None:
        metrics.DEGRADED_ANSWERS.labels(rung=rung).inc()
