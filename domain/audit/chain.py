"""How entries hold each other: each digest covers its entry and the digest before, so nothing can be changed alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from typing import Final

from domain.audit.entry import Entry

GENESIS: Final = bytes(32)


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends: kept beside it, and worth keeping elsewhere too."""

    number: int
    digest: bytes

    def __str__(self) -> str:
        return f"{self.number}:{self.digest.hex()}"


START: Final = Head(0, GENESIS)


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where a chain does not hold."""

    number: int
    reason: str


def digest_of(entry: Entry, *, previous: bytes) -> bytes:
    """What the database must have computed for this entry after that one."""
    parts = (
        str(entry.company or 0),
        str(entry.number),
        entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        entry.who,
        entry.action,
        entry.subject,
        entry.outcome,
        entry.origin,
        entry.correlation,
        entry.before,
        entry.after,
    )
    return sha256(previous + b",".join(map(_framed, parts))).digest()


@dataclass(slots=True)
class Inspection:
    """Walks a chain from its first entry. A chain that is broken once is not followed further."""

    reached: Head = START

    def follow(self, entry: Entry) -> Broken | None:
        expected = self.reached.number + 1
        if entry.number != expected:
            return Broken(expected, "is missing")
        if entry.digest != digest_of(entry, previous=self.reached.digest):
            return Broken(expected, "was changed")
        self.reached = Head(entry.number, entry.digest)
        return None

    def end(self, head: Head | None) -> Broken | None:
        """Compares where we came to with where the chain is known to end."""
        known = head or START
        if known.number > self.reached.number:
            return Broken(self.reached.number + 1, "is missing, and all after it")
        if known.number < self.reached.number:
            return Broken(known.number + 1, "is not known to the chain's head")
        if known.digest != self.reached.digest:
            return Broken(known.number, "is not what the chain's head says")
        return None


def _framed(part: str | None) -> bytes:
    if part is None:
        return b"-"
    encoded = part.encode()
    return b"%d:%s" % (len(encoded), encoded)
