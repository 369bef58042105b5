"""How the company speaks unasked, over JSON: which reminders, when nobody is written to, how it asks how it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Final

import msgspec
from litestar import Router, get, put
from litestar.params import JSONBody

from adapters.http.access import CallerGiven, requires
from adapters.http.agenda_wire import REFUSED
from application.reminders.keep_manners import KeepManners
from domain.access.role import Permission
from domain.reminders.cadence import CADENCE, Kind
from domain.reminders.manners import LONGEST_QUESTION, Manners
from domain.reminders.quiet_hours import QuietHours
from domain.shared.errors import Invalid

Hour = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class ReminderRulesWire(msgspec.Struct, forbid_unknown_fields=True):
    """`kinds`: of "72h", "24h" and "1h". Nobody is written to from `quiet_begins` to `quiet_ends`, by the company's clock.

    `question`: the company's own words, with {nome}, {servico} and {profissional} filled in; empty for the usual ones.
    `writes_first`: also to clients who never wrote, by their number alone.
    """

    kinds: list[Annotated[str, msgspec.Meta(extra_json_schema={"enum": sorted(CADENCE)})]]
    quiet_begins: Annotated[Hour, msgspec.Meta(examples=["21:00"])]
    quiet_ends: Annotated[Hour, msgspec.Meta(examples=["08:00"])]
    follow_up: bool
    follow_up_hours: Annotated[int, msgspec.Meta(ge=1, le=336)]
    question: Annotated[str, msgspec.Meta(max_length=LONGEST_QUESTION)]
    writes_first: bool


def reminder_rules_router(keep: KeepManners) -> Router:
    return Router("/api/agenda", route_handlers=_handlers(keep), tags=["agenda"])


def _handlers(keep: KeepManners) -> list[Any]:
    path: Final = "/reminder-rules"

    @get(path, guards=[requires(Permission.AGENDA_READ)], summary="How people are reminded", opt={"audit": False})
    async def rules(caller: CallerGiven) -> ReminderRulesWire:
        return manners_out(await keep.get(caller.own_company))

    @put(path, guards=[requires(Permission.AGENDA_SETUP)], responses=REFUSED, summary="Change how people are reminded")
    async def change(data: JSONBody[ReminderRulesWire], caller: CallerGiven) -> ReminderRulesWire:
        manners = manners_from(data)
        await keep.put(caller.own_company, manners, caller.who)
        return manners_out(manners)

    return [rules, change]


def manners_from(wire: ReminderRulesWire) -> Manners:
    """Raises Invalid."""
    if not set(wire.kinds) <= CADENCE:
        raise Invalid(f"some of {', '.join(sorted(CADENCE))}", field="kinds")
    return Manners(
        kinds=frozenset(map(Kind, wire.kinds)),
        quiet=QuietHours(_minute(wire.quiet_begins), _minute(wire.quiet_ends)),
        follow_up=wire.follow_up,
        after=timedelta(hours=wire.follow_up_hours),
        question=wire.question.strip(),
        writes_first=wire.writes_first,
    )


def manners_out(manners: Manners) -> ReminderRulesWire:
    return ReminderRulesWire(
        kinds=sorted(manners.kinds),
        quiet_begins=_clock(manners.quiet.begins),
        quiet_ends=_clock(manners.quiet.ends),
        follow_up=manners.follow_up,
        follow_up_hours=int(manners.after.total_seconds()) // 3600,
        question=manners.question,
        writes_first=manners.writes_first,
    )


def _minute(said: str) -> int:
    hour, _, minute = said.partition(":")
    return int(hour) * 60 + int(minute)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
