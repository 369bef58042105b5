"""Where openings are written down, step by step, so that whoever comes next knows what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

from application.provisioning.order import Paper
from domain.provisioning.checklist import Run
from domain.shared.errors import Invalid, Refused

KEY_LIVES: Final = timedelta(hours=24)
"""How long the same key brings the same answer."""

LONGEST_KEY: Final = 200


class PaperBurnt(Refused):
    """The secrets of this opening are gone: they were shown, or their day is over."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, and the key under which the same request may come again. Raises Invalid."""

    who: str
    key: str | None = None

    def __post_init__(self) -> None:
        if self.key is not None and not (0 < len(self.key) <= LONGEST_KEY and self.key.isprintable()):
            raise Invalid(f"1 to {LONGEST_KEY} printable characters", field="Idempotency-Key")


class Runs(Protocol):
    """Every method may raise Unavailable."""

    async def add(self, paper: Paper, asking: Asking) -> Run | None:
        """None where this key, or an unfinished opening of this name, is there already."""

    async def get(self, id: int) -> Run:
        """Raises RunNotFound."""

    async def of_key(self, key: str) -> Run | None:
        """While the key lives."""

    async def unfinished(self, slug: str) -> Run | None: ...

    async def lately(self, limit: int) -> Sequence[Run]:
        """Newest first."""

    async def save(self, run: Run) -> None: ...

    async def paper(self, run: Run) -> Paper:
        """Raises PaperBurnt."""

    async def write(self, run: Run, paper: Paper) -> None: ...

    async def burn(self, run: Run) -> None:
        """Unless its key still lives: then when that is over."""

    async def forget(self) -> int:
        """The keys whose day is over, and the secrets that were kept for them; says of how many openings."""

    async def shred(self, run: Run) -> bool:
        """At once, key and all. False where there was nothing left."""
