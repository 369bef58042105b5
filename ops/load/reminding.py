"""(h) 10,000 reminders that fall due within one minute: all said, none twice, and no line faster than its pace allows.

The limit beside our figure is what the paces themselves make it take: each company's line may say so many a minute, of which
a part is kept free for replies, and its reminders are more than that, so that a queue builds up which has to be worked off in
order. They leave evenly, however long the line was silent before; so the fastest ten seconds of any line are held to that pace.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import Final

from domain.delivery.pacing import Pace, pace_of_unasked
from ops.load.figures import Figure, quantile
from ops.load.ground import Ground

REMINDERS: Final = 10_000
WINDOW: Final = 60.0
"""Seconds over which they fall due, evenly; they are asked for by hand, and so due at any hour of the day."""

HEAD_START: Final = 4.0
"""Seconds until the first is due, for processes that start."""

PACE: Final = 600
"""Of a line, in a minute, as it is where nobody sets another; 1,250 of each fall due."""

UNASKED: Final = pace_of_unasked(Pace(PACE, PACE)).per_minute
"""Of these, what may be said to who did not write."""

ROOM: Final = 1.1
"""Over what the paces allow: for workers that share two processors with everything else."""

IN_ORDER: Final = 5.0
"""Seconds: nobody is overtaken by somebody who was due so much later."""

PATIENCE: Final = 600.0
PLAN: Final = """
set search_path to tenant_{tenant}, public;
insert into contacts (phone, name) select '+551197' || lpad(n::text, 7, '0'), 'Ana' from generate_series(1, {count}) n;
insert into addresses (connection_id, address, contact_id)
    select '{connection}', right(phone, 13) || '@s.whatsapp.net', id from contacts where phone like '+551197%';
insert into conversations (connection_id, contact_id, reply_to, last_inbound_at)
    select '{connection}', id, right(phone, 13) || '@s.whatsapp.net', now() from contacts where phone like '+551197%';
insert into services (name, minutes) values ('Limpeza', 30);
insert into professionals (name) select '#r{tenant}-' || n from generate_series(1, {count}) n;
insert into appointments (contact_id, professional_id, service_id, starts, ends, status, owed, ref)
    select c.id, p.id, (select id from services where name = 'Limpeza'), now() + interval '3 days',
        now() + interval '3 days 30 minutes', 'booked', null, p.name
    from (select id, row_number() over (order by id) as n from contacts where phone like '+551197%') c
    join (select id, name, row_number() over (order by id) as n from professionals where name like '#r%') p using (n);
insert into reminders (appointment_id, version, kind, starts, due_at)
    select id, version, 'manual', starts,
        now() + interval '{head} s' + row_number() over (order by id) * interval '{window} s' / {count}
    from appointments where ref like '#r%';
insert into public.jobs (tenant_id, actor, args, key, due_at)
    select {tenant}, 'reminders.send', jsonb_build_object('appointment', appointment_id, 'kind', 'manual'),
        'reminders.send:' || appointment_id || ':manual', due_at
    from reminders where kind = 'manual' and state = 'planned';
analyze contacts, conversations, appointments, reminders, public.jobs;
reset search_path;
"""


@dataclass(frozen=True, slots=True)
class Said:
    """Of one line: when each was said, in the order in which they fell due."""

    at: list[float]
    due: list[float]
    twice: int

    @property
    def late(self) -> list[float]:
        return [said - due for said, due in zip(self.at, self.due, strict=True)]

    @property
    def overtaken(self) -> int:
        """How many were said after one that fell due much later."""
        earliest, count = float("inf"), 0
        far = round(len(self.due) * IN_ORDER / WINDOW)
        for place in range(len(self.at) - 1, -1, -1):
            if place + far < len(self.at):
                earliest = min(earliest, self.at[place + far])
            count += self.at[place] > earliest
        return count

    @property
    def fastest(self) -> float:
        """The most in any ten seconds, as a pace by the minute."""
        ordered, most, first = sorted(self.at), 0, 0
        for last, at in enumerate(ordered):
            while at - ordered[first] >= 10.0:
                first += 1
            most = max(most, last - first + 1)
        return most * 6.0


class NotSaidError(Exception):
    """Some never arrived; there is no figure to give."""


def measure(ground: Ground, seconds: float) -> list[Figure]:  # noqa: ARG001 - a minute is a minute
    ground.clear()
    count = REMINDERS // len(ground.companies)
    begun: dict[int, float] = {}
    for company in ground.companies:
        begun[company.tenant] = time.perf_counter() + HEAD_START
        ground.servers.execute(
            PLAN.format(
                tenant=company.tenant, connection=company.connection, count=count, head=HEAD_START, window=WINDOW
            )
        )
    env = {"SECRETARIA_SENDS_PER_CONNECTION_PER_MINUTE": str(PACE)}
    with ground.running("relay", "worker", env=env):
        _until_said(ground, count * len(ground.companies))
        lines = [_of(ground.sights(), tenant, count, first) for tenant, first in begun.items()]
    return _figures(lines, count)


def _until_said(ground: Ground, wanted: int) -> None:
    until = time.monotonic() + PATIENCE
    while (said := len(ground.seen()["send"])) < wanted:
        if time.monotonic() > until:
            raise NotSaidError(f"{said} of {wanted} in {PATIENCE:.0f} s")
        time.sleep(1.0)


def _of(sights: list[tuple[str, str, float]], tenant: int, count: int, first: float) -> Said:
    mine = [(token, at) for kind, token, at in sights if kind == "send" and token.startswith(f"#r{tenant}-")]
    at = dict(reversed(mine))
    twice = sum(times - 1 for times in Counter(token for token, _ in mine).values())
    due = [first + place * WINDOW / count for place in range(1, count + 1)]
    return Said([at[f"#r{tenant}-{place}"] for place in range(1, count + 1)], due, twice)


def _figures(lines: list[Said], count: int) -> list[Figure]:
    took = max(max(line.at) - line.due[0] for line in lines)
    least = max(WINDOW, 60 * count / UNASKED)
    twice, overtaken = sum(line.twice for line in lines), sum(line.overtaken for line in lines)
    fastest = max(line.fastest for line in lines)
    late = [each for line in lines for each in line.late]
    what = f"{count * len(lines):,} reminders due in one minute"
    note = f"late p50 {quantile(late, 0.5):.1f} s, p99 {quantile(late, 0.99):.1f} s"
    return [
        Figure(f"{what}: all said after", took, "s", f"<= {least * ROOM:.0f} s", met=took <= least * ROOM,
               peer="what the pace allows", beside=least, note=note),
        Figure(f"{what}: said twice", twice, "", "0", met=twice == 0),
        Figure(f"{what}: overtaken by {IN_ORDER:.0f} s or more", overtaken, "", "0", met=overtaken == 0),
        Figure(f"{what}: fastest line", fastest, "/min", f"<= {UNASKED * ROOM:,.0f}/min", met=fastest <= UNASKED * ROOM,
               peer="its pace", beside=UNASKED, note="of any ten seconds"),
    ]  # fmt: skip
