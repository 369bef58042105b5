"""Looking changes nothing: every page and every answer that is only read leaves every row of every table as it was."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Final

import asyncpg
import httpx2
import pytest
from litestar.handlers import HTTPRouteHandler

from adapters.http.matrix import MATRIX, OPEN
from domain.access.role import GRANTS, Role
from tests.builders.building import Building

EXPECTED: Final[Mapping[str, str]] = {
    "public.audit_log": "who looked at people's data is written down",
    "public.audit_heads": "each entry of the log moves its chain's end",
}
"""Tables in which looking leaves rows, and why; no other may change."""

KEPT_IN_ADDRESS: Final = {
    "GET /api/agenda/availability": "?service=1&from=2099-01-05T00:00:00Z&until=2099-01-06T00:00:00Z"
}
TABLES: Final = """
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = 'public' or schemaname = $1 order by 1
"""


@pytest.fixture
async def sql(migrated: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(migrated)
    yield connection
    await connection.close()


async def rows(sql: asyncpg.Connection, schema: str) -> dict[str, str]:
    """Of each table, a digest of all that is in it."""
    found = {}
    for table in [row["name"] for row in await sql.fetch(TABLES, schema)]:
        found[table] = await sql.fetchval(
            f"select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {table} t"
        )
    return found


def only_read(building: Building) -> list[str]:
    return sorted(
        f"{method} {route.path}"
        for route in building.app.routes
        for handler in getattr(route, "route_handlers", ())
        if isinstance(handler, HTTPRouteHandler)
        for method in handler.http_methods
        if method in ("GET", "HEAD") and f"{method} {route.path}" in {*MATRIX, *OPEN}
    )


async def ask(http: httpx2.AsyncClient, building: Building, route: str, headers: Mapping[str, str]) -> httpx2.Response:
    method, path = route.partition(" ")[0], building.path(route, 1)
    for word, value in {"{company:int}": str(building.ours), "{token:str}": "t", "{rest:path}": "nada"}.items():
        path = path.replace(word, value)
    return await http.request(method, f"{path}{KEPT_IN_ADDRESS.get(route, '')}", headers=dict(headers))


async def test_whatever_is_only_read_changes_no_row(
    building: Building, http: httpx2.AsyncClient, sql: asyncpg.Connection
):
    schema = f"tenant_{building.ours}"
    who = {role: await building.headers(role) for role in (Role.OWNER, Role.OPERATOR)}
    routes, changed, statuses = only_read(building), [], dict[str, int]()
    before = await rows(sql, schema)
    assert len(before) > 40

    for route in routes:
        role = Role.OWNER if MATRIX.get(route, frozenset()) <= GRANTS[Role.OWNER] else Role.OPERATOR
        answers = [
            await ask(http, building, route, headers) for headers in (who[role], who[role] | {"accept": "text/html"})
        ]
        statuses[route] = answers[0].status_code
        after = await rows(sql, schema)
        changed += [f"{route}: {name}" for name in after if after[name] != before.get(name) and name not in EXPECTED]
        before = after

    assert changed == []
    assert not [route for route, status in statuses.items() if status >= 500 and route != "GET /healthz"]
    assert sum(status == 200 for status in statuses.values()) > len(routes) / 2
