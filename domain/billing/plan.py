"""What is sold: what a plan includes, what it costs, and what happens when that is used up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

from domain.quotas.allowance import Allowance
from domain.shared.errors import Invalid, NotFound

PlanCode = NewType("PlanCode", str)

CODE: Final = re.compile(r"[a-z][a-z0-9-]{1,39}")
LONGEST_NAME: Final = 80
MOST_CENTS: Final = 100_000_000


class PlanNotFound(NotFound):
    """There is no plan of this code."""


class Overage(StrEnum):
    """What happens past the allowance."""

    STOP = "stop"  # a person answers until the next cycle or a larger plan
    CHARGE = "charge"  # the assistant goes on, and each message more costs `overage_cents`


@dataclass(frozen=True, slots=True)
class Plan:
    """Prices are cents of a real for a month. An allowance of None has no limit; so have users and connections."""

    code: PlanCode
    name: str
    price_cents: int
    allowance: Allowance
    users: int | None = None
    connections: int | None = None
    dedicated_worker: bool = False
    overage: Overage = Overage.STOP
    overage_cents: int = 0
    on_sale: bool = True

    def __post_init__(self) -> None:
        """Raises Invalid."""
        if not CODE.fullmatch(self.code):
            raise Invalid("2 to 40 small letters, digits and hyphens, a letter first", field="code")
        if not self.name.strip() or len(self.name) > LONGEST_NAME or not self.name.isprintable():
            raise Invalid(f"1 to {LONGEST_NAME} printable characters", field="name")
        for field, cents in (("price_cents", self.price_cents), ("overage_cents", self.overage_cents)):
            if not 0 <= cents <= MOST_CENTS:
                raise Invalid(f"cents from 0 to {MOST_CENTS}", field=field)
        for field, most in (("users", self.users), ("connections", self.connections)):
            if most is not None and most < 1:
                raise Invalid("at least 1, or nothing for no limit", field=field)

    def extra_cents(self, messages: int) -> int:
        """What the messages past the allowance cost, where the plan sells them."""
        included = self.allowance.messages
        if self.overage is not Overage.CHARGE or included is None:
            return 0
        return max(0, messages - included) * self.overage_cents
