"""What a load generator is told and what it tells: an order, the requests that follow from it, and an outcome."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

from ops.load.webhooks import Target, phone, request, text_message

CONTACTS_PER_TARGET = 10_000


@dataclass(frozen=True, slots=True)
class Order:
    """What to send. Messages go round robin over targets and contacts; each has a token `#<run>-<number>`.

    All targets are paths of one server: any connection may carry any request.

    `journal` names a file that gets a line per answer: token, target, due and answered (monotonic seconds),
    status.
    """

    targets: tuple[Target, ...]
    seconds: float
    run: str
    connections: int = 32
    rate: float | None = None
    contacts: int = 500
    first_contact: int = 0
    warmup: float = 0.5
    limit: int | None = None
    journal: str | None = None

    @classmethod
    def parse(cls, text: str) -> Order:
        wire = json.loads(text)
        return cls(**{**wire, "targets": tuple(Target(**target) for target in wire["targets"])})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an order, warm-up left out. Milliseconds; `statuses` counts answers by HTTP status."""

    accepted_per_second: float
    p50: float
    p95: float
    p99: float
    max: float
    errors: int
    statuses: dict[str, int]


@dataclass(slots=True)
class Shot:
    """One request on its way."""

    token: str
    target: int
    bytes: bytes
    due: float = 0.0


def shots(order: Order) -> Iterator[Shot]:
    for number in itertools.count():
        which = number % len(order.targets)
        contact = (number // len(order.targets)) % order.contacts
        token = f"#{order.run}-{number}"
        now = time.time()
        body = text_message(
            phone=phone(order.first_contact + which * CONTACTS_PER_TARGET + contact),
            message_id=f"{order.run.upper()}{number:012X}",
            text=f"Bom dia, quero marcar um horário {token}",
            at=now,
        )
        yield Shot(token, which, request(order.targets[which], body, now))
