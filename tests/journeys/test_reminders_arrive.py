"""A reminder through real processes that die: it reaches the telephone once, and its answer confirms or calls off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx2

from ops.sandbox.handle import Gemini
from tests.journeys.customer import Customer
from tests.journeys.house import House, Line

HOURS = {day: ["00:00-24:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")}


async def booked(house: House, line: Line, desk: httpx2.Client, ana: Customer) -> int:
    await ana.says("oi")
    await ana.hears()
    [contact] = await house.rows("select id from contacts", tenant=line.tenant)
    doctor = desk.post("/api/agenda/professionals", json={"name": "Dra. Marina", "hours": HOURS}).json()["id"]
    visit = desk.post("/api/agenda/services", json={"name": "Consulta", "minutes": 30}).json()["id"]
    starts = (datetime.now(UTC) + timedelta(days=10)).replace(minute=0, second=0, microsecond=0)
    wish = {"contact": contact["id"], "service": visit, "professional": doctor, "starts": starts.isoformat()}
    answer = desk.post("/api/agenda/booking", json=wish | {"outside_hours": True})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


async def test_a_reminder_survives_the_death_of_worker_and_relay_and_is_heard_once(
    house: House, line: Line, gemini: Gemini, desk: httpx2.Client, ana: Customer
):
    appointment = await booked(house, line, desk, ana)
    house.kill("worker")
    house.kill("relay")
    asked = [desk.post(f"/api/agenda/appointments/{appointment}/reminder?in_quiet_hours=true") for _ in range(2)]
    house.start("worker", "relay")

    [reminder] = await ana.hears()
    assert [each.status_code for each in asked] == [202, 202]
    assert "Passando para lembrar do seu horário de Consulta com Dra. Marina" in reminder

    await ana.says("sim, confirmo")
    [answer] = await ana.hears()
    assert answer.startswith("Presença confirmada: Consulta com Dra. Marina")
    told = desk.get(f"/api/agenda/appointments/{appointment}").json()
    assert told["status"] == "confirmed"
    assert sum("Passando para lembrar" in text for text in await ana.everything_heard()) == 1
