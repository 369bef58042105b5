"""An appointment's whole life with the canaries as its client: by hand, by chat, reminded of, in a feed, and at a Cal.com."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx2

from ops.sandbox.handle import Calcom, Whaticket
from tests.journeys.canaries import EMAIL, NAME, PHONE, TEXT
from tests.journeys.customer import Customer
from tests.journeys.house import Line
from tests.journeys.ordeal import Aftermath
from tests.journeys.test_booking_by_chat import SAO_PAULO, exchange, lend_out

OWNERS_PASSWORD = "dona-canario-51-Wq8"
CALENDAR_KEY = "cal_live_canary90c1e7d2"
ALWAYS = [{"days": [1, 2, 3, 4, 5, 6, 7], "opens": "07:00", "closes": "20:00"}]


@dataclass
class AgendaOrdeal:
    """Each method is one way; what it learns on the way that must stay secret joins the canaries."""

    aftermath: Aftermath
    line: Line
    whaticket: Whaticket
    calcom: Calcom

    async def suffer(self) -> None:
        house, tenant = self.aftermath.house, self.line.tenant
        await lend_out(house, self.line)
        [doctor] = await house.rows("select id from professionals", tenant=tenant)
        [service] = await house.rows("select id from services", tenant=tenant)
        async with self._owner() as owner:
            await self.kept_by_hand(owner, {"service": service["id"], "professional": doctor["id"]})
            await self.read_as_a_feed(owner, doctor["id"])
            webhook = await self.connected(owner, service["id"], doctor["id"])
            await self.booked_by_chat()
            await self.knocked(webhook)
            given_up = await owner.delete("/api/agenda/calendar")
            assert given_up.status_code == 204, given_up.text

    @asynccontextmanager
    async def _owner(self) -> AsyncIterator[httpx2.AsyncClient]:
        house, email = self.aftermath.house, f"dona.{secrets.token_hex(3)}@journey.example"
        words = ["--name", "Ana Souza", "--role", "owner", "--company", str(self.line.tenant)]
        house.command("user", "add", "--email", email, "--password", OWNERS_PASSWORD, *words)
        async with httpx2.AsyncClient(base_url=house.url, timeout=15, trust_env=False) as client:
            wrong = await client.post("/api/auth/login", json={"email": EMAIL, "password": f"{OWNERS_PASSWORD}!"})
            self.aftermath.answers.append(wrong.text)
            login = await client.post("/api/auth/login", json={"email": email, "password": OWNERS_PASSWORD})
            token = login.json()["access_token"]
            self._secret("owner's password", OWNERS_PASSWORD)
            self._secret("access token", token)
            client.headers["authorization"] = f"Bearer {token}"
            client.cookies.clear()
            yield client

    def _secret(self, name: str, value: str) -> None:
        self.aftermath.canaries.secret[name] = value

    async def kept_by_hand(self, owner: httpx2.AsyncClient, whom: dict[str, int]) -> None:
        """Booked, refused, moved, reminded of and cancelled; what was wrong in a question is not repeated to anybody."""
        starts = (datetime.now(UTC) + timedelta(days=10)).replace(minute=0, second=0, microsecond=0)
        wish = whom | {"client": {"phone": f"+{PHONE}", "name": NAME, "email": EMAIL}, "outside_hours": True}
        booked = await owner.post("/api/agenda/booking", json=wish | {"starts": starts.isoformat()})
        assert booked.status_code == 201, booked.text
        id = booked.json()["id"]
        for wrong in (
            {"starts": starts.isoformat()},
            {"starts": TEXT},
            {"starts": "2020-01-01T10:00:00Z"},
            {"token": TEXT},
        ):
            refused = await owner.post("/api/agenda/booking", json=wish | wrong)
            assert 400 <= refused.status_code < 500, refused.text
            self.aftermath.answers.append(refused.text)
        later = {"starts": (starts + timedelta(days=1)).isoformat(), "outside_hours": True}
        moved = await owner.post(f"/api/agenda/appointments/{id}/reschedule", json=later)
        reminded = await owner.post(f"/api/agenda/appointments/{id}/reminder?in_quiet_hours=true")
        assert (moved.status_code, reminded.status_code) == (200, 202), moved.text + reminded.text
        await self.aftermath.house.until(
            "select 1 from reminders where kind = 'manual' and state <> 'planned'", tenant=self.line.tenant
        )
        cancelled = await owner.post("/api/agenda/cancel", json={"appointment": id, "reason": TEXT})
        assert cancelled.status_code == 200, cancelled.text

    async def read_as_a_feed(self, owner: httpx2.AsyncClient, doctor: int) -> None:
        path = urlsplit((await owner.post(f"/api/agenda/professionals/{doctor}/feed")).json()["url"]).path
        self._secret("feed's token", path.rpartition("/")[2])
        async with httpx2.AsyncClient(base_url=self.aftermath.house.url, trust_env=False) as stranger:
            assert (await stranger.get(path)).status_code == 200
            refused = await stranger.get(f"{path}x?text={TEXT}&nome={NAME}")
        assert refused.status_code == 404
        self.aftermath.answers.append(refused.text)

    async def connected(self, owner: httpx2.AsyncClient, service: int, doctor: int) -> str:
        """Its webhook's address here."""
        account = await self.calcom.enter(per_minute=0, key=CALENDAR_KEY)
        kind = await self.calcom.offer(account, host=account.id, hours=ALWAYS)
        kinds = [{"service": service, "professional": doctor, "number": kind.id}]
        order = {"api_key": CALENDAR_KEY, "base_url": self.calcom.url, "event_types": kinds}
        answer = await owner.put("/api/agenda/calendar", json=order)
        assert answer.status_code == 200, answer.text
        self._secret("calendar's webhook secret", answer.json()["webhook_secret"])
        self._secret("calendar's key", CALENDAR_KEY)
        return urlsplit(answer.json()["webhook_url"]).path

    async def booked_by_chat(self) -> None:
        canarina = Customer(self.whaticket, self.line.sandbox, PHONE, name=NAME)
        canarina.heard = (await canarina.all_messages())[-1].seq
        day = datetime.now(SAO_PAULO).date() + timedelta(days=5)
        assert "Posso marcar" in await exchange(canarina, f"quero marcar limpeza dia {day:%d/%m} às 15h")
        assert "Ficou marcado" in await exchange(canarina, "sim")
        assert "Posso cancelar" in await exchange(canarina, "preciso cancelar")
        assert "está cancelado" in await exchange(canarina, "sim")

    async def knocked(self, path: str) -> None:
        secret = self.aftermath.canaries.secret["calendar's webhook secret"]
        guest = {"name": NAME, "email": EMAIL, "phoneNumber": f"+{PHONE}"}
        news = {"triggerEvent": "BOOKING_CREATED", "createdAt": datetime.now(UTC).isoformat()}
        body = json.dumps(news | {"payload": {"title": TEXT, "attendees": [guest]}}).encode()
        broken = body[:-2]
        asked = [
            (path, body, signed(secret, body), 202),
            (path, broken, signed(secret, broken), 202),
            (path, body, signed("nobody's", body), 401),
            (path, body, "no-secret-provided", 401),
            (path, body, secret, 401),
            (f"{path}{PHONE}", body, signed(secret, body), 401),
        ]
        async with httpx2.AsyncClient(base_url=self.aftermath.house.url, trust_env=False) as cal:
            for where, content, signature, expected in asked:
                headers = {"content-type": "application/json", "x-cal-signature-256": signature}
                answer = await cal.post(where, content=content, headers=headers)
                assert answer.status_code == expected, answer.text
                self.aftermath.answers.append(f"{answer.headers} {answer.text}")


def signed(secret: str, body: bytes) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
