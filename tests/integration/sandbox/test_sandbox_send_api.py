"""Every fork's send API answers in its own words, and goes wrong in every way it was told to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest

from ops.sandbox.clients import ControlError
from ops.sandbox.handle import Whaticket
from ops.sandbox.whaticket.profiles import PROFILES, SORRY
from ops.sandbox.whaticket.records import Connection

PHONE = "5511987654321"
NO_ANSWER = (httpx2.RemoteProtocolError, httpx2.ReadError)


class Sender:
    """A program that sends through one line."""

    def __init__(self, http: httpx2.AsyncClient, setup: Connection) -> None:
        self.http, self.setup = http, setup
        self.path = PROFILES[setup.profile].paths[0]

    async def send(
        self, text: Any = "Olá", *, number: Any = PHONE, token: str | None = None, **more: Any
    ) -> httpx2.Response:
        token = self.setup.token if token is None else token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return await self.http.post(self.path, json={"number": number, "body": text} | more, headers=headers)


@asynccontextmanager
async def sender(whaticket: Whaticket, profile: str, **fields: Any) -> AsyncIterator[Sender]:
    setup = await whaticket.open(profile=profile, **fields)
    async with httpx2.AsyncClient(base_url=whaticket.base_url(setup.id), timeout=2.0, trust_env=False) as http:
        yield Sender(http, setup)


@pytest.mark.parametrize(
    ("profile", "more", "answer"),
    [
        ("community", {}, None),
        ("saas-classic", {}, {"mensagem": "Mensagem enviada"}),
        ("codatende", {}, {"mensagem": "Mensagem enviada"}),
        ("envelope-b", {}, {"mensagem": "Mensagem enviada"}),
        ("ticketz", {}, {"mensagem": "Message added to queue"}),
        ("autoatende", {"status": "open"}, {"status": "SUCCESS"}),
    ],
)
async def test_a_send_is_confirmed_in_the_words_of_its_fork(
    whaticket: Whaticket, profile: str, more: dict[str, str], answer: Any
):
    async with sender(whaticket, profile) as one:
        response = await one.send("Olá", **more)

        assert response.status_code == 200
        assert (response.json() if response.content else None) == answer
        (message,) = await whaticket.await_messages(one.setup.id, PHONE)
        assert (message.text, message.direction) == ("Olá", "out")


async def test_press_ticket_and_whapiv4_tell_the_id_of_what_they_sent(whaticket: Whaticket):
    async with sender(whaticket, "press-ticket") as press, sender(whaticket, "whapiv4") as whapi:
        told = (await press.send(userId=1)).json()["resp"]["id"]["id"]
        also_told = (await whapi.send()).json()["data"][0]["messageId"]

        assert told == (await whaticket.messages(press.setup.id)).messages[0].id
        assert also_told == (await whaticket.messages(whapi.setup.id)).messages[0].id


@pytest.mark.parametrize(
    ("profile", "token", "status", "error"),
    [
        ("community", "", 401, "ERR_SESSION_EXPIRED"),
        ("community", "wrong", 403, "Invalid token. We'll try to assign a new one on next request"),
        ("saas-classic", "wrong", 401, "Acesso não permitido"),
        ("codatende", "wrong", 401, "ERR_INVALID_API_TOKEN"),
        ("ticketz", "wrong", 401, "Acesso não permitido"),
        ("whapiv4", "wrong", 401, "ERR_INVALID_API_TOKEN"),
    ],
)
async def test_a_wrong_token_is_refused_and_nothing_leaves(
    whaticket: Whaticket, profile: str, token: str, status: int, error: str
):
    async with sender(whaticket, profile) as one:
        response = await one.send(token=token)

        assert (response.status_code, response.json()["error"]) == (status, error)
        assert (await whaticket.messages(one.setup.id)).messages == []


async def test_autoatende_lets_a_wrong_token_hang(whaticket: Whaticket):
    async with sender(whaticket, "autoatende") as one:
        with pytest.raises(httpx2.ReadTimeout):
            await one.http.post(one.path, json={}, headers={"Authorization": "Bearer wrong"}, timeout=0.3)


async def test_names_are_filled_in_and_html_in_them_escaped(whaticket: Whaticket):
    async with sender(whaticket, "community") as one:
        await whaticket.say(one.setup.id, PHONE, "Oi", name="Ana & Cia")
        await one.send("Oi {{name}}, {{unknown}} & tchau")

        (message,) = await whaticket.await_messages(one.setup.id, PHONE)
        assert message.text == "Oi Ana &amp; Cia,  & tchau"
        assert message.asked == "Oi {{name}}, {{unknown}} & tchau"


@pytest.mark.parametrize(
    ("profile", "error"),
    [("community", "ERR_SENDING_WAPP_MSG"), ("saas-classic", SORRY), ("codatende", "ERR_MESSAGE_SEND_FAILED")],
)
async def test_an_unclosed_tag_is_not_sent(whaticket: Whaticket, profile: str, error: str):
    async with sender(whaticket, profile) as one:
        response = await one.send("Oi {{name")

        assert (response.status_code, response.json()["error"]) == (400, error)
        assert (await whaticket.messages(one.setup.id)).messages == []


async def test_a_classic_fork_does_not_say_what_was_wrong_with_the_number(whaticket: Whaticket):
    async with sender(whaticket, "saas-classic") as one:
        for number in (None, "55", 5511987654321, "123@lid"):
            response = await one.send(number=number)
            assert (response.status_code, response.json()) == (400, {"error": SORRY})


async def test_community_wants_bare_digits(whaticket: Whaticket):
    async with sender(whaticket, "community") as one:
        refused = await one.send(number="+55 (11) 9-8765-4321")
        defect = await one.send(number=5511987654321)

        assert refused.json() == {"error": "Invalid number format. Only numbers is allowed."}
        assert (defect.status_code, defect.json()) == (500, {"error": "Internal server error"})


async def test_a_number_with_the_ninth_digit_reaches_the_person_registered_without(whaticket: Whaticket):
    async with sender(whaticket, "saas-classic") as one:
        await whaticket.say(one.setup.id, "553187654321", "Oi")
        await one.send(number="5531987654321")

        (message,) = await whaticket.await_messages(one.setup.id, "553187654321")
        assert message.address == "553187654321@s.whatsapp.net"


async def test_invisible_marks_hide_a_message_and_close_the_ticket(whaticket: Whaticket):
    async with sender(whaticket, "saas-classic") as one:
        await one.send("Oi\u200e")
        await one.send("Tchau\u200c")

        hidden, campaign = await whaticket.await_messages(one.setup.id, PHONE, count=2)
        assert (hidden.hidden, campaign.hidden) == (True, False)
        assert [ticket["status"] for ticket in await whaticket.tickets(one.setup.id)] == ["closed"]


async def test_a_send_opens_a_pending_ticket_and_autoatende_closes_it_again(whaticket: Whaticket):
    async with sender(whaticket, "saas-classic") as classic, sender(whaticket, "autoatende") as auto:
        await classic.send()
        await auto.send(status="pending")
        kept = await whaticket.tickets(auto.setup.id)

        assert [one["status"] for one in await whaticket.tickets(classic.setup.id)] == ["pending"]
        assert [one["status"] for one in kept] == ["pending"]


async def test_a_multipart_without_a_file_is_thanked_for_and_forgotten(whaticket: Whaticket):
    async with sender(whaticket, "community") as one:
        headers = {"Authorization": f"Bearer {one.setup.token}"}
        parts = {"number": (None, PHONE), "body": (None, "Oi")}
        response = await one.http.post(one.path, files=parts, headers=headers)
        with_file = parts | {"medias": ("exame.pdf", b"%PDF", "application/pdf")}
        await one.http.post(one.path, files=with_file, headers=headers)

        assert response.status_code == 200
        (message,) = (await whaticket.messages(one.setup.id)).messages
        assert message.media is not None
        assert (message.text, message.media.filename) == ("Oi", "exame.pdf")


async def test_codatende_takes_sixty_a_minute(whaticket: Whaticket):
    async with sender(whaticket, "codatende") as one:
        answers = [(await one.send()).status_code for _ in range(62)]
        limited = await one.send()

        assert answers == [200] * 60 + [429] * 2
        assert limited.json() == {"error": "ERR_RATE_LIMIT_EXCEEDED"}


@pytest.mark.parametrize(
    ("kind", "status", "error"),
    [
        ("status", 500, "Internal server error"),
        ("rate_limited", 429, "Too many requests, please try again later."),
        ("not_initialised", 400, "ERR_WAPP_NOT_INITIALIZED"),
        ("no_default", 400, "ERR_NO_DEF_WAPP_FOUND"),
        ("sending", 400, "ERR_SENDING_WAPP_MSG"),
        ("invalid_contact", 400, SORRY),
        ("unauthorized", 401, "Acesso não permitido"),
    ],
)
async def test_a_planted_refusal_strikes_once_and_nothing_leaves(
    whaticket: Whaticket, kind: str, status: int, error: str
):
    async with sender(whaticket, "saas-classic") as one:
        await whaticket.plant(one.setup.id, kind, count=1)
        refused, sent = await one.send("um"), await one.send("dois")

        assert (refused.status_code, refused.json()["error"], sent.status_code) == (status, error, 200)
        assert [message.text for message in (await whaticket.messages(one.setup.id)).messages] == ["dois"]
        assert [fault.hits for fault in await whaticket.faults(one.setup.id)] == [1]


@pytest.mark.parametrize(("kind", "left"), [("drop", False), ("lost_answer", True)])
async def test_a_cut_connection_leaves_the_sender_in_the_dark(whaticket: Whaticket, kind: str, left: bool):
    async with sender(whaticket, "saas-classic") as one:
        await whaticket.plant(one.setup.id, kind, count=1)
        with pytest.raises(NO_ANSWER):
            await one.send("um")

        assert bool((await whaticket.messages(one.setup.id)).messages) is left
        assert (await whaticket.requests(one.setup.id)).requests[0].status is None


@pytest.mark.parametrize(("kind", "left"), [("hang", False), ("lost_hang", True)])
async def test_a_hung_send_never_answers(whaticket: Whaticket, kind: str, left: bool):
    async with sender(whaticket, "saas-classic") as one:
        await whaticket.plant(one.setup.id, kind, count=1)
        one.http.timeout = 0.3
        with pytest.raises(httpx2.ReadTimeout):
            await one.send("um")

        assert bool((await whaticket.messages(one.setup.id)).messages) is left


async def test_what_was_only_queued_arrives_later_or_never(whaticket: Whaticket):
    async with sender(whaticket, "ticketz") as one:
        await whaticket.plant(one.setup.id, "queued", count=1, seconds=0.2)
        await whaticket.plant(one.setup.id, "swallowed", count=1)
        late, lost = await one.send("depois"), await one.send("nunca")

        assert (late.status_code, lost.status_code) == (200, 200)
        assert [message.text for message in await whaticket.await_messages(one.setup.id)] == ["depois"]


async def test_faults_wait_their_turn_and_keep_to_their_chance(whaticket: Whaticket):
    async with sender(whaticket, "saas-classic") as one:
        await whaticket.plant(one.setup.id, "status", skip=2, count=1)
        await whaticket.plant(one.setup.id, "status", probability=0.0)

        assert [(await one.send()).status_code for _ in range(4)] == [200, 200, 500, 200]


async def test_the_token_finds_the_line_where_no_line_is_named(whaticket: Whaticket):
    async with sender(whaticket, "saas-classic") as one:
        headers = {"Authorization": f"Bearer {one.setup.token}"}
        await one.http.post(f"{whaticket.url}{one.path}", json={"number": PHONE, "body": "Oi"}, headers=headers)

        assert len((await whaticket.messages(one.setup.id)).messages) == 1


async def test_the_control_api_names_a_mistake(whaticket: Whaticket):
    with pytest.raises(ControlError, match="profil"):
        await whaticket.open(profil="community")
    with pytest.raises(ControlError, match="unknown: connection nowhere"):
        await whaticket.say("nowhere", PHONE, "Oi")
