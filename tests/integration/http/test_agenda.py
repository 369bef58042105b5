"""The agenda over HTTP: set up, booked, changed, and every wrong request answered with what was wrong about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.builders.building import Building
from tests.builders.desk import HOURS, SERVICE, Desk

TOKEN: dict[str, Any] = {
    **dict.fromkeys(("client", "service", "professional", "starts")),
    "contact": 1,
    "token": "x",
}


async def test_a_time_is_found_booked_moved_confirmed_and_called_off(desk: Desk):
    window = {"from": desk.starts.isoformat(), "until": (desk.starts + timedelta(hours=2)).isoformat()}
    free = (await desk.ask("GET", "/availability", service=desk.visit, **window)).json()
    booked = await desk.ask("POST", "/booking", desk.booking())
    id = booked.json()["id"]
    after = (await desk.ask("GET", "/availability", service=desk.visit, **window)).json()
    later = (desk.starts + timedelta(hours=1)).isoformat()
    moved = await desk.ask("POST", f"/appointments/{id}/reschedule", {"starts": later})
    confirmed = await desk.ask("POST", f"/appointments/{id}/confirm")
    listed = (await desk.ask("GET", "/appointments", **window, client="ana", status="confirmed")).json()
    gone = await desk.ask("POST", "/cancel", {"appointment": id, "reason": "viagem"})

    assert free["time_zone"] == "America/Sao_Paulo"
    assert datetime.fromisoformat(free["slots"][0]["starts"]) == desk.starts
    assert free["slots"][0]["starts"].endswith("-03:00")
    assert (booked.status_code, booked.json()["status"], booked.json()["price_cents"]) == (201, "booked", 18_000)
    assert booked.json()["client"] == {
        "id": booked.json()["client"]["id"],
        "name": "Ana",
        "phone": "+5511987654321",
        "talks": False,
    }
    assert len(after["slots"]) == len(free["slots"]) - 1
    assert (moved.json()["status"], datetime.fromisoformat(moved.json()["starts"])) == (
        "rescheduled",
        desk.starts + timedelta(hours=1),
    )
    assert confirmed.json()["status"] == "confirmed"
    assert [each["id"] for each in listed["appointments"]] == [id]
    assert (gone.json()["status"], gone.json()["reason"]) == ("cancelled", "viagem")
    assert "ref" not in gone.text


async def test_an_appointment_goes_to_another_professional(desk: Desk):
    other = (await desk.ask("POST", "/professionals", {"name": "Dr. Caio", "hours": HOURS})).json()["id"]
    id = (await desk.ask("POST", "/booking", desk.booking())).json()["id"]
    path, starts = f"/appointments/{id}/reschedule", desk.starts.isoformat()

    moved = await desk.ask("POST", path, {"starts": starts, "professional": other})
    nobody = await desk.ask("POST", path, {"starts": starts, "professional": 10**12})
    wrong = await desk.ask("POST", path, {"starts": starts, "professional": 0})
    free = await desk.ask("POST", "/booking", desk.booking(client={"phone": "+5521987654321"}))
    back = await desk.ask("POST", path, {"starts": starts, "professional": desk.doctor})

    assert (moved.status_code, moved.json()["professional"]) == (200, {"id": other, "name": "Dr. Caio"})
    assert (moved.json()["status"], moved.json()["moving_professional"]) == ("rescheduled", None)
    assert [each.status_code for each in (nobody, wrong, free, back)] == [404, 422, 201, 409]
    assert wrong.json()["field"] == "professional"


async def test_the_slot_of_somebody_else_is_a_409(desk: Desk):
    await desk.ask("POST", "/booking", desk.booking())
    again = await desk.ask("POST", "/booking", desk.booking(client={"phone": "+5521987654321"}))

    assert again.status_code == 409
    assert again.json()["type"] == "urn:secretaria:problem:refused"


async def test_a_token_books_for_its_contact_alone(desk: Desk):
    ana = (await desk.ask("POST", "/booking", desk.booking())).json()["client"]["id"]
    later = (desk.starts + timedelta(hours=5)).isoformat()
    bia = (await desk.ask("POST", "/booking", desk.booking(client={"phone": "+5521987654321"}, starts=later))).json()
    query = {"service": desk.visit, "contact": ana, "limit": 1}
    slot = (await desk.ask("GET", "/availability", **query)).json()["slots"][0]

    stolen = await desk.ask("POST", "/booking", {"contact": bia["client"]["id"], "token": slot["token"]})
    other_digit = "A" if slot["token"][20] != "A" else "B"
    changed = slot["token"][:20] + other_digit + slot["token"][21:]
    forged = await desk.ask("POST", "/booking", {"contact": ana, "token": changed})
    booked = await desk.ask("POST", "/booking", {"contact": ana, "token": slot["token"]})

    assert [(each.status_code, each.json()["field"]) for each in (stolen, forged)] == [(422, "token")] * 2
    assert (booked.status_code, booked.json()["starts"]) == (201, slot["starts"])


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"starts": "2030-01-05T09:00:00"}, 422, "starts"),
        ({"starts": "amanhã"}, 422, "starts"),
        ({"starts": None}, 422, "starts"),
        ({"starts": "9999-12-31T23:59:59-23:00"}, 422, "starts"),
        ({"starts": "2020-01-06T09:00:00-03:00"}, 409, "starts"),
        ({"service": 10**12}, 404, "service"),
        ({"professional": 10**12}, 404, "professional"),
        ({"professional": 10**30}, 422, "professional"),
        ({"client": None, "contact": 10**12}, 404, "contact"),
        ({"contact": 1}, 422, "contact"),
        ({"client": {"phone": "12345678"}}, 422, "client.phone"),
        ({"client": {"phone": "+5511987654321", "name": "a\0b"}}, 422, "client.name"),
        ({"company": 2}, 422, "company"),
        ({"token": "x"}, 422, "contact"),
        (TOKEN | {"token": "é" * 40}, 422, "token"),
        (TOKEN | {"service": 1}, 422, "service"),
        (TOKEN | {"professional": 1}, 422, "professional"),
        (TOKEN | {"starts": "2030-01-05T09:00:00-03:00"}, 422, "starts"),
        (TOKEN | {"outside_hours": True}, 422, "outside_hours"),
        ({"starts": "2030-01-05T09:00:07-03:00"}, 422, "starts"),
        ({"starts": "2030-01-05T09:00:00.729533-03:00"}, 422, "starts"),
        ({"starts": "2150-01-05T09:00:00-03:00", "outside_hours": True}, 409, "starts"),
        ({"starts": "2199-12-31T23:59:00Z", "outside_hours": True}, 409, "starts"),
        ({"minutes": 30}, 422, "minutes"),
    ],
)
async def test_a_wrong_booking_is_told_what_is_wrong_and_changes_nothing(
    desk: Desk, wrong: dict[str, Any], status: int, field: str | None
):
    answer = await desk.ask("POST", "/booking", desk.booking(**wrong))

    assert answer.status_code == status, answer.text
    if field is not None:
        assert answer.json()["field"] == field
    window = {"from": "2020-01-01T00:00:00Z", "until": "2020-02-01T00:00:00Z"}
    assert (await desk.ask("GET", "/appointments", **window)).json()["appointments"] == []
    assert (await desk.ask("GET", "/appointments")).json()["appointments"] == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "2026-11-24T09:00:00"}, "from"),
        ({"until": "2026-11-24T09:00:00"}, "until"),
        ({"from": "2026-11-24T09:00:00Z", "until": "2026-11-24T08:00:00Z"}, "until"),
        ({"from": "2026-11-24T09:00:00Z", "until": "2027-11-24T09:00:00Z"}, "until"),
        ({"from": "0001-01-01T00:00:00Z"}, "from"),
        ({"from": "1795000000"}, "from"),
        ({"until": "1795000000"}, "until"),
        ({"from": "2199-12-30T00:00:00Z"}, "from"),
        ({"from": "2199-11-01T00:00:00Z", "until": "2199-12-31T23:59:00Z"}, "until"),
        ({"form": "2026-11-24T09:00:00Z"}, "form"),
        ({"limit": 0}, None),
        ({"professional": 10**30}, None),
    ],
)
async def test_a_wrong_window_is_told_what_is_wrong(desk: Desk, query: dict[str, Any], field: str | None):
    answer = await desk.ask("GET", "/availability", service=desk.visit, **query)

    assert answer.status_code == 422, answer.text
    assert field is None or answer.json()["field"] == field


@pytest.mark.parametrize(
    ("path", "body", "status", "field"),
    [
        ("/professionals", {"name": "X", "hours": {"monday": ["09:00-12:00", "11:00-14:00"]}}, 422, "hours.monday"),
        ("/professionals", {"name": "X", "hours": {"monday": ["12:00-09:00"]}}, 422, "hours.monday"),
        ("/professionals", {"name": "X", "hours": {"someday": []}}, 422, None),
        ("/professionals", {"name": "   "}, 422, "name"),
        ("/professionals", {"name": "X", "email": "marina"}, 422, "email"),
        ("/professionals", {"name": "a\0b"}, 422, "name"),
        ("/professionals", {"name": "Dra. Marina"}, 409, "name"),
        ("/professionals", {"name": " dra.  MARINA "}, 409, "name"),
        ("/professionals", {"name": "X", "hours": {"monday": [""]}}, 422, "hours.monday"),
        ("/professionals", {"name": "X", "hours": {"monday": ["٠٨:00-12:00"]}}, 422, "hours.monday"),
        ("/services", {"name": "Nova", "minutes": 0}, 422, None),
        ("/services", {"name": "Nova", "minutes": 30, "professionals": [10**12]}, 404, "professionals"),
        ("/services", {"name": "CONSULTA ", "minutes": 30}, 409, "name"),
        ("/days-off", {"first": "2026-12-24", "last": "2026-12-20"}, 422, "last"),
        ("/days-off", {"first": "2026-12-24", "last": "2026-12-24", "hours": "8-10, 14-16"}, 422, "hours"),
        ("/days-off", {"first": "2026-12-24", "last": "2026-12-24", "professional": 10**12}, 404, "professional"),
        ("/days-off", {"first": "0001-01-01", "last": "0001-01-02"}, 422, "first"),
        ("/days-off", {"first": "9999-12-30", "last": "9999-12-31"}, 422, "first"),
        ("/waiting-list", {"contact": 10**12, "service": 10**12, "starts": "x", "ends": "y"}, 422, None),
        ("/cancel", {"appointment": 10**12}, 404, "appointment"),
    ],
)
async def test_a_wrong_setting_is_told_what_is_wrong(
    desk: Desk, path: str, body: dict[str, Any], status: int, field: str | None
):
    answer = await desk.ask("POST", path, body)

    assert answer.status_code == status, answer.text
    if field is not None:
        assert answer.json()["field"] == field


async def test_settings_come_back_as_they_were_given(desk: Desk):
    hours = {"monday": ["08:00-12:00", "13:30-18:00"]}
    service = SERVICE | {"minutes": 50, "after_minutes": 10, "professionals": [desk.doctor]}
    eve = datetime.now(UTC).date() + timedelta(days=40)
    day_off = {"first": str(eve), "last": str(eve), "hours": "14:00-16:00", "name": "Festa", "yearly": True}

    changed = await desk.ask("PUT", f"/professionals/{desk.doctor}/hours", {"hours": hours})
    kept = await desk.ask("PUT", f"/services/{desk.visit}", service)
    added = await desk.ask("POST", "/days-off", day_off)

    assert changed.json()["hours"] == {day: hours.get(day, []) for day in HOURS}
    assert service.items() <= (await desk.ask("GET", "/services")).json()[0].items()
    assert kept.status_code == 200
    assert day_off.items() <= (await desk.ask("GET", "/days-off")).json()[0].items()
    assert (await desk.ask("DELETE", f"/days-off/{added.json()['id']}")).status_code == 204
    assert (await desk.ask("GET", "/days-off")).json() == []
    assert (await desk.ask("GET", "/rules")).json()["beat"] == 30


async def test_somebody_waits_at_one_place_in_line_until_they_do_no_more(desk: Desk):
    contact = (await desk.ask("POST", "/booking", desk.booking())).json()["client"]["id"]
    wish = {
        "contact": contact,
        "service": desk.visit,
        "starts": desk.starts.isoformat(),
        "ends": (desk.starts + timedelta(days=7)).isoformat(),
    }

    first = (await desk.ask("POST", "/waiting-list", wish)).json()
    again = (await desk.ask("POST", "/waiting-list", wish | {"professional": desk.doctor})).json()

    assert (again["id"], again["professional"]) == (first["id"], desk.doctor)
    assert [each["id"] for each in (await desk.ask("GET", "/waiting-list")).json()] == [first["id"]]
    since = {"starts": (desk.starts + timedelta(seconds=7, microseconds=123)).isoformat()}
    assert (await desk.ask("POST", "/waiting-list", wish | since)).status_code == 201
    assert (await desk.ask("DELETE", f"/waiting-list/{first['id']}")).status_code == 204
    assert (await desk.ask("DELETE", f"/waiting-list/{first['id']}")).status_code == 404


async def test_the_openapi_page_tells_every_route_with_its_refusals_and_an_example_of_a_booking(building: Building):
    paths = building.app.openapi_schema.to_schema()["paths"]
    routes = [
        route
        for path, methods in paths.items()
        if path.startswith("/api/agenda")
        for route in methods.values()
        if isinstance(route, dict)
    ]

    assert len(routes) >= 24
    assert all(route["summary"] and route["responses"] for route in routes)
    booking = paths["/api/agenda/booking"]["post"]["responses"]
    assert {"201", "202", "404", "409", "422", "503"} <= set(booking)
    assert next(iter(booking["201"]["content"]["application/json"]["examples"].values()))["value"]["status"] == "booked"
