"""Sending through every dialect: what goes over the wire, and what never gets that far."""

from __future__ import annotations

import asyncio

import httpx2
import pytest

from application.delivery.ports import (
    ChannelMisconfigured,
    ChannelRefused,
    Sent,
)
from domain.companies.connection import Dialect
from domain.shared.ids import TenantId
from tests.integration.whaticket.scripted import Hang, Reply, scripted
from tests.integration.whaticket.whaticket_parts import (
    a_channel,
    a_connection,
    a_letter,
)

Http = httpx2.AsyncClient
HIDDEN = "123456789012345@lid"

TOOK_IT = {
    Dialect.COMMUNITY: (Reply(200, b""), Sent()),
    Dialect.SAAS_CLASSIC: (Reply(200, {"mensagem": "Mensagem enviada"}), Sent()),
    Dialect.CODATENDE: (Reply(200, {"mensagem": "Mensagem enviada"}), Sent()),
    Dialect.TICKETZ: (Reply(200, {"mensagem": "Message added to queue"}), Sent(queued=True)),
    Dialect.AUTOATENDE: (Reply(200, {"status": "SUCCESS"}), Sent()),
    Dialect.PRESS_TICKET: (Reply(200, {"resp": {"id": {"id": "3EB0AA", "fromMe": True}}}), Sent("3EB0AA")),
    Dialect.WHAPIV4: (Reply(201, {"message": "ok", "data": [{"messageId": "3EB0BB"}]}), Sent("3EB0BB")),
    Dialect.ENVELOPE: (Reply(200, {"mensagem": "Mensagem enviada"}), Sent()),
}


@pytest.mark.parametrize("dialect", list(Dialect))
async def test_every_dialect_says_in_its_own_way_that_it_took_the_message(http: Http, dialect: Dialect) -> None:
    reply, expected = TOOK_IT[dialect]

    async with scripted(reply) as whaticket:
        sent = await a_channel(http, a_connection(whaticket.url, dialect)).send(a_letter())

    assert sent == expected


@pytest.mark.parametrize(
    ("dialect", "path", "extra"),
    [
        (Dialect.COMMUNITY, "/api/messages/send", {}),
        (Dialect.SAAS_CLASSIC, "/api/messages/send", {}),
        (Dialect.CODATENDE, "/api/messages/send", {}),
        (Dialect.TICKETZ, "/api/messages/send", {}),
        (Dialect.AUTOATENDE, "/api/v1/messages/send", {"status": "pending"}),
        (Dialect.PRESS_TICKET, "/api/messages/send", {"userId": 1}),
        (Dialect.WHAPIV4, "/api/v1/send", {}),
        (Dialect.ENVELOPE, "/api/messages/send", {}),
    ],
)
async def test_each_dialect_gets_its_path_its_token_and_the_digits_as_received(
    http: Http, dialect: Dialect, path: str, extra: dict[str, str | int]
) -> None:
    async with scripted(TOOK_IT[dialect][0]) as whaticket:
        await a_channel(http, a_connection(whaticket.url, dialect)).send(a_letter(text="Olá 👋 {ok}"))

    (request,) = whaticket.seen
    assert (request.method, request.path) == ("POST", path)
    assert request.headers["authorization"] == "Bearer connection-token"
    assert request.headers["content-type"] == "application/json"
    assert request.body == {"number": "5531987654321", "body": "Olá 👋 {ok}", **extra}


async def test_fields_in_the_connections_address_are_sent_with_every_message(http: Http) -> None:
    async with scripted(TOOK_IT[Dialect.AUTOATENDE][0]) as whaticket:
        address = f"{whaticket.url}/backend/?queueId=4&status=open"
        await a_channel(http, a_connection(address, Dialect.AUTOATENDE)).send(a_letter())

    (request,) = whaticket.seen
    assert request.path == "/backend/api/v1/messages/send"
    assert request.query == {}
    assert (request.body["queueId"], request.body["status"]) == (4, "open")


async def test_an_old_number_is_not_given_a_ninth_digit(http: Http) -> None:
    async with scripted(Reply(200, b"")) as whaticket:
        await a_channel(http, a_connection(whaticket.url)).send(a_letter(to="553187654321@c.us"))

    assert whaticket.seen[0].body["number"] == "553187654321"


async def test_ticketz_is_given_a_hidden_id_as_it_is(http: Http) -> None:
    async with scripted(TOOK_IT[Dialect.TICKETZ][0]) as whaticket:
        await a_channel(http, a_connection(whaticket.url, Dialect.TICKETZ)).send(a_letter(to=HIDDEN))

    assert whaticket.seen[0].body["number"] == HIDDEN


async def test_elsewhere_a_hidden_id_needs_the_number_behind_it(http: Http) -> None:
    async with scripted(Reply(200, b"")) as whaticket:
        channel = a_channel(http, a_connection(whaticket.url, Dialect.CODATENDE))

        with pytest.raises(ChannelRefused, match="hidden id"):
            await channel.send(a_letter(to=HIDDEN))
        await channel.send(a_letter(to=HIDDEN, phone="+5531987654321"))

    assert [request.body["number"] for request in whaticket.seen] == ["5531987654321"]


@pytest.mark.parametrize("address", ["120363001@g.us", "status@broadcast", "ana", "@s.whatsapp.net", "１２@c.us"])
async def test_what_is_no_persons_address_is_refused_without_a_call(http: Http, address: str) -> None:
    async with scripted(Reply(200, b"")) as whaticket:
        with pytest.raises(ChannelRefused):
            await a_channel(http, a_connection(whaticket.url)).send(a_letter(to=address))

    assert whaticket.seen == []


@pytest.mark.parametrize(
    "base_url",
    ["", "whaticket.example", "ftp://host", "http://", "http://user:secret@host", "http://h:99999", "http://[::1",
     "http://a..b", "http://" + "a" * 70 + ".example", "http://host?queueId=2"],
)  # fmt: skip
async def test_an_address_that_leads_nowhere_is_for_a_person_to_mend(http: Http, base_url: str) -> None:
    with pytest.raises(ChannelMisconfigured) as caught:
        await a_channel(http, a_connection(base_url)).send(a_letter())

    assert "secret" not in str(caught.value)


async def test_a_token_that_no_header_can_carry_is_for_a_person_to_mend(http: Http) -> None:
    for token in ("chave-não-ascii", "two\r\nlines", None, ""):
        async with scripted(Reply(200, b"")) as whaticket:
            with pytest.raises(ChannelMisconfigured):
                await a_channel(http, a_connection(whaticket.url, api_token=token)).send(a_letter())

        assert whaticket.seen == []


async def test_a_pasted_token_loses_the_white_space_around_it(http: Http) -> None:
    async with scripted(Reply(200, b"")) as whaticket:
        await a_channel(http, a_connection(whaticket.url, api_token=" abc\n")).send(a_letter())

    assert whaticket.seen[0].headers["authorization"] == "Bearer abc"


async def test_a_text_with_half_a_letter_goes_out_without_it(http: Http) -> None:
    async with scripted(Reply(200, b"")) as whaticket:
        await a_channel(http, a_connection(whaticket.url)).send(a_letter(text="ol\ud83d!"))

    assert whaticket.seen[0].body["body"] == "ol?!"


async def test_a_connection_of_another_company_is_not_used(http: Http) -> None:
    async with scripted(Reply(200, b"")) as whaticket:
        channel = a_channel(http, a_connection(whaticket.url))

        with pytest.raises(ChannelMisconfigured):
            await channel.send(a_letter(tenant=TenantId(8)))
        with pytest.raises(ChannelMisconfigured):
            await a_channel(http).send(a_letter())

    assert whaticket.seen == []


async def test_a_redirect_is_not_followed_with_our_token(http: Http) -> None:
    async with scripted(Reply(200, b"")) as elsewhere, scripted(Reply(307)) as whaticket:
        whaticket.respond = lambda _: Reply(307, b"", {"location": elsewhere.url})
        with pytest.raises(ChannelMisconfigured):
            await a_channel(http, a_connection(whaticket.url)).send(a_letter())

    assert elsewhere.seen == []


async def test_a_cookie_set_for_one_company_never_travels_with_another(http: Http) -> None:
    async with scripted(Reply(200, b"", {"set-cookie": "jrt=clinic; Path=/"})) as whaticket:
        channel = a_channel(http, a_connection(whaticket.url))
        await channel.send(a_letter())
        await channel.send(a_letter())

    assert all("cookie" not in request.headers for request in whaticket.seen)


async def test_a_send_that_is_cancelled_leaves_the_line_usable(http: Http) -> None:
    async with scripted(Hang()) as whaticket:
        channel = a_channel(http, a_connection(whaticket.url))
        sending = asyncio.create_task(channel.send(a_letter()))
        await whaticket.arrived.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending

        whaticket.respond = lambda _: Reply(200, b"")
        assert await channel.send(a_letter()) == Sent()
