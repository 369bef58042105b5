"""E-mail as the inside sees it: a letter, and somebody who takes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """An entry for the reader's own calendar; `method` says what their program shall do with it (RFC 5546)."""

    method: str
    page: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter to one person, plain text; `html` and `calendar` where they add something."""

    to: str = field(repr=False)
    subject: str
    text: str = field(repr=False)
    html: str | None = field(default=None, repr=False)
    calendar: CalendarPart | None = None


class Mailer(Protocol):
    """Hands a letter to the mail server."""

    async def send(self, mail: Mail) -> None:
        """Returns when the server has taken it. Raises Unavailable, or Refused where the address is."""
