"""Second factor, forgotten password, invitation, keys and signing on elsewhere, each from one end to the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pyotp
import pytest

from adapters.postgres.migrations import migrate
from domain.access.role import Role
from domain.shared.ids import TenantId
from ops.sandbox.handle import Running, launch
from ops.sandbox.oidc.provider import CLIENT_ID, CLIENT_SECRET
from tests.builders.building import PASSWORD, Building, raised

ANOTHER = "um gato no telhado"


@pytest.fixture(scope="module")
def migrated(module_database: str) -> str:
    asyncio.run(migrate(module_database))
    return module_database


@pytest.fixture
async def building(migrated: str, redis_url: str) -> AsyncIterator[Building]:
    async with raised(migrated, redis_url) as building:
        yield building


@pytest.fixture
async def http(building: Building) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(building.app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as client:
        yield client


@pytest.fixture(scope="module")
def provider() -> Iterator[Running]:
    running = launch("oidc")
    yield running
    running.stop()


async def login(http: httpx2.AsyncClient, email: str, password: str = PASSWORD) -> httpx2.Response:
    return await http.post("/api/auth/login", json={"email": email, "password": password})


def bearer(answer: httpx2.Response) -> dict[str, str]:
    return {"authorization": f"Bearer {answer.json()['access_token']}"}


async def set_up(http: httpx2.AsyncClient, headers: dict[str, str]) -> tuple[pyotp.TOTP, list[str]]:
    """With the code of half a minute ago, so that the next one is still good."""
    proposed = (await http.post("/api/account/second-factor", headers=headers)).json()
    totp = pyotp.TOTP(proposed["secret"])
    assert proposed["svg"].startswith("<svg")
    assert "style" not in proposed["svg"]
    code = totp.at(datetime.now(UTC) - timedelta(seconds=30))
    confirmed = await http.post("/api/account/second-factor/confirmation", json={"code": code}, headers=headers)
    assert confirmed.status_code == 200, confirmed.text
    return totp, confirmed.json()["recovery_codes"]


async def test_a_second_factor_is_asked_for_and_no_code_opens_twice(building: Building, http: httpx2.AsyncClient):
    owner = building.people[Role.OWNER]
    totp, recovery = await set_up(http, bearer(await login(http, owner.email)))

    asked = (await login(http, owner.email)).json()
    assert set(asked) == {"result", "challenge"}

    async def bring(code: str) -> int:
        body = {"challenge": asked["challenge"], "code": code}
        return (await http.post("/api/auth/second-factor", json=body)).status_code

    code = totp.now()
    assert await bring("000000" if code != "000000" else "111111") == 401
    assert await bring(code) == 200
    assert await bring(code) == 401
    assert await bring(recovery[0].upper()) == 200
    assert await bring(recovery[0]) == 401
    assert (
        await http.get("/api/auth/me", headers={"authorization": f"Bearer {asked['challenge']}"})
    ).status_code == 401


async def test_a_code_brought_twice_at_once_opens_once(building: Building, http: httpx2.AsyncClient):
    owner = building.people[Role.OWNER]
    totp, _ = await set_up(http, bearer(await login(http, owner.email)))
    body = {"challenge": (await login(http, owner.email)).json()["challenge"], "code": totp.now()}

    answers = await asyncio.gather(*(http.post("/api/auth/second-factor", json=body) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]


async def test_a_forgotten_password_is_replaced_by_a_letter_that_works_once(
    building: Building, http: httpx2.AsyncClient
):
    manager = building.people[Role.MANAGER]
    before = bearer(await login(http, manager.email))

    known = await http.post("/api/auth/password/forgotten", json={"email": manager.email.upper()})
    unknown = await http.post("/api/auth/password/forgotten", json={"email": "ninguem@example.com"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content) == (202, b"")
    assert [letter.to for letter in building.mailer.letters] == [manager.email]
    ticket = building.mailer.ticket()

    async def choose(password: str) -> int:
        return (await http.post("/api/auth/password", json={"ticket": ticket, "password": password})).status_code

    assert await choose("senha123") == 422
    assert await choose(ANOTHER) == 204
    assert await choose("mais uma frase longa") == 409
    assert (await http.get("/api/auth/me", headers=before)).status_code == 401
    assert (await login(http, manager.email)).status_code == 401
    assert (await login(http, manager.email, ANOTHER)).status_code == 200


async def test_somebody_invited_chooses_a_password_and_is_in(building: Building, http: httpx2.AsyncClient):
    headers = await building.headers(Role.OWNER)
    body = {"email": f"nova@{building.ours}.example", "name": "Nova", "role": "attendant"}
    invited = await http.post("/api/users", json=body, headers=headers)
    assert (invited.status_code, invited.json()["state"]) == (201, "invited")
    assert (await http.post("/api/users", json=body, headers=headers)).status_code == 409

    await http.post("/api/auth/password", json={"ticket": building.mailer.ticket(), "password": ANOTHER})

    me = await http.get("/api/auth/me", headers=bearer(await login(http, body["email"], ANOTHER)))
    assert (me.json()["company"], "conversations:attend" in me.json()["permissions"]) == (building.ours, True)


async def test_roles_and_shutting_out_count_with_the_next_request(building: Building, http: httpx2.AsyncClient):
    owner, manager = await building.headers(Role.OWNER), building.people[Role.MANAGER]
    theirs = bearer(await login(http, manager.email))
    assert (await http.get("/api/users", headers=theirs)).status_code == 200

    assert (await http.patch(f"/api/users/{manager.id}", json={"role": "viewer"}, headers=owner)).status_code == 200
    assert (await http.get("/api/users", headers=theirs)).status_code == 403
    assert (await http.post(f"/api/users/{manager.id}/shut-out", headers=owner)).status_code == 204
    assert (await http.get("/api/auth/me", headers=theirs)).status_code == 401
    assert (await login(http, manager.email)).status_code == 401

    own = building.people[Role.OWNER].id
    for refused in (
        http.patch(f"/api/users/{own}", json={"role": "viewer"}, headers=owner),
        http.post(f"/api/users/{own}/shut-out", headers=owner),
        http.delete(f"/api/users/{own}", headers=owner),
    ):
        assert (await refused).status_code == 409


async def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(building: Building, http: httpx2.AsyncClient):
    viewer = building.people[Role.VIEWER]
    here, elsewhere = bearer(await login(http, viewer.email)), bearer(await login(http, viewer.email))
    assert len((await http.get("/api/account/sessions", headers=here)).json()) == 2

    changed = await http.post("/api/account/password", json={"current": PASSWORD, "new": ANOTHER}, headers=here)

    assert changed.status_code == 200
    answers = [await http.get("/api/auth/me", headers=headers) for headers in (here, elsewhere, bearer(changed))]
    assert [answer.status_code for answer in answers] == [401, 401, 200]


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


async def test_another_address_logs_in_once_its_own_letter_was_read(building: Building, http: httpx2.AsyncClient):
    viewer, taken = building.people[Role.VIEWER], building.people[Role.OWNER].email
    new = f"nova.{viewer.email}"
    here = bearer(await login(http, viewer.email))

    assert (await http.post("/api/account/email", json={"email": taken}, headers=here)).status_code == 409
    assert (await http.post("/api/account/email", json={"email": "sem arroba"}, headers=here)).status_code == 422
    assert building.mailer.letters == []
    assert (await http.post("/api/account/email", json={"email": new.upper()}, headers=here)).status_code == 202
    assert [letter.to for letter in building.mailer.letters] == [new]
    assert [(await login(http, email)).status_code for email in (viewer.email, new)] == [200, 401]

    ticket = {"ticket": building.mailer.ticket()}
    twice = [(await http.post("/api/account/email/confirmation", json=ticket)).status_code for _ in range(2)]

    assert twice == [204, 409]
    assert building.mailer.letters[-1].to == viewer.email, "the address before is told"
    assert (await http.get("/api/auth/me", headers=here)).status_code == 401
    assert [(await login(http, email)).status_code for email in (viewer.email, new)] == [401, 200]


async def test_guessing_is_slowed_down_alike_for_known_and_unknown(building: Building, http: httpx2.AsyncClient):
    viewer = building.people[Role.VIEWER]

    for email in (viewer.email, "ninguem@example.com"):
        statuses = [(await login(http, email, "errada mesmo")).status_code for _ in range(11)]
        assert statuses == [401] * 10 + [429]
    refused = await login(http, viewer.email)
    assert (refused.status_code, int(refused.headers["retry-after"]) <= 90) == (429, True)


async def sign_on(http: httpx2.AsyncClient, company: TenantId) -> httpx2.Response:
    """As a browser does it: there, and back with what the provider gave."""
    there = await http.get(f"/painel/sso/{company}")
    assert there.status_code == 303, there.text
    async with httpx2.AsyncClient(trust_env=False) as outside:
        back = urlsplit((await outside.get(there.headers["location"])).headers["location"])
    return await http.get(f"{back.path}?{back.query}")


async def arranged(building: Building, http: httpx2.AsyncClient, provider: Running, **state: Any) -> None:
    body = {"issuer": provider.url, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    answer = await http.put("/api/sign-on", json=body, headers=await building.headers(Role.OWNER))
    assert answer.status_code == 200, answer.text
    assert CLIENT_SECRET not in answer.text
    async with httpx2.AsyncClient(trust_env=False) as outside:
        await outside.put(f"{provider.url}/_sandbox/state", json=state)


def somebody(building: Building, role: Role = Role.MANAGER, **changes: Any) -> dict[str, Any]:
    return {"sub": f"s-{building.ours}", "email": building.people[role].email, "email_verified": True} | changes


async def test_a_companys_people_sign_on_at_their_own_provider(
    building: Building, http: httpx2.AsyncClient, provider: Running
):
    await arranged(building, http, provider, person=somebody(building))
    arrived = await sign_on(http, building.ours)
    assert (arrived.status_code, arrived.headers["location"]) == (303, "/painel")
    me = (await http.get("/api/auth/me")).json()
    assert (me["id"], me["company"]) == (str(building.people[Role.MANAGER].id), building.ours)

    # the subject is known now: another address, and even an unverified one, is still the same person
    await arranged(building, http, provider, person=somebody(building, email="outro@x.example", email_verified=False))
    http.cookies.clear()
    assert (await sign_on(http, building.ours)).status_code == 303


@pytest.mark.parametrize(
    "state",
    [
        {"lies": {"nonce": "another"}},
        {"lies": {"aud": "another-client"}},
        {"lies": {"iss": "https://another.example"}},
        {"lies": {"exp": 1}},
        {"lies": {"azp": "another-client", "aud": [CLIENT_ID, "another"]}},
        {"forged": True},
        {"person": {"email": "ninguem@example.com"}},
        {"person": {"email_verified": False}},
    ],
    ids=str,
)
async def test_a_provider_that_lies_lets_nobody_in(
    building: Building, http: httpx2.AsyncClient, provider: Running, state: dict[str, Any]
):
    state = {**state, "person": somebody(building, **state.get("person", {}))}
    await arranged(building, http, provider, **state)

    assert (await sign_on(http, building.ours)).status_code == 401
    assert (await http.get("/api/auth/me")).status_code == 401


async def test_a_login_begun_in_another_browser_is_not_finished_here(
    building: Building, http: httpx2.AsyncClient, provider: Running
):
    await arranged(building, http, provider, person=somebody(building))
    there = await http.get(f"/painel/sso/{building.ours}")
    state = parse_qs(urlsplit(there.headers["location"]).query)["state"][0]
    http.cookies.clear()

    assert (await http.get(f"/painel/sso/retorno?state={state}&code=x")).status_code == 401
    assert (await http.get("/painel/sso/retorno")).status_code == 401


async def test_another_companys_provider_opens_no_door_of_ours(
    building: Building, http: httpx2.AsyncClient, provider: Running
):
    stranger = await building.entrance.proofs.users.get(building.foreigner)
    await arranged(building, http, provider, person=somebody(building, email=stranger.email))

    assert (await sign_on(http, building.ours)).status_code == 401
    assert (await http.get(f"/painel/sso/{building.theirs}")).status_code == 404


async def test_an_owner_whose_provider_says_it_is_somebody_of_another_company_takes_no_account_over(
    building: Building, http: httpx2.AsyncClient, provider: Running
):
    victim = await building.entrance.proofs.users.get(building.foreigner)
    owner = await building.headers(Role.OWNER)
    order = {"email": victim.email, "name": "Quem for", "role": "viewer"}
    invited = await http.post("/api/users", json=order, headers=owner)
    assert (invited.status_code, invited.json()["name"], invited.json()["state"]) == (201, "Quem for", "invited")
    seen = (await http.get(f"/api/users/{victim.id}", headers=owner)).json()
    assert (seen["name"], seen["state"]) == (victim.email, "invited")
    await arranged(building, http, provider, person=somebody(building, email=victim.email))
    assert (await sign_on(http, building.ours)).status_code == 401
    await building.entrance.join(building.mailer.ticket())
    assert (await sign_on(http, building.ours)).status_code == 303
    assert (await http.get("/api/auth/me")).json()["id"] == str(victim.id)

    # as a program shows it: the cookie's token needs no form of ours
    http.headers["authorization"] = f"Bearer {http.cookies['secretaria']}"
    taken = [
        await http.post("/api/account/email", json={"email": "ladra@example.com"}),
        await http.post("/api/account/second-factor"),
        await http.delete("/api/account/second-factor"),
        await http.post("/api/account/password", json={"current": "qualquer coisa", "new": ANOTHER}),
        await http.post("/api/auth/company", json={"company": building.theirs}),
        await http.post("/painel/conta/nome", data={"nome": "Ladra"}),
    ]
    assert [(one.status_code, one.text) for one in taken if one.status_code not in (401, 403, 422)] == []
    assert (await building.entrance.proofs.users.get(victim.id)).name == victim.name
    assert [mail.to for mail in building.mailer.letters if mail.to == "ladra@example.com"] == []


async def test_a_browser_whose_sign_on_fails_reads_so_at_the_form_and_is_not_sent_round_in_a_circle(
    building: Building, http: httpx2.AsyncClient, provider: Running
):
    http.headers["accept"] = "text/html"
    await arranged(building, http, provider, person=somebody(building, email="ninguem@example.com"))
    nobody, no_state = await sign_on(http, building.ours), await http.get("/painel/sso/retorno")
    no_company = await http.get(f"/painel/sso/{building.theirs}")

    for failed in (nobody, no_state, no_company):
        assert (failed.status_code, failed.headers["location"]) == (303, "/painel/entrar?aviso=sso")
    form = await http.get("/painel/entrar?aviso=sso&next=/painel/sso/1")
    assert (form.status_code, "O login da empresa não foi concluído" in form.text) == (200, True)
    assert "/painel/sso" not in form.text


async def test_the_way_to_a_provider_is_limited_for_each_network(building: Building, http: httpx2.AsyncClient):
    statuses = [(await http.get("/painel/sso/999999")).status_code for _ in range(61)]

    assert statuses == [404] * 60 + [429]
