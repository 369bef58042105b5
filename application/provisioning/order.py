"""A company as somebody asks for it, and what was drawn by lot for it before anything was made.

Ids and secrets are drawn once and kept sealed with the order, so that every step done again does the very same thing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Protocol
from uuid import UUID

from application.provisioning.connect_line import LineOrder
from domain.access.email import checked_email
from domain.access.user import checked_person
from domain.agenda.local_time import zone_named
from domain.billing.plan import PlanCode
from domain.companies.company import checked_name, slug_of
from domain.shared.errors import Invalid
from domain.shared.ids import ConnectionId, UserId

LONGEST_FACTS: Final = 20_000
LONGEST_TRIAL: Final = 90


@dataclass(frozen=True, slots=True)
class FirstAdmin:
    """The owner. Invited by e-mail, or with a password that is shown once. Raises Invalid."""

    email: str = field(repr=False)
    name: str = field(repr=False)
    by_mail: bool = True

    def __post_init__(self) -> None:
        for where, check in (("email", checked_email), ("name", checked_person)):
            try:
                object.__setattr__(self, where, check(getattr(self, where)))
            except Invalid as error:
                raise Invalid(str(error), field=f"admin.{where}") from None


@dataclass(frozen=True, slots=True)
class CompanyOrder:
    """What is not asked for is left out, and the checklist says so. `dedicated`: workers of its own; None is as the plan says."""

    name: str
    line: LineOrder | None = None
    time_zone: str = "America/Sao_Paulo"
    business_facts: str = ""
    plan: PlanCode | None = None
    trial_days: int = 0
    dedicated: bool | None = None
    admin: FirstAdmin | None = None
    token: bool = False

    def __post_init__(self) -> None:
        """Raises Invalid, before anything was made."""
        checked_name(self.name)
        zone_named(self.time_zone)
        if len(self.business_facts) > LONGEST_FACTS or "\0" in self.business_facts:
            raise Invalid(f"text of at most {LONGEST_FACTS} characters", field="business_facts")
        if not 0 <= self.trial_days <= LONGEST_TRIAL:
            raise Invalid(f"0 to {LONGEST_TRIAL} days", field="trial_days")

    @property
    def slug(self) -> str:
        return slug_of(checked_name(self.name))


@dataclass(frozen=True, slots=True)
class Lot:
    """What chance decides."""

    line: ConnectionId
    webhook_secret: str = field(repr=False)
    webhook_token: str = field(repr=False)
    user: UserId
    password: str = field(repr=False)
    key_id: UUID
    key: str = field(repr=False)


class DrawLot(Protocol):
    def __call__(self) -> Lot: ...


@dataclass(frozen=True, slots=True)
class Paper:
    """All that an opening needs to be done again from its beginning."""

    order: CompanyOrder
    lot: Lot
