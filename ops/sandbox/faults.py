"""What is to go wrong, how often, and how often it did: the same bookkeeping for every sandboxed service."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Generic, TypeVar

import msgspec


class Fault(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`count` None: until removed. `skip` lets that many calls pass first. `hits`: how often it struck."""

    kind: str
    id: int = 0
    count: int | None = None
    skip: int = 0
    probability: float = 1.0
    seconds: float = 5.0
    hits: int = 0


F = TypeVar("F", bound=Fault)


class FaultBox(Generic[F]):
    """The planted faults, oldest first; the first that strikes takes the call."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._next = 1
        self.planted: list[F] = []

    def plant(self, fault: F) -> F:
        fault.id, self._next = self._next, self._next + 1
        self.planted.append(fault)
        return fault

    def remove(self, which: int | None = None) -> None:
        self.planted = [] if which is None else [fault for fault in self.planted if fault.id != which]

    def take(self, concerns: Callable[[F], bool]) -> F | None:
        return next((fault for fault in self.planted if concerns(fault) and self._strikes(fault)), None)

    def _strikes(self, fault: F) -> bool:
        if fault.count == 0:
            return False
        if fault.skip > 0:
            fault.skip -= 1
            return False
        if self._chance.random() >= fault.probability:
            return False
        if fault.count is not None:
            fault.count -= 1
        fault.hits += 1
        return True
