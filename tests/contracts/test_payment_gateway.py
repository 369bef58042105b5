"""What every payment gateway does: the fake, and the one that speaks HTTP, against the provider of the sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest

from adapters.payments.gateway import HttpGateway
from application.billing.ports import GatewayRefused, GatewayUnavailable, Payer, PaymentGateway
from domain.billing.plan import Plan, PlanCode
from domain.quotas.allowance import Allowance
from ops.sandbox.handle import launch
from secretaria.embedded.ports import free_port
from tests.fakes.billing import FakeGateway

PLAN = Plan(PlanCode("essencial"), "Essencial", 9_700, Allowance())
PAYER = Payer("company-7", "Clínica Boa Vista", "dona@example.com")


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    running = launch("payments")
    yield running.url
    running.stop()


@pytest.fixture(params=["memory", "http"])
async def gateway(request: pytest.FixtureRequest) -> AsyncIterator[PaymentGateway]:
    if request.param == "memory":
        yield FakeGateway()
        return
    async with httpx2.AsyncClient(trust_env=False) as http:
        yield HttpGateway(http, request.getfixturevalue("provider"), "a-token")


async def test_a_charge_comes_with_what_a_pix_needs(gateway: PaymentGateway):
    customer = await gateway.create_customer(PAYER, key="a:customer")
    subscription = await gateway.create_subscription(customer, PLAN, "company-7", key="a:subscription")

    charge = await gateway.create_charge(subscription, 9_700, "Essencial", key="a:invoice:1")

    assert charge.pix_copy_paste.startswith("000201")
    assert charge.pix_qr
    assert charge.expires_at is not None


async def test_the_same_key_is_the_same_thing(gateway: PaymentGateway):
    customer = await gateway.create_customer(PAYER, key="b:customer")
    subscription = await gateway.create_subscription(customer, PLAN, "company-7", key="b:subscription")
    first = await gateway.create_charge(subscription, 100, "x", key="b:invoice:1")

    assert await gateway.create_customer(PAYER, key="b:customer") == customer
    assert await gateway.create_charge(subscription, 100, "x", key="b:invoice:1") == first
    assert await gateway.create_charge(subscription, 100, "x", key="b:invoice:2") != first


async def test_a_charge_is_taken_back_as_often_as_one_likes_and_only_if_there_is_one(gateway: PaymentGateway):
    customer = await gateway.create_customer(PAYER, key="f:customer")
    subscription = await gateway.create_subscription(customer, PLAN, "company-7", key="f:subscription")
    charge = await gateway.create_charge(subscription, 9_700, "Essencial", key="f:invoice:1")

    for _ in range(2):
        await gateway.cancel_charge(charge.external_id, key="f:cancel")
    for nobodys in ("ch_of_nobody", "../customers", customer):
        with pytest.raises(GatewayRefused):
            await gateway.cancel_charge(nobodys, key="f:nobody")


async def test_who_is_not_known_cannot_be_charged(gateway: PaymentGateway):
    with pytest.raises(GatewayRefused):
        await gateway.create_charge("sub_of_nobody", 100, "x", key="c:invoice:1")


@pytest.mark.parametrize(
    ("status", "error"), [(503, GatewayUnavailable), (401, GatewayUnavailable), (409, GatewayRefused)]
)
async def test_trouble_of_the_provider_is_told_apart_from_its_no(provider: str, status: int, error: type[Exception]):
    async with httpx2.AsyncClient(trust_env=False) as http:
        await http.patch(f"{provider}/_sandbox/settings", json={"fail_next": [status]})
        with pytest.raises(error):
            await HttpGateway(http, provider, "a-token").create_customer(PAYER, key=f"d:{status}")


async def test_a_provider_that_is_away_or_talks_nonsense_is_unavailable(provider: str):
    async with httpx2.AsyncClient(trust_env=False) as http:
        for url in (f"http://127.0.0.1:{free_port()}", f"{provider}/_sandbox/health"):
            with pytest.raises((GatewayUnavailable, GatewayRefused)):
                await HttpGateway(http, url, "a-token").create_customer(PAYER, key="e")
