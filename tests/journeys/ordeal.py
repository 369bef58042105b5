"""All the ways that canaries are sent: the good one, and every bad one that writes something somewhere."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field

import httpx2

from ops.load.webhooks import signature, text_message
from ops.sandbox.handle import Gemini, Whaticket
from tests.journeys.canaries import NAME, PHONE, TEXT, Canaries
from tests.journeys.customer import Customer
from tests.journeys.house import House, Line

TOKEN = "wt-canary-3f9a61c07be24d58"
PANEL_PASSWORD = "panel-canary-Xk29vQ7z"
GEMINI_KEY = "gk-canary-81b2c94e7d60"


@dataclass(slots=True)
class Aftermath:
    """What is left when all has happened: what strangers and operators were told, and what the model was shown."""

    house: House
    canaries: Canaries
    answers: list[str] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)


class Ordeal:
    """Sends the canaries every way; each method is one of them."""

    def __init__(self, aftermath: Aftermath, lines: dict[str, Line], whaticket: Whaticket, gemini: Gemini) -> None:
        self.house, self.aftermath, self.lines = aftermath.house, aftermath, lines
        self.whaticket, self.gemini = whaticket, gemini
        self.tenant = lines["hmac"].tenant

    def canarina(self, auth: str = "hmac") -> Customer:
        return Customer(self.whaticket, self.lines[auth].sandbox, PHONE, name=NAME)

    async def accepted(self) -> None:
        for auth in self.lines:
            customer = self.canarina(auth)
            await customer.says(TEXT)
            await customer.hears()
        await self.house.calm(self.tenant)

    async def refused(self) -> None:
        line, body = self.lines["hmac"], text_message(phone=PHONE, message_id="3ACANARY", text=TEXT, at=time.time())
        right = signature(line.secret, body, time.time())
        path, bad = (
            f"/webhook/whaticket/{line.connection}",
            b'{"message": {"conversation": 7}, "number": "%s", "x": "%s"}',
        )
        wrong_body = bad % (PHONE.encode(), TEXT.encode())
        token = {"X-Webhook-Token": line.webhook_token or ""}
        asked: list[tuple[str, bytes, dict[str, str]]] = [
            (path, body, {}),
            (path, body, right | {"X-Signature": line.secret}),
            (path, body, signature(line.secret, body, time.time() - 4000) | token),
            (path, wrong_body, signature(line.secret, wrong_body, time.time()) | token),
            (path, body[:-5], signature(line.secret, body[:-5], time.time()) | token),
            (path, body, right | token | {"Content-Type": f"text/{line.secret}"}),
            (path, body * 9_000, right),
            (f"{path}/{self.lines['path'].secret}", body, {}),
            (f"/webhook/whaticket/{PHONE}/{self.lines['path'].secret}", body, {}),
            (f"/{self.lines['path'].secret}/{PHONE}?text={TEXT}", body, {"Authorization": f"Bearer {TOKEN}"}),
            (
                path,
                body,
                {"X-Correlation-ID": PHONE, "User-Agent": TEXT.encode("ascii", "ignore").decode(), "Cookie": TOKEN},
            ),
            ("/api/dead-letters", body, {"Authorization": f"Bearer {self.house.service_token}"}),
            (f"/api/dead-letters/1/retry?{TEXT}", body, {"Authorization": f"Bearer wrong-{TOKEN}"}),
        ]
        async with httpx2.AsyncClient(base_url=self.house.url, trust_env=False, timeout=20) as client:
            for where, content, headers in asked:
                answer = await client.post(
                    where, content=content, headers={"Content-Type": "application/json", **headers}
                )
                assert answer.status_code >= 400
                assert answer.status_code < 500
                self.aftermath.answers.append(f"{answer.headers} {answer.text}")

    async def model_in_trouble(self) -> None:
        told = {"error": {"code": 400, "message": f"{TEXT} {GEMINI_KEY} {PHONE}", "status": "INVALID_ARGUMENT"}}
        await self.gemini.script(
            *[{"json": told, "status": status} for status in (400, 429, 500, 403) for _ in range(2)]
        )
        for _ in range(3):
            await self.canarina().says(f"{TEXT} de novo")
            await self.house.calm(self.tenant)
        await self.gemini.reset()

    async def send_in_trouble(self) -> None:
        line = self.lines["hmac"].sandbox
        told = json.dumps({"error": f"{TEXT} para {PHONE} com {TOKEN} e {PANEL_PASSWORD}"})
        await self.whaticket.plant(line, "status", status=500, body=told, count=1)
        await self.whaticket.plant(line, "bad_json", count=1)
        await self.whaticket.plant(line, "lost_answer", count=1)
        await self.whaticket.plant(line, "unauthorized", on="login", count=1)
        await self.canarina().says(f"{TEXT} outra vez")
        await self._hurried_to_the_end()
        await self.whaticket.plant(line, "status", status=400, body=told)
        await self.canarina().says(f"{TEXT} pela última vez")
        await self._hurried_to_the_end()
        await self.whaticket.clear_faults(line)

    async def _hurried_to_the_end(self) -> None:
        busy = "select 1 from public.jobs where tenant_id = $1 and state <> 'dead'"
        async with asyncio.timeout(30):
            while await self.house.rows(busy, self.tenant):
                await self.house.hurry()
                await asyncio.sleep(0.02)

    async def database_in_trouble(self) -> None:
        """A constraint's DETAIL holds the whole row, an unknown table the whole statement."""
        table = f"tenant_{self.tenant}.messages"
        await self.house.rows(f"alter table {table} add constraint broken check (text = '') not valid")
        await self.canarina().says(f"{TEXT} quebrado")
        await self.house.until("select 1 from public.jobs where last_error is not null and state = 'pending'")
        await self.house.rows(f"alter table {table} drop constraint broken")
        envelopes = f"tenant_{self.tenant}.envelopes"
        await self.house.rows(f"alter table {envelopes} rename to gone")
        said = await self.canarina().says(f"{TEXT} sem lugar")
        self.aftermath.answers.append(said.webhooks[0].body)
        await self.house.rows(f"alter table tenant_{self.tenant}.gone rename to envelopes")
        assert said.webhooks[0].status in (500, 503)
        await self._hurried_to_the_end()

    async def crashed(self) -> None:
        await self.gemini.when("canarinho", {"text": "tarde", "delay": 3}, times=1)
        await self.canarina().says(f"{TEXT} e morreu")
        await self.house.until(
            "select 1 from public.jobs where actor = 'conversations.take_turn' and state = 'running'"
        )
        self.house.kill("worker")
        self.house.start("worker")
        await self.house.rows("update public.jobs set due_at = now() where state = 'running'")
        await self.house.calm(self.tenant)

    async def looked_at_by_the_operator(self) -> None:
        shown = [
            self.house.command("company", "show", str(self.tenant), "--json"),
            self.house.command("company", "list", "--json"),
            self.house.command("dead-letters", "list", "--json"),
        ]
        bearer = {"Authorization": f"Bearer {self.house.service_token}"}
        async with httpx2.AsyncClient(base_url=self.house.url, trust_env=False, headers=bearer) as client:
            letters = await client.get("/api/dead-letters")
            assert letters.json()["dead_letters"]
            pages = [await client.get(page) for page in ("/healthz", "/livez", "/metrics", "/schema/openapi.json")]
        self.aftermath.answers += shown + [letters.text] + [page.text for page in pages]
