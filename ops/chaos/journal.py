"""What clients and nemesis did, written down as it happens: the only memory the checker trusts.

Every line is also appended to a file, so that a run that is itself killed leaves its evidence.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(slots=True)
class Entry:
    """One message of one contact. `number` counts within the contact; times are wall-clock seconds.

    `acknowledged_at` is the moment of a 202 with `queued: true`; None means that nobody promised anything.
    `ordered` when the contact waits for each acknowledgement before writing on. `poison` when answering it
    kills the process.
    """

    token: str
    connection: str
    phone: str
    number: int
    sent_at: float
    ordered: bool = True
    poison: bool = False
    acknowledged_at: float | None = None


@dataclass(frozen=True, slots=True)
class Blow:
    """A fault as it was dealt: its name, what it hit, and when its cause was gone (a kill: at once)."""

    kind: str
    what: str
    at: float
    over_at: float


@dataclass(frozen=True, slots=True)
class Answer:
    """A message of ours on a contact's phone, with the tokens it carries in their order."""

    connection: str
    phone: str
    tokens: tuple[str, ...]
    at: float


class Journal:
    def __init__(self, file: Path) -> None:
        self._file = file.open("a", encoding="utf-8")
        self.entries: dict[str, Entry] = {}
        self.blows: list[Blow] = []

    def wrote(self, entry: Entry) -> None:
        """Before the request leaves: from here on the message may have been kept."""
        self.entries[entry.token] = entry
        self._append("wrote", asdict(entry))

    def acknowledged(self, token: str, at: float) -> None:
        """The first acknowledgement counts; later ones are those of repeats."""
        entry = self.entries[token]
        if entry.acknowledged_at is None:
            entry.acknowledged_at = at
            self._append("acknowledged", {"token": token, "at": at})

    def struck(self, blow: Blow) -> None:
        self.blows.append(blow)
        self._append("struck", asdict(blow))

    def promised(self) -> Sequence[Entry]:
        """What must be answered: acknowledged, and not poison."""
        return [e for e in self.entries.values() if e.acknowledged_at is not None and not e.poison]

    def close(self) -> None:
        self._file.close()

    def _append(self, event: str, line: dict[str, object]) -> None:
        self._file.write(json.dumps({"event": event, **line}) + "\n")
        self._file.flush()
