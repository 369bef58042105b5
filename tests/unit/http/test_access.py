"""The guard: what a caller may show, what the panel's cookies need beside them, and where one is sent without."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx2
import pytest
from litestar import Litestar, get, post

from adapters.http.access import CallerGiven, requires
from adapters.http.csrf import same_origin
from adapters.http.entrance import safe_next
from application.access.begin_session import Tickets
from domain.access.role import Permission, Role
from domain.access.session import SessionOver
from domain.access.user import Membership
from tests.builders.access import ORIGIN, Gate

OURS = {"sec-fetch-site": "same-origin", "origin": ORIGIN}


@get("/painel/inicio", guards=[requires(Permission.HOME_READ)])
async def home(caller: CallerGiven) -> str:
    return str(caller.company)


@post("/painel/gravar", guards=[requires(Permission.HOME_READ)], status_code=200)
async def save(caller: CallerGiven) -> str:
    return str(caller.company)


@get("/painel/usuarios", guards=[requires(Permission.HOME_READ, Permission.USERS_WRITE)])
async def people() -> str:
    return "all"


@post("/painel/entrar", guards=[same_origin], status_code=200)
async def enter() -> str:
    return "in"


@get("/aberta")
async def open_to_all() -> str:
    return "open"


HANDLERS = [home, save, people, enter, open_to_all]


@pytest.fixture
def gate() -> Gate:
    return Gate(service_token="the token of the machine's owner")


@pytest.fixture
async def http(gate: Gate) -> AsyncIterator[httpx2.AsyncClient]:
    async with client_of(gate.app(HANDLERS)) as client:
        yield client


def client_of(app: Litestar) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=ORIGIN)


def cookies(tickets: Tickets, *, access: bool = True) -> dict[str, str]:
    both = {"__Host-secretaria": tickets.access, "__Host-secretaria-renew": tickets.refresh}
    if not access:
        del both["__Host-secretaria"]
    return {"cookie": "; ".join(f"{name}={value}" for name, value in both.items())}


async def test_a_bearer_token_opens_what_its_role_may(http: httpx2.AsyncClient, gate: Gate):
    owner, viewer = await gate.bearer(Role.OWNER), await gate.bearer(Role.VIEWER, company=2)

    assert (await http.get("/painel/inicio", headers=owner)).text == "1"
    assert (await http.get("/painel/inicio", headers=viewer)).text == "2"
    assert (await http.get("/painel/usuarios", headers=owner)).status_code == 200
    assert (await http.get("/painel/usuarios", headers=viewer)).status_code == 403


async def test_what_is_taken_away_is_gone_with_the_next_request(http: httpx2.AsyncClient, gate: Gate):
    user = await gate.person()
    tickets = await gate.logged_in(user)
    headers = {"authorization": f"Bearer {tickets.access}"}
    assert (await http.get("/painel/inicio", headers=headers)).status_code == 200

    await gate.users.change(user, user.with_password("hash of another one"))

    assert (await http.get("/painel/inicio", headers=headers)).status_code == 401


@pytest.mark.parametrize("scheme", ["Basic ", "", "Token ", "Bearer", "Bearer  "])
async def test_a_token_is_a_bearer_token_or_nothing(http: httpx2.AsyncClient, gate: Gate, scheme: str):
    token = (await gate.bearer())["authorization"].removeprefix("Bearer ")

    assert (await http.get("/painel/inicio", headers={"authorization": scheme + token})).status_code == 401


async def test_something_wrong_is_not_made_good_by_a_cookie(http: httpx2.AsyncClient, gate: Gate):
    right = cookies(await gate.logged_in(await gate.person()))

    assert (await http.get("/painel/inicio", headers=right)).status_code == 200
    assert (await http.get("/painel/inicio", headers=right | {"authorization": "Bearer x"})).status_code == 401


async def test_an_access_cookie_that_ran_out_is_renewed_on_the_way(http: httpx2.AsyncClient, gate: Gate):
    tickets = await gate.logged_in(await gate.person())

    answer = await http.get("/painel/inicio", headers=cookies(tickets, access=False))

    set_now = {line.partition("=")[0]: line for line in answer.headers.get_list("set-cookie")}
    assert answer.text == "1"
    assert set(set_now) == {"__Host-secretaria", "__Host-secretaria-renew"}
    for line in set_now.values():
        assert {part.strip().lower() for part in line.split(";")} >= {"secure", "httponly", "path=/", "samesite=lax"}
        assert "domain" not in line.lower()
    assert gate.sessions.kept[tickets.session.company, tickets.session.id].generation == 2


async def test_two_tabs_that_renew_at_once_both_stay_in_and_a_copy_does_not(http: httpx2.AsyncClient, gate: Gate):
    tickets = await gate.logged_in(await gate.person())
    old = cookies(tickets, access=False)

    assert [(await http.get("/painel/inicio", headers=old)).status_code for _ in range(2)] == [200, 200]
    gate.clock.moment += timedelta(seconds=60)
    assert (await http.get("/painel/inicio", headers=old)).status_code == 401
    assert gate.sessions.kept == {}


async def test_without_tls_the_names_are_plain(gate: Gate):
    gate.secure = False
    tickets = await gate.logged_in(await gate.person())
    async with client_of(gate.app(HANDLERS)) as http:
        answer = await http.get("/painel/inicio", headers={"cookie": f"secretaria-renew={tickets.refresh}"})

    assert answer.status_code == 200
    assert all("secure" not in line.lower() for line in answer.headers.get_list("set-cookie"))


async def test_a_form_of_ours_is_taken_by_header_or_by_field(http: httpx2.AsyncClient, gate: Gate):
    tickets = await gate.logged_in(await gate.person())
    proof = gate.access.csrf.token(tickets.session.id)
    headers = cookies(tickets) | OURS

    by_header = await http.post("/painel/gravar", headers=headers | {"x-csrf-token": proof})
    by_field = await http.post("/painel/gravar", headers=headers, data={"_csrf": proof, "nome": "x"})

    assert [by_header.status_code, by_field.status_code] == [200, 200]


@pytest.mark.parametrize(
    "said",
    [
        {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
        {"sec-fetch-site": "same-site", "origin": "https://other.secretaria.example"},
        {"sec-fetch-site": "none"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "same-origin", "origin": "https://secretaria.example.evil.example"},
        {},
    ],
)
async def test_a_foreign_page_does_nothing_even_with_the_token(
    http: httpx2.AsyncClient, gate: Gate, said: dict[str, str]
):
    tickets = await gate.logged_in(await gate.person())
    proof = {"x-csrf-token": gate.access.csrf.token(tickets.session.id)}

    assert (await http.post("/painel/gravar", headers=cookies(tickets) | proof | said)).status_code == 403
    assert (await http.post("/painel/entrar", headers=said)).status_code == 403


async def test_a_form_without_the_token_of_this_session_does_nothing(http: httpx2.AsyncClient, gate: Gate):
    tickets = await gate.logged_in(await gate.person())
    headers = cookies(tickets) | OURS

    for proof in ("", "x", gate.access.csrf.token("another-session"), "é"):
        answer = await http.post("/painel/gravar", headers={**headers, "x-csrf-token": proof.encode()})
        assert answer.status_code == 403
    assert (await http.post("/painel/gravar", headers=headers, json={"_csrf": "x"})).status_code == 403
    assert (await http.post("/painel/entrar", headers=OURS)).status_code == 200


async def test_a_browser_is_sent_to_the_form_and_a_program_gets_its_401(http: httpx2.AsyncClient):
    page = await http.get("/painel/inicio?dia=1&q=a%26b", headers={"accept": "text/html,*/*"})
    form = await http.post("/painel/gravar", headers={"accept": "text/html"})
    part = await http.get("/painel/inicio", headers={"hx-request": "true", "hx-current-url": f"{ORIGIN}/painel/x?a=1"})
    program = await http.get("/painel/inicio", headers={"accept": "application/json"})

    assert (page.status_code, page.headers["location"]) == (
        303,
        "/painel/entrar?next=/painel/inicio%3Fdia%3D1%26q%3Da%2526b",
    )
    assert (form.status_code, form.headers["location"]) == (303, "/painel/entrar")
    assert (part.status_code, part.headers["hx-redirect"]) == (401, "/painel/entrar?next=/painel/x%3Fa%3D1")
    assert (program.status_code, program.headers["www-authenticate"]) == (401, "Bearer")
    assert program.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("/painel/config?aba=tom", "/painel/config?aba=tom"),
        ("/painel", "/painel"),
        (None, "/painel"),
        ("", "/painel"),
        ("//evil.example/painel/", "/painel"),
        ("https://evil.example/painel/", "/painel"),
        ("/painel//evil.example", "/painel"),
        ("/painel/\\evil.example", "/painel"),
        ("/painelx", "/painel"),
        ("/painel@evil.example", "/painel"),
        ("/painel/entrar?next=/painel/entrar", "/painel"),
        ("/painel/\r\nset-cookie: x", "/painel"),
        ("javascript:alert(1)", "/painel"),
        ("/api/auth/me", "/painel"),
    ],
)
def test_the_way_back_stays_in_the_panel(asked: str | None, goes: str):
    assert safe_next(asked) == goes


async def test_open_pages_ask_nobody(http: httpx2.AsyncClient):
    assert (await http.get("/aberta", headers={"authorization": "Bearer x", "cookie": "secretaria=x"})).text == "open"


async def test_whoever_was_let_in_is_recognised_again_without_a_token_being_renewed():
    gate = Gate()
    user = await gate.person(Role.VIEWER)
    tickets = await gate.logged_in(user)
    caller = await gate.recognise(tickets.access)
    gate.clock.moment += timedelta(hours=1)  # the access token has had its minutes, the session has not

    assert await gate.recognise.again(caller) == caller
    await gate.users.put_membership(user.id, Membership(Role.VIEWER, user.memberships[0].company, active=False))
    with pytest.raises(SessionOver):
        await gate.recognise.again(caller)
