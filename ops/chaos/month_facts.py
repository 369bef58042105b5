"""What the month left behind, read past all rules and roles: rows as they stand, the log of moves, texts as they arrived."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import asyncpg

from ops.chaos.month_ground import Ground
from ops.chaos.month_town import Clinic
from ops.sandbox.calcom.records import Booking
from ops.sandbox.whaticket.records import Message

STANDING: Final = frozenset({"booked", "confirmed", "rescheduled"})

QUERIES: Final[Mapping[str, str]] = {
    "appointments": "select a.*, c.phone, s.name as service, s.minutes, s.before_minutes, s.after_minutes,"
    " p.name as professional from appointments a join contacts c on c.id = a.contact_id"
    " join services s on s.id = a.service_id join professionals p on p.id = a.professional_id order by a.id",
    "outgoing": "select o.*, c.phone from outgoing o join conversations v on v.id = o.conversation_id"
    " join contacts c on c.id = v.contact_id order by o.id",
    "reminders": "select * from reminders order by id",
    "entries": "select *, lower(slot) as starts, upper(slot) as ends from calendar_entries",
    "offers": "select o.*, n.asked_at, n.closed_at from offers o"
    " left join notices n on n.kind = 'offer' and n.subject_id = o.id order by o.id",
    "follow_ups": "select * from follow_ups order by id",
    "waiting": "select m.text, m.received_at, c.phone from messages m join conversations v on v.id = m.conversation_id"
    " join contacts c on c.id = v.contact_id where m.state = 'waiting'",
    "messages": "select m.text, m.reason, m.received_at, c.phone from messages m join conversations v on v.id = m.conversation_id"
    " join contacts c on c.id = v.contact_id where m.author = 'contact'",
    "held": "select * from held_claims",
}
LOG: Final = (
    "select number, at, action, subject, after from public.audit_log"
    " where chain = $1 and action like 'appointment.%' and outcome = 'done' order by number"
)
DEAD: Final = "select actor, args::text, last_error from public.jobs where tenant_id = $1 and state = 'dead'"


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the log: from `at` on (by the real clock) the appointment was so."""

    at: datetime
    action: str
    status: str
    starts: datetime
    professional: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one clinic. `log` by the appointment's number; `arrived` are all texts on its customers' telephones."""

    clinic: Clinic
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    log: Mapping[int, Sequence[Change]]
    dead: Sequence[Mapping[str, Any]]
    arrived: Sequence[Message]
    bookings: Sequence[Booking] = ()

    def states_between(self, appointment: int, since: datetime, until: datetime) -> list[Change]:
        """What it was at any moment of these; nothing where it did not exist yet."""
        log = self.log.get(appointment, ())
        first = max(bisect_right([change.at for change in log], since) - 1, 0)
        return [change for change in log[first:] if change.at <= until]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Between the real clock and the month's."""

    leaps: Sequence[tuple[datetime, timedelta]] = field(repr=False)

    def months_time(self, real: datetime) -> datetime:
        place = bisect_right([at for at, _ in self.leaps], real) - 1
        return real + self.leaps[max(place, 0)][1]


async def gathered(ground: Ground, clinic: Clinic, heard: Sequence[Message]) -> Facts:
    bookings = [one for one in await ground.calcom.bookings() if one.account == clinic.account]
    async with ground.postgres.acquire() as connection, connection.transaction():
        await connection.execute(f"set local search_path to tenant_{clinic.tenant}, public")
        rows = {name: [dict(row) for row in await connection.fetch(query)] for name, query in QUERIES.items()}
        return Facts(
            clinic=clinic,
            rows=rows,
            log=_log(await connection.fetch(LOG, clinic.tenant)),
            dead=[dict(row) for row in await connection.fetch(DEAD, clinic.tenant)],
            arrived=[one for one in heard if one.connection == clinic.line],
            bookings=bookings,
        )


def _log(rows: Sequence[asyncpg.Record]) -> dict[int, list[Change]]:
    found: dict[int, list[Change]] = {}
    for row in rows:
        kind, _, number = row["subject"].partition(":")
        if kind == "appointment" and row["after"]:
            after = json.loads(row["after"])
            starts = datetime.fromisoformat(after["starts"])
            change = Change(row["at"], row["action"], after["status"], starts, after["professional"])
            found.setdefault(int(number), []).append(change)
    return found
