"""An appointment against a page of plain facts: what may be done when, and that every change is a new version."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.agenda.appointment import (
    MOVES,
    STANDING,
    Appointment,
    AppointmentMoveRefused,
    CalendarRef,
    Happening,
    NotYet,
    Owed,
    Status,
    TooLateToChange,
    Unsettled,
)
from domain.agenda.slot import Slot
from domain.shared.errors import Refused
from domain.shared.ids import AppointmentId, ContactId, ProfessionalId, ServiceId

NINE = datetime(2026, 11, 23, 12, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
NOTICE = timedelta(hours=2)
REFUSALS = (AppointmentMoveRefused, NotYet, TooLateToChange, Unsettled)


def an_appointment() -> Appointment:
    slot = Slot.lasting(NINE, HALF_HOUR)
    return Appointment(AppointmentId(1), ContactId(1), ProfessionalId(1), ServiceId(1), slot)


class AppointmentMachine(RuleBasedStateMachine):
    """The model: a word for the state, a start in hours from nine, a target while it is being moved, a debt."""

    def __init__(self) -> None:
        super().__init__()
        self.it = an_appointment()
        self.state, self.start, self.target, self.owes = "pending", 0.0, None, True
        self.hour = -48.0
        self.version = 1
        self.news: list[str] = []
        self.whose, self.next_one = 1, 1

    @property
    def now(self) -> datetime:
        return NINE + timedelta(hours=self.hour)

    def expect(self, allowed: bool, verb, *args, **named) -> bool:
        before = (self.it.version, self.it.status, self.it.slot, self.it.owed, self.it.wished)
        if allowed:
            verb(*args, **named)
        else:
            with pytest.raises(REFUSALS):
                verb(*args, **named)
            assert (self.it.version, self.it.status, self.it.slot, self.it.owed, self.it.wished) == before
        return allowed

    @rule(hours=st.floats(0.1, 30))
    def time_passes(self, hours: float):
        self.hour += hours

    @rule()
    def the_calendar_says_yes(self):
        if self.expect(self.state == "pending", self.it.booked, CalendarRef("a")):
            self.state, self.owes = "booked", False
            self.version += 1
            self.news.append("booked")

    @rule()
    def the_client_confirms(self):
        alive = self.state in ("booked", "rescheduled", "confirmed") and not self.owes
        if self.expect(alive and self.hour < self.start + 0.5, self.it.confirm, now=self.now):
            if self.state != "confirmed":
                self.version += 1
                self.news.append("confirmed")
            self.state = "confirmed"

    @rule(hours=st.integers(1, 100), to=st.none() | st.integers(1, 3))
    def another_time_is_wanted(self, hours: int, to: int | None):
        target = Slot.lasting(NINE + timedelta(hours=hours), HALF_HOUR)
        alive = self.state in ("booked", "rescheduled", "confirmed") and not self.owes
        in_time = self.start - self.hour >= 2
        whom = None if to is None else ProfessionalId(to)
        if self.expect(alive and in_time, self.it.begin_move, target, now=self.now, notice=NOTICE, to=whom):
            self.target, self.owes, self.next_one = float(hours), True, to or self.whose
            self.version += 1

    @rule()
    def the_calendar_has_moved_it(self):
        if self.expect(self.target is not None, self.it.moved, CalendarRef("b")):
            self.state, self.start, self.target, self.owes = "rescheduled", self.target, None, False
            self.whose = self.next_one
            self.version += 1
            self.news.append("moved")

    @rule()
    def the_calendar_does_not_move_it(self):
        if self.expect(self.target is not None, self.it.not_moved):
            self.target, self.owes = None, False
            self.version += 1

    @rule()
    def it_is_called_off(self):
        alive = self.state in ("booked", "rescheduled", "confirmed") and not self.owes
        if self.expect(alive and self.start - self.hour >= 2, self.it.cancel, now=self.now, notice=NOTICE):
            self.state, self.owes = "cancelled", True
            self.version += 1
            self.news.append("cancelled")

    @precondition(lambda self: self.target is None and self.state != "pending")
    @rule()
    def the_calendar_heard(self):
        self.it.told()
        self.owes = False

    @rule(came=st.booleans())
    def somebody_says_who_came(self, came: bool):
        said = "kept" if came else "missed"
        settled = not self.owes or self.state in ("kept", "missed")
        alive = self.state in ("booked", "rescheduled", "confirmed", "kept", "missed") and settled
        if self.expect(alive and self.hour >= self.start, self.it.kept if came else self.it.missed, now=self.now):
            if self.state != said:
                self.version += 1
                self.news.append(said)
                self.owes = not came or self.state == "missed"
            self.state = said

    @invariant()
    def both_tell_the_same(self):
        starts = self.it.slot.starts
        assert (str(self.it.status), starts) == (self.state, NINE + timedelta(hours=self.start))
        assert (self.it.version, self.it.owed is not None) == (self.version, self.owes)
        assert self.it.professional == self.whose
        whom, slot = self.it.wished
        wanted = (self.whose, self.start) if self.target is None else (self.next_one, self.target)
        assert (whom, slot.starts) == (wanted[0], NINE + timedelta(hours=wanted[1]))
        assert self.it.stands == (self.state in ("booked", "confirmed", "rescheduled"))

    def teardown(self):
        assert [str(each) for each in self.it.take_news()] == self.news
        assert self.it.take_news() == []


TestAppointment = AppointmentMachine.TestCase


def test_every_state_has_its_moves_and_none_leads_to_where_it_came_from_by_itself():
    assert set(MOVES) == set(Status)
    assert all(target in Status for moves in MOVES.values() for target in moves)
    assert MOVES[Status.CANCELLED] == frozenset()
    assert all(MOVES[status] >= {Status.CANCELLED, Status.KEPT, Status.MISSED} for status in STANDING)


@pytest.mark.parametrize("status", [Status.PENDING, Status.BOOKED, Status.CONFIRMED, Status.RESCHEDULED])
def test_whatever_falls_through_at_the_calendar_stands_no_more(status: Status):
    appointment = an_appointment()
    appointment.status = status

    appointment.fell_through("the calendar dropped it")

    assert (appointment.status, appointment.owed) == (Status.CANCELLED, None)
    assert appointment.take_news() == [Happening.FELL_THROUGH]


def test_a_debt_that_the_calendar_answers_with_a_name_is_not_settled_without_one():
    appointment = an_appointment()

    with pytest.raises(Refused):
        appointment.told()

    assert appointment.owed is Owed.BOOK


def test_the_notice_is_kept_to_the_minute():
    in_time, late = an_appointment(), an_appointment()
    for each in (in_time, late):
        each.booked(CalendarRef("a"))

    in_time.cancel(now=NINE - NOTICE, notice=NOTICE)
    with pytest.raises(TooLateToChange):
        late.cancel(now=NINE - NOTICE + timedelta(microseconds=1), notice=NOTICE)


def test_who_came_can_be_said_from_the_first_minute_on():
    appointment = an_appointment()
    appointment.booked(CalendarRef("a"))
    with pytest.raises(NotYet):
        appointment.kept(now=NINE - timedelta(microseconds=1))

    appointment.kept(now=NINE)

    assert appointment.status is Status.KEPT


def test_what_has_begun_is_not_called_off_any_more():
    appointment = an_appointment()
    appointment.booked(CalendarRef("a"))

    with pytest.raises(TooLateToChange):
        appointment.cancel(now=NINE, notice=timedelta(0))
