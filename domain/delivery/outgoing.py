"""An outgoing message: a row before it is a message, and honest about what nobody can know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.shared.errors import MoveRefused
from domain.shared.ids import ConversationId, OutgoingId


class State(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"  # an attempt began; until it is settled nobody can say whether it arrived
    SENT = "sent"
    UNKNOWN = "unknown"  # it left, no answer came back, and the other side cannot be asked: a person decides
    FAILED = "failed"


MOVES: Final[dict[State, frozenset[State]]] = {
    State.QUEUED: frozenset({State.SENDING, State.FAILED}),
    State.SENDING: frozenset({State.SENT, State.UNKNOWN, State.QUEUED, State.FAILED}),
    State.UNKNOWN: frozenset({State.SENDING, State.QUEUED}),
    State.FAILED: frozenset({State.SENDING, State.QUEUED}),
    State.SENT: frozenset(),
}

UNFINISHED: Final = frozenset({State.QUEUED, State.SENDING})
"""While one of these stands first in its conversation, the later ones wait: order is kept."""

FOR_A_PERSON: Final = frozenset({State.UNKNOWN, State.FAILED})
"""Nothing more happens to these unless a person asks for it."""


class Origin(StrEnum):
    ASSISTANT = "assistant"
    FIXED = "fixed"
    PERSON = "person"


class Outcome(StrEnum):
    """One line of the delivery log."""

    SENT = "SENT"
    RECONCILED = "RECONCILED"
    FAILED_TEMPORARY = "FAILED_TEMPORARY"
    FAILED_PERMANENT = "FAILED_PERMANENT"
    UNKNOWN = "UNKNOWN"


class OutgoingMoveRefused(MoveRefused):
    """The table of moves has no such move."""


@dataclass(slots=True)
class Outgoing:
    """`unasked`: nobody who wrote waits for it, nor for anything behind it. `until`: when it is worth nothing any more."""

    id: OutgoingId
    conversation: ConversationId
    text: str
    state: State
    attempts: int = 0
    started_at: datetime | None = None
    external_id: str | None = None
    unasked: bool = False
    until: datetime | None = None

    @property
    def in_doubt(self) -> bool:
        """An earlier attempt may have reached the contact: the other side must be asked first."""
        return self.state is State.SENDING

    def too_late(self, now: datetime) -> bool:
        """A reminder of what has begun reminds nobody. What may have arrived is looked up all the same."""
        return self.state is State.QUEUED and self.until is not None and self.until <= now

    def begin(self, at: datetime) -> None:
        """An attempt starts now; from this commit on, a crash leaves it in doubt."""
        if self.state is not State.SENDING:
            self._move(State.SENDING)
        self.attempts += 1
        self.started_at = at

    def sent(self, external_id: str | None = None) -> None:
        self._move(State.SENT)
        self.external_id = external_id

    def not_sent(self) -> None:
        """The attempt surely did not reach anybody; it may be tried again."""
        if not self.in_doubt:
            raise OutgoingMoveRefused(f"{self.state}: no attempt is under way")
        self._move(State.QUEUED)

    def lost_sight(self) -> None:
        """The attempt left, was never answered, and cannot be looked up."""
        self._move(State.UNKNOWN)

    def wanted_again(self) -> None:
        """A person asks for another try: what was given up stands in line once more, at its old place."""
        if self.state in FOR_A_PERSON:
            self._move(State.QUEUED)

    def give_up(self) -> None:
        if self.state is not State.FAILED:
            self._move(State.FAILED)

    def _move(self, to: State) -> None:
        if to not in MOVES[self.state]:
            raise OutgoingMoveRefused(f"{self.state} -> {to}")
        self.state = to
