"""Which stretch of the agenda a request looks at, and whose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Final

from litestar.params import QueryParameter

from adapters.http.agenda_wire import MOST
from domain.agenda.slot import Slot, in_utc
from domain.shared.errors import Invalid
from domain.shared.ids import ContactId, ProfessionalId

WEEK: Final = timedelta(days=7)
LONGEST_WINDOW: Final = timedelta(days=62)

OneOf = Annotated[int | None, QueryParameter(ge=1, le=MOST)]
From = Annotated[datetime | None, QueryParameter(name="from", description="With an offset; without it, now")]
Until = Annotated[datetime | None, QueryParameter(description="With an offset; without it, a week later")]


@dataclass(frozen=True, slots=True)
class Looked:
    since: datetime | None
    until: datetime | None
    professional: ProfessionalId | None
    contact: ContactId | None

    def window(self, now: datetime) -> Slot:
        """Raises Invalid that names `from` or `until`."""
        starts = now if self.since is None else in_utc(self.since, "from")
        ends = starts + WEEK if self.until is None else in_utc(self.until, "until")
        if ends <= starts:
            raise Invalid("it ends after it starts", field="until")
        if ends - starts > LONGEST_WINDOW:
            raise Invalid(f"at most {LONGEST_WINDOW.days} days", field="until")
        return Slot(starts, ends)


def looked_at(from_: From = None, until: Until = None, professional: OneOf = None, contact: OneOf = None) -> Looked:
    return Looked(
        from_,
        until,
        None if professional is None else ProfessionalId(professional),
        None if contact is None else ContactId(contact),
    )
