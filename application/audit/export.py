"""The log as a file, oldest first, written while it is read: CSV for people, JSON Lines for programs."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from application.audit.ports import AuditBook, Wanted
from application.shared.cells import csv_row
from domain.audit.entry import Entry
from domain.shared.ids import TenantId

PAGE: Final = 1_000
COLUMNS: Final = (
    "company", "number", "at", "who", "action", "subject", "outcome", "origin", "correlation", "before", "after", "digest",
)  # fmt: skip


class Format(StrEnum):
    CSV = "csv"
    JSON_LINES = "jsonl"


@dataclass(frozen=True, slots=True)
class ExportAudit:
    """Each line holds the digest, so a file proves by itself what follows what."""

    book: AuditBook

    async def __call__(self, company: TenantId | None, wanted: Wanted, shape: Format) -> AsyncIterator[str]:
        """Pages of lines. Entries made meanwhile come along."""
        if shape is Format.CSV:
            yield csv_row(COLUMNS)
        reached = 0
        while entries := await self.book.onwards(company, wanted, above=reached, limit=PAGE):
            yield "".join(_line(entry, shape) for entry in entries)
            reached = entries[-1].number


def fields_of(entry: Entry) -> dict[str, object]:
    """An entry as plain values; `before` and `after` as what they are."""
    return {
        "company": entry.company,
        "number": entry.number,
        "at": entry.at.isoformat(),
        "who": entry.who,
        "action": entry.action,
        "subject": entry.subject,
        "outcome": entry.outcome,
        "origin": entry.origin,
        "correlation": entry.correlation,
        "before": None if entry.before is None else json.loads(entry.before),
        "after": None if entry.after is None else json.loads(entry.after),
        "digest": entry.digest.hex(),
    }


def _line(entry: Entry, shape: Format) -> str:
    fields = fields_of(entry)
    if shape is Format.JSON_LINES:
        return json.dumps(fields, ensure_ascii=False) + "\n"
    as_kept = fields | {"before": entry.before, "after": entry.after}
    return csv_row(as_kept[name] for name in COLUMNS)
