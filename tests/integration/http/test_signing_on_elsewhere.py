"""A company's people sign on at their own provider, and one that lies lets nobody in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from application.access.begin_session import BeginSession, Tickets
from application.access.check_password import WrongCredentials
from domain.access.role import Role
from domain.access.user import User
from domain.shared.ids import TenantId
from ops.sandbox.handle import Running, launch
from ops.sandbox.oidc.provider import CLIENT_ID, CLIENT_SECRET
from tests.builders.building import Building

ANOTHER = "um gato no telhado"


@pytest.fixture(scope="module")
def provider() -> Iterator[Running]:
    running = launch("oidc")
    yield running
    running.stop()


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


async def test_taking_the_provider_away_ends_the_sessions_that_came_by_it_at_once_and_no_others(
    building: Building, http: httpx2.AsyncClient, provider: Running
):
    await arranged(building, http, provider, person=somebody(building))
    assert (await sign_on(http, building.ours)).status_code == 303
    by_password = await building.headers(Role.MANAGER)
    owner = await building.headers(Role.OWNER)

    assert (await http.delete("/api/sign-on", headers=owner)).status_code == 204

    assert (await http.get("/api/auth/me")).status_code == 401
    for others in (by_password, owner):
        assert (await http.get("/api/auth/me", headers=others)).status_code == 200


async def test_another_provider_ends_what_the_one_before_vouched_for_and_the_same_one_set_again_does_not(
    building: Building, http: httpx2.AsyncClient, provider: Running
):
    await arranged(building, http, provider, person=somebody(building))
    assert (await sign_on(http, building.ours)).status_code == 303
    await arranged(building, http, provider, person=somebody(building))
    assert (await http.get("/api/auth/me")).status_code == 200

    another = launch("oidc")
    try:
        await arranged(building, http, another, person=somebody(building))
    finally:
        another.stop()

    assert (await http.get("/api/auth/me")).status_code == 401


async def test_a_login_that_arrives_while_the_provider_is_taken_away_is_over(
    building: Building, http: httpx2.AsyncClient, provider: Running
):
    """The owner's list of sessions was made just before this one began."""
    await arranged(building, http, provider, person=somebody(building))
    elsewhere = building.entrance.elsewhere
    begun: list[Tickets] = []

    class TakenAwayMeanwhile(BeginSession):
        async def __call__(self, user: User, company: TenantId | None, **how: Any) -> Tickets:
            await building.entrance.arrange.sign_ons.remove(building.ours)
            begun.append(await elsewhere.begin(user, company, **how))
            return begun[0]

    late = replace(
        elsewhere,
        begin=TakenAwayMeanwhile(
            **{each.name: getattr(elsewhere.begin, each.name) for each in fields(elsewhere.begin)}
        ),
    )
    departure = await late.depart(building.ours, "192.0.2.7")
    async with httpx2.AsyncClient(trust_env=False) as outside:
        back = urlsplit((await outside.get(departure.address)).headers["location"])

    with pytest.raises(WrongCredentials):
        await late.arrive(departure.state, parse_qs(back.query)["code"][0])

    [tickets] = begun
    http.headers["authorization"] = f"Bearer {tickets.access}"
    assert (await http.get("/api/auth/me")).status_code == 401


@pytest.mark.parametrize("typed", ["", "/"])
async def test_an_issuer_that_ends_in_a_slash_is_the_same_one_however_it_is_typed(
    building: Building, http: httpx2.AsyncClient, provider: Running, typed: str
):
    await arranged(building, http, provider, person=somebody(building), slash=True)
    body = {"issuer": provider.url + typed, "client_id": CLIENT_ID}
    kept = await http.put("/api/sign-on", json=body, headers=await building.headers(Role.OWNER))

    assert (kept.json()["issuer"], kept.json()["has_secret"]) == (provider.url, True)
    assert (await sign_on(http, building.ours)).status_code == 303
    await arranged(building, http, provider, person=somebody(building), slash=False, lies={"iss": f"{provider.url}/"})
    http.cookies.clear()
    assert (await sign_on(http, building.ours)).status_code == 401


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
