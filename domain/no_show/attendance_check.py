"""What is assumed, an hour after the end, of an appointment about which nobody has said whether the person came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

GRACE: Final = timedelta(hours=1)
"""From the end: who was there has so long to say it before anything is assumed."""

RECOVER_AFTER: Final = timedelta(hours=2)
"""What was assumed wrongly can be set right before the person reads that they were missed."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """`unanswered`: they were asked for a yes and have not written a word since.

    `declined`: they said that they could not come, or not then.
    """

    confirmed: bool
    unanswered: bool
    declined: bool


def assumed_kept(evidence: Evidence) -> bool:
    """Their word counts; who was asked and never wrote was not there; who could not answer, or was not understood, is not
    accused.
    """
    if evidence.declined:
        return False
    return evidence.confirmed or not evidence.unanswered
