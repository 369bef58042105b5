"""What may be done with a booking, in Cal.com's order: look, then write, with nothing but a unique key in between."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from ops.sandbox.calcom import forms, slots, telling, troubles
from ops.sandbox.calcom.records import Account, Attendee, Booking, EventType, new_uid
from ops.sandbox.calcom.troubles import NestError, bare
from ops.sandbox.calcom.world import World, key_of


def find(world: World, uid: str) -> Booking:
    if uid not in world.bookings:
        raise NestError(404, f"Booking with uid={uid} was not found in the database")
    return world.bookings[uid]


async def book(world: World, body: Mapping[str, Any]) -> Booking:
    kind = _kind(world, forms.booked(body))
    length = _length(kind, body.get("lengthInMinutes"))
    start = forms.instant(body["start"])
    end = start + timedelta(minutes=length)
    attendee = _attendee(kind, body["attendee"])
    _demand_fields(kind, body.get("bookingFieldsResponses") or {})
    _demand_free(world, kind, start, end)
    await asyncio.sleep(world.race_ms / 1000)
    made = _write(world, kind, start, end, attendee)
    made.metadata = dict(body.get("metadata") or {})
    made.answers = {"name": attendee.name, "email": attendee.email, **(body.get("bookingFieldsResponses") or {})}
    if attendee.phone:
        made.answers["attendeePhoneNumber"] = attendee.phone
    made.guests = list(body.get("guests") or [])
    await telling.tell(world, "BOOKING_REQUESTED" if kind.confirmation else "BOOKING_CREATED", made)
    return made


async def reschedule(world: World, uid: str, body: Mapping[str, Any], *, by: Account | None) -> Booking:
    """Another booking with another uid; the old one becomes cancelled and points to it."""
    forms.checked(body, forms.RESCHEDULE, required=("start",))
    old = find(world, uid)
    if old.moved_to:
        raise NestError(
            400,
            f"Can't reschedule booking with uid={uid} because it has been cancelled and rescheduled already to "
            f"booking with uid={old.moved_to}. You can reschedule that booking instead.",
        )
    if not old.holds_its_time:
        raise NestError(400, f"Can't reschedule booking with uid={uid} because it has been cancelled.")
    kind, start = world.kind_of(old), forms.instant(body["start"])
    end = start + (old.end - old.start)
    _demand_free(world, kind, start, end, besides=uid)
    await asyncio.sleep(world.race_ms / 1000)
    pending = kind.confirmation and (by is None or by.id != old.account)
    made = _write(world, kind, start, end, old.attendee, pending=pending)
    made.metadata, made.answers, made.ics = old.metadata, old.answers, old.ics
    made.moved_from, made.move_reason = uid, body.get("reschedulingReason")
    old.moved_to = made.uid
    _release(world, old, "cancelled")
    was = {
        "rescheduleUid": old.uid, "rescheduleId": old.id, "rescheduledBy": body.get("rescheduledBy"),
        "rescheduleStartTime": old.start, "rescheduleEndTime": old.end,
    }  # fmt: skip
    trigger = "BOOKING_REQUESTED" if pending else "BOOKING_RESCHEDULED"
    await telling.tell(world, trigger, made, telling.common(world, made, **was))
    return made


async def cancel(world: World, uid: str, body: Mapping[str, Any]) -> Booking:
    """The webhook leaves before the row is written: who reads at once may still see it accepted."""
    forms.checked(body, forms.CANCEL)
    one, reason = find(world, uid), body.get("cancellationReason")
    if not one.holds_its_time:
        raise NestError(400, f"Can't cancel booking with uid={uid} because it has been cancelled already.")
    if one.end < world.now():
        raise NestError(400, "Cannot cancel a booking that has already ended")
    if world.kind_of(one).reason_required and not reason:
        raise NestError(400, "Cancellation reason is required")
    told = telling.common(
        world, one, cancelledBy=None, cancellationReason=reason, requestReschedule=False, status="CANCELLED"
    )
    await telling.tell(world, "BOOKING_CANCELLED", one, told)
    one.cancel_reason = reason
    _release(world, one, "cancelled")
    return one


async def mark_absent(world: World, uid: str, body: Mapping[str, Any]) -> Booking:
    forms.checked(body, forms.ABSENT)
    one = find(world, uid)
    if world.now() < one.start:
        raise NestError(400, troubles.NOT_STARTED.format(now=world.now().isoformat()))
    if "host" in body:
        one.absent_host = body["host"]
    marked = []
    for each in body.get("attendees") or []:
        given = forms.checked(each, {"email": forms.text, "absent": forms.flag}, required=("email", "absent"))
        if given["email"] == one.attendee.email:
            one.attendee.absent = given["absent"]
            marked.append({"email": given["email"], "noShow": given["absent"]})
    one.updated = world.now()
    if marked:
        small = {"message": "x_marked_as_no_show", "bookingUid": uid, "bookingId": one.id, "attendees": marked}
        await telling.tell(world, "BOOKING_NO_SHOW_UPDATED", one, small)
    return one


async def confirm(world: World, uid: str, by: Account) -> Booking:
    """Two pending ones at the same time may both be confirmed: that is theirs, too."""
    one = _own(world, uid, by)
    if one.status == "accepted":
        raise NestError(400, "Booking already confirmed")
    one.status, one.updated = "accepted", world.now()
    await telling.tell(world, "BOOKING_CREATED", one)
    return one


async def decline(world: World, uid: str, by: Account, body: Mapping[str, Any]) -> Booking:
    forms.checked(body, forms.DECLINE)
    one = _own(world, uid, by)
    one.rejection = body.get("reason")
    _release(world, one, "rejected")
    await telling.tell(world, "BOOKING_REJECTED", one, telling.common(world, one, rejectionReason=one.rejection))
    return one


def _own(world: World, uid: str, by: Account) -> Booking:
    one = find(world, uid)
    if one.account != by.id:
        raise NestError(401, "User is not allowed to confirm this booking")
    return one


def _write(
    world: World, kind: EventType, start: datetime, end: datetime, attendee: Attendee, *, pending: bool | None = None
) -> Booking:
    waits = kind.confirmation if pending is None else pending
    key = None if waits else key_of(start, end, kind.host)
    if key in world.keys:
        raise bare(409, "booking_conflict_error")
    now, uid = world.now(), new_uid()
    made = Booking(
        id=next(world.ids), uid=uid, event_type=kind.id, account=kind.account, host=kind.host, start=start, end=end,
        status="pending" if waits else "accepted", attendee=attendee, created=now, updated=now, key=key,
        ics=f"{uid}@Cal.com",
    )  # fmt: skip
    world.bookings[uid] = made
    if key:
        world.keys.add(key)
    return made


def _release(world: World, one: Booking, status: str) -> None:
    one.status, one.updated = ("rejected" if status == "rejected" else "cancelled"), world.now()
    world.keys.discard(one.key or "")
    one.key = None


def _kind(world: World, body: Mapping[str, Any]) -> EventType:
    for kind in world.event_types.values():
        named = kind.slug == body.get("eventTypeSlug") and world.account(kind.account).username == body.get("username")
        if kind.id == body.get("eventTypeId") or named:
            if kind.managed:
                raise NestError(
                    400, f"Event type with id={kind.id} is the parent managed event type that can't be booked."
                )
            return kind
    raise NestError(404, f"Event type with id {body.get('eventTypeId')} not found")


def _length(kind: EventType, asked: int | None) -> int:
    if asked is None:
        return kind.length
    if not kind.lengths:
        raise NestError(
            400, "Can't specify 'lengthInMinutes' because event type does not have multiple possible lengths."
        )
    if asked not in kind.lengths:
        raise NestError(400, f"Provided 'lengthInMinutes' is not one of the possible lengths: {kind.lengths}")
    return int(asked)


def _attendee(kind: EventType, given: Mapping[str, Any]) -> Attendee:
    """Who has only a telephone gets an address made of its digits, at sms.cal.com."""
    phone, email = given.get("phoneNumber"), given.get("email")
    if kind.email_required and not email:
        raise NestError(400, "responses,email - Required")
    if kind.phone_required and not phone:
        raise NestError(400, "responses,attendeePhoneNumber - Required")
    digits = "".join(letter for letter in str(phone) if letter.isdigit())
    if phone and (kind.email_hidden or not email):
        email = f"{digits}@sms.cal.com"
    return Attendee(
        name=given["name"], email=str(email), zone=given["timeZone"], language=given.get("language", "en"), phone=phone
    )


def _demand_fields(kind: EventType, answers: Mapping[str, Any]) -> None:
    for slug in kind.fields:
        if not answers.get(slug):
            raise NestError(400, f"Missing required booking field response: {slug} - it is required by the event type")


def _demand_free(world: World, kind: EventType, start: datetime, end: datetime, *, besides: str | None = None) -> None:
    said = slots.refusal(world, kind, start)
    if said:
        raise NestError(400, troubles.PAST if said == "past" else troubles.TOO_SOON)
    busy = next(world.busy(kind.host, start, end, besides=besides), None)
    if busy is not None or not slots.is_open(world, kind, start, end):
        raise NestError(400, troubles.TAKEN)
