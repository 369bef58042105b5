"""What happens when a job has died: every consequence on one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

GIVE_UP: Final[Mapping[str, str]] = {
    "intake.read": "intake.give_up",  # what cannot be read is set aside, what came after it is read
    "conversations.take_turn": "conversations.give_up",  # the contact is told, a person is asked to look
    "delivery.send": "delivery.give_up",  # the log says so, the messages behind it pass
}
"""Dead job's actor -> the actor that tidies up after it, with the same arguments."""
