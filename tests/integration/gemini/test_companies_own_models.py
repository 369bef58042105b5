"""Companies call Gemini each with its own key and models, and one company's trouble with them is nobody else's."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.gemini.language_model import Gemini
from adapters.gemini.patience import Patience
from adapters.postgres.models import PostgresModels
from adapters.postgres.own_models import PostgresOwnModels
from adapters.postgres.pool import Pool
from adapters.security.envelope import Envelopes
from adapters.telemetry.metrics import BREAKER_OPENED
from application.assistant.ports import ModelUnavailable
from domain.assistant.model_terms import ModelTerms, OwnModel
from domain.assistant.pricing import Price
from domain.shared.errors import Unavailable
from domain.shared.ids import TenantId
from ops.sandbox.clients import Gemini as Sandbox
from tests.integration.gemini.conftest import PROMPT
from tests.integration.postgres.conftest import OpenIt, migrated, open_company, pool, vault

__all__ = ["migrated", "open_company", "pool", "vault"]

INSTALLATION = ModelTerms("gemini-3.8-flash", "gemini-3.5-flash-lite", "key-of-the-house")
BRITTLE = Patience(attempts=1, failures_to_open=2, open_seconds=60)


@pytest.fixture
async def tenants(open_company: OpenIt, pool: Pool, vault: Envelopes) -> list[TenantId]:
    """One with its own key and model, one with another, and one that has what the installation has."""
    companies = [(await open_company(name)).company.id for name in ("Sol", "Lua", "Mar")]
    own_models = PostgresOwnModels(pool, vault)
    await own_models.put(companies[0], OwnModel(main="gemini-2.5-flash", key="key-of-sol"))
    await own_models.put(companies[1], OwnModel(main="gemini-3-flash-preview", key="key-of-lua"))
    return companies


@pytest.fixture
def models(pool: Pool, vault: Envelopes) -> PostgresModels:
    return PostgresModels(PostgresOwnModels(pool, vault), INSTALLATION)


@pytest.fixture
async def gemini(models: PostgresModels, sandbox: Sandbox) -> AsyncIterator[Gemini]:
    async with Gemini(models, base_url=sandbox.url, patience=BRITTLE) as gemini:
        yield gemini


async def asked(gemini: Gemini, models: PostgresModels, tenant: TenantId) -> int:
    """Asks as an answer does, and returns what it cost."""
    terms = await models.of(tenant)
    return (await gemini.complete(tenant, PROMPT, model=terms.main, deadline=5)).cost_micros


async def test_each_company_calls_its_own_model_with_its_own_key(
    gemini: Gemini, models: PostgresModels, sandbox: Sandbox, tenants: list[TenantId]
):
    for tenant in tenants:
        await asked(gemini, models, tenant)

    assert [(call.api_key, call.model) for call in (await sandbox.requests()).requests] == [
        ("key-of-sol", "gemini-2.5-flash"),
        ("key-of-lua", "gemini-3-flash-preview"),
        ("key-of-the-house", "gemini-3.8-flash"),
    ]


@pytest.mark.parametrize("trouble", ["wrong key", "unavailable"])
async def test_one_companys_trouble_never_opens_anothers_breaker(
    models: PostgresModels, sandbox: Sandbox, pool: Pool, vault: Envelopes, tenants: list[TenantId], trouble: str
):
    ill, well = tenants[0], tenants[2]
    key = "bad-key" if trouble == "wrong key" else "key-of-sol"
    await PostgresOwnModels(pool, vault).put(ill, OwnModel(key=key))  # the same model as the others, by another key
    opened = BREAKER_OPENED.labels(service="gemini")._value.get()
    if trouble == "unavailable":
        await sandbox.plant("unavailable", count=2)

    async with Gemini(models, base_url=sandbox.url, patience=BRITTLE) as gemini:
        for _ in range(3):
            with pytest.raises(ModelUnavailable):
                await asked(gemini, models, ill)

            if trouble == "wrong key":
                assert await asked(gemini, models, well) > 0
        assert await asked(gemini, models, well) > 0

    assert BREAKER_OPENED.labels(service="gemini")._value.get() - opened == (trouble == "unavailable")


async def test_what_a_call_costs_is_reckoned_by_the_companys_own_contract(
    gemini: Gemini, models: PostgresModels, pool: Pool, vault: Envelopes, tenants: list[TenantId]
):
    by_contract = OwnModel(prices={INSTALLATION.main: (Price(0, 0),)})
    await PostgresOwnModels(pool, vault).put(tenants[0], by_contract)

    assert await asked(gemini, models, tenants[0]) == 0
    assert await asked(gemini, models, tenants[2]) > 0


async def test_a_key_that_cannot_be_read_is_a_model_that_is_away_and_nobody_elses_key_is_tried(sandbox: Sandbox):
    class Away:
        async def of(self, tenant: TenantId) -> ModelTerms:
            raise Unavailable("the key of this company does not open")

    async with Gemini(Away(), base_url=sandbox.url) as gemini:
        with pytest.raises(ModelUnavailable, match="cannot be read"):
            await gemini.complete(TenantId(1), PROMPT, model=INSTALLATION.main, deadline=5)

    assert (await sandbox.requests()).requests == []
