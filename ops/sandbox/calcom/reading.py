"""GET /v2/bookings: what can be asked for, in which order, and a page at a time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from ops.sandbox.calcom import forms
from ops.sandbox.calcom.records import Account, Booking
from ops.sandbox.calcom.troubles import invalid
from ops.sandbox.calcom.world import World

STATUSES: Final = ("upcoming", "recurring", "past", "cancelled", "unconfirmed")
MOMENTS: Final[Mapping[str, Callable[[Booking, datetime], bool]]] = {
    "afterStart": lambda one, at: one.start >= at,
    "beforeEnd": lambda one, at: one.end <= at,
    "afterCreatedAt": lambda one, at: one.created >= at,
    "beforeCreatedAt": lambda one, at: one.created <= at,
    "afterUpdatedAt": lambda one, at: one.updated >= at,
    "beforeUpdatedAt": lambda one, at: one.updated <= at,
}
EXACTLY: Final[Mapping[str, Callable[[Booking], str]]] = {
    "bookingUid": lambda one: one.uid,
    "attendeeEmail": lambda one: one.attendee.email,
    "attendeeName": lambda one: one.attendee.name,
}
ORDERS: Final[Mapping[str, Callable[[Booking], datetime]]] = {
    "sortStart": lambda one: one.start,
    "sortEnd": lambda one: one.end,
    "sortCreated": lambda one: one.created,
    "sortUpdatedAt": lambda one: one.updated,
}
WORDS: Final = (
    "status",
    "attendeeEmail",
    "attendeeName",
    "bookingUid",
    "eventTypeIds",
    "eventTypeId",
    "teamId",
    "teamsIds",
)
KNOWN: Final = frozenset({*WORDS, *MOMENTS, *ORDERS, "take", "skip"})


def page(world: World, owner: Account, query: Mapping[str, str]) -> tuple[list[Booking], dict[str, Any]]:
    """Raises NestError."""
    wrong = [f"property {name} should not exist" for name in query if name not in KNOWN]
    if wrong:
        raise invalid(wrong)
    take, skip = _whole(query, "take", 100, 1, 250), _whole(query, "skip", 0, 0, 10**9)
    found = [one for one in world.bookings.values() if one.account == owner.id]
    for fits in _filters(world, query):
        found = [one for one in found if fits(one)]
    for name, order in ORDERS.items():
        if name in query:
            found.sort(key=order, reverse=query[name] == "desc")
    return found[skip : skip + take], _pages(len(found), take, skip)


def _filters(world: World, query: Mapping[str, str]) -> Iterator[Callable[[Booking], bool]]:
    if "status" in query:
        wanted = query["status"].split(",")
        if not set(wanted) <= set(STATUSES):
            raise invalid([f"status must be one of the following values: {', '.join(STATUSES)}"])
        yield lambda one: _status(world, one) in wanted
    for name, word in EXACTLY.items():
        if name in query:
            yield _by_word(word, query[name])
    kinds = query.get("eventTypeIds") or query.get("eventTypeId")
    if kinds:
        yield lambda one: str(one.event_type) in kinds.split(",")
    for name, fits in MOMENTS.items():
        if name in query:
            yield _by_moment(fits, _moment(query, name))


def _by_word(word: Callable[[Booking], str], wanted: str) -> Callable[[Booking], bool]:
    return lambda one: word(one) == wanted


def _by_moment(fits: Callable[[Booking, datetime], bool], at: datetime) -> Callable[[Booking], bool]:
    return lambda one: fits(one, at)


def _status(world: World, one: Booking) -> str:
    """A rejected one is in none of the lists but the cancelled."""
    if not one.holds_its_time:
        return "cancelled"
    if one.end < world.now():
        return "past"
    return "unconfirmed" if one.status == "pending" else "upcoming"


def _moment(query: Mapping[str, str], name: str) -> datetime:
    try:
        return forms.instant(query[name])
    except ValueError as error:
        raise invalid([f"{name} must be a valid ISO 8601 date string"]) from error


def _whole(query: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    given = query.get(name, str(default))
    if not given.isdecimal() or not least <= int(given) <= most:
        raise invalid([f"{name} must be between {least} and {most}"])
    return int(given)


def _pages(total: int, take: int, skip: int) -> dict[str, Any]:
    returned = max(0, min(take, total - skip))
    left = max(0, total - skip - returned)
    return {
        "totalItems": total, "remainingItems": left, "returnedItems": returned, "itemsPerPage": take,
        "currentPage": skip // take + 1, "totalPages": math.ceil(total / take), "hasNextPage": left > 0,
        "hasPreviousPage": skip > 0,
    }  # fmt: skip
