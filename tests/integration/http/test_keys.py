"""Keys open what their scopes say, until they are revoked."""

from __future__ import annotations

from typing import Any

import httpx2

from domain.access.role import Role
from tests.builders.building import Building


async def test_a_key_opens_what_its_scopes_say_until_it_is_revoked(building: Building, http: httpx2.AsyncClient):
    owner = await building.headers(Role.OWNER)
    made = (await http.post("/api/keys", json={"name": "n8n", "scopes": ["users:read"]}, headers=owner)).json()
    by_header, by_bearer = {"x-api-key": made["key"]}, {"authorization": f"Bearer {made['key']}"}

    assert [(await http.get("/api/users", headers=each)).status_code for each in (by_header, by_bearer)] == [200, 200]
    assert (await http.get("/api/keys", headers=by_header)).status_code == 403
    assert (await http.post("/api/account/second-factor", headers=by_header)).status_code == 403
    listed = (await http.get("/api/keys", headers=owner)).json()
    assert made["key"] not in str(listed)
    assert listed[0]["prefix"] == made["key"][:12]
    assert "last_used_at" in listed[0]
    assert (await http.get("/api/users", headers={"x-api-key": made["key"][:-1] + "_"})).status_code == 401

    assert (await http.delete(f"/api/keys/{made['id']}", headers=owner)).status_code == 204
    assert (await http.get("/api/users", headers=by_header)).status_code == 401


async def test_a_platform_key_is_succeeded_by_another_and_then_revoked_and_is_nobody_elses(
    building: Building, http: httpx2.AsyncClient
):
    operator, owner = await building.headers(Role.OPERATOR), await building.headers(Role.OWNER)
    order = {"name": "deploy", "scopes": ["platform:audit:read"]}

    first, second = [(await http.post("/api/platform/keys", json=order, headers=operator)).json() for _ in range(2)]

    async def opens(key: dict[str, Any], path: str = "/api/platform/audit") -> int:
        return (await http.get(path, headers={"x-api-key": key["key"]})).status_code

    assert [await opens(first), await opens(second)] == [200, 200]
    assert [await opens(first, "/api/platform/keys"), await opens(first, "/api/users")] == [403, 403]
    assert (await http.get("/api/platform/keys", headers=owner)).status_code == 403
    assert (await http.delete(f"/api/keys/{first['id']}", headers=owner)).status_code == 404
    too_much = {"name": "n", "scopes": ["users:read"]}
    assert (await http.post("/api/platform/keys", json=too_much, headers=operator)).status_code in (403, 422)

    assert (await http.delete(f"/api/platform/keys/{first['id']}", headers=operator)).status_code == 204
    assert [await opens(first), await opens(second)] == [401, 200]
    listed = {key["id"]: key for key in (await http.get("/api/platform/keys", headers=operator)).json()}
    assert ("revoked_at" in listed[first["id"]], "revoked_at" in listed[second["id"]]) == (True, False)
