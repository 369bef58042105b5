"""A practice with two doctors and one service, laid out as rows for whoever looks at its agenda in the panel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Locator

from tests.journeys.house import House, Line
from tests.panel.conftest import Seat

SAO_PAULO: Final = ZoneInfo("America/Sao_Paulo")
EVERY_LOOK = pytest.mark.parametrize("look", ["light", "dark", "phone"], indirect=True)
TABLES: Final = "waiting_list, calendar_entries, agenda_places, appointments, days_off, services, professionals"
HOSTILE: Final = "\"><img src=x onerror=alert(1)><b onclick=alert(1)>Zé' {{7*7}}"
ALL_WEEK: Final = "[" + ",".join(["[[480, 720], [780, 1080]]"] * 7) + "]"


@dataclass
class Desk:
    house: House
    tenant: int
    day: date
    doctors: list[int]
    service: int
    people: int = 0

    async def booked(
        self,
        hour: float,
        name: str,
        state: str = "booked",
        doctor: int = 0,
        *,
        day: date | None = None,
        phone: str = "",
    ) -> int:
        self.people += 1
        phone = phone or f"+55119{70_000_000 + self.people:08}"
        starts = datetime.combine(day or self.day, datetime.min.time(), SAO_PAULO) + timedelta(hours=hour)
        contact = await self.one(
            "insert into contacts (phone, name) values ($1, $2) on conflict (phone) do update set name = $2 returning id",
            phone,
            name,
        )
        id = await self.one(
            "insert into appointments (contact_id, professional_id, service_id, starts, ends, status, price_cents)"
            " values ($1, $2, $3, $4, $5, $6, 15000) returning id",
            contact,
            self.doctors[doctor],
            self.service,
            starts,
            starts + timedelta(minutes=30),
            state,
        )
        if state != "cancelled":
            await self.one(
                "insert into agenda_places (professional_id, busy, appointment_id)"
                " values ($1, tstzrange($2, $3), $4) returning id",
                self.doctors[doctor],
                starts,
                starts + timedelta(minutes=30),
                id,
            )
        return id

    async def one(self, sql: str, *args: object) -> int:
        return int((await self.house.rows(sql, *args, tenant=self.tenant))[0]["id"])

    async def stands(self, id: int) -> str:
        rows = await self.house.rows(
            "select status, to_char(starts at time zone 'America/Sao_Paulo', 'DD HH24:MI') as at from appointments"
            " where id = $1",
            id,
            tenant=self.tenant,
        )
        return f"{rows[0]['status']} {rows[0]['at'][3:]}"


def some_day() -> date:
    """Not today: whatever the hour is, all of it is ahead; and not a Sunday, so that the next day is of the same week."""
    day = datetime.now(SAO_PAULO).date() + timedelta(days=1)
    return day + timedelta(days=day.weekday() == 6)


@pytest.fixture
async def nothing(house: House, line: Line) -> AsyncIterator[None]:
    await house.rows(f"truncate {TABLES} cascade", tenant=line.tenant)
    await house.rows("update agenda_rules set closed_on_holidays = false, lead_minutes = 60", tenant=line.tenant)
    yield
    await house.rows("delete from public.jobs where due_at > now()", tenant=line.tenant)
    await house.calm(line.tenant)


@pytest.fixture
async def desk(house: House, line: Line, nothing: None) -> Desk:
    desk = Desk(house, line.tenant, some_day(), [], 0)
    for name in ("Dra. Marina Lopes", "Dr. Caio Prado"):
        doctor = await desk.one(
            "insert into professionals (name, hours) values ($1, $2::jsonb) returning id", name, ALL_WEEK
        )
        desk.doctors.append(doctor)
    desk.service = await desk.one("insert into services (name, minutes) values ('Consulta', 30) returning id")
    return desk


def block(seat: Seat, who: str) -> Locator:
    return seat.page.locator(".board .block", has_text=who)


async def drag(seat: Seat, what: Locator, hours: float, to: Locator | None = None) -> None:
    await what.scroll_into_view_if_needed()
    box = await what.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    column = None if to is None else await to.bounding_box()
    goal = x if column is None else column["x"] + column["width"] / 2
    await seat.page.mouse.move(x, y)
    await seat.page.mouse.down()
    await seat.page.mouse.move(x, y + box["height"], steps=3)
    await seat.page.mouse.move(goal, y + hours * 2 * box["height"], steps=4)
    await seat.page.mouse.up()
