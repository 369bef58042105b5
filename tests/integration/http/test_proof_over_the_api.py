"""What a stolen session or a small key must not do over the API: a person proves themselves again, a key stays within itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from domain.access.role import Role
from tests.builders.building import Building

STEPS = {
    "POST /api/billing/plan": (Role.OWNER, {"plan": "nenhum"}),
    "POST /api/users": (Role.OWNER, {"email": "nova@example.com", "name": "Nova", "role": "owner"}),
    "PATCH /api/users/{id:uuid}": (Role.OWNER, {"role": "owner"}),
    "POST /api/users/{id:uuid}/shut-out": (Role.OWNER, None),
    "POST /api/users/{id:uuid}/let-in": (Role.OWNER, None),
    "DELETE /api/users/{id:uuid}": (Role.OWNER, None),
    "PUT /api/sign-on": (Role.OWNER, {"issuer": "https://login.example", "client_id": "x"}),
    "GET /api/company/export": (Role.OWNER, None),
    "PUT /api/agenda/calendar": (
        Role.OWNER,
        {"api_key": "cal_live_0123456789", "event_types": [{"service": 1, "professional": 1, "number": 7}]},
    ),
    "DELETE /api/agenda/calendar": (Role.OWNER, None),
    "POST /api/agenda/professionals/{id:int}/feed": (Role.OWNER, None),
    "POST /api/tenants/provision": (Role.OPERATOR, {"name": "N", "admin": {"email": "a@b.example", "name": "A"}}),
    "POST /api/tenants/provision/{id:int}/retry": (Role.OPERATOR, None),
    "DELETE /api/tenants/provision/{id:int}": (Role.OPERATOR, None),
    "POST /api/tenants/{id:int}/suspend": (Role.OPERATOR, None),
    "POST /api/tenants/{id:int}/resume": (Role.OPERATOR, None),
    "POST /api/tenants/{id:int}/close": (Role.OPERATOR, None),
    "POST /painel/usuarios": (Role.OWNER, None),
    "POST /painel/usuarios/login": (Role.OWNER, None),
    "POST /painel/usuarios/login/remover": (Role.OWNER, None),
    "POST /painel/usuarios/{id:uuid}/papel": (Role.OWNER, None),
    "POST /painel/usuarios/{id:uuid}/bloquear": (Role.OWNER, None),
    "POST /painel/usuarios/{id:uuid}/liberar": (Role.OWNER, None),
    "POST /painel/usuarios/{id:uuid}/remover": (Role.OWNER, None),
}


@pytest.mark.parametrize("route", sorted(STEPS))
async def test_a_session_that_proved_nothing_lately_is_asked_again_before_what_cannot_be_taken_back(
    building: Building, http: httpx2.AsyncClient, route: str
):
    role, body = STEPS[route]
    person, begin = building.people[role], building.entrance.logins.sign_in.begin
    tickets = await begin(person, person.memberships[0].company)
    sessions, long_ago = building.entrance.proofs.sessions, datetime.now(UTC) - timedelta(minutes=11)
    assert await sessions.replace(tickets.session, tickets.session.proved(long_ago))
    method, path = route.split(" ")
    path = path.replace("{id:int}", "999999").replace("{id:uuid}", str(building.people[Role.VIEWER].id))
    form = {"papel": "owner", "nome": "Nova", "email": "nova@example.com"} if path.startswith("/painel") else None
    shown = {"authorization": f"Bearer {tickets.access}"}

    answer = await http.request(method, path, headers=shown, json=body, data=form)

    refused = (answer.status_code, "show your password again" in answer.text or "Confirme sua senha" in answer.text)
    assert refused == (422 if form else 403, True), answer.text
    viewer = await building.entrance.proofs.users.get(building.people[Role.VIEWER].id)
    assert [(each.role, each.active) for each in viewer.memberships] == [(Role.VIEWER, True)]
    assert await building.entrance.proofs.users.find("nova@example.com") is None


async def test_a_key_gives_no_role_that_may_do_more_than_itself(building: Building, http: httpx2.AsyncClient):
    owner, viewer = await building.headers(Role.OWNER), building.people[Role.VIEWER].id
    scopes = ["users:write", "home:read", "conversations:read", "agenda:read"]
    made = (await http.post("/api/keys", json={"name": "crm", "scopes": scopes}, headers=owner)).json()
    key = {"x-api-key": made["key"]}

    async def invited(role: str) -> int:
        order = {"email": f"{role}-{viewer}@example.com", "name": "Nova", "role": role}
        return (await http.post("/api/users", json=order, headers=key)).status_code

    assert [await invited(role) for role in ("owner", "attendant", "viewer", "operator")] == [403, 403, 201, 422]
    assert (await http.patch(f"/api/users/{viewer}", json={"role": "owner"}, headers=key)).status_code == 403
