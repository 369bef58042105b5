"""What clients still believe of appointments that others have changed, until they are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.shared.ids import AppointmentId, ProfessionalId


@dataclass(frozen=True, slots=True)
class Known:
    """What a client knows of an appointment: with whom, and when."""

    professional: ProfessionalId
    starts: datetime


class Untold(Protocol):
    """The changes that clients have yet to be told of; whoever asks has locked the appointment."""

    async def put(self, appointment: AppointmentId, known: Known) -> None:
        """What they know stays what was put first."""

    async def of(self, appointment: AppointmentId) -> Known | None: ...

    async def forget(self, appointment: AppointmentId) -> None:
        """They know how it stands."""
