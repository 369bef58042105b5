"""One example of every body and answer, as instances of the structs themselves: an example cannot say what is not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from adapters.http.audit import AuditPage, EntryOut
from adapters.http.dead_letters import DeadLetterOut, DeadLetterPage, RetriedOut
from adapters.http.health import Finding, HealthReport, PoolReport
from adapters.http.reference.examples_access import ACCESS
from adapters.http.reference.examples_agenda import AGENDA
from adapters.http.reference.examples_companies import COMPANIES
from adapters.http.reference.moments import DAY_BEFORE, NOW

NOTHING: Final = object()
"""There is no example; None would be one."""

DEAD_LETTER: Final = DeadLetterOut(
    id=4711,
    tenant=7,
    actor="send_message",
    args={"outgoing": 90210},
    failures=5,
    reason="whaticket answered 404: no such ticket",
    correlation="5f0c8b3e9a7d4c21",
    created_at=DAY_BEFORE,
    died_at=NOW,
)
OPERATIONS: Final[tuple[msgspec.Struct, ...]] = (
    DEAD_LETTER,
    DeadLetterPage([DEAD_LETTER], next_after=4711),
    RetriedOut(4711),
    HealthReport(
        status="ok",
        components={
            "postgres": Finding(ok=True, latency_ms=0.6),
            "redis": Finding(ok=True, latency_ms=0.3),
            "workers": Finding(ok=True, latency_ms=0.4),
        },
        latency_ms=0.43,
        workers=2,
        pools={"shared": PoolReport(workers=2, slots=40, in_flight=3)},
        timestamp="2026-11-20T14:30:00.000Z",
    ),
    AuditPage(
        [
            EntryOut(
                company=7,
                number=128,
                at=NOW,
                who="user:0b6f2a4e-6f0e-4c53-9a3e-6b1f0a8d7c55",
                action="users.role",
                subject="user:5d1c8a70-1f0b-4a57-8a25-0c5f3c0b9e11",
                outcome="done",
                origin="203.0.113.9",
                correlation="5f0c8b3e9a7d4c21",
                before={"role": "viewer"},
                after={"role": "attendant"},
                digest="9f" * 32,
            )
        ],
        next_after=128,
    ),
)

STRUCTS: Final[Mapping[str, msgspec.Struct]] = {
    type(example).__name__: example for example in (*OPERATIONS, *ACCESS, *COMPANIES, *AGENDA)
}

WEBHOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "/webhook/whaticket": {
        "key": {"remoteJid": "5511987654321@s.whatsapp.net", "fromMe": False, "id": "3A5D21F0C7"},
        "messageTimestamp": 1795185000,
        "pushName": "Bia",
        "message": {"conversation": "Oi, vocês atendem hoje?"},
    },
    "/api/agenda/webhook": {
        "triggerEvent": "BOOKING_CREATED",
        "createdAt": "2026-11-20T14:30:00.000Z",
        "payload": {"uid": "kYx8…", "startTime": "2026-11-24T12:00:00Z", "status": "ACCEPTED"},
    },
    "/webhook/billing": {
        "type": "payment.succeeded",
        "timestamp": "2026-11-20T14:30:00Z",
        "data": {"charge": "ch_31", "subscription": "sub_7", "customer": "7", "plan": "profissional"},
    },
}
"""Bodies that are read as bytes, because their proof covers the bytes: no struct describes them."""

FILES: Final[Mapping[str, Any]] = {
    "text/csv": "company,number,at,who,action,subject,outcome,origin,correlation,before,after,digest\r\n",
    "application/jsonl": '{"company": 7, "number": 128, "action": "users.role", "outcome": "done"}\n',
    "text/plain; version=0.0.4": "# TYPE queue_size gauge\nqueue_size 3.0\n",
    "text/calendar": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Secretaria//PT\r\nEND:VCALENDAR\r\n",
    "application/zip": NOTHING,
}
"""Answers that are no JSON."""
