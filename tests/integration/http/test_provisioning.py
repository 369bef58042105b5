"""A company comes, rests and goes over JSON: repeated calls are one company, secrets are told once, nothing is lost half-way."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import asyncpg
import httpx2
import pytest

from domain.access.role import Role
from tests.builders.building import Building

LINE = {"whaticket_url": "https://w.example.com", "api_token": "canary-token-1234"}
PATH = "/api/tenants/provision"


@pytest.fixture
async def http(building: Building) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(building.app, raise_app_exceptions=False)
    headers = await building.headers(Role.OPERATOR)
    async with httpx2.AsyncClient(transport=transport, base_url="http://secretaria.example", headers=headers) as client:
        yield client


@pytest.fixture
async def sql(migrated: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(migrated)
    yield connection
    await connection.close()


def an_order(**more: object) -> dict[str, Any]:
    mark = uuid4().hex[:8]
    admin = {"email": f"dona@{mark}.example", "name": "Dona", "invite": False}
    return {"name": f"Clínica {mark}", "admin": admin, "connection": LINE, "plan": "essencial"} | more


async def opened(http: httpx2.AsyncClient, **more: object) -> dict[str, Any]:
    answer = await http.post(PATH, json=an_order(**more))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_an_opening_tells_its_steps_and_its_secrets_once(
    http: httpx2.AsyncClient, building: Building, sql: asyncpg.Connection
):
    done = await opened(http)

    assert done["state"] == "done"
    assert {step["state"] for step in done["steps"]} == {"done"}
    assert "skipped: no domain" in next(step["note"] for step in done["steps"] if step["step"] == "domains")
    secrets = done["secrets"]
    assert set(secrets) == {"connection", "webhook_path", "webhook_secret", "admin_password", "token"}
    shown = await http.get(f"{PATH}/{done['id']}")
    assert (shown.status_code, shown.json().get("secrets")) == (200, None)
    kept = str([dict(row) for row in await sql.fetch("select * from public.provisionings")])
    for secret in ("webhook_secret", "admin_password", "token"):
        assert secrets[secret] not in shown.text + kept
    email = await sql.fetchval(
        "select email from public.users u join public.memberships m on m.user_id = u.id where m.tenant_id = $1",
        done["company"],
    )
    login = await http.post("/api/auth/login", json={"email": email, "password": secrets["admin_password"]})
    assert login.status_code == 200
    me = await http.get("/api/auth/me", headers={"authorization": f"Bearer {secrets['token']}"})
    assert me.json()["company"] == done["company"]
    assert (
        await sql.fetchval(
            "select count(*) from public.audit_log where action = 'company.opened' and subject = $1",
            f"company:{done['company']}",
        )
        == 1
    )
    assert (await http.post(f"{PATH}/{done['id']}/retry")).status_code == 409
    assert (await http.delete(f"{PATH}/{done['id']}")).status_code == 409


async def test_the_same_key_and_body_bring_the_same_answer_and_another_body_is_refused(http: httpx2.AsyncClient):
    order, key = an_order(), {"Idempotency-Key": uuid4().hex}

    first, second = [await http.post(PATH, json=order, headers=key) for _ in range(2)]
    other = await http.post(PATH, json=order | {"business_facts": "x"}, headers=key)
    new = await http.post(PATH, json=order, headers={"Idempotency-Key": uuid4().hex})

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert (other.status_code, other.json()["field"]) == (422, "Idempotency-Key")
    assert new.status_code == 409


async def test_the_same_request_ten_times_at_once_is_one_company(http: httpx2.AsyncClient, sql: asyncpg.Connection):
    order, key = an_order(), {"Idempotency-Key": uuid4().hex}

    answers = await asyncio.gather(*(http.post(PATH, json=order, headers=key) for _ in range(10)))
    last = await http.post(PATH, json=order, headers=key)

    assert {answer.status_code for answer in answers} <= {201, 202}
    assert {answer.json()["id"] for answer in answers} == {last.json()["id"]}
    assert last.status_code == 201
    assert await sql.fetchval("select count(*) from public.tenants where name = $1", order["name"]) == 1
    company = last.json()["company"]
    for table in ("invoices", "whatsapp_connections", "memberships", "api_keys"):
        assert await sql.fetchval(f"select count(*) from public.{table} where tenant_id = $1", company) == 1


async def test_what_cannot_be_is_refused_by_the_bodys_own_field_and_leaves_nothing(
    http: httpx2.AsyncClient, sql: asyncpg.Connection
):
    before = await sql.fetchval("select count(*) from public.provisionings")
    admin = an_order()["admin"]
    for more, field in (
        ({"connection": LINE | {"whaticket_url": "nowhere"}}, "connection.whaticket_url"),
        ({"time_zone": "Lua"}, "time_zone"),
        ({"admin": admin | {"email": "x"}}, "admin.email"),
        ({"name": " "}, "name"),
        ({"connection": LINE | {"name": "a\nb"}}, "connection.name"),
        ({"connection": {"whaticket_url": LINE["whaticket_url"]}}, "connection.api_token"),
    ):
        answer = await http.post(PATH, json=an_order(**more))
        assert (answer.status_code, answer.json().get("field")) == (422, field), answer.text
    assert (await http.post(PATH, json=an_order(plan="nenhum"))).status_code == 404
    refused = await http.post(PATH, json=an_order(dedicated=True))
    assert (refused.status_code, "essencial" in refused.json()["detail"]) == (409, True)
    for id in ("999", str(2**70)):
        assert (await http.get(f"{PATH}/{id}")).status_code == 404
    long = await http.post(PATH, json=an_order(), headers={"Idempotency-Key": "x" * 201})
    assert (long.status_code, long.json()["field"]) == (422, "Idempotency-Key")

    assert await sql.fetchval("select count(*) from public.provisionings") == before


async def test_an_opening_that_failed_is_finished_by_a_retry(http: httpx2.AsyncClient, building: Building):
    building.mailer.away = True
    order = an_order()
    order["admin"]["invite"] = True

    failed = await http.post(PATH, json=order)
    steps = {step["step"]: step for step in failed.json()["steps"]}
    assert (failed.status_code, failed.json()["state"], steps["admin"]["state"]) == (202, "failed", "failed")
    assert (steps["admin"]["error"], steps["subscription"]["state"]) == ("the mail server did not answer", "waiting")

    building.mailer.away = False
    finished = await http.post(f"{PATH}/{failed.json()['id']}/retry")
    assert (finished.status_code, finished.json()["state"]) == (201, "done")
    assert [mail.to for mail in building.mailer.letters] == [order["admin"]["email"]]


async def test_an_opening_that_failed_is_undone_and_its_name_is_free(
    http: httpx2.AsyncClient, building: Building, sql: asyncpg.Connection
):
    building.mailer.away = True
    order = an_order()
    order["admin"]["invite"] = True
    failed = (await http.post(PATH, json=order)).json()

    undone = [await http.delete(f"{PATH}/{failed['id']}") for _ in range(2)]

    assert [answer.json()["state"] for answer in undone] == ["undone", "undone"]
    assert await sql.fetchval("select state from public.tenants where id = $1", failed["company"]) == "closed"
    assert (
        await sql.fetchval("select count(*) from pg_namespace where nspname = $1", f"tenant_{failed['company']}") == 0
    )
    assert await sql.fetchval("select paper from public.provisionings where id = $1", failed["id"]) is None
    building.mailer.away = False
    again = await http.post(PATH, json=order)
    assert (again.status_code, again.json()["company"] != failed["company"]) == (201, True)


async def test_an_owner_of_another_company_owns_the_new_one_too_once_they_agree_and_no_password_is_made(
    http: httpx2.AsyncClient, building: Building, sql: asyncpg.Connection
):
    admin = an_order()["admin"]
    first = await opened(http, admin=admin)
    before = await sql.fetchrow("select * from public.users where email = $1", admin["email"])

    second = await opened(http, admin=admin | {"name": "Outro Nome"})

    assert "admin_password" not in second["secrets"]
    assert await sql.fetchrow("select * from public.users where email = $1", admin["email"]) == before
    login = {"email": admin["email"], "password": first["secrets"]["admin_password"], "company": second["company"]}
    assert (await http.post("/api/auth/login", json=login)).status_code == 401
    await building.entrance.join(building.mailer.ticket())
    assert (await http.post("/api/auth/login", json=login)).status_code == 200


async def test_undoing_takes_a_known_owner_only_out_of_the_company_that_goes(
    http: httpx2.AsyncClient, building: Building, sql: asyncpg.Connection
):
    admin = an_order()["admin"] | {"invite": True}
    await opened(http, admin=admin)
    the_owner = "select id from public.users where email = $1"
    await sql.execute(f"delete from public.memberships where user_id = ({the_owner})", admin["email"])
    owner = await sql.fetchval(the_owner, admin["email"])
    building.mailer.away = True
    failed = (await http.post(PATH, json=an_order(admin=admin))).json()
    building.mailer.away = False

    undone = await http.delete(f"{PATH}/{failed['id']}")

    assert (failed["state"], undone.json()["state"]) == ("failed", "undone")
    assert await sql.fetchval(the_owner, admin["email"]) == owner
    assert await sql.fetchval("select count(*) from public.memberships where user_id = $1", owner) == 0


async def test_a_company_rests_comes_back_and_leaves_with_days_of_grace(
    http: httpx2.AsyncClient, sql: asyncpg.Connection
):
    company = (await opened(http))["company"]
    path = f"/api/tenants/{company}"

    assert (await http.post(f"{path}/suspend")).json()["state"] == "suspended"
    assert (await http.post(f"{path}/resume")).json()["state"] == "active"
    leaving = [(await http.post(f"{path}/close", json={"grace_days": days})).json() for days in (10, 20)]
    due = await sql.fetchval(
        "select due_at from public.jobs where tenant_id = $1 and actor = 'companies.close'", company
    )
    back = (await http.post(f"{path}/resume")).json()

    assert leaving[0]["state"] == "suspended"
    assert leaving[0]["closes_at"] == leaving[1]["closes_at"] == due.isoformat().replace("+00:00", "Z")
    assert (back["state"], back["closes_at"]) == ("active", None)
    assert (await http.post(f"{path}/close", json={"grace_days": 0})).status_code == 422
    assert company in [one["id"] for one in (await http.get("/api/tenants")).json()]
    assert (await http.get(path)).json()["plan"] == "essencial"


async def test_an_owner_takes_everything_along_also_while_the_company_rests(
    http: httpx2.AsyncClient, sql: asyncpg.Connection
):
    order = an_order(business_facts="Abre às 8h.")
    done = (await http.post(PATH, json=order)).json()
    await http.post(f"/api/tenants/{done['company']}/close")
    said = {"email": order["admin"]["email"], "password": done["secrets"]["admin_password"]}
    token = (await http.post("/api/auth/login", json=said)).json()["access_token"]

    file = await http.get("/api/company/export", headers={"authorization": f"Bearer {token}"})

    assert (file.status_code, file.headers["content-type"]) == (200, "application/zip")
    archive = zipfile.ZipFile(io.BytesIO(file.content))
    assert {"persona.jsonl", "messages.jsonl", "contacts.jsonl"} <= set(archive.namelist())
    [persona] = archive.read("persona.jsonl").decode().splitlines()
    assert json.loads(persona)["business_facts"] == "Abre às 8h."
    machine = {"authorization": f"Bearer {done['secrets']['token']}"}
    assert (await http.get("/api/company/export", headers=machine)).status_code == 403


async def test_a_plans_places_are_all_that_can_be_given(http: httpx2.AsyncClient):
    order = an_order()
    done = (await http.post(PATH, json=order)).json()
    said = {"email": order["admin"]["email"], "password": done["secrets"]["admin_password"]}
    token = (await http.post("/api/auth/login", json=said)).json()["access_token"]
    mark = uuid4().hex[:8]

    answers = [
        await http.post(
            "/api/users",
            json={"email": f"{n}@{mark}.example", "name": "Nova", "role": "viewer"},
            headers={"authorization": f"Bearer {token}"},
        )
        for n in range(3)
    ]

    assert [answer.status_code for answer in answers] == [201, 201, 409]
    assert answers[2].json()["detail"] == "the plan essencial includes 3 users, and all of them are taken"


async def test_the_platform_sends_an_owners_invitation_again_until_they_have_agreed(
    http: httpx2.AsyncClient, building: Building, sql: asyncpg.Connection
):
    done = await opened(http, admin=an_order()["admin"] | {"invite": True})
    company, older = done["company"], building.mailer.ticket()
    owner = await sql.fetchval("select user_id from public.memberships where tenant_id = $1", company)
    again = f"/painel/empresas/{company}/pessoas/{owner}/convite"

    sent = await http.post(again)

    assert (sent.status_code, sent.headers["location"]) == (303, f"/painel/empresas/{company}")
    assert building.mailer.ticket() != older
    elsewhere = f"/painel/empresas/{building.ours}/pessoas/{owner}/convite"
    assert (await http.post(elsewhere)).status_code == 404
    choice = {"ticket": building.mailer.ticket(), "password": "um gato no telhado"}
    assert (await http.post("/api/auth/password", json=choice)).status_code == 204
    answered = await http.post(again)
    assert (answered.status_code, "já aceitou o convite" in answered.text) == (422, True)
