"""The workers that are alive, and the pools they are wanted in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.provisioning.workforce import Load


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What a worker says of itself every few seconds. `started` is UTC in ISO 8601; `slots` are the jobs it takes at once."""

    id: str
    pool: str
    slots: int
    in_flight: int
    version: str
    started: str
    host: str = ""
    pid: int = 0
    tenants: tuple[int, ...] | None = None
    """The companies it serves; None stands for all of its pool."""


class Workers(Protocol):
    """Who is alive."""

    async def heard(self) -> Sequence[Heartbeat]:
        """Everyone who beat lately. Raises what the outside raises; the caller brings its own time-out."""


class Pools(Protocol):
    """What the companies need of workers."""

    async def loads(self) -> Mapping[str, Load]:
        """Every pool that an open company is in, with what is to be done there. Raises Unavailable."""
