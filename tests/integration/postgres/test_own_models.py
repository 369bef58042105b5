"""A company's own model in PostgreSQL: asked for once in a while, readable by nobody else, and never mistaken for another's."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from adapters.postgres.models import PostgresModels
from adapters.postgres.own_models import PostgresOwnModels
from adapters.postgres.pool import Pool, build_pool, connected
from adapters.postgres.tenant_keys import rewrap_all
from adapters.security.envelope import Envelopes
from adapters.security.master_keys import GivenMasterKeys
from application.shared.secrets import MasterKeyMissing, Unreadable
from domain.assistant.model_terms import ModelTerms, OwnModel
from domain.shared.errors import Unavailable
from domain.shared.ids import TenantId
from tests.integration.postgres.conftest import OpenIt

INSTALLATION = ModelTerms("gemini-main", "gemini-small", "the installation's")
SECRET = "canary-key-of-the-company"


@pytest.fixture
async def tenant(open_company: OpenIt, pool: Pool, vault: Envelopes) -> TenantId:
    """Has a key of its own."""
    company = (await open_company("Clínica Sol")).company.id
    await PostgresOwnModels(pool, vault).put(company, OwnModel(key=SECRET))
    return company


async def test_many_answers_cost_one_question(pool: Pool, vault: Envelopes, tenant: TenantId):
    models = PostgresModels(PostgresOwnModels(pool, vault), INSTALLATION)
    first = await models.of(tenant)
    async with connected(pool) as connection, connection.transaction():
        await connection.execute(f"lock table tenant_{tenant}.own_model in access exclusive mode")

        answers = [await models.of(tenant) for _ in range(1000)]

    assert answers == [first] * 1000
    assert first.key == SECRET


async def test_the_key_lies_sealed(pool: Pool, tenant: TenantId):
    row = await pool.fetchrow(f"select own_model::text as whole, api_key from tenant_{tenant}.own_model")

    assert SECRET not in row["whole"]
    assert SECRET.encode() not in row["api_key"]


async def test_the_key_of_one_company_is_refused_in_the_row_of_another(
    pool: Pool, vault: Envelopes, tenant: TenantId, open_company: OpenIt
):
    thief = (await open_company("Ladrão")).company.id
    own_models = PostgresOwnModels(pool, vault)
    await own_models.put(thief, OwnModel(key="key-of-the-thief"))
    stolen = f"update tenant_{thief}.own_model set api_key = (select api_key from tenant_{tenant}.own_model)"
    await pool.execute(stolen)

    with pytest.raises(Unreadable):
        await own_models.get(thief)
    with pytest.raises(Unavailable):  # rather than calling by the installation's key
        await PostgresModels(own_models, INSTALLATION).of(thief)


async def test_a_sealed_key_without_the_companys_key_is_said_to_be_unreadable(
    pool: Pool, vault: Envelopes, tenant: TenantId
):
    await pool.execute("delete from public.tenant_keys")

    with pytest.raises(Unreadable):
        await PostgresOwnModels(pool, vault).get(tenant)


async def test_the_key_opens_after_the_master_key_was_rotated(pool: Pool, vault: Envelopes, tenant: TenantId):
    old, new = vault.master_keys.current(), os.urandom(32)
    both = Envelopes(GivenMasterKeys([new, old.bits]))
    assert await rewrap_all(pool, both, current=both.master_keys.current().id) == (1, [])

    assert (await PostgresOwnModels(pool, Envelopes(GivenMasterKeys([new]))).get(tenant)).key == SECRET
    with pytest.raises(MasterKeyMissing):
        await PostgresOwnModels(pool, vault).get(tenant)


async def test_what_cannot_be_read_can_be_put_anew(pool: Pool, vault: Envelopes, tenant: TenantId):
    await pool.execute(f"update tenant_{tenant}.own_model set api_key = 'nonsense'::bytea")
    own_models = PostgresOwnModels(pool, vault)

    await own_models.put(tenant, OwnModel(key="another"))

    assert (await own_models.get(tenant)).key == "another"


async def test_a_company_whose_tables_are_older_has_nothing_of_its_own(pool: Pool, vault: Envelopes, tenant: TenantId):
    await pool.execute(f"drop table tenant_{tenant}.own_model")

    assert await PostgresOwnModels(pool, vault).get(tenant) == OwnModel()


async def test_a_database_that_is_away_is_told(vault: Envelopes):
    pool = await build_pool("postgresql://nobody@127.0.0.1:1/none", size=1, name="tests")
    try:
        with pytest.raises(Unavailable):
            await PostgresModels(PostgresOwnModels(pool, vault), INSTALLATION).of(TenantId(1))
    finally:
        await pool.close()


def test_no_key_is_told_by_accident():
    terms = OwnModel(key=SECRET).over(INSTALLATION)

    assert SECRET not in f"{OwnModel(key=SECRET)!r} {terms!r} {replace(terms, main='m')}"
