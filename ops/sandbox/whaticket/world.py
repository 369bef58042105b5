"""The whole sandboxed Whaticket: its lines, its journals, and the one place where a message becomes a fact."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from ops.sandbox.control import MistakeError, UnknownError
from ops.sandbox.journal import Bell, Journal, Numbers
from ops.sandbox.whaticket.lines import Line, completed
from ops.sandbox.whaticket.records import (
    ApiCall,
    Connection,
    Contact,
    Direction,
    Message,
    Ticket,
    WebhookCall,
)
from ops.sandbox.whaticket.store import Store

KEPT_CALLS = 20_000


class World:
    """All state of the process."""

    def __init__(self, *, state: Path | None = None, latency_ms: float = 0.0, seed: int = 7) -> None:
        self.bell, self.numbers = Bell(), Numbers()
        self.latency_ms = latency_ms
        self.messages: Journal[Message] = Journal(self.bell)
        self.webhooks: Journal[WebhookCall] = Journal(self.bell, keep=KEPT_CALLS)
        self.calls: Journal[ApiCall] = Journal(self.bell, keep=KEPT_CALLS)
        self.lines: dict[str, Line] = {}
        self.started = time.monotonic()
        self.tasks: set[asyncio.Task[Any]] = set()
        self.store = Store(state)
        self._chance = Random(seed)
        self._ids = count(1)
        self._recall()

    def _recall(self) -> None:
        last_seq = last_id = 0
        for thing in self.store.recall():
            if isinstance(thing, Connection):
                self._open(thing)
            elif isinstance(thing, Message):
                self._shelve(thing)
                last_seq = max(last_seq, thing.seq)
            elif isinstance(thing, Contact | Ticket):
                if thing.connection in self.lines:
                    self.lines[thing.connection].remember(thing)
                last_id = max(last_id, thing.id)
            else:
                self._forget(thing)
        self.numbers.go_on_from(last_seq)
        self._ids = count(last_id + 1)

    def _open(self, setup: Connection) -> Line:
        if setup.id in self.lines:
            self.lines[setup.id].setup = setup
        else:
            self.lines[setup.id] = Line(setup, self.store, self._chance, lambda: next(self._ids))
        return self.lines[setup.id]

    def open(self, setup: Connection) -> Line:
        number = len(self.lines) + 1
        if setup.id in self.lines:
            raise MistakeError(f"connection {setup.id} exists already")
        if any(line.setup.token == setup.token != "" for line in self.lines.values()):
            raise MistakeError("another connection has this token")
        return self.set_up(completed(setup, number))

    def set_up(self, setup: Connection) -> Line:
        self.store.keep(setup)
        return self._open(setup)

    def close(self, connection: str) -> None:
        self.line(connection)
        self._forget(connection)
        self.store.forget(connection)

    def _forget(self, connection: str) -> None:
        if connection:
            self.lines.pop(connection, None)
        else:
            self.messages.clear()
            for line in self.lines.values():
                line.forget()

    def reset(self) -> None:
        """Forget all but the connections. Numbers go on growing."""
        self._forget("")
        self.webhooks.clear()
        self.calls.clear()
        self.store.forget("")

    def line(self, connection: str) -> Line:
        if connection not in self.lines:
            raise UnknownError(f"connection {connection}")
        return self.lines[connection]

    def _shelve(self, message: Message) -> None:
        self.messages.add(message, message.connection, (message.connection, message.contact))

    def record(self, line: Line, contact: Contact, message: Message, *, ticket: Ticket | None = None) -> Message:
        """Write a message down, number it, and let everyone who waits know."""
        message.seq, message.at = self.numbers(), time.time()
        message.connection, message.contact = line.setup.id, contact.phone
        message.address = message.address or contact.address
        message.id = message.id or new_id(message.direction)
        message.timestamp = message.timestamp or int(message.at)
        message.ticket_id = ticket.id if ticket else None
        self.store.keep(message)
        self._shelve(message)
        if ticket:
            unread = ticket.unread + 1 if message.direction == "in" else 0
            line.change(ticket, last_message=message.text, unread=unread)
        return message

    def later(self, seconds: float, do: Callable[[], object]) -> None:
        asyncio.get_running_loop().call_later(seconds, do)


def new_id(direction: Direction) -> str:
    """Ids of phones begin with 3A, those made by Baileys with 3EB0."""
    return ("3A" if direction == "in" else "3EB0") + secrets.token_hex(9).upper()
