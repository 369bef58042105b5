"""Webhooks: signed over the exact bytes, awaited inside the call that caused them, and never tried again."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, Final

import httpx2
import msgspec

from ops.sandbox.calcom import shapes
from ops.sandbox.calcom.records import Booking, Hook, Posted
from ops.sandbox.calcom.world import World

SECONDS: Final = 30.0
VERSION: Final = "2021-10-20"
TRIGGERS: Final = (
    "BOOKING_CREATED", "BOOKING_PAYMENT_INITIATED", "BOOKING_PAID", "BOOKING_RESCHEDULED", "BOOKING_REQUESTED",
    "BOOKING_CANCELLED", "BOOKING_REJECTED", "BOOKING_NO_SHOW_UPDATED", "FORM_SUBMITTED", "MEETING_ENDED",
    "MEETING_STARTED", "RECORDING_READY", "INSTANT_MEETING", "RECORDING_TRANSCRIPTION_GENERATED", "OOO_CREATED",
    "AFTER_HOSTS_CAL_VIDEO_NO_SHOW", "AFTER_GUESTS_CAL_VIDEO_NO_SHOW", "FORM_SUBMITTED_NO_EVENT",
    "ROUTING_FORM_FALLBACK_HIT", "DELEGATION_CREDENTIAL_ERROR", "WRONG_ASSIGNMENT_REPORT",
)  # fmt: skip


async def tell(world: World, trigger: str, one: Booking, payload: Mapping[str, Any] | None = None) -> None:
    """To every active webhook of the booking's account that wants to hear of it."""
    body = envelope(world, trigger, common(world, one) if payload is None else payload)
    for hook in list(world.hooks.values()):
        mine = hook.account == one.account and hook.event_type in (None, one.event_type)
        if mine and hook.active and trigger in hook.triggers:
            await post(world, hook, trigger, body)


async def tell_flat(world: World, trigger: str, one: Booking) -> None:
    """MEETING_STARTED and MEETING_ENDED: no `payload`, no `createdAt`, the booking's row as it stands."""
    row = {
        "triggerEvent": trigger, "id": one.id, "uid": one.uid, "startTime": shapes.iso(one.start),
        "endTime": shapes.iso(one.end), "responses": one.answers, "userId": one.account,
        "eventTypeId": one.event_type, "status": one.status.upper(), "title": world.kind_of(one).title,
    }  # fmt: skip
    for hook in list(world.hooks.values()):
        if hook.account == one.account and hook.active and trigger in hook.triggers:
            await post(world, hook, trigger, msgspec.json.encode(row))


def envelope(world: World, trigger: str, payload: Mapping[str, Any]) -> bytes:
    return msgspec.json.encode({"triggerEvent": trigger, "createdAt": shapes.iso(world.now()), "payload": payload})


async def post(world: World, hook: Hook, trigger: str, body: bytes, *, signature: str | None = None) -> Posted:
    """One fetch. What comes back is written down, and changes nothing."""
    sent = Posted(
        seq=world.numbers(), hook=hook.id, trigger=trigger, url=hook.url, body=body.decode(),
        signature=signature if signature is not None else signed(hook.secret, body),
    )  # fmt: skip
    headers = {
        "content-type": "application/json", "x-cal-webhook-version": VERSION, "x-cal-signature-256": sent.signature,
    }  # fmt: skip
    try:
        async with httpx2.AsyncClient(trust_env=False, timeout=SECONDS) as http:
            answer = await http.post(hook.url, content=body, headers=headers)
        sent.status, sent.answer = answer.status_code, answer.text
    except httpx2.HTTPError as error:
        sent.error = type(error).__name__
    world.posted.add(sent)
    return sent


def signed(secret: str | None, body: bytes) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest() if secret else "no-secret-provided"


def common(world: World, one: Booking, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    kind, host, who = world.kind_of(one), world.account(one.account), one.attendee
    language = {"locale": who.language}
    guest = {"name": who.name, "email": who.email, "timeZone": who.zone, "language": language, "utcOffset": -180}
    length = round((one.end - one.start).total_seconds() / 60)
    return {
        "bookingId": one.id, "uid": one.uid, "type": kind.slug, "title": kind.title, "eventTitle": kind.title,
        "eventDescription": "", "eventTypeId": kind.id, "startTime": _seconds(one, "start"),
        "endTime": _seconds(one, "end"), "length": length, "status": one.status.upper(),
        "requiresConfirmation": kind.confirmation, "price": 0, "currency": "brl",
        "organizer": {
            "id": host.id, "name": host.name, "email": host.email, "username": host.username, "timeZone": host.zone,
            "language": {"locale": "pt-BR"}, "timeFormat": "HH:mm", "utcOffset": -180,
        },
        "attendees": [guest | ({"phoneNumber": who.phone} if who.phone else {})],
        "responses": {"name": {"label": "your_name", "value": who.name, "isHidden": False}}, "userFieldsResponses": {},
        "customInputs": {}, "additionalNotes": "", "description": "", "location": who.phone or "",
        "metadata": one.metadata, "destinationCalendar": None, "iCalUID": one.ics, "iCalSequence": 0, **more,
    }  # fmt: skip


def _seconds(one: Booking, end: str) -> str:
    at = one.start if end == "start" else one.end
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
