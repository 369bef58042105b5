"""Letting people in, as they meet it: the real API over real PostgreSQL and Valkey, opened by the operator's command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from tests.journeys.house import House, Line

PASSWORD = "tranquila e longa"


@dataclass
class Door:
    house: House
    tenant: int
    client: httpx2.Client

    def add(self, email: str, role: str, *, company: int | None = None) -> dict[str, Any]:
        """By the real command, its password told on standard input's stead by an option."""
        place = [] if company is None else ["--company", str(company)]
        words = ["add", "--email", email, "--name", "Ana Souza", "--role", role, "--password", PASSWORD, "--json"]
        return json.loads(self.command(*words, *place))

    def command(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "secretaria", "user", *words],
            env={**os.environ, **self.house.settings},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def login(self, email: str, password: str = PASSWORD) -> httpx2.Response:
        return self.client.post("/api/auth/login", json={"email": email, "password": password})

    def me(self, tokens: dict[str, Any]) -> httpx2.Response:
        return self.client.get("/api/auth/me", headers=bearer(tokens))

    def refresh(self, tokens: dict[str, Any]) -> httpx2.Response:
        return self.client.post("/api/auth/refresh", json={"refresh_token": tokens["refresh_token"]})


def bearer(tokens: dict[str, Any]) -> dict[str, str]:
    return {"authorization": f"Bearer {tokens['access_token']}"}


@pytest.fixture
def door(house: House, line: Line) -> Iterator[Door]:
    with httpx2.Client(base_url=house.url, timeout=15, trust_env=False) as client:
        yield Door(house, line.tenant, client)


def test_an_owner_logs_in_and_is_known_until_logging_out(door: Door):
    door.add("dona@journey.example", "owner", company=door.tenant)

    answer = door.login("Dona@Journey.example ")
    tokens = answer.json()
    me = door.me(tokens).json()

    assert (answer.status_code, tokens["token_type"], tokens["expires_in"] > 500) == (200, "Bearer", True)
    assert (me["name"], me["company"], "users:write" in me["permissions"]) == ("Ana Souza", door.tenant, True)

    assert door.client.post("/api/auth/logout", headers=bearer(tokens)).status_code == 204
    assert [door.me(tokens).status_code, door.refresh(tokens).status_code] == [401, 401]


def test_a_wrong_password_and_an_unknown_address_read_the_same(door: Door):
    door.add("certa@journey.example", "viewer", company=door.tenant)

    wrong, unknown = door.login("certa@journey.example", "outra coisa"), door.login("ninguem@journey.example")

    for answer in (wrong, unknown):
        assert answer.status_code == 401
    assert {**wrong.json(), "correlation_id": ""} == {**unknown.json(), "correlation_id": ""}


def test_a_refresh_token_is_exchanged_once_and_one_from_before_ends_the_session(door: Door):
    door.add("gira@journey.example", "attendant", company=door.tenant)
    first = door.login("gira@journey.example").json()
    second = door.refresh(first).json()
    third = door.refresh(second).json()
    assert door.me(third).status_code == 200

    stolen = door.refresh(first)

    assert stolen.status_code == 401
    assert [door.me(third).status_code, door.refresh(third).status_code] == [401, 401]


def test_somebody_disabled_is_out_with_the_next_request(door: Door):
    door.add("fora@journey.example", "manager", company=door.tenant)
    tokens = door.login("fora@journey.example").json()
    assert door.me(tokens).status_code == 200

    door.command("disable", "fora@journey.example")

    assert [door.me(tokens).status_code, door.refresh(tokens).status_code] == [401, 401]
    assert door.login("fora@journey.example").status_code == 401


def test_an_operator_sees_dead_letters_and_a_companys_owner_does_not(door: Door):
    door.add("operador@journey.example", "operator")
    door.add("curiosa@journey.example", "owner", company=door.tenant)

    def status(email: str) -> int:
        return door.client.get("/api/dead-letters", headers=bearer(door.login(email).json())).status_code

    assert (status("operador@journey.example"), status("curiosa@journey.example")) == (200, 403)
