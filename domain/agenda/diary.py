"""One professional's time as it is taken: never two people in one slot, the buffers around them included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.agenda.appointment import SlotTaken
from domain.agenda.slot import Slot
from domain.shared.errors import Invalid
from domain.shared.ids import AppointmentId, ContactId, HoldId, ProfessionalId


@dataclass(frozen=True, slots=True)
class Place:
    """Time taken: by an appointment, or until `until` by a hold for somebody who is making up their mind."""

    busy: Slot
    appointment: AppointmentId | None = None
    hold: HoldId | None = None
    contact: ContactId | None = None
    until: datetime | None = None

    def __post_init__(self) -> None:
        if (self.appointment is None) is (self.until is None):
            raise Invalid("either an appointment takes it or a hold that ends")

    def lapsed(self, now: datetime) -> bool:
        return self.until is not None and self.until <= now


class Diary:
    """The places around the time somebody asks for; whoever asks has locked the professional."""

    def __init__(self, professional: ProfessionalId, places: Iterable[Place] = ()) -> None:
        self.professional = professional
        self._places = list(places)

    def take(self, place: Place, *, now: datetime) -> None:
        """Holds that lapsed are in nobody's way. Raises SlotTaken, and then nothing was taken."""
        if any(each.busy.overlaps(place.busy) and not each.lapsed(now) for each in self._places):
            raise SlotTaken("somebody else has this time")
        self._places = [each for each in self._places if not each.lapsed(now)] + [place]

    def give_back(self, place: Place) -> None:
        """Of what was not taken there is nothing to give back."""
        self._places = [each for each in self._places if each != place]

    def taken(self, now: datetime) -> list[Slot]:
        return sorted(each.busy for each in self._places if not each.lapsed(now))
