"""The Calendar port on Cal.com: a uid that changes with every move, words for codes, and no key that makes a repeat harmless.

So a change whose answer was lost is looked up by our own mark in the booking's metadata before anybody asks again, and a uid
is followed to the booking that stands for it now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

from adapters.calcom import wire
from adapters.calcom.client import CalcomClient
from adapters.calcom.errors import AlreadyCancelled
from adapters.calcom.free_starts import FreeStarts
from adapters.calcom.moments import iso
from adapters.calcom.terms import MARK, CalcomTerms, EventType
from adapters.calcom.wire import NotABooking, WireBooking
from application.agenda.ports import (
    Attendee,
    CalendarBooking,
    CalendarEntry,
    CalendarRefused,
    CalendarUnavailable,
    CalendarUnsure,
    EntryNotFound,
    EntryState,
    FreeQuery,
)
from domain.agenda.appointment import CalendarRef
from domain.agenda.slot import Slot
from domain.shared.ids import AppointmentId, ProfessionalId

PAGE: Final = 250
MOST_MOVES: Final = 50
"""A chain of moves longer than this goes in a circle."""

A_MINUTE: Final = timedelta(minutes=1)
LANGUAGE: Final = "pt-BR"
CHANGED_HANDS: Final = "O horário passou para outro profissional."
STAYS: Final = "O horário continua com o profissional de antes."
NOTHING_KNOWN: Final[Mapping[str, WireBooking]] = {}


@dataclass(frozen=True, slots=True)
class CalcomCalendar:
    """Satisfies Calendar for one company."""

    client: CalcomClient

    @property
    def terms(self) -> CalcomTerms:
        return self.client.terms

    async def free(self, query: FreeQuery) -> Mapping[ProfessionalId, Sequence[Slot]]:
        moving = None if query.moving is None else await self._moving(query.moving)
        starts = FreeStarts(self.client, query, moving)
        kinds = {who: self.terms.event_types.get((query.service, who)) for who in query.professionals}
        return await starts.of({who: kind for who, kind in kinds.items() if kind is not None})

    async def _moving(self, ref: CalendarRef) -> str | None:
        """Asked once for a look of many parts."""
        question = (self.terms.base_url, self.terms.key, "stands for", ref)
        return await self.client.lines.of(self.terms.tenant).answers.to(question, lambda: self._standing(ref))

    async def _standing(self, ref: CalendarRef) -> str | None:
        try:
            return (await self._newest(ref)).uid
        except EntryNotFound:
            return None

    async def book(self, booking: CalendarBooking) -> CalendarRef:
        kind = self._kind_of(booking)
        body: dict[str, Any] = {
            "eventTypeId": kind.id,
            "start": iso(booking.slot.starts),
            "attendee": _attendee(booking.attendee, booking.appointment),
            "metadata": {MARK: self.terms.mark(booking.appointment)},
        }
        if kind.flexible:
            body["lengthInMinutes"] = round(booking.slot.length / A_MINUTE)
        try:
            answer = await self.client.change("/bookings", version=self.terms.bookings_version, body=body)
        except EntryNotFound as error:
            raise CalendarRefused("Cal.com has no such event type") from error
        return CalendarRef(_made(answer).uid)

    async def find(self, booking: CalendarBooking) -> CalendarEntry | None:
        kind = self.terms.event_types.get((booking.service, booking.professional))
        window = booking.slot.widened(before=A_MINUTE, after=A_MINUTE)
        query = {"afterStart": iso(window.starts), "beforeEnd": iso(window.ends), "take": PAGE, "sortCreated": "asc"}
        answer = await self.client.ask("/bookings", version=self.terms.bookings_version, query=query)
        for one in wire.bookings(answer.get("data")):
            mine = one.slot == booking.slot and self.terms.marked(one.mark) == booking.appointment
            if one.stands and mine and (kind is None or one.event_type_id == kind.id):
                return wire.entry(one, self.terms)
        return None

    async def reschedule(self, ref: CalendarRef, booking: CalendarBooking) -> CalendarRef:
        kind, now = self._kind_of(booking), await self._newest(ref)
        if now.event_type_id != kind.id:
            return await self._change_hands(now, booking)
        if not now.stands:
            raise EntryNotFound("it was cancelled over there")
        if now.slot == booking.slot:
            return CalendarRef(now.uid)
        if now.slot.length != booking.slot.length:
            raise CalendarRefused("Cal.com keeps the length of what is moved")
        body = {"start": iso(booking.slot.starts)}
        try:
            answer = await self._change(now.uid, "reschedule", body)
        except AlreadyCancelled as error:
            raise EntryNotFound("it was cancelled or moved over there meanwhile") from error
        return CalendarRef(_made(answer).uid)

    async def _change_hands(self, now: WireBooking, booking: CalendarBooking) -> CalendarRef:
        """To another professional, who is another event type there: a new booking first, so that the old one stands if not.

        Broken off in between it is taken up again where it was: the new one is found by our mark, and the old one cancelled.
        """
        known = await self.find(booking)
        if known is None and not now.stands:
            raise EntryNotFound("it was cancelled over there")
        ref = known.ref if known is not None else await self.book(booking)
        try:
            await self.cancel(CalendarRef(now.uid), CHANGED_HANDS)
        except CalendarUnavailable as error:
            raise CalendarUnsure("the new booking is made, and the old one is still there") from error
        except CalendarRefused:
            await self.cancel(ref, STAYS)
            raise
        except EntryNotFound:  # somebody was quicker; the new one stands all the same
            return ref
        return ref

    async def cancel(self, ref: CalendarRef, reason: str) -> None:
        now = await self._newest(ref)
        if not now.stands:
            return
        try:
            await self._change(now.uid, "cancel", {"cancellationReason": reason} if reason else {})
        except AlreadyCancelled:
            return

    async def mark_absent(self, ref: CalendarRef) -> None:
        await self._attended(ref, absent=True)

    async def mark_present(self, ref: CalendarRef) -> None:
        await self._attended(ref, absent=False)

    async def _attended(self, ref: CalendarRef, *, absent: bool) -> None:
        now = await self._newest(ref)
        attendees = [{"email": one.email, "absent": absent} for one in now.attendees if one.email]
        await self._change(now.uid, "mark-absent", {"attendees": attendees})

    async def changed_since(self, moment: datetime, *, limit: int = PAGE) -> Sequence[CalendarEntry]:
        """More than `limit` where so many changed at one moment that one could not go on from the last."""
        found: list[WireBooking] = []
        while True:
            query = {
                "afterUpdatedAt": iso(moment),
                "sortUpdatedAt": "asc",
                "take": min(limit, PAGE),
                "skip": len(found),
            }
            answer = await self.client.browse("/bookings", version=self.terms.bookings_version, query=query)
            page = list(wire.bookings(answer.get("data")))
            found += page
            stuck = bool(found) and found[-1].updated_at <= moment
            if not page or not _has_more(answer) or (len(found) >= limit and not stuck):
                break
        if found:
            self.client.lines.forget(self.terms.tenant)
        return await self._entries(found)

    async def _entries(self, found: Sequence[WireBooking]) -> Sequence[CalendarEntry]:
        """What was moved away is told as what stands for it now: by itself it would look cancelled."""
        known = {one.uid: one for one in found}
        return [await self._followed(one, known) if one.moved_away else wire.entry(one, self.terms) for one in found]

    async def _followed(self, one: WireBooking, known: Mapping[str, WireBooking]) -> CalendarEntry:
        try:
            now = await self._newest(CalendarRef(one.uid), known)
        except (EntryNotFound, CalendarRefused):
            return replace(wire.entry(one, self.terms), state=EntryState.LOST)
        return replace(wire.entry(now, self.terms), changed_at=one.updated_at, replaces=CalendarRef(one.uid))

    async def _newest(self, ref: CalendarRef, known: Mapping[str, WireBooking] = NOTHING_KNOWN) -> WireBooking:
        """The booking that stands where this one stood. Raises EntryNotFound."""
        uid = str(ref)
        for _ in range(MOST_MOVES):
            one = known.get(uid) or await self._get(uid)
            if not one.moved_away:
                return one
            uid = one.rescheduled_to_uid or ""
        raise EntryNotFound("a chain of moves without an end")

    async def _get(self, uid: str) -> WireBooking:
        path = f"/bookings/{quote(uid, safe='')}"
        return _read(await self.client.ask(path, version=self.terms.bookings_version, query={}))

    async def _change(self, uid: str, verb: str, body: Mapping[str, Any]) -> Any:  # noqa: ANN401
        return await self.client.change(
            f"/bookings/{quote(uid, safe='')}/{verb}", version=self.terms.bookings_version, body=body
        )

    def _kind_of(self, booking: CalendarBooking) -> EventType:
        kind = self.terms.event_types.get((booking.service, booking.professional))
        if kind is None:
            raise CalendarRefused("no event type of Cal.com stands for this service of this professional")
        return kind


def _attendee(who: Attendee, appointment: AppointmentId) -> dict[str, str]:
    """The least they take: a name, a zone, and the telephone, or where there is none an address that reaches nobody."""
    told = {"name": who.name, "timeZone": who.time_zone, "language": LANGUAGE}
    if who.phone is not None:
        return told | {"phoneNumber": who.phone.value}
    return told | {"email": f"sem-telefone-{appointment}@secretaria.invalid"}


def _made(answer: Any) -> WireBooking:  # noqa: ANN401
    try:
        return wire.booking(answer.get("data"))
    except NotABooking as error:
        raise CalendarUnsure("Cal.com answered a change with something else") from error


def _read(answer: Any) -> WireBooking:  # noqa: ANN401
    try:
        return wire.booking(answer.get("data"))
    except NotABooking as error:
        raise CalendarUnavailable("Cal.com answered with something else") from error


def _has_more(answer: Any) -> bool:  # noqa: ANN401
    pages = answer.get("pagination")
    return isinstance(pages, dict) and pages.get("hasNextPage") is True
