"""How a company speaks to people who did not write first: what it reminds them of, when it is silent, how it asks how it was."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from domain.reminders.cadence import CADENCE, Kind
from domain.reminders.quiet_hours import QuietHours
from domain.shared.errors import Invalid

AFTER: Final = timedelta(hours=24)
SOONEST: Final = timedelta(hours=1)
LATEST: Final = timedelta(days=14)
LONGEST_QUESTION: Final = 600
BLANKS: Final = ("nome", "servico", "profissional")
"""What a company may leave open in its own question, as {nome}; it is filled in for each client."""

BRACES: Final = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, slots=True)
class Manners:
    """`kinds`: the reminders that are sent. `question`: the company's own words instead of ours, asked `after` the end.

    `writes_first`: also to clients who never wrote, by their number alone; WhatsApp may take a line amiss for that.
    """

    kinds: frozenset[Kind] = CADENCE
    quiet: QuietHours = field(default_factory=QuietHours)
    follow_up: bool = True
    after: timedelta = AFTER
    question: str = ""
    writes_first: bool = False

    def __post_init__(self) -> None:
        """Raises Invalid."""
        if not self.kinds <= CADENCE:
            raise Invalid(f"some of {', '.join(sorted(CADENCE))}", field="kinds")
        if not SOONEST <= self.after <= LATEST:
            raise Invalid("from 1 hour to 14 days after the end", field="follow_up_hours")
        if len(self.question) > LONGEST_QUESTION or not self.question.replace("\n", "").isprintable():
            raise Invalid(f"at most {LONGEST_QUESTION} printable characters", field="question")
        if set("{}") & set(BRACES.sub("", self.question)) or not set(BRACES.findall(self.question)) <= set(BLANKS):
            raise Invalid(f"braces only around {', '.join(BLANKS)}", field="question")

    def asked(self, **known: str) -> str:
        """The company's own question, filled in; empty where it has none."""
        return BRACES.sub(lambda blank: known[blank[1]], self.question)
