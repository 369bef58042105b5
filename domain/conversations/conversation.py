"""Who holds a conversation: the assistant, nobody yet (a person was asked for), a person, or no one any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.conversations.burst import BurstWindow
from domain.conversations.inbound import TicketMove
from domain.shared.errors import MoveRefused
from domain.shared.ids import ConnectionId, ContactId, ConversationId


class Holder(StrEnum):
    ASSISTANT = "assistant"
    WAITING = "waiting"  # for a person; the assistant is silent meanwhile
    PERSON = "person"
    CLOSED = "closed"


MOVES: Final[dict[Holder, frozenset[Holder]]] = {
    Holder.ASSISTANT: frozenset({Holder.WAITING, Holder.PERSON, Holder.CLOSED}),
    Holder.WAITING: frozenset({Holder.PERSON, Holder.ASSISTANT, Holder.CLOSED}),
    Holder.PERSON: frozenset({Holder.ASSISTANT, Holder.WAITING, Holder.CLOSED}),
    Holder.CLOSED: frozenset({Holder.ASSISTANT, Holder.PERSON}),
}


class Reason(StrEnum):
    """Why a conversation left the assistant."""

    ASKED = "asked"  # "falar com atendente"
    TAKEOVER = "takeover"  # staff wrote, or took the ticket
    LOOP = "loop"  # the other side looks like a machine
    DEGRADED = "degraded"  # the model was away; it takes back by itself when the model is well again
    GAVE_UP = "gave_up"  # answering failed for good
    TICKET_CLOSED = "ticket_closed"
    DAILY_LIMIT = "daily_limit"  # the contact was answered as often as it may be in a day
    QUOTA = "quota"  # the company's plan is used up or unpaid; it takes back by itself when that is mended


STILL_TRYING: Final = frozenset({Reason.DEGRADED, Reason.QUOTA})
"""A person is awaited, and yet the assistant goes on trying: what keeps it from answering may be over any moment."""


class HolderMoveRefused(MoveRefused):
    """The table of moves has no such move."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How a company wants its conversations kept: how long to wait for more words, and for a silent person."""

    burst: BurstWindow
    hand_back_after: timedelta


@dataclass(slots=True)
class Conversation:
    """One contact on one connection. `reply_to` is the address they last wrote from; answers go exactly there."""

    id: ConversationId
    connection: ConnectionId
    contact: ContactId
    reply_to: str
    ticket_id: str | None
    holder: Holder
    reason: Reason | None
    held_since: datetime
    staff_at: datetime | None = None
    burst_opened_at: datetime | None = None
    last_inbound_at: datetime | None = None
    degraded_turns: int = 0

    def hear(
        self,
        *,
        at: datetime,
        habits: Habits,
        reply_to: str,
        ticket_id: str | None = None,
        limited: bool = False,
    ) -> datetime | None:
        """The contact wrote: when the assistant should answer, or None when it stays silent.

        A `limited` message gets no turn, so it must not open a burst that nobody would close.
        """
        self.reply_to = reply_to
        self.ticket_id = ticket_id or self.ticket_id
        self.last_inbound_at = at
        self._take_back_if_left_alone(at, habits.hand_back_after)
        if limited or not self.attended_by_assistant:
            return None
        if self.burst_opened_at is None or at >= self.burst_opened_at + habits.burst.cap:
            self.burst_opened_at = at  # the burst before is being answered: this is the first word of the next
        return habits.burst.closes_at(opened=self.burst_opened_at, latest=at)

    @property
    def attended_by_assistant(self) -> bool:
        return self.holder is Holder.ASSISTANT or self._still_tries

    @property
    def _still_tries(self) -> bool:
        return self.holder is Holder.WAITING and self.reason in STILL_TRYING

    def staff_spoke(self, at: datetime) -> None:
        """Staff answered from the panel or the phone: the conversation is theirs, and stays theirs while they write."""
        if self.holder is not Holder.PERSON:
            self._move(Holder.PERSON, Reason.TAKEOVER, at)
        self.staff_at = at
        self.burst_opened_at = None

    def ticket_moved(self, move: TicketMove, at: datetime) -> None:
        """Whaticket says the ticket changed hands; a repeat of what we know changes nothing."""
        match move:
            case TicketMove.ASSIGNED:
                self.staff_spoke(at)
            case TicketMove.RELEASED if self.holder is Holder.PERSON:
                self._move(Holder.ASSISTANT, None, at)
            case TicketMove.CLOSED if self.holder is not Holder.CLOSED:
                self._move(Holder.CLOSED, Reason.TICKET_CLOSED, at)
            case _:
                pass

    def ask_for_person(self, reason: Reason, at: datetime) -> None:
        """From now on a person is wanted. Who already has a person, or waits for one, loses no place in the line."""
        if self._still_tries and reason is not Reason.DEGRADED:
            self.reason = reason
        elif self.holder is Holder.ASSISTANT:
            self._move(Holder.WAITING, reason, at)

    def turn_taken(self) -> None:
        """What was said is dealt with: the next word opens a new burst."""
        self.burst_opened_at = None

    def answered_well(self, at: datetime) -> None:
        """The model answered: whatever the bad hours left behind is over."""
        self.degraded_turns = 0
        if self._still_tries:
            self._move(Holder.ASSISTANT, None, at)

    def answered_poorly(self, at: datetime) -> None:
        """Only a fixed text could be given: a person is wanted, though the assistant keeps trying."""
        self.degraded_turns += 1
        self.ask_for_person(Reason.DEGRADED, at)

    def try_again(self, at: datetime) -> None:
        """A person wants the answer that was given up on; whoever has taken the conversation since keeps it."""
        if self.holder is Holder.WAITING and self.reason is Reason.GAVE_UP:
            self._move(Holder.ASSISTANT, None, at)

    def give_back(self, at: datetime) -> None:
        """A person is done; the assistant answers again."""
        if self.holder is not Holder.ASSISTANT:
            self._move(Holder.ASSISTANT, None, at)

    def _take_back_if_left_alone(self, at: datetime, patience: timedelta) -> None:
        silent_since = max(self.held_since, self.staff_at or self.held_since)
        left_alone = self.holder in {Holder.PERSON, Holder.WAITING} and at - silent_since >= patience
        if self.holder is Holder.CLOSED or left_alone:
            self._move(Holder.ASSISTANT, None, at)

    def _move(self, to: Holder, reason: Reason | None, at: datetime) -> None:
        if to not in MOVES[self.holder]:
            raise HolderMoveRefused(f"{self.holder} -> {to}")
        self.holder, self.reason, self.held_since = to, reason, at
        if to is Holder.ASSISTANT:
            self.staff_at = None
