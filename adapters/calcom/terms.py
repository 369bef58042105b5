"""What a company's Cal.com is to us: where it is, the key, and which event type stands for which service of whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from domain.shared.ids import AppointmentId, ProfessionalId, ServiceId, TenantId

HOSTED: Final = "https://api.cal.com"
BOOKINGS_HOSTED: Final = "2026-02-25"
BOOKINGS_OPEN: Final = "2024-08-13"
SLOTS: Final = "2024-09-04"
EVENT_TYPES: Final = "2024-06-14"
"""The version is part of every path's meaning: with a wrong one Cal.com answers as its oldest API, without a word."""


@dataclass(frozen=True, slots=True)
class EventType:
    """`flexible`: it offers several lengths, and must be told which."""

    id: int
    flexible: bool = False


@dataclass(frozen=True, slots=True)
class CalcomTerms:
    """`name` marks what we book there, so that two installations at one account never mistake each other's bookings."""

    tenant: TenantId
    name: str
    base_url: str
    key: str = field(repr=False)
    event_types: Mapping[tuple[ServiceId, ProfessionalId], EventType] = field(default_factory=dict)

    @property
    def bookings_version(self) -> str:
        """Only Cal.com's own servers know the newest; the open-source ones would fall back to the oldest."""
        return BOOKINGS_HOSTED if self.base_url == HOSTED else BOOKINGS_OPEN

    def mark(self, appointment: AppointmentId) -> str:
        return f"{self.name}.{appointment}"

    def marked(self, mark: str | None) -> AppointmentId | None:
        name, _, number = (mark or "").rpartition(".")
        return AppointmentId(int(number)) if name == self.name and number.isascii() and number.isdecimal() else None

    def professional_of(self, event_type: int | None) -> ProfessionalId | None:
        """None also where several share one event type."""
        found = self.sharing(event_type)
        return next(iter(found)) if len(found) == 1 else None

    def sharing(self, event_type: int | None) -> frozenset[ProfessionalId]:
        """All of whom it is an event type."""
        return frozenset(who for (_, who), kind in self.event_types.items() if kind.id == event_type)


MARK: Final = "secretaria"
"""The one key of a booking's metadata that is ours."""
