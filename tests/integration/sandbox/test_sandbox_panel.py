"""The panel of the sandbox: sessions that expire, tickets to be found, and the calls that hand a conversation over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest

from ops.sandbox.handle import Whaticket
from ops.sandbox.whaticket.records import Connection
from tests.integration.sandbox.listener import Listener

PHONE = "5511987654321"


class Panel:
    """Somebody logged in."""

    def __init__(self, http: httpx2.AsyncClient, line: Connection) -> None:
        self.http, self.line = http, line

    async def log_in(self, password: str | None = None) -> httpx2.Response:
        credentials = {"email": self.line.panel_email, "password": password or self.line.panel_password}
        answer = await self.http.post("/auth/login", json=credentials)
        if answer.is_success:
            self.http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        return answer

    async def ticket(self, **query: Any) -> dict[str, Any]:
        found: dict[str, Any] = (await self.http.get("/tickets", params={"showAll": "true"} | query)).json()
        return found["tickets"][0]


@asynccontextmanager
async def panel(whaticket: Whaticket, **fields: Any) -> AsyncIterator[Panel]:
    line = await whaticket.open(**fields)
    async with httpx2.AsyncClient(base_url=whaticket.base_url(line.id), trust_env=False) as http:
        one = Panel(http, line)
        await one.log_in()
        yield one


async def test_a_wrong_password_and_no_session_are_refused(whaticket: Whaticket):
    async with panel(whaticket) as one:
        wrong = await one.log_in(password="errada")
        del one.http.headers["Authorization"]
        nobody = await one.http.get("/tickets")

        assert (wrong.status_code, wrong.json()) == (401, {"error": "ERR_INVALID_CREDENTIALS"})
        assert (nobody.status_code, nobody.json()) == (401, {"error": "ERR_SESSION_EXPIRED"})


async def test_an_expired_session_answers_403_and_the_cookie_renews_it(whaticket: Whaticket):
    async with panel(whaticket, session_seconds=0.0) as one:
        expired = await one.http.get("/tickets")
        await whaticket.change(one.line.id, session_seconds=60)
        renewed = await one.http.post("/auth/refresh_token")
        one.http.headers["Authorization"] = f"Bearer {renewed.json()['token']}"

        assert (expired.status_code, expired.json()["error"][:13]) == (403, "Invalid token")
        assert (await one.http.get("/tickets")).status_code == 200


async def test_sessions_can_be_ended_from_outside(whaticket: Whaticket):
    async with panel(whaticket) as one:
        assert (await one.http.get("/tickets")).status_code == 200
        await whaticket.expire_sessions(one.line.id)
        assert (await one.http.get("/tickets")).status_code == 403
        await one.log_in()
        assert (await one.http.get("/tickets")).status_code == 200


async def test_a_ticket_is_found_by_number_name_or_words(whaticket: Whaticket):
    async with panel(whaticket) as one:
        await whaticket.say(one.line.id, PHONE, "quero um orçamento", name="Ana Souza")
        await whaticket.say(one.line.id, "5521900000000", "oi", name="Bruno")

        for sought in (PHONE, "ana s", "orçamento"):
            answer = (await one.http.get("/tickets", params={"showAll": "true", "searchParam": sought})).json()
            assert [ticket["contact"]["number"] for ticket in answer["tickets"]] == [PHONE]
            assert (answer["count"], answer["hasMore"]) == (1, False)
        elsewhere = await one.http.get("/tickets", params={"showAll": "true", "queueIds": "[99]"})
        assert elsewhere.json()["count"] == 0


async def test_forty_tickets_fit_on_a_page(whaticket: Whaticket):
    async with panel(whaticket) as one:
        for number in range(41):
            await whaticket.say(one.line.id, f"55119{number:08d}", "oi")
        pages = [(await one.http.get("/tickets", params={"pageNumber": page})).json() for page in (1, 2)]

        assert [(len(page["tickets"]), page["hasMore"]) for page in pages] == [(40, True), (1, False)]


async def test_messages_come_twenty_a_page_newest_page_first_and_are_marked_read(whaticket: Whaticket):
    async with panel(whaticket) as one:
        await whaticket.say(one.line.id, PHONE, fragments=[str(number) for number in range(25)])
        ticket = await one.ticket()
        pages = [
            (await one.http.get(f"/messages/{ticket['id']}", params={"pageNumber": page})).json() for page in (1, 2, 3)
        ]

        assert [[message["body"] for message in page["messages"]] for page in pages] == [
            [str(number) for number in range(5, 25)],
            [str(number) for number in range(5)],
            [],
        ]
        assert [page["hasMore"] for page in pages] == [True, False, False]
        assert (ticket["unreadMessages"], (await one.ticket())["unreadMessages"]) == (25, 0)


async def test_what_is_hidden_never_shows_in_the_history(whaticket: Whaticket):
    async with panel(whaticket) as one:
        headers = {"Authorization": f"Bearer {one.line.token}"}
        for text in ("visível", "some\u200e"):
            body = {"number": PHONE, "body": text}
            await one.http.post("/api/messages/send", json=body, headers=headers)
        history = (await one.http.get(f"/messages/{(await one.ticket())['id']}")).json()

        assert [(message["body"], message["fromMe"]) for message in history["messages"]] == [("visível", True)]


async def test_giving_a_ticket_to_a_person_silences_the_webhook_and_closing_it_starts_anew(
    whaticket: Whaticket, listener: Listener
):
    async with panel(whaticket, webhook_url=listener.url) as one:
        await whaticket.say(one.line.id, PHONE, "oi")
        ticket = await one.ticket()
        carla = next(user for user in (await one.http.get("/users")).json()["users"] if user["name"] == "Carla")
        taken = await one.http.put(f"/tickets/{ticket['id']}", json={"status": "open", "userId": carla["id"]})
        during = await whaticket.say(one.line.id, PHONE, "tem alguém?")
        await one.http.put(f"/tickets/{ticket['id']}", json={"status": "closed"})
        after = await whaticket.say(one.line.id, PHONE, "voltei")

        assert (taken.json()["status"], taken.json()["user"]["name"]) == ("open", "Carla")
        assert (during.webhooks[0].silent, after.webhooks[0].silent) == ("person", None)
        reopened = (await one.http.get(f"/tickets/{ticket['id']}")).json()
        assert (reopened["status"], reopened["userId"]) == ("pending", None)


async def test_an_answer_from_the_panel_takes_the_ticket(whaticket: Whaticket):
    async with panel(whaticket) as one:
        await whaticket.say(one.line.id, PHONE, "oi")
        ticket = await one.ticket()
        await one.http.post(f"/messages/{ticket['id']}", json={"body": "Pois não?"})

        (message,) = await whaticket.await_messages(one.line.id, PHONE, direction="staff")
        assert (message.text, (await one.ticket())["status"]) == ("Pois não?", "open")


@pytest.mark.parametrize(("kind", "status"), [("status", 500), ("unauthorized", 403), ("rate_limited", 429)])
async def test_the_panel_fails_on_demand(whaticket: Whaticket, kind: str, status: int):
    async with panel(whaticket) as one:
        await whaticket.plant(one.line.id, kind, on="panel", count=1)
        answers = [(await one.http.get("/tickets")).status_code for _ in range(2)]

        assert answers == [status, 200]


async def test_a_missing_ticket_is_named_so(whaticket: Whaticket):
    async with panel(whaticket) as one:
        answer = await one.http.get("/tickets/999999")

        assert (answer.status_code, answer.json()) == (404, {"error": "ERR_NO_TICKET_FOUND"})


async def test_the_tokens_of_three_forks_do_what_their_panels_do(whaticket: Whaticket):
    for profile, method, path, body, header in (
        ("autoatende", "POST", "/api/v1/ticket/close", {"ticketId": 0}, "Authorization"),
        ("press-ticket", "PUT", "/v1/tickets/{}", {"status": "closed"}, "x-api-token"),
        ("whapiv4", "PUT", "/api/v1/tickets/{}", {"status": "closed"}, "Authorization"),
    ):
        line = await whaticket.open(profile=profile)
        await whaticket.say(line.id, PHONE, "oi")
        (ticket,) = await whaticket.tickets(line.id)
        token = line.token if header == "x-api-token" else f"Bearer {line.token}"
        fields = {name: ticket["id"] if name == "ticketId" else value for name, value in body.items()}
        async with httpx2.AsyncClient(base_url=whaticket.base_url(line.id), trust_env=False) as http:
            answer = await http.request(method, path.format(ticket["id"]), json=fields, headers={header: token})

        assert (answer.status_code, answer.json()["status"]) == (200, "closed"), profile
