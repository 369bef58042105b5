"""Compares the journal with the phones: acknowledged means answered exactly once, and in order.

It shares no code with what it judges: it counts tokens in texts that reached a phone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ops.chaos.journal import Answer, Blow, Entry

NO_ANSWER: Final = "no answer"
EXCUSED: Final = frozenset({NO_ANSWER, "503"})
"""What a sender must expect while parts are down: a closed door, or "later". Any other refusal is our mistake."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Tokens by what went wrong with them, and how many seconds things took: None where nothing was measured.

    `recovery` is the worst time from the end of a fault's cause to the first answer of a message acknowledged
    after it; `unrecovered` are the faults after which nothing was answered any more. `rolled` are workers that were
    asked to end while they worked, and ended.
    """

    acknowledged: int
    answered: int
    lost: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    out_of_order: tuple[str, ...] = ()
    misdelivered: tuple[str, ...] = ()
    recovery: float | None = None
    recovery_from: Blow | None = None
    slowest: float | None = None
    slowest_token: str = ""
    unrecovered: tuple[Blow, ...] = ()
    refused: Mapping[str, int] = field(default_factory=dict)
    rolled: int = 0

    @property
    def clean(self) -> bool:
        harm = self.lost or self.twice or self.out_of_order or self.misdelivered
        return not harm and set(self.refused) <= EXCUSED


def check(
    entries: Sequence[Entry],
    answers: Sequence[Answer],
    blows: Sequence[Blow] = (),
    refused: Mapping[str, int] | None = None,
) -> Verdict:
    """`refused` counts the requests that were not acknowledged, by HTTP status."""
    seen: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        for token in answer.tokens:
            seen[token].append(answer)
    promised = [entry for entry in entries if entry.acknowledged_at is not None and not entry.poison]
    waits = [(first_seen(seen[e.token]) - (e.acknowledged_at or 0.0), e.token) for e in promised if seen.get(e.token)]
    slowest, slowest_token = max(waits, default=(None, ""))
    recovery, blow, unrecovered = worst_recovery(promised, seen, blows)
    return Verdict(
        acknowledged=len(promised),
        answered=sum(1 for entry in promised if seen.get(entry.token)),
        lost=tuple(entry.token for entry in promised if not seen.get(entry.token)),
        twice=tuple(entry.token for entry in entries if len(seen.get(entry.token, ())) > 1),
        out_of_order=swapped(promised, answers),
        misdelivered=misdelivered(entries, seen),
        recovery=recovery,
        recovery_from=blow,
        slowest=slowest,
        slowest_token=slowest_token,
        unrecovered=unrecovered,
        refused=dict(refused or {}),
    )


def first_seen(answers: Sequence[Answer]) -> float:
    return min(answer.at for answer in answers)


def swapped(promised: Sequence[Entry], answers: Sequence[Answer]) -> tuple[str, ...]:
    """Tokens that reached a phone after one that was written later; repeats are another fault."""
    numbers = {entry.token: entry.number for entry in promised if entry.ordered}
    newest: dict[tuple[str, str], int] = {}
    met: set[str] = set()
    late: list[str] = []
    for answer in sorted(answers, key=lambda one: one.at):
        chat = (answer.connection, answer.phone)
        for token in answer.tokens:
            if token not in numbers or token in met:
                continue
            met.add(token)
            if numbers[token] < newest.get(chat, -1):
                late.append(token)
            newest[chat] = max(numbers[token], newest.get(chat, -1))
    return tuple(late)


def misdelivered(entries: Sequence[Entry], seen: Mapping[str, Sequence[Answer]]) -> tuple[str, ...]:
    """Tokens nobody wrote, or that reached another chat than the one they were written in."""
    home = {entry.token: (entry.connection, entry.phone) for entry in entries}
    return tuple(
        token
        for token, answers in seen.items()
        if answers and any(home.get(token) != (answer.connection, answer.phone) for answer in answers)
    )


def worst_recovery(
    promised: Sequence[Entry], seen: Mapping[str, Sequence[Answer]], blows: Sequence[Blow]
) -> tuple[float | None, Blow | None, tuple[Blow, ...]]:
    """Per fault the first answer to a message acknowledged after it: the worst; and faults without one."""
    times = sorted(
        (e.acknowledged_at, first_seen(seen[e.token]))
        for e in promised
        if e.acknowledged_at is not None and seen.get(e.token)
    )
    worst: tuple[float, Blow] | None = None
    without: list[Blow] = []
    for blow in blows:
        after = [answered for acknowledged, answered in times if acknowledged >= blow.over_at]
        if not after:
            without.append(blow)
        elif worst is None or min(after) - blow.over_at > worst[0]:
            worst = (min(after) - blow.over_at, blow)
    return (worst[0], worst[1], tuple(without)) if worst else (None, None, tuple(without))


def report(seed: int, verdict: Verdict) -> str:
    """What `make chaos` prints last."""
    lines = [
        f"seed            {seed}",
        f"acknowledged    {verdict.acknowledged}",
        f"answered        {verdict.answered}",
        f"lost            {told(verdict.lost)}",
        f"answered twice  {told(verdict.twice)}",
        f"out of order    {told(verdict.out_of_order)}",
        f"misdelivered    {told(verdict.misdelivered)}",
        f"refused         {', '.join(f'{status} x {n}' for status, n in verdict.refused.items()) or 0}",
        f"workers rolled  {verdict.rolled}",
        f"worst recovery  {seconds(verdict.recovery)}{after(verdict.recovery_from)}",
        f"slowest answer  {seconds(verdict.slowest)}  {verdict.slowest_token}",
    ]
    return "\n".join(lines) + "\n"


def told(tokens: Sequence[str], most: int = 8) -> str:
    more = "" if len(tokens) <= most else f" and {len(tokens) - most} more"
    return str(len(tokens)) + (f"  {' '.join(tokens[:most])}{more}" if tokens else "")


def seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f} s"


def after(blow: Blow | None) -> str:
    return "" if blow is None else f"  after {blow.kind} on {blow.what}"
