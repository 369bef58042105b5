"""What a person of the team does with a conversation, written down beside the talk: the contact never sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.shared.errors import Invalid

LONGEST: Final = 4_000
"""Characters of one note or answer; WhatsApp itself would cut a longer message in two."""


class EntryKind(StrEnum):
    TAKEN = "taken"
    RETURNED = "returned"
    NOTE = "note"
    SUMMARY = "summary"


class NothingTyped(Invalid):
    """There is nothing in it that could be read."""


class TooLong(Invalid):
    """More than anybody would read at once; `most` says how much is taken."""

    most = LONGEST


@dataclass(frozen=True, slots=True)
class Attendant:
    """Who of the team is at it; the name as it was on that day."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """`upto` is the newest message that a summary knows; 0 for everything else."""

    kind: EntryKind
    by: Attendant
    at: datetime
    text: str = ""
    upto: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody typed, ready to be kept: without the marks no database and no telephone takes, never empty."""

    text: str

    @classmethod
    def typed(cls, text: str, *, field: str, most: int = LONGEST) -> Said:
        """Raises NothingTyped, TooLong."""
        clean = "".join(mark for mark in text.replace("\r\n", "\n") if mark in "\n\t" or _can_be_shown(mark)).strip()
        if not clean:
            raise NothingTyped("there is nothing to send", field=field)
        if len(clean) > most:
            raise TooLong(f"at most {most} characters", field=field)
        return cls(clean)


def _can_be_shown(mark: str) -> bool:
    return mark >= " " and not "\x7f" <= mark <= "\x9f" and not "\ud800" <= mark <= "\udfff"
