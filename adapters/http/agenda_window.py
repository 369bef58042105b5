"""Which stretch of the agenda a request looks at, and whose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Final

import msgspec
from litestar.params import QueryParameter

from adapters.http.agenda_wire import MOST
from domain.agenda.slot import Slot, in_utc
from domain.shared.errors import Invalid
from domain.shared.ids import ContactId, ProfessionalId

WEEK: Final = timedelta(days=7)
A_MONTH: Final = timedelta(days=31)
LONGEST_WINDOW: Final = timedelta(days=62)

OneOf = Annotated[int | None, QueryParameter(ge=1, le=MOST)]
From = Annotated[
    str | None,
    QueryParameter(name="from", max_length=40, format="date-time", description="With an offset; left out, now"),
]
Until = Annotated[
    str | None, QueryParameter(max_length=40, format="date-time", description="With an offset; left out, a week later")
]


@dataclass(frozen=True, slots=True)
class Looked:
    since: datetime | None
    until: datetime | None
    professional: ProfessionalId | None
    contact: ContactId | None

    def window(self, now: datetime) -> Slot:
        """Raises Invalid that names `from` or `until`."""
        starts = self.since or now
        ends = self.until or starts + WEEK
        if ends <= starts:
            raise Invalid("it ends after it starts", field="until")
        if ends - starts > LONGEST_WINDOW:
            raise Invalid(f"at most {LONGEST_WINDOW.days} days", field="until")
        return Slot(starts, ends)


def looked_at(from_: From = None, until: Until = None, professional: OneOf = None, contact: OneOf = None) -> Looked:
    return Looked(
        moment_asked(from_, "from"),
        moment_asked(until, "until"),
        None if professional is None else ProfessionalId(professional),
        None if contact is None else ContactId(contact),
    )


def moment_asked(written: str | None, field: str) -> datetime | None:
    """Raises Invalid. Only what is written as a time is one: a query's values are text, and 1795000000 is a number."""
    if written is None:
        return None
    try:
        said = msgspec.convert(written, datetime)
        for spare in (-A_MONTH, A_MONTH):
            in_utc(said + spare, field)  # so that no stretch around it leaves the ages we know
        return in_utc(said, field)
    except OverflowError:
        raise Invalid("no such time", field=field) from None
    except msgspec.ValidationError:
        raise Invalid("a time with its offset (2026-11-24T09:00:00-03:00)", field=field) from None
