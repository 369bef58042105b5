"""What there is to count of calendars elsewhere, put into metrics."""

from __future__ import annotations

from adapters.telemetry import metrics
from adapters.telemetry.log import note
from application.agenda.drift import Drift


class CalendarCounters:
    """Implements application.agenda.reconcile_calendar.CalendarMeasures."""

    def drifted(self, drift: Drift, *, mended: bool) -> None:
        metrics.CALENDAR_DRIFT.labels(kind=drift, mended="yes" if mended else "no").inc()
        note(drift=drift, mended=mended)

    def read(self, outcome: str) -> None:
        metrics.CALENDAR_READINGS.labels(outcome=outcome).inc()
