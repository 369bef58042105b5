"""One line of the audit log: who did what, to what, when, from where, and what that changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.audit.masking import changed, covered, masked, tidy
from domain.shared.ids import TenantId

LONGEST_WORD: Final = 200
THING: Final = re.compile(
    r"[a-z][a-z_.-]{0,40}:(?:[0-9]{1,12}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|connections?:[0-9A-Za-z]{16,40}"
)
"""A kind and an id of ours: a row's number, a uuid, a connection. What else a subject holds is covered like any text."""

NOBODY: Final = "nobody"
"""Who is written down where nobody could be recognised."""


class Outcome(StrEnum):
    DONE = "done"
    REFUSED = "refused"
    """The caller may not, or nobody knows the caller."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did, or tried to do, ready to be written down.

    People and things stand here by id ("user:<uuid>", "company:7"), never by name: who is erased later leaves an id that
    leads nowhere. Of `before` and `after` only what differs is kept, with secrets and personal values covered.
    """

    who: str
    action: str
    subject: str = ""
    company: TenantId | None = None
    """Whose log it belongs in; None is the platform's own."""
    outcome: Outcome = Outcome.DONE
    origin: str = ""
    """The address or the machine it came from; empty leaves it to whoever keeps the log."""
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None

    def __post_init__(self) -> None:
        for name in ("who", "action", "origin"):
            object.__setattr__(self, name, tidy(getattr(self, name), LONGEST_WORD))
        subject = tidy(self.subject, LONGEST_WORD)
        object.__setattr__(self, "subject", subject if THING.fullmatch(subject) else covered(subject))
        before, after = self.before, self.after
        if before is not None and after is not None:
            differ = changed(before, after)
            before, after = ({n: v for n, v in side.items() if n in differ} for side in (before, after))
        object.__setattr__(self, "before", None if before is None else masked(before))
        object.__setattr__(self, "after", None if after is None else masked(after))


@dataclass(frozen=True, slots=True)
class Entry:
    """A deed as it was kept: its place in the chain, the database's time, and the digest that ties it to the one before."""

    company: TenantId | None
    number: int
    at: datetime
    who: str
    action: str
    subject: str
    outcome: str
    origin: str
    correlation: str
    before: str | None
    after: str | None
    digest: bytes
