"""The control API of the sandboxed Cal.com as Python: one method per call."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from ops.sandbox.calcom.records import Account, Booking, CalFault, Call, EventType, Posted
from ops.sandbox.clients import Control


class _Account(msgspec.Struct):
    account: Account


class _EventType(msgspec.Struct):
    event_type: EventType


class _Fault(msgspec.Struct):
    fault: CalFault


class _Bookings(msgspec.Struct):
    bookings: list[Booking]


class _Booking(msgspec.Struct):
    booking: Booking


class _Now(msgspec.Struct):
    now: datetime


class _Webhook(msgspec.Struct):
    webhook: Posted


class CalcomCalls(msgspec.Struct):
    """`last` is the `seq` to go on from."""

    requests: list[Call]
    last: int


class PostedWebhooks(msgspec.Struct):
    webhooks: list[Posted]
    last: int = 0


class Calcom(Control):
    """Every call of its control API."""

    async def enter(self, **account: object) -> Account:
        return (await self.ask(_Account, "POST", "/accounts", account)).account

    async def offer(self, account: Account, **kind: object) -> EventType:
        return (await self.ask(_EventType, "POST", "/event-types", {"account": account.id, **kind})).event_type

    async def bookings(self) -> list[Booking]:
        return (await self.ask(_Bookings, "GET", "/bookings")).bookings

    async def do(self, what: str, uid: str | None = None, **body: object) -> Booking:
        """By the owner's own hand, past our API."""
        return (await self.ask(_Booking, "POST", f"/do/{what}", {"uid": uid, "body": body})).booking

    async def fault(self, kind: str, on: str = "any", **more: object) -> CalFault:
        return (await self.ask(_Fault, "POST", "/faults", {"kind": kind, "on": on, **more})).fault

    async def faults(self) -> dict[str, Any]:
        return await self.ask(dict[str, Any], "GET", "/faults")

    async def heal(self) -> None:
        await self.ask(dict[str, Any], "DELETE", "/faults")

    async def set(self, **settings: object) -> datetime:
        """`race_ms`, `latency_ms`, `now`, `advance_seconds`; what time it is there now."""
        return (await self.ask(_Now, "PATCH", "/settings", settings)).now

    async def calls(self, after: int = 0, *, wait: float | None = None) -> CalcomCalls:
        return await self.ask(CalcomCalls, "GET", "/requests", after=after, wait=wait)

    async def webhooks(self, after: int = 0, *, wait: float | None = None) -> PostedWebhooks:
        return await self.ask(PostedWebhooks, "GET", "/webhooks", after=after, wait=wait)

    async def replay(self, seq: int, *, times: int = 1, signature: str | None = None) -> list[Posted]:
        told = {"seq": seq, "times": times, "signature": signature}
        return (await self.ask(PostedWebhooks, "POST", "/replay", told)).webhooks

    async def post(
        self, hook: int, body: object = None, *, raw: str | None = None, signature: str | None = None
    ) -> Posted:
        told = {"hook": hook, "body": body, "raw": raw, "signature": signature}
        return (await self.ask(_Webhook, "POST", "/post", told)).webhook
