"""How the secretary speaks: chosen from short lists, because each choice is a sentence in its instructions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.shared.errors import Invalid

SHORTEST_REPLY: Final = 160
LONGEST_REPLY: Final = 1_500


class Formality(StrEnum):
    CASUAL = "casual"
    NEUTRAL = "neutral"
    FORMAL = "formal"


class Measure(StrEnum):
    """How much of something: empathy, humour."""

    NONE = "none"
    SOME = "some"
    MUCH = "much"


class BadLength(Invalid):
    """A reply shorter than a greeting, or longer than anybody reads on a telephone."""


@dataclass(frozen=True, slots=True)
class Manner:
    """`longest` is in characters, and a wish: what must not leave is cut elsewhere."""

    formality: Formality = Formality.NEUTRAL
    empathy: Measure = Measure.SOME
    humour: Measure = Measure.NONE
    longest: int = 600

    def __post_init__(self) -> None:
        if not SHORTEST_REPLY <= self.longest <= LONGEST_REPLY:
            raise BadLength(f"between {SHORTEST_REPLY} and {LONGEST_REPLY} characters", field="longest")


ORDINARY: Final = Manner()
