"""A company gets a model of its own piece by piece, and loses it all at once."""

from __future__ import annotations

import pytest

from application.provisioning.choose_model import ChooseModel, ModelOrder
from domain.assistant.model_terms import OwnModel
from domain.assistant.pricing import Price
from domain.companies.company import Company, CompanyNotFound, State
from domain.shared.errors import Invalid, Refused
from domain.shared.ids import TenantId
from tests.fakes.provisioning import FakeCompanies, FakeOwnModels

SOL = TenantId(1)
PRICES = {"m": (Price(1, 2),)}


@pytest.fixture
def own_models() -> FakeOwnModels:
    return FakeOwnModels()


@pytest.fixture
def choose(own_models: FakeOwnModels) -> ChooseModel:
    company = Company(SOL, "Sol", "sol", "America/Sao_Paulo", State.ACTIVE)
    return ChooseModel(FakeCompanies({SOL: company}), own_models)


async def test_what_is_not_named_stays(choose: ChooseModel, own_models: FakeOwnModels):
    await choose(SOL, ModelOrder(main="m", key="k", prices=PRICES))

    after = await choose(SOL, ModelOrder(small="s", prices={"s": (Price(3, 4),)}))

    assert after == OwnModel("m", "s", "k", {**PRICES, "s": (Price(3, 4),)})
    assert own_models.kept == {SOL: after}


async def test_an_empty_name_is_the_installations_again(choose: ChooseModel):
    await choose(SOL, ModelOrder(main="m", small="s"))

    assert await choose(SOL, ModelOrder(main="")) == OwnModel(small="s")


async def test_all_is_forgotten_at_once_even_what_cannot_be_read(choose: ChooseModel, own_models: FakeOwnModels):
    await choose(SOL, ModelOrder(main="m", key="k"))

    async def unreadable(tenant: TenantId) -> OwnModel:
        raise AssertionError(f"nobody needs to open the key of {tenant}")

    own_models.get = unreadable

    assert await choose(SOL, None) == OwnModel()


async def test_nonsense_changes_nothing(choose: ChooseModel, own_models: FakeOwnModels):
    with pytest.raises(Invalid):
        await choose(SOL, ModelOrder(main="../x"))

    assert own_models.kept == {}


async def test_only_an_open_company_chooses(choose: ChooseModel):
    company = await choose.companies.get(SOL)
    company.state = State.CLOSED
    await choose.companies.save(company)

    with pytest.raises(Refused):
        await choose(SOL, ModelOrder(main="m"))
    with pytest.raises(CompanyNotFound):
        await choose(TenantId(9), ModelOrder(main="m"))
