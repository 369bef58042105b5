"""A professional's diary against a set of minutes: whatever is held, booked, moved, given back or left to lapse."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from domain.agenda.appointment import SlotTaken
from domain.agenda.diary import Diary, Place
from domain.agenda.slot import Slot
from domain.shared.errors import Invalid
from domain.shared.ids import AppointmentId, ContactId, HoldId, ProfessionalId

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
STARTS, LENGTHS = st.integers(0, 150), st.integers(1, 60)


def slot(start: int, length: int) -> Slot:
    return Slot(MONDAY + timedelta(minutes=start), MONDAY + timedelta(minutes=start + length))


class DiaryMachine(RuleBasedStateMachine):
    """The model knows no slots: only which minute is whose, and until when."""

    booked = Bundle("booked")

    def __init__(self) -> None:
        super().__init__()
        self.diary = Diary(ProfessionalId(1))
        self.now = 0
        self.minutes: dict[int, float] = {}
        self.made = 0

    def is_free(self, start: int, length: int) -> bool:
        return all(self.minutes.get(minute, 0) <= self.now for minute in range(start, start + length))

    def take(self, place: Place, start: int, length: int, until: float) -> bool:
        now = MONDAY + timedelta(seconds=self.now)
        if not self.is_free(start, length):
            with pytest.raises(SlotTaken):
                self.diary.take(place, now=now)
            return False
        self.diary.take(place, now=now)
        self.minutes.update(dict.fromkeys(range(start, start + length), until))
        return True

    @rule(target=booked, start=STARTS, length=LENGTHS)
    def book(self, start: int, length: int):
        self.made += 1
        place = Place(slot(start, length), appointment=AppointmentId(self.made))
        return (place, start, length) if self.take(place, start, length, float("inf")) else multiple()

    @rule(start=STARTS, length=LENGTHS, seconds=st.integers(1, 300))
    def hold(self, start: int, length: int, seconds: int):
        self.made += 1
        ends = MONDAY + timedelta(seconds=self.now + seconds)
        place = Place(slot(start, length), hold=HoldId(self.made), contact=ContactId(1), until=ends)
        self.take(place, start, length, self.now + seconds)

    @rule(one=consumes(booked))
    def give_back(self, one):
        place, start, length = one
        self.diary.give_back(place)
        for minute in range(start, start + length):
            del self.minutes[minute]

    @rule(seconds=st.integers(1, 200))
    def time_passes(self, seconds: int):
        self.now += seconds

    @invariant()
    def the_same_minutes_are_taken(self):
        taken = self.diary.taken(MONDAY + timedelta(seconds=self.now))
        theirs = [
            minute
            for each in taken
            for minute in range(
                int((each.starts - MONDAY).total_seconds()) // 60, int((each.ends - MONDAY).total_seconds()) // 60
            )
        ]
        assert sorted(theirs) == sorted(minute for minute, until in self.minutes.items() if until > self.now)


TestDiary = DiaryMachine.TestCase


@pytest.mark.parametrize("until", [None, MONDAY])
def test_a_place_is_either_an_appointments_or_a_hold(until: datetime | None):
    appointment = None if until is None else AppointmentId(1)

    with pytest.raises(Invalid):
        Place(slot(0, 30), appointment=appointment, until=until)
