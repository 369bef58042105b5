"""How many workers a pool gets: more when jobs wait too long, fewer after a long calm, and never to and fro."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Load:
    """What a pool has to do now. `oldest`: seconds that the longest waiting due job has waited."""

    waiting: int = 0
    running: int = 0
    oldest: float = 0.0


@dataclass(frozen=True, slots=True)
class Policy:
    """Between `least` and `most` workers. Where one is hired and where one is let go lie far apart, and every change is
    given `pause` seconds to show what it did.
    """

    least: int = 1
    most: int = 4
    late: float = 2.0
    """Jobs that wait longer than this want one more worker."""
    calm: float = 0.5
    """While nothing waits longer than this, the pool is calm."""
    calm_for: float = 60.0
    """So long it must be calm before one worker goes."""
    pause: float = 10.0
    in_hand: int = 256
    """A worker goes only if each of those who stay would hold no more jobs than this."""

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most or not 0 <= self.calm < self.late:
            raise ValueError("least <= most and calm < late")


@dataclass(frozen=True, slots=True)
class Crew:
    """How many workers a pool is to have, since when, and since when nothing has been waiting. Times are any clock's."""

    size: int
    changed_at: float
    calm_since: float | None = None


def next_crew(crew: Crew, load: Load, policy: Policy, now: float) -> Crew:
    """The crew as it is to be from now on; at most one worker more or fewer than before, unless the bounds say so."""
    seen = replace(crew, calm_since=_calm_since(crew, load, policy, now))
    size = min(max(_wanted(seen, load, policy, now), policy.least), policy.most)
    return seen if size == crew.size else Crew(size, now)


def _wanted(crew: Crew, load: Load, policy: Policy, now: float) -> int:
    if now - crew.changed_at < policy.pause:
        return crew.size
    if load.oldest > policy.late:
        return crew.size + 1
    rested = crew.calm_since is not None and now - crew.calm_since >= policy.calm_for
    if rested and load.running <= policy.in_hand * (crew.size - 1):
        return crew.size - 1
    return crew.size


def _calm_since(crew: Crew, load: Load, policy: Policy, now: float) -> float | None:
    if load.oldest > policy.calm:
        return None
    return now if crew.calm_since is None else crew.calm_since
