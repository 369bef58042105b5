"""A booking that is refused changes nothing: nobody is known who was not, and nobody's letters go elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.postgres.pool import Pool, build_pool
from tests.builders.building import Building
from tests.builders.desk import Desk

BIA = {"phone": "+5521987654321", "name": "Bia", "email": "bia@example.com"}
ANA_ELSEWHERE = {"phone": "11 98765-4321", "email": "someone@else.example"}


@pytest.fixture
async def pool(migrated: str) -> AsyncIterator[Pool]:
    pool = await build_pool(migrated, size=1, name="tests")
    yield pool
    await pool.close()


async def known(pool: Pool, building: Building) -> list[tuple[str, str | None]]:
    rows = await pool.fetch(f"select name, email from tenant_{building.ours}.contacts order by id")
    return [(row["name"], row["email"]) for row in rows]


@pytest.mark.parametrize("client", [BIA, ANA_ELSEWHERE], ids=["a stranger", "somebody known"])
@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"starts": "2020-01-06T09:00:00-03:00"}, 409),
        ({}, 409),
        ({"service": 10**12}, 404),
        ({"starts": "9999-12-31T23:59:59-23:00"}, 422),
    ],
    ids=["past", "taken", "no such service", "no such time"],
)
async def test_a_refused_booking_leaves_contacts_and_addresses_as_they_were(
    desk: Desk, building: Building, pool: Pool, client: dict[str, Any], wrong: dict[str, Any], status: int
):
    ana = {"phone": "11 98765-4321", "name": "Ana", "email": "ana@example.com"}
    assert (await desk.ask("POST", "/booking", desk.booking(client=ana))).status_code == 201

    refused = await desk.ask("POST", "/booking", desk.booking(client=client) | wrong)

    assert refused.status_code == status
    assert await known(pool, building) == [("Ana", "ana@example.com")]


async def test_a_booking_introduces_who_is_new_and_takes_a_newer_address(desk: Desk, building: Building, pool: Pool):
    first = await desk.ask("POST", "/booking", desk.booking(client=BIA))
    later = (await desk.ask("GET", "/availability", service=desk.visit, limit=1)).json()["slots"][0]["starts"]
    again = await desk.ask("POST", "/booking", desk.booking(client=BIA | {"email": "b@example.com"}, starts=later))

    assert [each.status_code for each in (first, again)] == [201, 201]
    assert await known(pool, building) == [("Bia", "b@example.com")]
