"""What a payment provider remembers, and how it tells of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import msgspec
from standardwebhooks import Webhook

from ops.sandbox.control import UnknownError


class Tell(msgspec.Struct, forbid_unknown_fields=True):
    """`at` and `id` only for stories about late, early and repeated events; `times` posts it so often."""

    type: str
    charge: str | None = None
    subscription: str | None = None
    customer: str | None = None
    plan: str | None = None
    at: datetime | None = None
    id: str | None = None
    times: int = 1


@dataclass
class Provider:
    """The same idempotency key is the same thing, whoever asks and however often."""

    webhook_url: str | None = None
    secret: str = ""
    by_key: dict[str, dict[str, Any]] = field(default_factory=dict)
    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: list[dict[str, Any]] = field(default_factory=list)
    fail_next: list[int] = field(default_factory=list)

    def make(self, kind: str, asked: dict[str, Any], key: str) -> dict[str, Any]:
        known = self.by_key.get(key)
        if known is not None:
            return known
        made = {"id": f"{kind[:3]}_{secrets.token_hex(8)}", "kind": kind, **asked}
        if kind == "charges":
            code = (
                f"00020126580014br.gov.bcb.pix0136{secrets.token_hex(18)}5303986540{asked['cents'] / 100:.2f}6304ABCD"
            )
            expires = datetime.now(UTC) + timedelta(days=3)
            made["pix"] = {"copy_paste": code, "qr": code, "expires_at": expires.isoformat()}
        self.by_key[key] = self.things[made["id"]] = made
        return made

    async def tell(self, what: Tell) -> list[dict[str, Any]]:
        """Posts the event as the provider would; what each post was answered. Raises UnknownError."""
        if self.webhook_url is None:
            raise UnknownError("no webhook_url is set")
        at = what.at or datetime.now(UTC)
        data = {"charge": what.charge, "subscription": what.subscription, "customer": what.customer, "plan": what.plan}
        if what.charge in self.things and what.subscription is None:
            data["subscription"] = self.things[what.charge]["subscription"]
        known = {name: value for name, value in data.items() if value}
        body = msgspec.json.encode({"type": what.type, "timestamp": at, "data": known})
        id = what.id or f"evt_{secrets.token_hex(12)}"
        async with httpx2.AsyncClient(trust_env=False, timeout=10) as http:
            answers = [await self._post(http, id, body) for _ in range(what.times)]
        self.told += answers
        return answers

    async def _post(self, http: httpx2.AsyncClient, id: str, body: bytes) -> dict[str, Any]:
        now = datetime.now(UTC).replace(microsecond=0)
        headers = {
            "content-type": "application/json",
            "webhook-id": id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(self.secret).sign(id, now, body.decode()),
        }
        answer = await http.post(str(self.webhook_url), content=body, headers=headers)
        return {"id": id, "status": answer.status_code, "body": answer.text}
