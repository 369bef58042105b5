"""Somebody at the agenda's JSON, with a professional, a service and a time in three days to ask about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2

HOURS = {day: ["00:00-24:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")}

RULES = {
    "beat": 30,
    "lead_minutes": 60,
    "ahead_days": 60,
    "closed_on_holidays": False,
    "optional_holidays": False,
    "state": None,
}
SERVICE = {
    "name": "Consulta",
    "minutes": 30,
    "before_minutes": 0,
    "after_minutes": 0,
    "price_cents": 18_000,
    "notice_minutes": 0,
    "professionals": [],
    "active": True,
}
REMINDER_RULES = {
    "kinds": ["1h", "24h"],
    "quiet_begins": "20:30",
    "quiet_ends": "09:00",
    "follow_up": True,
    "follow_up_hours": 3,
    "question": "Oi, {nome}! Como foi?",
    "writes_first": True,
}


class Desk:
    """Somebody of the company at a keyboard, as the role of the moment."""

    def __init__(self, http: httpx2.AsyncClient, headers: dict[str, str]) -> None:
        self.http = http
        self.headers = headers
        self.starts = (datetime.now(UTC) + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
        self.doctor = self.visit = 0

    async def ask(self, method: str, path: str, body: Any = None, **query: Any) -> httpx2.Response:
        return await self.http.request(
            method, f"/api/agenda{path}", json=body, params=query or None, headers=self.headers
        )

    async def furnish(self) -> None:
        doctor = await self.ask("POST", "/professionals", {"name": "Dra. Marina", "hours": HOURS})
        visit = await self.ask("POST", "/services", {"name": "Consulta", "minutes": 30, "price_cents": 18_000})
        rules = await self.ask("PUT", "/rules", RULES)
        assert [each.status_code for each in (doctor, visit, rules)] == [201, 201, 200]
        self.doctor, self.visit = doctor.json()["id"], visit.json()["id"]

    def booking(self, **more: Any) -> dict[str, Any]:
        wish = {"client": {"phone": "11 98765-4321", "name": "Ana"}, "starts": self.starts.isoformat()}
        return wish | {"service": self.visit, "professional": self.doctor} | more
