"""A free time under our signature: who has only this can name no other time, and nobody else can use it.

What a model says is never trusted with a time, a person or a service: it may only hand back a token it was given.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from application.agenda.booking import Booking
from application.shared.ports import Clock
from domain.agenda.availability import FreeSlot
from domain.shared.errors import Invalid, Refused
from domain.shared.ids import ContactId, ProfessionalId, ServiceId, TenantId

GOOD_FOR: Final = timedelta(minutes=30)
LAYOUT: Final = struct.Struct(">BQQQqq")
VERSION: Final = 1
MAC: Final = 16
LONGEST: Final = 120


class BadSlotToken(Invalid):
    """Not a token of ours, or one that was given to somebody else: which of the two is not told."""


class SlotTokenExpired(Refused):
    """It was a token of ours; the times have to be looked up again."""

    about = "token"


class TokenKeys(Protocol):
    """A key of each company's own for signing slots; another process derives the same one."""

    async def of(self, tenant: TenantId) -> bytes: ...


@dataclass(frozen=True, slots=True)
class SlotTokens:
    keys: TokenKeys
    clock: Clock

    async def issue(self, tenant: TenantId, free: FreeSlot, service: ServiceId, contact: ContactId) -> str:
        until = int((self.clock() + GOOD_FOR).timestamp())
        starts = int(free.slot.starts.timestamp())
        body = LAYOUT.pack(VERSION, contact, service, free.professional, starts, until)
        return base64.urlsafe_b64encode(body + await self._mac(tenant, body)).decode().rstrip("=")

    async def read(self, tenant: TenantId, token: str, contact: ContactId) -> Booking:
        """What the token stands for, if it was issued to this contact. Raises BadSlotToken or SlotTokenExpired."""
        body, mac = _parts(token)
        if not hmac.compare_digest(mac, await self._mac(tenant, body)):
            raise BadSlotToken("not a token of this contact", field="token")
        version, whose, service, professional, starts, until = LAYOUT.unpack(body)
        if version != VERSION or whose != contact:
            raise BadSlotToken("not a token of this contact", field="token")
        if until <= self.clock().timestamp():
            raise SlotTokenExpired("the token has expired; look up free times again")
        return Booking(contact, ServiceId(service), ProfessionalId(professional), datetime.fromtimestamp(starts, UTC))

    async def _mac(self, tenant: TenantId, body: bytes) -> bytes:
        key = await self.keys.of(tenant)
        return hmac.digest(key, b"slot token\0%d\0" % tenant + body, hashlib.sha256)[:MAC]


def _parts(token: str) -> tuple[bytes, bytes]:
    """Raises BadSlotToken; also for a second spelling of the same bytes."""
    try:
        raw = base64.urlsafe_b64decode(token[:LONGEST] + "=" * (-len(token[:LONGEST]) % 4))
    except (binascii.Error, ValueError):
        raise BadSlotToken("not a token of this contact", field="token") from None
    if len(raw) != LAYOUT.size + MAC or base64.urlsafe_b64encode(raw).decode().rstrip("=") != token:
        raise BadSlotToken("not a token of this contact", field="token")
    return raw[: LAYOUT.size], raw[LAYOUT.size :]
