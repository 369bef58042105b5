"""What may be sent, checked as the global pipe does: an unknown field is a mistake like a wrong one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import phonenumbers

from ops.sandbox.calcom.troubles import NestError, invalid

Check = Callable[[Any], str | None]

LANGUAGES: Final = frozenset({
    "ar", "ca", "de", "es", "eu", "he", "id", "ja", "lv", "pl", "ro", "sr", "th", "vi", "az", "cs", "el", "es-419", "et",
    "fi", "fr", "hu", "it", "km", "nl", "no", "pt", "pt-BR", "ru", "sk", "sv", "tr", "uk", "bg", "da", "en", "hi", "ka",
    "ko", "ml", "sk-SK", "zh-CN", "zh-TW",
})  # fmt: skip


def text(value: object) -> str | None:
    return None if isinstance(value, str) else "must be a string"


def number(value: object) -> str | None:
    return None if isinstance(value, (int, float)) and not isinstance(value, bool) else "must be a number"


def flag(value: object) -> str | None:
    return None if isinstance(value, bool) else "must be a boolean value"


def thing(value: object) -> str | None:
    return None if isinstance(value, dict) else "must be an object"


def several(value: object) -> str | None:
    return None if isinstance(value, list) else "must be an array"


def moment(value: object) -> str | None:
    try:
        instant(str(value))
    except ValueError:
        return "must be a valid ISO 8601 date string"
    return text(value)


def zone(value: object) -> str | None:
    try:
        ZoneInfo(str(value))
    except (KeyError, ValueError, OSError):
        return "must be a valid IANA time-zone"
    return text(value)


def language(value: object) -> str | None:
    return None if value in LANGUAGES else f"must be one of the following values: {', '.join(sorted(LANGUAGES))}"


def phone(value: object) -> str | None:
    try:
        good = phonenumbers.is_valid_number(phonenumbers.parse(str(value)))
    except phonenumbers.NumberParseException:
        good = False
    return None if good else "must match phone number format with country code"


def metadata(value: object) -> str | None:
    if not isinstance(value, dict) or len(value) > 50:
        return "must have at most 50 keys"
    good = all(len(key) <= 40 and isinstance(each, str) and len(each) <= 500 for key, each in value.items())
    return None if good else "keys must be at most 40 characters and values strings of at most 500 characters"


BOOK: Final[Mapping[str, Check]] = {
    "start": moment, "attendee": thing, "bookingFieldsResponses": thing, "eventTypeId": number, "eventTypeSlug": text,
    "username": text, "teamSlug": text, "organizationSlug": text, "guests": several, "meetingUrl": text,
    "location": thing, "metadata": metadata, "lengthInMinutes": number, "routing": thing,
    "emailVerificationCode": text, "allowConflicts": flag,
}  # fmt: skip
ATTENDEE: Final[Mapping[str, Check]] = {
    "name": text, "email": text, "phoneNumber": phone, "timeZone": zone, "language": language,
}  # fmt: skip
RESCHEDULE: Final[Mapping[str, Check]] = {
    "start": moment, "reschedulingReason": text, "rescheduledBy": text, "emailVerificationCode": text, "seatUid": text,
}  # fmt: skip
CANCEL: Final[Mapping[str, Check]] = {"cancellationReason": text, "cancelSubsequentBookings": flag, "seatUid": text}
ABSENT: Final[Mapping[str, Check]] = {"host": flag, "attendees": several}
DECLINE: Final[Mapping[str, Check]] = {"reason": text}
RESERVE: Final[Mapping[str, Check]] = {
    "eventTypeId": number, "slotStart": moment, "slotDuration": number, "reservationDuration": number,
}  # fmt: skip
HOOK: Final[Mapping[str, Check]] = {
    "subscriberUrl": text, "triggers": several, "active": flag, "secret": text, "payloadTemplate": text, "version": text,
}  # fmt: skip
OLD_BOOK: Final[Mapping[str, Check]] = {
    "start": moment, "eventTypeId": number, "timeZone": zone, "language": language, "metadata": metadata,
    "responses": thing, "end": moment,
}  # fmt: skip


def checked(given: object, form: Mapping[str, Check], *, required: tuple[str, ...] = (), inside: str = "") -> Any:  # noqa: ANN401
    """The body as it is. Raises NestError with all that is wrong about it."""
    if not isinstance(given, dict):
        raise invalid([f"{inside or 'body'} must be an object"])
    wrong = [f"{inside}{name} property is wrong,property {name} should not exist" for name in given if name not in form]
    wrong += [f"{inside}{name} should not be null or undefined" for name in required if given.get(name) is None]
    for name, check in form.items():
        if given.get(name) is not None and (said := check(given[name])):
            wrong.append(f"{inside}{name} {said}")
    if wrong:
        raise invalid(wrong)
    return given


def booked(given: object) -> Any:  # noqa: ANN401
    body = checked(given, BOOK, required=("start", "attendee"))
    attendee = checked(body["attendee"], ATTENDEE, required=("name", "timeZone"), inside="attendee.")
    if not attendee.get("email") and not attendee.get("phoneNumber"):
        raise invalid(["attendee.email or attendee.phoneNumber must be given"])
    if "eventTypeId" not in body and not ("eventTypeSlug" in body and ("username" in body or "teamSlug" in body)):
        raise NestError(400, "Either eventTypeId or eventTypeSlug + username or eventTypeSlug + teamSlug must be given")
    return body


def instant(value: str) -> datetime:
    """A naive one is read as UTC: the classic wrong hour. Raises ValueError."""
    at = datetime.fromisoformat(value)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
