"""The sandbox's memory on disk: one JSON line per change, so that a killed process goes on where it was."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from ops.sandbox.whaticket.records import Connection, Contact, Message, Ticket

Kept = Connection | Contact | Ticket | Message
KINDS: Final[dict[str, type[Kept]]] = {
    "connection": Connection,
    "contact": Contact,
    "ticket": Ticket,
    "message": Message,
}
NAMES: Final = {kind: name for name, kind in KINDS.items()}


class Store:
    """Appends what changes; the last line about a thing wins. Without a file it only forgets."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._out = file.open("ab", buffering=0) if file else None

    def keep(self, thing: Kept) -> None:
        if self._out:
            self._out.write(msgspec.json.encode((NAMES[type(thing)], thing)) + b"\n")

    def forget(self, connection: str) -> None:
        if self._out:
            self._out.write(msgspec.json.encode(("forget", connection)) + b"\n")

    def recall(self) -> Iterator[Kept | str]:
        """Everything written so far, oldest first; a plain text is the name of a forgotten connection.

        A torn last line is passed over, and closed with a line end.
        """
        if not self._file or not self._out:
            return
        written = self._file.read_bytes()
        if written and not written.endswith(b"\n"):
            self._out.write(b"\n")
        for line in written.splitlines():
            with contextlib.suppress(msgspec.DecodeError):
                name, raw = msgspec.json.decode(line, type=tuple[str, msgspec.Raw])
                yield _decoded(name, raw)

    def close(self) -> None:
        if self._out:
            self._out.close()


def _decoded(name: str, raw: msgspec.Raw) -> Kept | str:
    if name in KINDS:
        return msgspec.json.decode(raw, type=KINDS[name])
    return msgspec.json.decode(raw, type=str)
