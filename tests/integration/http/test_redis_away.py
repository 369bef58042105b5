"""With Redis gone nobody is let in on an old word: every door of access answers 503, and none of them 200."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import httpx2

from adapters.postgres.migrations import migrate
from domain.access.role import Role
from secretaria.embedded.account import account_for_servers
from secretaria.embedded.ports import free_port
from secretaria.embedded.valkey import Valkey
from tests.builders.building import raised
from tests.conftest import _running


async def test_access_fails_closed_and_says_when_to_come_back(database: str, servers_dir: Path):
    await migrate(database)
    valkey = Valkey(servers_dir / "going", account_for_servers(), free_port())
    with ExitStack() as going:
        going.enter_context(_running(valkey, servers_dir))
        async with raised(database, valkey.url) as building:
            transport = httpx2.ASGITransport(building.app, raise_app_exceptions=False)
            async with httpx2.AsyncClient(transport=transport, base_url="http://secretaria.example") as http:
                owner = building.people[Role.OWNER]
                tickets = await building.entrance.logins.sign_in.begin(owner, building.ours)
                shown = {"authorization": f"Bearer {tickets.access}"}
                assert (await http.get("/api/users", headers=shown)).status_code == 200

                going.close()

                refused = [
                    await http.get("/api/users", headers=shown),
                    await http.get("/api/auth/me", headers=shown),
                    await http.post("/api/auth/logout", headers=shown),
                    await http.post("/api/auth/refresh", json={"refresh_token": tickets.refresh}),
                    await http.post("/api/auth/login", json={"email": owner.email, "password": "tranquila e longa"}),
                    await http.post("/api/auth/password/forgotten", json={"email": owner.email}),
                ]

    assert [answer.status_code for answer in refused] == [503] * len(refused)
    assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)
    assert all(answer.json()["type"] == "urn:secretaria:problem:unavailable" for answer in refused)
