"""`make chaos`: the whole system as real processes, several companies, a nemesis, and a verdict.

    python -m ops.chaos.run [--seed S] [--keep]
    python -m ops.chaos.run --storm [--seed S] [--seconds N] [--tenants K] [--only F1,F5] [--keep]
    python -m ops.chaos.run --month [--seed S] [--clinics 20] [--contacts 50] [--days 30] [--calm] [--keep]

Where neither is named: the storm over the pipeline (four minutes of faults), then eight days of the agenda at four clinics; both
end within ten minutes. `--month` alone is the whole of it (`ops/chaos/month.py`), which takes half an hour.

Prints the seed first and the verdict last; ends with 0 only when nothing was lost, doubled, swapped or
misdelivered, and in the month nothing was told that is not so.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import secrets
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import uvloop

from ops.chaos import autopsy
from ops.chaos.arena import Arena, arena
from ops.chaos.checker import Verdict, check, report
from ops.chaos.journal import Answer
from ops.chaos.month import MonthOrder, live_through, report_month
from ops.chaos.nemesis import Kind, Nemesis, plan
from ops.chaos.rolling import wanted
from ops.load.servers import Servers

VOICES = 3
"""Contacts at a time on every line."""

DRAINED_WITHIN = 120.0
SETTLED_AFTER = 10.0
"""Longer than a lease: a second answer that is still on its way would come within this time."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of a month: clinics, contacts of each, days."""

    clinics: int
    contacts: int
    days: int


WHOLE = Extent(clinics=20, contacts=50, days=30)
BRIEF = Extent(clinics=4, contacts=20, days=8)
"""What is left of ten minutes after the storm holds it with ease."""


@dataclass(frozen=True, slots=True)
class Order:
    seed: int
    seconds: float
    tenants: int
    kinds: tuple[Kind, ...]


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def fight(order: Order, ring: Arena) -> Verdict:
    """Load and faults together, then calm, then the phones are compared with the journal."""
    watching = asyncio.ensure_future(ring.stage.supervisor.watch())
    rolling = ring.rolling(wanted(order.seconds))
    try:
        async with asyncio.TaskGroup() as going:
            going.create_task(ring.crowd.talk(VOICES))
            going.create_task(rolling.run(ring.crowd.stop))
            going.create_task(
                Nemesis(plan(order.seed, order.seconds, kinds=order.kinds), ring.stage, ring.journal, say).run()
            )
            await asyncio.sleep(order.seconds)
            ring.crowd.stop.set()
        answers = await drained(ring)
    finally:
        watching.cancel()
    verdict = check(list(ring.journal.entries.values()), answers, ring.journal.blows, ring.crowd.refused)
    await explain(ring, verdict)
    return replace(verdict, rolled=rolling.rolled)


async def drained(ring: Arena) -> list[Answer]:
    """Until every promise is kept and nothing is left to do, or patience ends."""
    say(f"         faults are over; {len(ring.journal.promised())} messages are promised an answer")
    until = time.monotonic() + DRAINED_WITHIN
    kept_since: float | None = None
    poisons = sum(entry.poison for entry in ring.journal.entries.values())
    while time.monotonic() < until:
        answers = await ring.phones.answers()
        seen = {token for answer in answers for token in answer.tokens}
        if all(entry.token in seen for entry in ring.journal.promised()):
            kept_since = kept_since or time.monotonic()
            idle = await autopsy.unfinished(ring.superuser_url) <= poisons
            if idle or time.monotonic() - kept_since > SETTLED_AFTER:
                break
        await asyncio.sleep(0.5)
    return await ring.phones.answers()


async def explain(ring: Arena, verdict: Verdict) -> None:
    """What helps to find the cause: dead letters, processes that ended by themselves, the fate of the lost."""
    for line in await autopsy.dead_letters(ring.superuser_url):
        say(f"         {line}")
    for crash in ring.stage.supervisor.crashes:
        say(f"         {crash}")
    tenants = [company.tenant for company in ring.companies]
    for token in (*verdict.lost[:10], *verdict.twice[:10], *verdict.out_of_order[:10], verdict.slowest_token):
        say(f"         {token}: {await autopsy.fate(ring.superuser_url, tenants, token)}")


def kinds_named(only: str) -> tuple[Kind, ...]:
    """ "F1,F5" are all kinds that begin so; nothing means all."""
    starts = tuple(word.strip() for word in only.split(",") if word.strip())
    kinds = tuple(kind for kind in Kind if kind.startswith(starts or ("",)))
    if not kinds:
        raise SystemExit("there is no such fault: " + ", ".join(Kind))
    return kinds


def main() -> None:
    words = _words()
    seed = words.seed if words.seed is not None else secrets.randbelow(1_000_000)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    parts = [
        part for part, wanted in ((storm, words.storm), (month, words.month)) if wanted or words.storm == words.month
    ]
    clean = [part(seed, words) for part in parts]
    sys.exit(0 if all(clean) else 1)


def _words() -> argparse.Namespace:
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("--seed", type=int, default=None, help="repeat a run (default: a new seed)")
    reading.add_argument("--keep", action="store_true", help="keep logs, journal and data of a clean run too")
    reading.add_argument("--storm", action="store_true", help="only the storm over the pipeline")
    reading.add_argument("--seconds", type=float, default=240.0, help="how long faults go on")
    reading.add_argument("--tenants", type=int, default=4)
    reading.add_argument("--only", default="", help="only faults whose name begins so: F1,F5")
    reading.add_argument("--month", action="store_true", help="only the agenda's month, the whole of it")
    reading.add_argument("--clinics", type=int, help="of the month: 20, after a storm 4")
    reading.add_argument("--contacts", type=int, help="of each clinic: 50, after a storm 20")
    reading.add_argument("--days", type=int, help="of the month: 30, after a storm 8")
    reading.add_argument("--calm", action="store_true", help="a month without faults")
    return reading.parse_args()


def storm(seed: int, words: argparse.Namespace) -> bool:
    order = Order(seed, words.seconds, words.tenants, kinds_named(words.only))
    say(f"seed {order.seed}, {order.seconds:.0f} s of faults, {order.tenants} companies")
    with evidence(keep=words.keep) as scene:
        with Servers(scene.folder) as servers:
            verdict = uvloop.run(carry_out(order, servers))
        scene.clean = verdict.clean
    say("\n" + report(order.seed, verdict))
    return verdict.clean


def month_ordered(seed: int, words: argparse.Namespace) -> MonthOrder:
    usual = WHOLE if words.month and not words.storm else BRIEF
    clinics = words.clinics or usual.clinics
    return MonthOrder(
        seed,
        clinics,
        words.contacts or usual.contacts,
        words.days or usual.days,
        elsewhere=-(-clinics // 5),
        faults=not words.calm,
    )


def month(seed: int, words: argparse.Namespace) -> bool:
    order = month_ordered(seed, words)
    say(
        f"seed {seed}, {order.days} days of {order.tenants} clinics, {order.elsewhere} of them with a calendar at Cal.com"
    )
    with evidence(keep=words.keep) as scene:
        with Servers(scene.folder) as servers:
            verdict = uvloop.run(live_through(order, servers, say))
        scene.clean = verdict.clean
    say("\n" + report_month(verdict))
    return verdict.clean


@dataclass(slots=True)
class Scene:
    """Where a run leaves its logs, its journal and its data."""

    folder: Path
    clean: bool = False


@contextlib.contextmanager
def evidence(*, keep: bool) -> Iterator[Scene]:
    """Thrown away after a clean run, unless somebody wants it: a fault that comes once in twenty runs must be seen then."""
    scene = Scene(Path(tempfile.mkdtemp(prefix="secretaria-chaos-")))
    scene.folder.chmod(0o755)  # the servers' own user must reach its folder
    try:
        yield scene
    finally:
        if keep or not scene.clean:
            say(f"kept in {scene.folder}")
        else:
            shutil.rmtree(scene.folder, ignore_errors=True)


async def carry_out(order: Order, servers: Servers) -> Verdict:
    async with arena(servers, seed=order.seed, tenants=order.tenants, say=say) as ring:
        return await fight(order, ring)


if __name__ == "__main__":
    main()
