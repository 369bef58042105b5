"""What is said unasked, over JSON: a reminder by hand, questions afterwards and their answers, how many people come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

import msgspec
from litestar import Router, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import FromPath, QueryParameter
from litestar.status_codes import HTTP_202_ACCEPTED

from adapters.http.access import CallerGiven, requires
from adapters.http.agenda_window import moment_asked
from adapters.http.agenda_wire import REFUSED, number
from application.agenda.keep import Asker
from application.companies.ports import Zones
from application.follow_ups.ports import FollowUpId, FollowUpView, Status
from application.follow_ups.read_follow_ups import MONTH, Overview, ReadFollowUps, Wish
from application.follow_ups.send_follow_up import SendFollowUp
from application.reminders.remind_now import RemindNow
from application.shared.ports import Clock
from domain.access.role import Permission
from domain.agenda.slot import Slot
from domain.shared.errors import Invalid
from domain.shared.ids import AppointmentId

READ: Final = [requires(Permission.AGENDA_READ)]
WRITE: Final = [requires(Permission.AGENDA_WRITE)]
LONGEST: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Aftercare:
    """What these routes call."""

    remind: RemindNow
    read: ReadFollowUps
    send: SendFollowUp
    zones: Zones
    clock: Clock


class FollowUpOut(msgspec.Struct):
    """`status`: planned, sent, answered, dropped. `intent`: followup_positive, followup_negative, followup_feedback.

    `times`: how often it was sent. `why`: of what was dropped, in one fixed word.
    """

    id: int
    appointment: int
    contact: int
    client: str
    service: str
    status: str
    due_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None
    intent: str | None
    comment: str
    why: str
    times: int


class SatisfactionOut(msgspec.Struct):
    day: date
    positive: int
    negative: int
    feedback: int


class FollowUpsOut(msgspec.Struct):
    """Of the last thirty days. `response_rate` is null while nobody was asked."""

    asked: int
    answered: int
    response_rate: float | None
    satisfaction: list[SatisfactionOut]
    follow_ups: list[FollowUpOut]


class PresenceOut(msgspec.Struct):
    """`rate`: of those who were expected, how many came; null while nobody was."""

    kept: int
    missed: int
    rate: float | None


class AcceptedOut(msgspec.Struct):
    accepted: bool


EXAMPLE: Final = {
    "asked": 2,
    "answered": 1,
    "response_rate": 0.5,
    "satisfaction": [{"day": "2026-11-25", "positive": 1, "negative": 0, "feedback": 0}],
    "follow_ups": [
        {
            "id": 4,
            "appointment": 12,
            "contact": 88,
            "client": "Ana",
            "service": "Consulta",
            "status": "answered",
            "due_at": "2026-11-25T09:30:00-03:00",
            "sent_at": "2026-11-25T09:30:01-03:00",
            "answered_at": "2026-11-25T10:02:44-03:00",
            "intent": "followup_positive",
            "comment": "foi ótimo, adorei!",
            "why": "",
            "times": 1,
        }
    ],
}
FOUND: Final = ResponseSpec(
    FollowUpsOut, description="The latest first", examples=[Example(summary="Two", value=EXAMPLE)]
)
COUNTED: Final = ResponseSpec(
    PresenceOut,
    description="Counted by the beginning of the appointments",
    examples=[Example(summary="Three of four", value={"kept": 3, "missed": 1, "rate": 0.75})],
)
ON_ITS_WAY: Final = ResponseSpec(
    AcceptedOut, description="It leaves within moments", examples=[Example(summary="Yes", value={"accepted": True})]
)

Wanted = Annotated[Status | None, QueryParameter(description="Only these")]
Limit = Annotated[int, QueryParameter(ge=1, le=500)]
InQuietHours = Annotated[
    bool, QueryParameter(description="Also while the company's quiet hours last; else it is refused then")
]
From = Annotated[
    str | None,
    QueryParameter(
        name="from", max_length=40, format="date-time", description="With an offset; left out, thirty days ago"
    ),
]
Until = Annotated[
    str | None, QueryParameter(max_length=40, format="date-time", description="With an offset; left out, now")
]


def aftercare_router(care: Aftercare) -> Router:
    return Router("/api/agenda", route_handlers=[*_reading(care), *_sending(care)], tags=["agenda"])


def _reading(care: Aftercare) -> list[Any]:
    @get("/followups", guards=READ, responses={200: FOUND, **REFUSED}, summary="Questions afterwards, and answers")
    async def follow_ups(caller: CallerGiven, status: Wanted = None, limit: Limit = 200) -> FollowUpsOut:
        company = caller.own_company
        overview = await care.read(company, Wish(status, limit=limit))
        return _overview_out(overview, await care.zones.of(company))

    @get(
        "/presence",
        guards=READ,
        responses={200: COUNTED, **REFUSED},
        summary="How many of those who were expected came",
        opt={"audit": False},
    )
    async def presence(caller: CallerGiven, from_: From = None, until: Until = None) -> PresenceOut:
        window = _window(moment_asked(from_, "from"), moment_asked(until, "until"), care.clock())
        found = await care.read.presence(caller.own_company, window.starts, window.ends)
        return PresenceOut(found.kept, found.missed, found.rate)

    return [follow_ups, presence]


def _sending(care: Aftercare) -> list[Any]:
    more: Any = {"guards": WRITE, "responses": {202: ON_ITS_WAY, **REFUSED}, "status_code": HTTP_202_ACCEPTED}

    @post("/appointments/{id:int}/reminder", **more, summary="Remind the client now", opt={"audit": "agenda.remind"})
    async def remind(id: FromPath[int], caller: CallerGiven, in_quiet_hours: InQuietHours = False) -> AcceptedOut:
        asker = Asker(caller.who)
        await care.remind(caller.own_company, AppointmentId(number(id)), asker, anyway=in_quiet_hours)
        return AcceptedOut(accepted=True)

    @post("/followups/{id:int}/resend", **more, summary="Ask once more how it was", opt={"audit": "agenda.follow_up"})
    async def resend(id: FromPath[int], caller: CallerGiven) -> AcceptedOut:
        await care.send.again(caller.own_company, FollowUpId(number(id)), Asker(caller.who))
        return AcceptedOut(accepted=True)

    return [remind, resend]


def _window(since: datetime | None, until: datetime | None, now: datetime) -> Slot:
    """Raises Invalid."""
    ends = until or now
    starts = since or ends - MONTH
    if ends <= starts or ends - starts > LONGEST:
        raise Invalid(f"it ends after it starts, at most {LONGEST.days} days later", field="until")
    return Slot(starts, ends)


def _overview_out(overview: Overview, zone: ZoneInfo) -> FollowUpsOut:
    return FollowUpsOut(
        asked=overview.asked,
        answered=overview.answered,
        response_rate=overview.response_rate,
        satisfaction=[
            SatisfactionOut(each.day, each.positive, each.negative, each.feedback) for each in overview.satisfaction
        ],
        follow_ups=[_follow_up_out(each, zone) for each in overview.follow_ups],
    )


def _follow_up_out(view: FollowUpView, zone: ZoneInfo) -> FollowUpOut:
    return FollowUpOut(
        id=view.id,
        appointment=view.appointment,
        contact=view.contact,
        client=view.client_name,
        service=view.service_name,
        status=view.status,
        due_at=view.due_at.astimezone(zone),
        sent_at=None if view.sent_at is None else view.sent_at.astimezone(zone),
        answered_at=None if view.answered_at is None else view.answered_at.astimezone(zone),
        intent=view.intent,
        comment=view.comment,
        why=view.why,
        times=view.times,
    )
