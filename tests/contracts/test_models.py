"""What the ports promise of companies' own models: our fakes, and PostgreSQL with a vault."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date

import pytest

from adapters.postgres.migrations import migrate
from adapters.postgres.models import STALE_SECONDS, PostgresModels
from adapters.postgres.own_models import PostgresOwnModels
from adapters.postgres.places import PostgresPlaces
from adapters.postgres.pool import build_pool
from adapters.postgres.tenants import PostgresCompanies
from adapters.security.envelope import Envelopes
from adapters.security.master_keys import GivenMasterKeys
from application.assistant.ports import Models
from application.provisioning.ports import OwnModels
from domain.assistant.model_terms import ModelTerms, OwnModel
from domain.assistant.pricing import Price, PriceList
from domain.shared.ids import TenantId
from tests.fakes.assistant import FakeModels
from tests.fakes.provisioning import FakeOwnModels

ONE, OTHER = TenantId(1), TenantId(2)
INSTALLATION = ModelTerms("gemini-main", "gemini-small", "the installation's")
PRICES = {"gemini-own": (Price(0.1, 0.2), Price(0.3, 0.4, since=date(2027, 1, 1)))}
EVERYTHING = OwnModel("gemini-own", "gemini-own-small", "key-of-one", PRICES)


@dataclass
class Desk:
    """`later` is when nobody remembers what was true before."""

    own: OwnModels
    models: Models
    seconds: list[float] = field(default_factory=lambda: [0.0])

    def later(self) -> None:
        self.seconds[0] += STALE_SECONDS


@pytest.fixture
async def desk(url: str | None) -> AsyncIterator[Desk]:
    if url is None:
        own = FakeOwnModels()
        yield Desk(own, FakeModels(INSTALLATION, own.kept))
        return
    await migrate(url)
    pool = await build_pool(url, size=4, name="tests")
    for slug in ("one", "other"):
        company = await PostgresCompanies(pool).add(name=slug, slug=slug, time_zone="America/Sao_Paulo")
        await PostgresPlaces(pool).make(company.id)
    seconds = [0.0]
    kept = PostgresOwnModels(pool, Envelopes(GivenMasterKeys([os.urandom(32)])))
    yield Desk(kept, PostgresModels(kept, INSTALLATION, clock=lambda: seconds[0]), seconds)
    await pool.close()


async def test_a_company_that_chose_nothing_has_what_the_installation_has(desk: Desk):
    assert await desk.own.get(ONE) == OwnModel()
    assert await desk.models.of(ONE) == INSTALLATION


async def test_what_a_company_chose_is_its_own_and_nobody_elses(desk: Desk):
    await desk.own.put(ONE, EVERYTHING)

    assert await desk.own.get(ONE) == EVERYTHING
    assert await desk.models.of(ONE) == ModelTerms(
        "gemini-own", "gemini-own-small", "key-of-one", PriceList(dict(PRICES))
    )
    assert await desk.own.get(OTHER) == OwnModel()
    assert await desk.models.of(OTHER) == INSTALLATION


@pytest.mark.parametrize(
    ("own", "terms"),
    [
        (OwnModel(main="m"), ModelTerms("m", "gemini-small", "the installation's")),
        (OwnModel(small="s"), ModelTerms("gemini-main", "s", "the installation's")),
        (OwnModel(key="k"), ModelTerms("gemini-main", "gemini-small", "k")),
        (
            OwnModel(prices=PRICES),
            ModelTerms("gemini-main", "gemini-small", "the installation's", PriceList(dict(PRICES))),
        ),
    ],
    ids=["main", "small", "key", "prices"],
)
async def test_each_thing_is_chosen_by_itself(desk: Desk, own: OwnModel, terms: ModelTerms):
    await desk.own.put(ONE, own)

    assert await desk.own.get(ONE) == own
    assert await desk.models.of(ONE) == terms


async def test_the_last_choice_counts(desk: Desk):
    await desk.own.put(ONE, EVERYTHING)
    await desk.own.put(ONE, OwnModel(small="s"))

    assert await desk.own.get(ONE) == OwnModel(small="s")


async def test_a_change_is_known_a_little_later_and_so_is_its_end(desk: Desk):
    await desk.models.of(ONE)
    await desk.own.put(ONE, OwnModel(main="m"))
    desk.later()
    assert (await desk.models.of(ONE)).main == "m"

    await desk.own.put(ONE, OwnModel())
    desk.later()
    assert await desk.models.of(ONE) == INSTALLATION
