"""Another company's agenda is not there: not by its numbers, not by its tokens, on no route of the API or the panel."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from adapters.http.matrix import MATRIX
from adapters.postgres.places import PostgresPlaces
from adapters.postgres.pool import build_pool
from domain.access.role import Role
from tests.builders.building import Building
from tests.builders.desk import Desk
from tests.integration.http.test_matrix import BODIES

FIRST = 1
"""Each schema counts from one: in theirs everything has this number, in ours nothing has."""

BY_NUMBER = sorted(route for route in MATRIX if "/agenda/" in route and "{id:int}" in route)


@pytest.fixture
async def theirs(building: Building, http: httpx2.AsyncClient, migrated: str) -> Desk:
    """The other company's owner at their own agenda, with one of everything in it."""
    pool = await build_pool(migrated, size=1, name="tests")
    await PostgresPlaces(pool).make(building.theirs)
    await pool.close()
    logins = building.entrance.logins
    owner = await logins.sign_in.begin(await building.entrance.proofs.users.get(building.foreigner), building.theirs)
    desk = Desk(http, {"authorization": f"Bearer {owner.access}"})
    await desk.furnish()
    day = desk.starts.date().isoformat()
    window = {"starts": desk.starts.isoformat(), "ends": (desk.starts + timedelta(hours=2)).isoformat()}
    made = [
        await desk.ask("POST", "/booking", desk.booking()),
        await desk.ask("POST", "/waiting-list", {"contact": FIRST, "service": desk.visit, **window}),
        await desk.ask("POST", "/days-off", {"first": day, "last": day, "professional": desk.doctor}),
    ]
    assert [(each.status_code, each.json()["id"]) for each in made] == [(201, FIRST)] * 3
    return desk


async def all_of(desk: Desk) -> list[Any]:
    window = {"from": desk.starts.isoformat()}
    return [
        (await desk.ask("GET", "/appointments", **window)).json(),
        *[
            (await desk.ask("GET", path)).json()
            for path in ("/professionals", "/services", "/days-off", "/waiting-list")
        ],
    ]


@pytest.mark.parametrize("route", BY_NUMBER)
async def test_what_stands_in_another_company_under_a_number_is_not_found_and_stays_as_it_is(
    building: Building, http: httpx2.AsyncClient, theirs: Desk, route: str
):
    before, method = await all_of(theirs), route.partition(" ")[0]
    headers = await building.headers(Role.OWNER)

    answer = await http.request(method, building.path(route, FIRST), json=BODIES.get(route), headers=headers)

    assert answer.status_code == 404, answer.text
    assert "Marina" not in answer.text
    assert "Ana" not in answer.text
    assert await all_of(theirs) == before


async def test_nothing_of_another_company_is_called_off_booked_or_waited_for_by_naming_it(
    building: Building, http: httpx2.AsyncClient, theirs: Desk
):
    before, ours = await all_of(theirs), Desk(http, await building.headers(Role.OWNER))
    wait = {"service": FIRST, "starts": theirs.starts.isoformat(), "ends": (theirs.starts + timedelta(1)).isoformat()}

    answers = [
        await ours.ask("POST", "/cancel", {"appointment": FIRST}),
        await ours.ask("POST", "/booking", theirs.booking()),
        await ours.ask("POST", "/waiting-list", {"contact": FIRST, **wait}),
        await ours.ask("GET", "/availability", service=FIRST),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert (await all_of(ours))[0]["appointments"] == []
    assert await all_of(theirs) == before


async def test_a_token_of_another_company_is_no_token(building: Building, http: httpx2.AsyncClient, theirs: Desk):
    ours = Desk(http, await building.headers(Role.OWNER))
    await ours.furnish()
    client = {"phone": f"+55119{uuid4().int % 10**8:08}", "name": "Bia"}
    contact = (await ours.ask("POST", "/booking", ours.booking(client=client))).json()["client"]["id"]
    later = {"from": (theirs.starts + timedelta(days=2)).isoformat(), "limit": 1}
    slot = (await theirs.ask("GET", "/availability", service=theirs.visit, contact=FIRST, **later)).json()["slots"][0]
    assert (contact, slot["professional"]) == (FIRST, ours.doctor)

    stolen = await ours.ask("POST", "/booking", {"contact": contact, "token": slot["token"]})

    assert (stolen.status_code, stolen.json()["field"]) == (422, "token")
