"""A calendar that stays away: after the usual attempts it is asked every few minutes, and no job dies of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from application.shared.ports import Claim
from domain.dead_letters.ladder import next_wait

WHILE_AWAY: Final = timedelta(minutes=5)


def tried_enough(claim: Claim) -> bool:
    """Whether one more failure would make a dead letter of it."""
    return next_wait(claim.failures + 1) is None
