"""Cal.com's webhooks, all shapes by one reader: enveloped, small and flat. It tells only what happened and when.

Who and what it was about is read from Cal.com itself; names, numbers and addresses of the body go nowhere.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import msgspec

from adapters.calcom.errors import decoded
from application.agenda.receive_calendar_event import CalendarNews, NotNews

OF_BOOKINGS: Final = frozenset({
    "BOOKING_CREATED", "BOOKING_REQUESTED", "BOOKING_RESCHEDULED", "BOOKING_CANCELLED", "BOOKING_REJECTED",
    "BOOKING_NO_SHOW_UPDATED", "BOOKING_PAID", "BOOKING_PAYMENT_INITIATED", "INSTANT_MEETING",
})  # fmt: skip
"""After these there is something to read."""

OF_THE_CLOCK: Final = frozenset({"MEETING_STARTED", "MEETING_ENDED"})
"""They come when a booking's time comes, whoever came or did not: our own clock knows that already."""

OF_OTHERS: Final = frozenset({
    "PING", "FORM_SUBMITTED", "FORM_SUBMITTED_NO_EVENT", "RECORDING_READY", "RECORDING_TRANSCRIPTION_GENERATED",
    "OOO_CREATED", "AFTER_HOSTS_CAL_VIDEO_NO_SHOW", "AFTER_GUESTS_CAL_VIDEO_NO_SHOW", "ROUTING_FORM_FALLBACK_HIT",
    "DELEGATION_CREDENTIAL_ERROR", "WRONG_ASSIGNMENT_REPORT",
})  # fmt: skip


class CalcomInbound:
    """Implements application.agenda.receive_calendar_event.CalendarInbound."""

    def read(self, body: bytes) -> CalendarNews | NotNews:
        told = decoded(body)
        trigger = told.get("triggerEvent") if isinstance(told, dict) else None
        if not isinstance(trigger, str):
            return NotNews("unreadable")
        if trigger in OF_THE_CLOCK:
            return NotNews("clock")
        if trigger in OF_OTHERS:
            return NotNews("not_ours")
        if trigger not in OF_BOOKINGS:
            return NotNews("unknown_trigger")
        return CalendarNews(trigger, _moment(told.get("createdAt")))


def _moment(value: object) -> datetime | None:
    """Without an offset it is UTC, as everywhere over there."""
    try:
        at = msgspec.convert(value, datetime)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (msgspec.ValidationError, OverflowError):
        return None
