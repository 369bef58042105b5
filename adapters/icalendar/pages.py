"""Appointments as calendar files: a feed of a professional's. All times in UTC, so no zone travels along.

The uid is made of our own numbers: what a calendar elsewhere calls the same appointment opens it, and is shown to nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from icalendar import Calendar, Event, vDuration

from application.agenda.work import AppointmentView
from domain.agenda.appointment import Status
from domain.shared.ids import TenantId

PRODUCT: Final = "-//Secretaria//Agenda//PT-BR"
STATUSES: Final = {Status.PENDING: "TENTATIVE", Status.CANCELLED: "CANCELLED"}
REFRESH: Final = timedelta(minutes=15)


class CalendarPages:
    """Implements application.agenda.feed.Pages."""

    def feed(self, tenant: TenantId, name: str, views: Sequence[AppointmentView], now: datetime) -> bytes:
        calendar = empty_calendar()
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", vDuration(REFRESH), parameters={"value": "DURATION"})
        for view in views:
            calendar.add_component(event_of(tenant, view, f"{view.service_name}: {view.client.name}", now))
        return bytes(calendar.to_ical())


def empty_calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    return calendar


def event_of(tenant: TenantId, view: AppointmentView, summary: str, now: datetime) -> Event:
    """Under the same uid wherever the same appointment is written."""
    appointment = view.appointment
    event = Event()
    event.add("uid", f"{tenant}-{appointment.id}@secretaria")
    event.add("dtstamp", now)
    event.add("dtstart", appointment.slot.starts)
    event.add("dtend", appointment.slot.ends)
    event.add("sequence", appointment.version)
    event.add("summary", printable(summary))
    event.add("status", STATUSES.get(appointment.status, "CONFIRMED"))
    return event


def printable(text: str) -> str:
    """Names come from the street: a control character would break the line it stands in."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
