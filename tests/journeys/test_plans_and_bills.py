"""A company buys, uses, pays and changes its mind: real processes, a real mail server, a payment provider that posts back."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from ops.sandbox.handle import Whaticket, launch
from secretaria.embedded.postgres import Postgres
from tests.conftest import _new_database
from tests.journeys.conftest import servers_of
from tests.journeys.customer import Customer, new_phone
from tests.journeys.house import PARTS, House, Line

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
PASSWORD = "tranquila e longa"
PIX_SECONDS = 20.0


@dataclass
class Shop:
    house: House
    line: Line
    provider: str
    mail: str
    owner: httpx2.Client

    def get(self, what: str) -> dict[str, Any]:
        answer = self.owner.get(f"/api/billing/{what}")
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def tell(self, **event: Any) -> list[tuple[int, str]]:
        asked = httpx2.post(f"{self.provider}/_sandbox/tell", json=event, trust_env=False, timeout=20)
        assert asked.is_success, asked.text
        return [(one["status"], json.loads(one["body"])["outcome"]) for one in asked.json()["answers"]]

    def put_plan(self, code: str, cents: int, *more: str) -> None:
        self.house.command("plan", "put", code, "--name", code.title(), "--price-cents", str(cents), *more)

    def charged(self, plan: str) -> dict[str, Any]:
        """The newest open invoice of that plan, once the provider has said how it can be paid."""
        deadline = time.monotonic() + PIX_SECONDS
        while time.monotonic() < deadline:
            for invoice in self.get("subscription")["invoices"]:
                if invoice["plan"] == plan and invoice["pix_copy_paste"]:
                    return dict(invoice)
            time.sleep(0.05)
        raise AssertionError("no PIX came")

    async def charge_id(self, invoice: int) -> str:
        [row] = await self.house.rows("select external_id from public.charges where invoice_id = $1", invoice)
        return str(row["external_id"])


@pytest.fixture(scope="module")
def shop(postgres_server: Postgres, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    mail, provider = launch("mail"), launch("payments")
    smtp = httpx2.get(f"{mail.url}/_sandbox/health", trust_env=False).json()["smtp_url"]
    settings = {
        "SMTP_URL": smtp,
        "SECRETARIA_BILLING_WEBHOOK_SECRET": SECRET,
        "SECRETARIA_PAYMENT_URL": provider.url,
        "SECRETARIA_PAYMENT_TOKEN": "a-token",
    }
    folder: Path = tmp_path_factory.mktemp("shop")
    with (
        _new_database(postgres_server) as url,
        House(folder, servers_of(postgres_server, url, redis_url), settings) as house,
    ):
        house.start(*PARTS)
        house.wait_until_well()
        line = house.open_company("Clínica que Paga")
        told = {"webhook_url": f"{house.url}/webhook/billing", "secret": SECRET}
        httpx2.patch(f"{provider.url}/_sandbox/settings", json=told, trust_env=False)
        person = ["--name", "Ana Souza", "--role", "owner", "--company", str(line.tenant), "--password", PASSWORD]
        house.command("user", "add", "--email", "dona@journey.example", *person)
        with httpx2.Client(base_url=house.url, timeout=15, trust_env=False) as owner:
            login = owner.post("/api/auth/login", json={"email": "dona@journey.example", "password": PASSWORD})
            owner.headers["authorization"] = f"Bearer {login.json()['access_token']}"
            owner.cookies.clear()
            yield Shop(house, line, provider.url, mail.url, owner)
    provider.stop()
    mail.stop()


def test_an_installation_without_plans_for_its_companies_knows_what_it_sells(shop: Shop):
    plans = {plan["code"]: plan["price_cents"] for plan in shop.get("plans")["plans"]}

    assert {"essencial", "profissional", "empresarial"} <= set(plans)
    assert "essencial" in shop.house.command("plan", "list")


def test_without_a_subscription_there_is_none_to_read_and_all_is_counted(shop: Shop):
    missing = shop.owner.get("/api/billing/subscription")

    assert missing.status_code == 404
    assert missing.headers["content-type"] == "application/problem+json"
    assert shop.get("usage")["per_cent"] is None


async def test_a_plan_is_bought_used_up_made_larger_and_paid_by_pix(shop: Shop):
    shop.put_plan("gotinha", 3_000, "--messages", "2")
    shop.put_plan("oceano", 9_000, "--messages", "100000")
    bought = json.loads(shop.house.command("company", "plan", str(shop.line.tenant), "gotinha", "--json"))
    assert (bought["plan"], bought["state"]) == ("gotinha", "active")
    first = shop.charged("gotinha")
    assert (first["due_cents"], first["state"]) == (3_000, "open")

    async with Whaticket(shop.house.whaticket.url) as whaticket:
        for _ in range(2):
            customer = Customer(whaticket, shop.line.sandbox, new_phone())
            await customer.says("Que horas abrem? #qqq1")
            assert "#qqq1" in (await customer.hears())[0]
        late = Customer(whaticket, shop.line.sandbox, new_phone())
        await shop.house.until(
            "select 1 from public.quota_alerts where tenant_id = $1 and threshold = 100", shop.line.tenant
        )
        await late.says("E aos sábados? #qqq2")
        assert "pausa" in (await late.hears())[0]
        assert shop.get("usage")["used"]["messages"] == 2
        assert [alert["threshold"] for alert in shop.get("usage")["alerts"]] == [100, 80]

        larger = shop.owner.post("/api/billing/plan", json={"plan": "oceano"})
        assert larger.status_code == 200, larger.text
        assert larger.json()["plan"]["code"] == "oceano"
        await shop.house.until(
            "select 1 from public.tenants where id = $1 and pg_sleep(5) is not null", shop.line.tenant, seconds=15
        )
        await late.says("E agora? #qqq3")
        assert "#qqq3" in (await late.hears())[0]

    second = shop.charged("oceano")
    assert 0 < second["due_cents"] <= 6_000
    for invoice in (first, second):
        assert shop.tell(type="payment.succeeded", charge=await shop.charge_id(invoice["id"])) == [(202, "applied")]
    account = shop.get("subscription")
    assert {invoice["state"] for invoice in account["invoices"]} == {"paid"}
    assert (account["state"], account["unpaid_since"]) == ("active", None)


def test_events_repeated_late_and_unknown_are_kept_and_change_nothing(shop: Shop):
    shop.house.command("company", "plan", str(shop.line.tenant), "oceano")
    subscription = shop.house.rows_now("select external_id from public.subscriptions")[0]["external_id"]
    now = datetime.now(UTC)

    assert shop.tell(type="payment.failed", subscription=subscription, id="evt_a", times=3) == [
        (202, "applied"),
        (202, "repeated"),
        (202, "repeated"),
    ]
    assert shop.get("subscription")["state"] == "past_due"
    earlier = (now - timedelta(hours=1)).isoformat()
    assert shop.tell(type="payment.succeeded", subscription=subscription, at=earlier) == [(202, "stale")]
    assert shop.get("subscription")["state"] == "past_due"
    later = (now + timedelta(minutes=1)).isoformat()
    assert shop.tell(type="payment.succeeded", subscription=subscription, at=later) == [(202, "applied")]
    assert shop.get("subscription")["state"] == "active"
    assert shop.tell(type="mandate.blessed", subscription=subscription) == [(202, "unknown_type")]
    assert shop.tell(type="payment.failed", subscription="sub_of_nobody") == [(202, "unclaimed")]
    kept = shop.house.rows_now("select outcome from public.billing_events where type = 'mandate.blessed'")
    assert [row["outcome"] for row in kept] == ["unknown_type"]


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{}", {}, 401),
        (b"{}", {"content-type": "text/plain"}, 415),
        (b"{}", {"webhook-id": "x", "webhook-timestamp": "1", "webhook-signature": "é"}, 401),
        (b" " * 2_000_000, {}, 413),
    ],
)  # fmt: skip
def test_what_is_not_signed_by_the_provider_is_refused_with_a_problem(
    shop: Shop, body: bytes, headers: dict[str, str], status: int
):
    raw = {name: value.encode("latin-1") for name, value in {"content-type": "application/json", **headers}.items()}

    answer = httpx2.post(f"{shop.house.url}/webhook/billing", content=body, headers=raw, trust_env=False)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("asked", "status", "field"),
    [
        ({"plan": "nenhum"}, 404, None),
        ({"plan": 7}, 422, "plan"),
        ({}, 422, "plan"),
        ({"plan": "oceano", "tenant": 2}, 422, None),
    ],
)
def test_a_plan_that_does_not_exist_changes_nothing(shop: Shop, asked: dict[str, Any], status: int, field: str | None):
    answer = shop.owner.post("/api/billing/plan", json=asked)

    assert answer.status_code == status, answer.text
    if field:
        assert field in answer.text


def test_nobody_reads_an_account_without_being_let_in(shop: Shop):
    for path in ("plans", "subscription", "usage"):
        assert httpx2.get(f"{shop.house.url}/api/billing/{path}", trust_env=False).status_code == 401
    assert (
        httpx2.post(f"{shop.house.url}/api/billing/plan", json={"plan": "oceano"}, trust_env=False).status_code == 401
    )


def test_the_operator_reads_what_was_used(shop: Shop):
    told = json.loads(shop.house.command("usage", str(shop.line.tenant), "--json"))
    [truth] = shop.house.rows_now(
        "select count(*)::int as n, coalesce(sum(input_tokens), 0)::int as tokens from model_calls",
        tenant=shop.line.tenant,
    )

    assert (told["model_calls"], told["input_tokens"]) == (truth["n"], truth["tokens"])
    assert told["cost_brl"].partition(".")[2].isdecimal()
