"""A payment provider behind plain signed HTTP: JSON out, JSON in, an idempotency key on everything.

    POST {base}/customers      {"reference", "name", "email"}              -> {"id"}
    POST {base}/subscriptions  {"customer", "plan", "cents", "reference"}  -> {"id"}
    POST {base}/charges        {"subscription", "cents", "description"}    -> {"id", "pix": {"copy_paste", "qr", "expires_at"}}
    POST {base}/charges/{id}/cancel  {}                                    -> {"id"}

Bearer token and Idempotency-Key in the headers. Real providers (Asaas, Pagar.me, Mercado Pago) stand behind a bridge of
this shape, or get an adapter of their own beside this one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar
from urllib.parse import quote

import httpx2
import msgspec

from application.billing.ports import Charge, GatewayRefused, GatewayUnavailable, Payer
from domain.billing.plan import Plan

SECONDS: Final = 15.0
LONGEST_ANSWER: Final = 262_144
ANSWERED_NO: Final = frozenset({400, 404, 409, 422})
"""About what was asked. Anything else is about the provider, or about our token: worth another try."""

T = TypeVar("T")


class _Named(msgspec.Struct):
    id: str


class _Pix(msgspec.Struct):
    copy_paste: str
    qr: str
    expires_at: datetime | None = None


class _Charged(msgspec.Struct):
    id: str
    pix: _Pix


@dataclass(frozen=True, slots=True)
class HttpGateway:
    """Implements application.billing.ports.PaymentGateway."""

    http: httpx2.AsyncClient
    base_url: str
    token: str = field(repr=False)
    seconds: float = SECONDS

    async def create_customer(self, payer: Payer, *, key: str) -> str:
        asked = {"reference": payer.reference, "name": payer.name, "email": payer.email}
        return (await self._ask("customers", asked, key, _Named)).id

    async def create_subscription(self, customer: str, plan: Plan, reference: str, *, key: str) -> str:
        asked = {"customer": customer, "plan": plan.code, "cents": plan.price_cents, "reference": reference}
        return (await self._ask("subscriptions", asked, key, _Named)).id

    async def create_charge(self, subscription: str, cents: int, description: str, *, key: str) -> Charge:
        asked = {"subscription": subscription, "cents": cents, "description": description}
        told = await self._ask("charges", asked, key, _Charged)
        return Charge(told.id, told.pix.copy_paste, told.pix.qr, told.pix.expires_at)

    async def cancel_charge(self, charge: str, *, key: str) -> None:
        await self._ask(f"charges/{quote(charge, safe='')}/cancel", {}, key, _Named)

    async def _ask(self, what: str, asked: Mapping[str, object], key: str, wanted: type[T]) -> T:
        try:
            async with asyncio.timeout(self.seconds):
                status, body = await self._post(f"{self.base_url}/{what}", msgspec.json.encode(asked), key)
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as error:
            raise GatewayUnavailable(f"the payment provider: {type(error).__name__}") from error
        if status in ANSWERED_NO:
            raise GatewayRefused(f"the payment provider refused {what} with status {status}")
        if not 200 <= status < 300:
            raise GatewayUnavailable(f"the payment provider answered {what} with status {status}")
        try:
            return msgspec.json.decode(body, type=wanted)
        except msgspec.MsgspecError as error:
            raise GatewayUnavailable(f"the payment provider answered {what} with something else") from error

    async def _post(self, url: str, content: bytes, key: str) -> tuple[int, bytes]:
        headers = {
            "authorization": f"Bearer {self.token}",
            "idempotency-key": key,
            "content-type": "application/json",
        }
        request = self.http.build_request("POST", url, content=content, headers=headers)
        response = await self.http.send(request, stream=True, follow_redirects=False)
        heard = bytearray()
        try:
            async for piece in response.aiter_bytes():
                heard += piece
                if len(heard) > LONGEST_ANSWER:
                    raise httpx2.RemoteProtocolError("more than a payment provider has to say")
        finally:
            await response.aclose()
        return response.status_code, bytes(heard)
