"""Somebody who would like a time that is not free yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.agenda.slot import Slot
from domain.shared.errors import NotFound
from domain.shared.ids import ContactId, ProfessionalId, ServiceId, WaitingId

NEW_WAIT: Final = WaitingId(0)


class WaitNotFound(NotFound):
    """Nobody waits under this number."""


class Standing(StrEnum):
    WAITING = "waiting"
    OFFERED = "offered"
    SERVED = "served"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Wait:
    """`professional` None: whoever does the service. `within`: from when to when a place would help."""

    contact: ContactId
    service: ServiceId
    within: Slot
    professional: ProfessionalId | None = None
    standing: Standing = Standing.WAITING
    id: WaitingId = NEW_WAIT
