"""What follows from what: when something happened to an appointment, and when a job has died. Every consequence on one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from domain.agenda.appointment import Happening

AGENDA: Final[Mapping[Happening, tuple[str, ...]]] = {
    Happening.BOOKED: (),
    Happening.CONFIRMED: (),
    Happening.MOVED: (),
    Happening.CANCELLED: (),
    Happening.FELL_THROUGH: (),
    Happening.KEPT: (),
    Happening.MISSED: (),
}
"""What happened -> the actors that hear of it, in the same transaction, with the appointment's number and version."""

GIVE_UP: Final[Mapping[str, str]] = {
    "intake.read": "intake.give_up",  # what cannot be read is set aside, what came after it is read
    "conversations.take_turn": "conversations.give_up",  # the contact is told, a person is asked to look
    "delivery.send": "delivery.give_up",  # the log says so, the messages behind it pass
}
"""Dead job's actor -> the actor that tidies up after it, with the same arguments."""
