"""Second factor, forgotten password, invitation and another address, each from one end to the other."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import httpx2
import pyotp

from domain.access.role import Role
from tests.builders.building import PASSWORD, Building

ANOTHER = "um gato no telhado"


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
