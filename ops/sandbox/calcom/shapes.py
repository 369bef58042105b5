"""How a booking, what can be booked, and a webhook look from outside, in REST's words (webhooks have their own)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ops.sandbox.calcom.records import Account, Booking, EventType, Hook
from ops.sandbox.calcom.world import World


def iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def booking(world: World, one: Booking) -> dict[str, Any]:
    kind, host, who = world.kind_of(one), world.account(one.account), one.attendee
    told: dict[str, Any] = {
        "id": one.id, "uid": one.uid, "title": f"{kind.title} between {host.name} and {who.name}", "description": "",
        "hosts": [_host(host)], "status": one.status, "start": iso(one.start), "end": iso(one.end),
        "duration": round((one.end - one.start).total_seconds() / 60), "eventTypeId": kind.id,
        "eventType": {"id": kind.id, "slug": kind.slug}, "location": who.phone or "", "absentHost": one.absent_host,
        "createdAt": iso(one.created), "updatedAt": iso(one.updated), "metadata": one.metadata, "rating": 0,
        "icsUid": one.ics, "attendees": [_attendee(one)], "guests": one.guests, "bookingFieldsResponses": one.answers,
    }  # fmt: skip
    sometimes = {
        "cancellationReason": one.cancel_reason, "rescheduledFromUid": one.moved_from, "rescheduledToUid": one.moved_to,
        "reschedulingReason": one.move_reason,
    }  # fmt: skip
    return told | {name: value for name, value in sometimes.items() if value is not None}


def _host(host: Account) -> dict[str, Any]:
    return {
        "id": host.id, "name": host.name, "email": host.email, "displayEmail": host.email,
        "username": host.username, "timeZone": host.zone,
    }  # fmt: skip


def _attendee(one: Booking) -> dict[str, Any]:
    who = one.attendee
    told = {
        "name": who.name, "email": who.email, "displayEmail": who.email, "timeZone": who.zone,
        "language": who.language, "absent": who.absent,
    }  # fmt: skip
    return told | ({"phoneNumber": who.phone} if who.phone else {})


def event_type(world: World, kind: EventType) -> dict[str, Any]:
    host = world.account(kind.account)
    return {
        "id": kind.id, "lengthInMinutes": kind.length, "lengthInMinutesOptions": kind.lengths or [kind.length],
        "title": kind.title, "slug": kind.slug, "description": "", "locations": [{"type": "attendeePhone"}],
        "bookingFields": _fields(kind), "disableGuests": False, "slotInterval": None,
        "minimumBookingNotice": kind.notice, "beforeEventBuffer": 0, "afterEventBuffer": 0, "recurrence": None,
        "metadata": {}, "price": 0, "currency": "brl", "lockTimeZoneToggleOnBookingPage": False,
        "seatsPerTimeSlot": None, "forwardParamsSuccessRedirect": None, "successRedirectUrl": None,
        "isInstantEvent": False, "scheduleId": None,
        "confirmationPolicy": {"type": "always"} if kind.confirmation else {"disabled": True}, "hidden": False,
        "bookingRequiresAuthentication": False, "ownerId": host.id, "users": [host.username],
        "bookingUrl": f"https://cal.example/{host.username}/{kind.slug}",
    }  # fmt: skip


def _fields(kind: EventType) -> list[dict[str, Any]]:
    def field(slug: str, kind_of: str, *, required: bool, hidden: bool = False) -> dict[str, Any]:
        return {
            "isDefault": slug in ("name", "email", "attendeePhoneNumber"), "type": kind_of, "slug": slug,
            "label": slug, "placeholder": "", "required": required, "hidden": hidden,
        }  # fmt: skip

    return [
        field("name", "name", required=True),
        field("email", "email", required=kind.email_required, hidden=kind.email_hidden),
        field("attendeePhoneNumber", "phone", required=kind.phone_required),
        *(field(slug, "text", required=True) for slug in kind.fields),
    ]


def hook(one: Hook) -> dict[str, Any]:
    owner = {"userId": one.account} if one.event_type is None else {"eventTypeId": one.event_type}
    told = {
        "id": one.id, "subscriberUrl": one.url, "triggers": one.triggers, "active": one.active,
        "payloadTemplate": "", **owner,
    }  # fmt: skip
    return told | ({"secret": one.secret} if one.secret else {})


def old_booking(one: Booking) -> dict[str, Any]:
    """As the API of 2024-04-15 tells it: other names, capitals, no envelope worth the name."""
    return {
        "id": one.id, "uid": one.uid, "startTime": iso(one.start), "endTime": iso(one.end),
        "status": one.status.upper(), "attendees": [{"name": one.attendee.name, "email": one.attendee.email}],
    }  # fmt: skip
