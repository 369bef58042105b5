"""One appointment as an invitation (iMIP): mail programs offer to keep it, and take it out again when it is called off."""

from __future__ import annotations

from dataclasses import dataclass

from icalendar import Event, vCalAddress, vText

from adapters.icalendar.pages import empty_calendar, event_of, printable
from application.reminders.letters.ports import Invitation, Method, Role


@dataclass(frozen=True, slots=True)
class CalendarInvitations:
    """Implements application.reminders.letters.ports.Invitations. `organizer` is the address letters come from: answers go there.

    The client's says what for and with whom, and nobody's name but the professional's.
    """

    organizer: str

    def __call__(self, invitation: Invitation) -> bytes:
        view = invitation.view
        whom = view.professional_name if invitation.reader.role is Role.CLIENT else view.client.name
        calendar = empty_calendar()
        calendar.add("method", str(invitation.method))
        event = event_of(invitation.tenant, view, f"{view.service_name} com {whom}", invitation.now)
        if invitation.method is Method.CANCEL:  # also for a reader who has it no more while it stands
            event["status"] = vText("CANCELLED")
        self._address(event, invitation)
        calendar.add_component(event)
        return bytes(calendar.to_ical())

    def _address(self, event: Event, invitation: Invitation) -> None:
        organizer = vCalAddress(f"mailto:{self.organizer}")
        organizer.params["cn"] = vText(printable(invitation.company))
        attendee = vCalAddress(f"mailto:{invitation.reader.address}")
        attendee.params["partstat"] = vText("ACCEPTED")
        attendee.params["rsvp"] = vText("FALSE")
        event.add("organizer", organizer)
        event.add("attendee", attendee)
