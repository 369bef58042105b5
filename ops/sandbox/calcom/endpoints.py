"""Every endpoint by method and path: its name, its group of versions, whether it needs a key, and what it does."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from ops.sandbox.calcom import booking, forms, reading, shapes, slots, telling
from ops.sandbox.calcom.records import Account, EventType, Hook, Reservation, new_uid
from ops.sandbox.calcom.troubles import NestError, invalid
from ops.sandbox.calcom.world import World


@dataclass(frozen=True)
class Ask:
    """One call, read: who asks (None: nobody), with which path, query and body."""

    world: World
    by: Account | None
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any

    @property
    def owner(self) -> Account:
        if self.by is None:
            raise NestError(401, "ApiAuthStrategy - no authentication provided")
        return self.by


@dataclass(frozen=True)
class Endpoint:
    method: str
    pattern: re.Pattern[str]
    name: str
    group: str
    do: Callable[[Ask], Awaitable[dict[str, Any]]] = field(repr=False)
    status: int = 200


def success(data: object, **more: object) -> dict[str, Any]:
    return {"status": "success", "data": data, **more}


async def _slots(ask: Ask) -> dict[str, Any]:
    return success(slots.told(ask.world, _kind(ask.world, ask.query), ask.query))


def _kind(world: World, query: Mapping[str, str]) -> EventType:
    id, slug = query.get("eventTypeId", ""), query.get("eventTypeSlug")
    for kind in world.event_types.values():
        if str(kind.id) == id or (slug == kind.slug and query.get("username") == world.account(kind.account).username):
            return kind
    raise NestError(404, "Event Type not found")


async def _reserve(ask: Ask) -> dict[str, Any]:
    """A hint, not a lock: booking never looks at who holds what."""
    asked = forms.checked(ask.body, forms.RESERVE, required=("eventTypeId", "slotStart"))
    if "reservationDuration" in asked:
        _ = ask.owner
    kind = _kind(ask.world, {"eventTypeId": str(asked["eventTypeId"])})
    start = forms.instant(asked["slotStart"])
    end = start + timedelta(minutes=asked.get("slotDuration") or kind.length)
    if next(ask.world.busy(kind.host, start, end), None):
        raise NestError(422, "Can't reserve a slot if the event is already booked.")
    if ask.world.held(kind.id, start, end):
        raise NestError(422, "This time slot is already reserved by another user. Please choose a different time.")
    minutes = int(asked.get("reservationDuration") or 5)
    until = ask.world.now() + timedelta(minutes=minutes)
    kept = Reservation(uid=new_uid(), event_type=kind.id, start=start, end=end, until=until, minutes=minutes)
    ask.world.reservations[kept.uid] = kept
    return success(_reservation(kept))


def _reservation(kept: Reservation) -> dict[str, Any]:
    return {
        "eventTypeId": kept.event_type, "slotStart": shapes.iso(kept.start), "slotEnd": shapes.iso(kept.end),
        "slotDuration": round((kept.end - kept.start).total_seconds() / 60), "reservationUid": kept.uid,
        "reservationDuration": kept.minutes, "reservationUntil": shapes.iso(kept.until),
    }  # fmt: skip


async def _let_go(ask: Ask) -> dict[str, Any]:
    if ask.world.reservations.pop(ask.path["uid"], None) is None:
        raise NestError(404, "Reserved slot not found")
    return {"status": "success"}


async def _book(ask: Ask) -> dict[str, Any]:
    return success(shapes.booking(ask.world, await booking.book(ask.world, ask.body)))


async def _get(ask: Ask) -> dict[str, Any]:
    return success(shapes.booking(ask.world, booking.find(ask.world, ask.path["uid"])))


async def _list(ask: Ask) -> dict[str, Any]:
    found, pages = reading.page(ask.world, ask.owner, ask.query)
    return success([shapes.booking(ask.world, one) for one in found], pagination=pages)


async def _move(ask: Ask) -> dict[str, Any]:
    made = await booking.reschedule(ask.world, ask.path["uid"], ask.body, by=ask.by)
    return success(shapes.booking(ask.world, made))


async def _cancel(ask: Ask) -> dict[str, Any]:
    return success(shapes.booking(ask.world, await booking.cancel(ask.world, ask.path["uid"], ask.body)))


async def _absent(ask: Ask) -> dict[str, Any]:
    _ = ask.owner
    return success(shapes.booking(ask.world, await booking.mark_absent(ask.world, ask.path["uid"], ask.body)))


async def _confirm(ask: Ask) -> dict[str, Any]:
    return success(shapes.booking(ask.world, await booking.confirm(ask.world, ask.path["uid"], ask.owner)))


async def _decline(ask: Ask) -> dict[str, Any]:
    return success(shapes.booking(ask.world, await booking.decline(ask.world, ask.path["uid"], ask.owner, ask.body)))


async def _kinds(ask: Ask) -> dict[str, Any]:
    mine = [kind for kind in ask.world.event_types.values() if ask.by is None or kind.account == ask.by.id]
    return success([shapes.event_type(ask.world, kind) for kind in mine])


async def _kind_by_id(ask: Ask) -> dict[str, Any]:
    return success(shapes.event_type(ask.world, _kind(ask.world, {"eventTypeId": ask.path["id"]})))


async def _me(ask: Ask) -> dict[str, Any]:
    one = ask.owner
    return success({
        "id": one.id, "username": one.username, "email": one.email, "name": one.name, "avatarUrl": None, "bio": None,
        "timeFormat": 24, "defaultScheduleId": None, "weekStart": "Monday", "timeZone": one.zone,
        "organizationId": None,
    })  # fmt: skip


async def _hook(ask: Ask) -> dict[str, Any]:
    given = forms.checked(ask.body, forms.HOOK, required=("subscriberUrl", "triggers", "active"))
    unknown = [name for name in given["triggers"] if name not in telling.TRIGGERS]
    if unknown:
        raise invalid([f"each value in triggers must be one of: {', '.join(telling.TRIGGERS)}"])
    owner, url = ask.owner, given["subscriberUrl"]
    if any(one.account == owner.id and one.url == url for one in ask.world.hooks.values()):
        raise NestError(409, f"Webhook with this subscriber url already exists for this user: {url}")
    made = Hook(
        id=next(ask.world.ids), account=owner.id, url=url, triggers=given["triggers"], active=given["active"],
        secret=given.get("secret"),
    )  # fmt: skip
    ask.world.hooks[made.id] = made
    return success(shapes.hook(made))


async def _hooks(ask: Ask) -> dict[str, Any]:
    return success([shapes.hook(one) for one in ask.world.hooks.values() if one.account == ask.owner.id])


async def _rehook(ask: Ask) -> dict[str, Any]:
    given, one = forms.checked(ask.body, forms.HOOK), _own_hook(ask)
    for name, value in given.items():
        field = "url" if name == "subscriberUrl" else name
        if field in ("url", "triggers", "active", "secret"):
            setattr(one, field, value)
    return success(shapes.hook(one))


async def _unhook(ask: Ask) -> dict[str, Any]:
    return success(shapes.hook(ask.world.hooks.pop(_own_hook(ask).id)))


def _own_hook(ask: Ask) -> Hook:
    one = ask.world.hooks.get(int(ask.path["id"]))
    if one is None or one.account != ask.owner.id:
        raise NestError(404, f"Webhook ({ask.path['id']}) not found")
    return one


def _at(path: str) -> re.Pattern[str]:
    return re.compile(f"/v2{path}")


ONE: Final = "/bookings/(?P<uid>[^/]+)"
ENDPOINTS: Final = (
    Endpoint("GET", _at("/slots"), "slots", "slots", _slots),
    Endpoint("POST", _at("/slots/reservations"), "reserve", "slots", _reserve, 201),
    Endpoint("DELETE", _at("/slots/reservations/(?P<uid>[^/]+)"), "let_go", "slots", _let_go),
    Endpoint("POST", _at("/bookings"), "book", "bookings", _book, 201),
    Endpoint("GET", _at("/bookings"), "list", "bookings", _list),
    Endpoint("GET", _at(ONE), "get", "bookings", _get),
    Endpoint("POST", _at(f"{ONE}/reschedule"), "reschedule", "bookings", _move, 201),
    Endpoint("POST", _at(f"{ONE}/cancel"), "cancel", "bookings", _cancel),
    Endpoint("POST", _at(f"{ONE}/mark-absent"), "mark_absent", "bookings", _absent),
    Endpoint("POST", _at(f"{ONE}/confirm"), "confirm", "bookings", _confirm),
    Endpoint("POST", _at(f"{ONE}/decline"), "decline", "bookings", _decline),
    Endpoint("GET", _at("/event-types"), "event_types", "event-types", _kinds),
    Endpoint("GET", _at("/event-types/(?P<id>[0-9]+)"), "event_type", "event-types", _kind_by_id),
    Endpoint("GET", _at("/me"), "me", "me", _me),
    Endpoint("POST", _at("/webhooks"), "hook", "webhooks", _hook, 201),
    Endpoint("GET", _at("/webhooks"), "hooks", "webhooks", _hooks),
    Endpoint("PATCH", _at("/webhooks/(?P<id>[0-9]+)"), "rehook", "webhooks", _rehook),
    Endpoint("DELETE", _at("/webhooks/(?P<id>[0-9]+)"), "unhook", "webhooks", _unhook),
)


def endpoint_of(method: str, path: str) -> tuple[Endpoint, dict[str, str]]:
    """Raises NestError."""
    for one in ENDPOINTS:
        found = one.pattern.fullmatch(path) if one.method == method else None
        if found:
            return one, found.groupdict()
    raise NestError(404, f"Cannot {method} {path}")
