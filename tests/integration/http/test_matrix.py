"""Every route by every role, in its own company and with the ids of another: read off the real application's route table."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import httpx2
import pytest
import pytest_asyncio
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from adapters.http.access import Requires
from adapters.http.matrix import MATRIX, OPEN
from adapters.http.panel import audit_words
from domain.access.role import GRANTS, Permission, Role
from domain.shared.ids import SessionId
from tests.builders.building import Building, asking, raised
from tests.builders.desk import REMINDER_RULES, RULES, SERVICE

pytestmark = pytest.mark.asyncio(loop_scope="module")
"""Some hundred routes are asked of one house: raising it takes longer than asking."""

NOT_OURS = re.compile(r"^GET /schema|^OPTIONS ")
BODIES = {
    "POST /api/account/proof": {"password": "x"},
    "POST /api/account/password": {"current": "x", "new": "tranquila e longa"},
    "POST /api/account/email": {"email": "x@example.com"},
    "POST /api/account/second-factor/confirmation": {"code": "000000"},
    "POST /api/auth/company": {"company": 999},
    "POST /api/users": {"email": "nova@example.com", "name": "Nova", "role": "viewer"},
    "PATCH /api/users/{id:uuid}": {"role": "viewer"},
    "PUT /api/sign-on": {"issuer": "http://127.0.0.1:1", "client_id": "x"},
    "POST /api/keys": {"name": "n8n", "scopes": ["home:read"]},
    "POST /api/tenants/provision": {"name": "Nova", "admin": {"email": "nobody@example", "name": "Nova"}},
    "POST /api/agenda/booking": {"contact": 1, "service": 1, "professional": 1, "starts": "2099-01-05T09:00:00-03:00"},
    "POST /api/agenda/cancel": {"appointment": 999},
    "POST /api/agenda/appointments/{id:int}/reschedule": {"starts": "2099-01-05T09:00:00-03:00"},
    "POST /api/agenda/professionals": {"name": "Marina"},
    "PUT /api/agenda/professionals/{id:int}": {"name": "Marina", "hours": {}, "active": True, "email": None},
    "PUT /api/agenda/professionals/{id:int}/hours": {"hours": {}},
    "POST /api/agenda/services": {"name": "Consulta", "minutes": 30},
    "PUT /api/agenda/services/{id:int}": SERVICE,
    "POST /api/agenda/days-off": {"first": "2026-12-24", "last": "2026-12-24"},
    "PUT /api/agenda/rules": RULES,
    "PUT /api/agenda/reminder-rules": REMINDER_RULES,
    "PUT /api/agenda/calendar": {
        "api_key": "cal_live_0123456789",
        "event_types": [{"service": 1, "professional": 1, "number": 7}],
    },
    "POST /api/agenda/waiting-list": {
        "contact": 1,
        "service": 1,
        "starts": "2099-01-05T09:00:00-03:00",
        "ends": "2099-01-06T09:00:00-03:00",
    },
    "POST /api/platform/keys": {"name": "n8n", "scopes": ["platform:workers:read"]},
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def building(migrated: str, redis_url: str) -> AsyncIterator[Building]:
    async with raised(migrated, redis_url) as building:
        yield building


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def http(building: Building) -> AsyncIterator[httpx2.AsyncClient]:
    async with asking(building) as client:
        yield client


def handlers(app: Litestar) -> Iterator[tuple[str, HTTPRouteHandler]]:
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            for method in handler.http_methods:
                name = f"{method} {route.path}"
                if not NOT_OURS.match(name):
                    yield name, handler


def asked(handler: HTTPRouteHandler) -> frozenset[Permission] | None:
    found = [guard for guard in handler.resolve_guards() if isinstance(guard, Requires)]
    return None if not found else frozenset().union(*(guard.permissions for guard in found))


async def test_every_route_stands_in_the_matrix_or_among_the_open_and_asks_what_is_written(building: Building):
    routes = {name: asked(handler) for name, handler in handlers(building.app)}

    assert {name for name, permissions in routes.items() if permissions is None} == set(OPEN)
    assert {name: permissions for name, permissions in routes.items() if permissions is not None} == dict(MATRIX)


async def test_whatever_is_asked_of_the_panel_has_words_in_the_audit_log(building: Building):
    open_doors = {name for name in OPEN if name.startswith("POST /painel")}
    kept = {
        str(handler.opt.get("audit") or name)
        for name, handler in handlers(building.app)
        if name.startswith("POST /painel") and name not in open_doors and handler.opt.get("audit") is not False
    }

    assert [name for name in sorted(kept) if audit_words.action(name) == name] == []


@pytest.mark.parametrize("route", sorted(MATRIX))
async def test_a_route_opens_to_those_roles_that_may_and_to_no_other(
    building: Building, http: httpx2.AsyncClient, route: str
):
    method = route.partition(" ")[0]
    path, body = building.path(route, 999 if ":int" in route else uuid4()), BODIES.get(route)
    assert (await http.request(method, path, json=body)).status_code == 401

    for role in Role:
        answer = await http.request(method, path, json=body, headers=await building.headers(role))
        may = MATRIX[route] <= GRANTS[role]
        assert answer.status_code != 403 if may else answer.status_code == 403, (role, answer.text)
        assert answer.status_code < 500, (role, answer.text)


@pytest.mark.parametrize("route", sorted(route for route in MATRIX if "{id:" in route))
async def test_another_companys_id_is_not_found_and_nothing_changes(
    building: Building, http: httpx2.AsyncClient, route: str
):
    users, theirs = building.entrance.proofs.users, await _ids_of_others(building)
    id = next(value for word, value in theirs.items() if f"/{word}/" in route)
    role = next(role for role in (Role.OWNER, Role.OPERATOR) if MATRIX[route] <= GRANTS[role])
    before = await users.get(building.foreigner)

    answer = await http.request(
        route.partition(" ")[0],
        building.path(route, id),
        json=BODIES.get(route),
        headers=await building.headers(role),
    )

    assert answer.status_code == 404, answer.text
    assert await users.get(building.foreigner) == before
    assert await building.entrance.proofs.sessions.get(building.theirs, SessionId(str(theirs["sessions"])))
    for company in (building.ours, building.theirs):
        assert all(each.revoked_at is None for each in await building.entrance.keys.keys.of(company))


@pytest.mark.parametrize(
    ("route", "body"),
    [
        ("POST /api/users", {"company": 2}),
        ("POST /api/users", {"tenant_id": 2}),
        ("PATCH /api/users/{id:uuid}", {"company": 2, "state": "active"}),
        ("POST /api/keys", {"company": None}),
    ],
)
async def test_a_company_in_the_body_is_refused(
    building: Building, http: httpx2.AsyncClient, route: str, body: dict[str, object]
):
    path = building.path(route, building.people[Role.VIEWER].id)
    headers = await building.headers(Role.OWNER)

    answer = await http.request(route.partition(" ")[0], path, json=BODIES[route] | body, headers=headers)

    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize("role", ["operator", "god", "", None, 7])
async def test_nobody_is_made_what_a_company_does_not_have(building: Building, http: httpx2.AsyncClient, role: object):
    headers = await building.headers(Role.OWNER)
    path = f"/api/users/{building.people[Role.VIEWER].id}"

    assert (await http.patch(path, json={"role": role}, headers=headers)).status_code == 422
    invitation = {"email": "n@example.com", "name": "N", "role": role}
    assert (await http.post("/api/users", json=invitation, headers=headers)).status_code == 422


@pytest.mark.parametrize("path", ["/api/auth/me", "/api/agenda/appointments", "/painel", "/painel/agenda"])
async def test_no_answer_is_for_a_page_of_another_site_to_read(building: Building, http: httpx2.AsyncClient, path: str):
    asking = {
        "origin": "https://evil.example",
        "access-control-request-method": "GET",
        **await building.headers(Role.OWNER),
    }

    answers = [await http.request(method, path, headers=asking) for method in ("GET", "OPTIONS", "HEAD")]

    assert [name for answer in answers for name in answer.headers if name.startswith("access-control")] == []
    assert all(answer.status_code < 500 for answer in answers)


async def _ids_of_others(building: Building) -> dict[str, object]:
    """By the word that stands before them in a route; what has no number of its own in public stands in nobody's schema."""
    logins, users = building.entrance.logins, building.entrance.proofs.users
    foreign_session = await logins.sign_in.begin(await users.get(building.foreigner), building.theirs)
    return {
        "users": building.foreigner,
        "sessions": foreign_session.session.id,
        "platform": await building.key_of(building.ours),
        "keys": await building.key_of(building.theirs),
        "dead-letters": 999,
        "tenants": 999,
        "usuarios": building.foreigner,
        "sessoes": foreign_session.session.id,
        "aberturas": 999,
        "empresas/{id:int}": 999_999,
        "empresas": await building.key_of(building.ours),
        "chaves": await building.key_of(building.theirs),
        "conexoes": "t" * 20,
        "conversas": 999,
        "versoes": 999,
        "appointments": 999,
        "professionals": 999,
        "services": 999,
        "days-off": 999,
        "waiting-list": 999,
        "followups": 999,
        "agenda": 999,
    }
