"""The payment provider's webhooks: proven by Standard Webhooks over the raw bytes, and read in our words.

The library's own `verify` trips over signatures that are not base64 and takes timestamps such as "1e9"; here it only
signs, and what came is compared in constant time.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

import msgspec
from standardwebhooks import Webhook
from standardwebhooks.webhooks import EmptyWebhookSecretError

from application.shared.ports import Clock
from domain.billing.told import ProviderEvent, Told
from domain.shared.errors import Invalid, Unauthenticated

TOLERANCE: Final = timedelta(minutes=5)
TIMESTAMP: Final = re.compile(r"[0-9]{10}")
ID: Final = re.compile(r"[\x21-\x7e]{1,200}")
MOST_SIGNATURES: Final = 10


class _Data(msgspec.Struct):
    charge: str | None = None
    subscription: str | None = None
    customer: str | None = None
    reference: str | None = None
    plan: str | None = None


class _Head(msgspec.Struct):
    type: str
    timestamp: datetime


class _Body(msgspec.Struct):
    data: _Data


T = TypeVar("T")
_HEAD = msgspec.json.Decoder(_Head)
_BODY = msgspec.json.Decoder(_Body)


@dataclass(frozen=True, slots=True)
class SignedEvents:
    """`secrets`: the present one and, while it changes, the one before. None at all: nothing is believed."""

    secrets: Sequence[str] = field(repr=False)
    clock: Clock

    def read(self, headers: Mapping[str, str], body: bytes) -> ProviderEvent:
        """`headers` by lower-case name. Raises Unauthenticated, and Invalid for a true event that cannot be read."""
        id = self._proven(headers, body)
        head = _decoded(_HEAD, body)
        about = _about(head.type, body)
        return ProviderEvent(
            id=id,
            type=_fitting(head.type, "type") or "",
            at=_utc(head.timestamp),
            body=body.decode(),
            charge=about.charge,
            subscription=about.subscription,
            customer=about.customer,
            reference=about.reference,
            plan=about.plan,
        )

    def _proven(self, headers: Mapping[str, str], body: bytes) -> str:
        """The event's id, which is part of what is signed."""
        id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        if not (ID.fullmatch(id) and TIMESTAMP.fullmatch(stamp)):
            raise Unauthenticated("a header of the signature is missing or malformed")
        at = datetime.fromtimestamp(int(stamp), UTC)
        if abs(self.clock() - at) > TOLERANCE:
            raise Unauthenticated("too old or too new")
        shown = _signatures(headers.get("webhook-signature", ""))
        if not any(self._is_signed(secret, id, at, body, shown) for secret in self.secrets):
            raise Unauthenticated("no signature fits")
        return id

    @staticmethod
    def _is_signed(secret: str, id: str, at: datetime, body: bytes, shown: Sequence[bytes]) -> bool:
        try:
            expected = Webhook(secret).sign(id, at, body.decode()).partition(",")[2]
        except (EmptyWebhookSecretError, UnicodeDecodeError, binascii.Error):
            return False
        wanted = base64.b64decode(expected)
        return any(hmac.compare_digest(wanted, one) for one in shown)


def _signatures(header: str) -> list[bytes]:
    """Those of version 1 that can be read at all: "v1,<base64> v1a,<another kind> v1,<base64>"."""
    found = []
    for word in header.split(" ")[:MOST_SIGNATURES]:
        version, _, text = word.partition(",")
        if version == "v1":
            try:
                found.append(base64.b64decode(text, validate=True))
            except ValueError:
                continue
    return found


def _decoded(decoder: msgspec.json.Decoder[T], body: bytes) -> T:
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise Invalid(str(error)) from None
    except (msgspec.DecodeError, RecursionError, ValueError):
        raise Invalid("the body is not JSON", field="body") from None


def _about(kind: str, body: bytes) -> _Data:
    """An event of a type that we do not act upon is kept whatever it holds; if it cannot be read, it is nobody's."""
    try:
        data = _decoded(_BODY, body).data
        for name in data.__struct_fields__:
            _fitting(getattr(data, name), f"data.{name}")
    except Invalid:
        if kind in set(Told):
            raise
        return _Data()
    return data


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise Invalid("an instant with its offset from UTC", field="timestamp")
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise Invalid("an instant of our calendar", field="timestamp") from None


def _fitting(text: str | None, field: str) -> str | None:
    """PostgreSQL keeps no NUL, and nobody names things in more than 200 characters."""
    if text is not None and (len(text) > 200 or "\0" in text):
        raise Invalid("at most 200 characters, none of them NUL", field=field)
    return text
