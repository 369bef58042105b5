"""A company's calendar elsewhere and its feeds over HTTP: secrets are told once, and an address is the only proof of a feed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest

from adapters.postgres.pool import build_pool
from adapters.postgres.tenants import PostgresCompanies
from domain.companies.company import State
from secretaria.embedded.ports import free_port
from tests.builders.building import Building
from tests.builders.desk import Desk

KEY = "cal_live_canary_of_a_key"


@pytest.fixture(autouse=True)
async def opened(building: Building, migrated: str) -> None:
    """Of a company that is not open nothing is read from outside."""
    pool = await build_pool(migrated, size=1, name="tests")
    companies = PostgresCompanies(pool)
    await companies.save(replace(await companies.get(building.ours), state=State.ACTIVE))
    await pool.close()


def an_order(desk: Desk, **more: Any) -> dict[str, Any]:
    kinds = [{"service": desk.visit, "professional": desk.doctor, "number": 7}]
    return {"api_key": KEY, "event_types": kinds} | more


async def test_a_calendar_tells_its_webhooks_secret_once_and_its_key_never(desk: Desk):
    assert (await desk.ask("GET", "/calendar")).json()["kind"] == "built_in"
    made = await desk.ask("PUT", "/calendar", an_order(desk))
    shown = await desk.ask("GET", "/calendar")

    assert (made.status_code, made.json()["kind"], made.json()["api_key_end"]) == (200, "calcom", KEY[-4:])
    assert made.json()["webhook_secret"]
    assert shown.json() == made.json() | {"webhook_secret": None}
    assert KEY not in made.text + shown.text
    assert (await desk.ask("DELETE", "/calendar")).status_code == 204
    assert (await desk.ask("GET", "/calendar")).json()["kind"] == "built_in"


async def test_a_new_secret_of_the_webhook_is_told_once_and_both_are_good_for_a_while(desk: Desk):
    assert (await desk.ask("POST", "/calendar/secret")).status_code == 404
    made = (await desk.ask("PUT", "/calendar", an_order(desk))).json()
    renewed = await desk.ask("POST", "/calendar/secret")
    shown = (await desk.ask("GET", "/calendar")).json()

    assert renewed.status_code == 201
    assert renewed.json()["webhook_url"] == made["webhook_url"]
    assert renewed.json()["webhook_secret"] not in (None, made["webhook_secret"])
    assert (made["secret_changing"], shown["secret_changing"], shown["webhook_secret"]) == (False, True, None)


async def test_a_calendar_is_tried_before_anybody_books_by_it(desk: Desk):
    assert (await desk.ask("POST", "/calendar/trial")).status_code == 404
    port = free_port()
    await desk.ask("PUT", "/calendar", an_order(desk, base_url=f"http://127.0.0.1:{port}"))

    tried = await desk.ask("POST", "/calendar/trial")

    assert tried.status_code == 200
    assert tried.json() == [{"service": desk.visit, "professional": desk.doctor, "number": 7, "found": "away"}]


@pytest.mark.parametrize(
    "address",
    [
        "api.cal.com",
        "ftp://api.cal.com",
        "https://",
        "https://key@api.cal.com",
        "https://api.cal.com?next=x",
        "https://api.cal.com#x",
        "https://api.cal.com/\r\nx",
        "https://ápi.cal.com",
        "https://[::1",
        "http://api.cal.com",
        "http://8.8.8.8",
        "//api.cal.com",
    ],
)
async def test_an_address_that_is_no_calendars_is_refused_by_its_field(desk: Desk, address: str):
    answer = await desk.ask("PUT", "/calendar", an_order(desk, base_url=address))

    assert (answer.status_code, answer.json()["field"]) == (422, "base_url"), answer.text
    assert (await desk.ask("GET", "/calendar")).json()["kind"] == "built_in"


async def test_a_feed_is_read_by_its_address_alone_until_that_is_taken_back(building: Building, desk: Desk):
    await desk.ask("POST", "/booking", desk.booking())
    feed = f"/professionals/{desk.doctor}/feed"
    path = urlsplit((await desk.ask("POST", feed)).json()["url"]).path

    read = await desk.http.get(path)

    assert read.status_code == 200
    assert b"SUMMARY:Consulta: Ana" in read.content
    assert b"98765" not in read.content
    assert read.headers["content-type"] == "text/calendar; charset=utf-8"
    looked = await desk.http.head(path)
    assert (looked.status_code, looked.content, looked.headers["content-type"]) == (
        200,
        b"",
        "text/calendar; charset=utf-8",
    )
    assert "no-store" in read.headers["cache-control"]
    assert read.headers["content-disposition"].startswith("attachment")
    wrong = [
        path[:-1],
        path.replace(f"/{building.ours}/", f"/{building.theirs}/"),
        path.replace(f"/{building.ours}/", f"/{10**30}/"),
        path.replace(f"/{building.ours}/", "/0/"),
    ]
    refused = [await desk.http.get(each) for each in wrong]
    assert [each.status_code for each in refused] == [404] * len(wrong)
    assert len({each.text for each in refused}) == 1, "nobody learns whether there is such a company"
    assert (await desk.ask("DELETE", feed)).status_code == 204
    assert (await desk.http.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("more", "status", "field"),
    [
        ({"api_key": "short"}, 422, "api_key"),
        ({"api_key": "cal_live_with_\u00e7"}, 422, "api_key"),
        ({"event_types": []}, 422, "event_types"),
        ({"event_types": [{"service": 1, "professional": 1, "number": 0}]}, 422, "event_types.number"),
        ({"event_types": [{"service": 1, "professional": 1, "number": 7}] * 2}, 422, "event_types"),
        ({"event_types": [{"service": 10**12, "professional": 10**12, "number": 7}]}, 404, None),
        ({"secret": "x"}, 422, None),
        ({"base_url": "https://" + "a" * 300}, 422, "base_url"),
    ],
)
async def test_a_wrong_calendar_is_told_what_is_wrong_and_is_not_connected(
    desk: Desk, more: dict[str, Any], status: int, field: str | None
):
    answer = await desk.ask("PUT", "/calendar", an_order(desk, **more))

    assert answer.status_code == status, answer.text
    assert field is None or answer.json()["field"].startswith(field.partition(".")[0])
    assert (await desk.ask("GET", "/calendar")).json()["kind"] == "built_in"


async def test_what_is_not_there_is_neither_given_up_nor_given_nor_ended(desk: Desk):
    answers = [
        await desk.ask("DELETE", "/calendar"),
        await desk.ask("POST", f"/professionals/{10**12}/feed"),
        await desk.ask("DELETE", f"/professionals/{desk.doctor}/feed"),
        await desk.ask("POST", f"/professionals/{10**30}/feed"),
    ]

    assert [each.status_code for each in answers] == [404] * 4


async def test_a_feed_that_is_read_too_often_answers_429_and_when_to_come_again(desk: Desk):
    path = urlsplit((await desk.ask("POST", f"/professionals/{desk.doctor}/feed")).json()["url"]).path

    answers = [await desk.http.get(path) for _ in range(65)]

    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert answers[-1].headers["retry-after"] == "60"
    assert (await desk.ask("GET", "/calendar")).status_code == 200


@pytest.mark.parametrize("zone", ["Marte/Olimpo", "", "America/Sao_Paulo\0"])
async def test_times_are_told_in_the_companys_zone_and_a_window_in_no_zone_is_refused(desk: Desk, zone: str):
    answer = await desk.ask("GET", "/availability", service=desk.visit, **{"from": f"2026-11-24T09:00:00[{zone}]"})

    assert (answer.status_code, answer.json()["field"]) == (422, "from")
