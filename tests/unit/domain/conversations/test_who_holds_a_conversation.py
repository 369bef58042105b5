"""Who holds a conversation, told by a machine whose memory is three plain facts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.conversations.burst import BurstWindow
from domain.conversations.conversation import MOVES, Conversation, Habits, Holder, Reason
from domain.conversations.inbound import TicketMove
from domain.shared.ids import ConnectionId, ContactId, ConversationId

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PATIENCE = timedelta(minutes=120)
HABITS = Habits(burst=BurstWindow(window=timedelta(seconds=4), cap=timedelta(seconds=20)), hand_back_after=PATIENCE)


def a_conversation(holder: Holder = Holder.ASSISTANT, reason: Reason | None = None) -> Conversation:
    return Conversation(
        id=ConversationId(1),
        connection=ConnectionId("c"),
        contact=ContactId(1),
        reply_to="5511999990000@s.whatsapp.net",
        ticket_id=None,
        holder=holder,
        reason=reason,
        held_since=START,
    )


def hear(conversation: Conversation, at: datetime) -> datetime | None:
    return conversation.hear(at=at, habits=HABITS, reply_to=conversation.reply_to)


class WhoAnswers(RuleBasedStateMachine):
    """The oracle knows only: is staff in charge, is a person awaited, was the model away; and since which minute."""

    def __init__(self) -> None:
        super().__init__()
        self.conversation = a_conversation()
        self.minute = 0
        self.staff = self.awaited = self.degraded = False
        self.quiet_since = 0

    @property
    def now(self) -> datetime:
        return START + timedelta(minutes=self.minute)

    def _nobody_but_the_assistant(self) -> None:
        self.staff = self.awaited = self.degraded = False

    @rule(minutes=st.integers(1, 100))
    def time_passes(self, minutes: int) -> None:
        self.minute += minutes

    @rule()
    def staff_writes(self) -> None:
        self.conversation.staff_spoke(self.now)
        self._nobody_but_the_assistant()
        self.staff, self.quiet_since = True, self.minute

    @rule()
    def ticket_is_taken(self) -> None:
        self.conversation.ticket_moved(TicketMove.ASSIGNED, self.now)
        self._nobody_but_the_assistant()
        self.staff, self.quiet_since = True, self.minute

    @rule()
    def ticket_is_released(self) -> None:
        self.conversation.ticket_moved(TicketMove.RELEASED, self.now)
        self.staff = False

    @rule()
    def ticket_is_closed_and_the_contact_writes(self) -> None:
        self.conversation.ticket_moved(TicketMove.CLOSED, self.now)
        self._nobody_but_the_assistant()
        assert hear(self.conversation, self.now) is not None

    @rule()
    def a_person_is_asked_for(self) -> None:
        self.conversation.ask_for_person(Reason.ASKED, self.now)
        if not self.staff and not self.awaited:
            self.quiet_since = self.quiet_since if self.degraded else self.minute
            self.awaited, self.degraded = True, False

    @rule()
    def the_model_is_away(self) -> None:
        self.conversation.answered_poorly(self.now)
        if not (self.staff or self.awaited or self.degraded):
            self.degraded, self.quiet_since = True, self.minute

    @rule()
    def the_model_answers(self) -> None:
        self.conversation.answered_well(self.now)
        self.degraded = False

    @rule()
    def a_person_gives_back(self) -> None:
        self.conversation.give_back(self.now)
        self._nobody_but_the_assistant()

    @rule()
    def the_contact_writes(self) -> None:
        if self.minute - self.quiet_since >= PATIENCE.total_seconds() / 60:
            self._nobody_but_the_assistant()
        due = hear(self.conversation, self.now)
        assert (due is None) == (self.staff or self.awaited)

    @invariant()
    def the_assistant_is_silent_exactly_when_a_person_has_or_is_promised_the_talk(self) -> None:
        assert self.conversation.attended_by_assistant == (not (self.staff or self.awaited))


TestWhoAnswers = WhoAnswers.TestCase


def test_every_holder_has_a_line_in_the_table_and_can_leave_it():
    assert set(MOVES) == set(Holder)
    assert all(MOVES[holder] and holder not in MOVES[holder] for holder in Holder)


def test_a_contact_who_comes_back_after_the_staff_fell_silent_is_answered():
    conversation = a_conversation()
    conversation.staff_spoke(START)

    assert hear(conversation, START + PATIENCE - timedelta(seconds=1)) is None
    assert hear(conversation, START + PATIENCE) is not None


def test_staff_that_goes_on_writing_keeps_the_conversation():
    conversation = a_conversation()
    conversation.staff_spoke(START)
    conversation.staff_spoke(START + timedelta(minutes=100))

    assert hear(conversation, START + timedelta(minutes=150)) is None


def test_asking_twice_for_a_person_does_not_lose_the_place_in_the_line():
    conversation = a_conversation()
    conversation.ask_for_person(Reason.ASKED, START)
    conversation.ask_for_person(Reason.ASKED, START + timedelta(minutes=5))

    assert conversation.held_since == START


def test_a_reply_goes_to_the_address_the_contact_wrote_from_last():
    conversation = a_conversation()
    conversation.hear(at=START, habits=HABITS, reply_to="123@lid", ticket_id="7")

    assert (conversation.reply_to, conversation.ticket_id) == ("123@lid", "7")
