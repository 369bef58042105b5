"""Entries of the audit log, as the database would have kept them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from domain.audit.chain import GENESIS, digest_of
from domain.audit.entry import Entry

MOMENT = datetime(2026, 11, 21, 14, 0, 0, 1, tzinfo=UTC)


def an_entry(**changes: Any) -> Entry:
    """The platform's first, with a digest of nothing."""
    plain = Entry(None, 1, MOMENT, "user:1", "a", "", "done", "", "", None, None, GENESIS)
    return replace(plain, **changes)


def a_chain(length: int) -> list[Entry]:
    entries, previous = [], GENESIS
    for number in range(1, length + 1):
        entry = an_entry(number=number, subject=f"job:{number}")
        previous = digest_of(entry, previous=previous)
        entries.append(replace(entry, digest=previous))
    return entries
