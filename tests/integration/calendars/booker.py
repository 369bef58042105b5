"""A process of its own that books one appointment, for whoever wants to kill it in between."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from datetime import datetime
from typing import Any

import httpx2

from adapters.calcom.lines import Lines
from adapters.postgres.agenda_calendar import BuiltInCalendars
from adapters.postgres.calendar_connections import PostgresCalendarConnections, PostgresCalendarDesk
from adapters.postgres.lanes import build_lanes
from adapters.postgres.pool import build_pool
from adapters.postgres.work import PostgresWorkshop
from adapters.security.envelope import Envelopes
from adapters.security.master_keys import GivenMasterKeys
from application.agenda.booking import Booking
from domain.shared.ids import ContactId, ProfessionalId, ServiceId, TenantId
from secretaria.agenda import agenda_over
from secretaria.calendars import ChosenCalendars
from secretaria.composition import database_name
from tests.builders.calendars import DESK


async def book(told: dict[str, Any]) -> None:
    url, moment = told["url"], datetime.fromisoformat(told["now"])
    pool = await build_pool(url, size=2, name="booker")
    lanes = await build_lanes(url, count=2, name="booker")
    open_work = PostgresWorkshop(lanes, database_name(url))
    vault = Envelopes(GivenMasterKeys([base64.b64decode(told["master"])]))

    def clock() -> datetime:
        return moment

    async with httpx2.AsyncClient(trust_env=False) as http:
        desk = PostgresCalendarDesk(pool, vault, open_work)
        connections = PostgresCalendarConnections(pool, vault)
        calendars = ChosenCalendars(connections, desk, BuiltInCalendars(open_work, clock), http, Lines())
        agenda = agenda_over(open_work, pool, vault, calendars, clock)
        starts = datetime.fromisoformat(told["starts"])
        wish = Booking(ContactId(told["contact"]), ServiceId(told["visit"]), ProfessionalId(told["doctor"]), starts)
        await agenda.book(TenantId(told["tenant"]), wish, DESK)


if __name__ == "__main__":
    asyncio.run(book(json.loads(sys.argv[1])))
