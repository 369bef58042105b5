"""Who attends and what for: professionals, and the services they may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Protocol

from domain.access.email import checked_email
from domain.agenda.opening_hours import NEVER, WeekHours
from domain.agenda.slot import Slot
from domain.shared.errors import Invalid, NotFound, Refused
from domain.shared.ids import ProfessionalId, ServiceId

LONGEST_NAME: Final = 80
LONGEST_MINUTES: Final = 12 * 60
LONGEST_BUFFER: Final = 4 * 60
LONGEST_NOTICE: Final = timedelta(days=30)
MOST_CENTS: Final = 100_000_000
NEW_PROFESSIONAL: Final = ProfessionalId(0)
NEW_SERVICE: Final = ServiceId(0)


class ProfessionalNotFound(NotFound):
    """No professional of this company has that number, or they no longer attend."""

    about = "professional"


class ServiceNotFound(NotFound):
    """No service of this company has that number, or it is no longer offered."""

    about = "service"


class DoesNotDoThat(Refused):
    """This professional does not do this service."""

    about = "professional"


class AgendaNameTaken(Refused):
    """Another professional or service of the company has this name."""

    about = "name"


class Named(Protocol):
    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Professional:
    """One who no longer attends (`active` False) keeps the appointments of the past, and gets no new ones.

    Where there is an `email`, letters about their appointments go there.
    """

    name: str
    hours: WeekHours = NEVER
    active: bool = True
    id: ProfessionalId = NEW_PROFESSIONAL
    email: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Raises Invalid."""
        object.__setattr__(self, "name", checked_name(self.name))
        if self.email is not None and checked_email(self.email) != self.email:
            raise Invalid("in lower case, without blanks around it", field="email")


@dataclass(frozen=True, slots=True)
class Service:
    """`before` and `after` are kept free around it; `notice` is how long before it a client may still change or cancel.

    `professionals`: who may do it; nobody named is everybody.
    """

    name: str
    minutes: int
    before: int = 0
    after: int = 0
    price_cents: int = 0
    notice: timedelta = timedelta(0)
    professionals: frozenset[ProfessionalId] = frozenset()
    active: bool = True
    id: ServiceId = NEW_SERVICE

    def __post_init__(self) -> None:
        """Raises Invalid."""
        object.__setattr__(self, "name", checked_name(self.name))
        _between(self.minutes, 1, LONGEST_MINUTES, "minutes")
        _between(self.before, 0, LONGEST_BUFFER, "before")
        _between(self.after, 0, LONGEST_BUFFER, "after")
        _between(self.price_cents, 0, MOST_CENTS, "price_cents")
        if not timedelta(0) <= self.notice <= LONGEST_NOTICE:
            raise Invalid(f"at most {LONGEST_NOTICE.days} days", field="notice_minutes")

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    def around(self, slot: Slot) -> Slot:
        """What it takes of the professional, the buffers included."""
        return slot.widened(before=timedelta(minutes=self.before), after=timedelta(minutes=self.after))

    def done_by(self, professional: ProfessionalId) -> bool:
        return not self.professionals or professional in self.professionals


def checked_name(name: str) -> str:
    """Without stray blanks, which nobody sees and everybody would have to type. Raises Invalid."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME or not tidy.isprintable():
        raise Invalid(f"1 to {LONGEST_NAME} printable characters", field="name")
    return tidy


def name_once(one: Named, others: Iterable[Named]) -> None:
    """Raises AgendaNameTaken: who calls hears no capital letters. What keeps its name is let be, as it was before."""
    same = [each.id for each in others if each.name.casefold() == one.name.casefold()]
    if same and one.id not in same:
        raise AgendaNameTaken("another one has this name")


def _between(value: int, least: int, most: int, field: str) -> None:
    if not least <= value <= most:
        raise Invalid(f"from {least} to {most}", field=field)
