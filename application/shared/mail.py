"""E-mail as the inside sees it: a letter, and somebody who takes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter to one person, plain text; `html` where it adds something."""

    to: str = field(repr=False)
    subject: str
    text: str = field(repr=False)
    html: str | None = field(default=None, repr=False)


class Mailer(Protocol):
    """Hands a letter to the mail server."""

    async def send(self, mail: Mail) -> None:
        """Returns when the server has taken it. Raises Unavailable, or Refused where the address is."""
