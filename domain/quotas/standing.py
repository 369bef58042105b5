"""Whether the assistant may answer for a company now, in one word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo


class Gate(StrEnum):
    OPEN = "open"
    USED_UP = "used_up"  # the cycle's allowance is gone and the plan sells no more
    UNPAID = "unpaid"  # no subscription that serves: past grace, cancelled, ended
    SUSPENDED = "suspended"  # the company itself rests


@dataclass(frozen=True, slots=True)
class Standing:
    """`zone` says which day it is there. `watch`: a threshold that nobody was told of is reached or near.

    Without a plan the gate is open: the installation of one clinic, the demonstration.
    """

    zone: ZoneInfo
    gate: Gate = Gate.OPEN
    watch: bool = False

    @property
    def open(self) -> bool:
        return self.gate is Gate.OPEN
