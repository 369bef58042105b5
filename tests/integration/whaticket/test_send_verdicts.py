"""What each answer and each way of breaking is taken for: unsent, refused, ours to mend, or unknown."""

from __future__ import annotations

import socket

import httpx2
import pytest

from adapters.whaticket import client
from application.delivery.ports import (
    Channel,
    ChannelMisconfigured,
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
    Sent,
)
from domain.companies.connection import Dialect
from tests.integration.whaticket.scripted import Drop, Hang, Reply, scripted
from tests.integration.whaticket.whaticket_parts import a_channel, a_connection, a_letter

Http = httpx2.AsyncClient
GENERIC = "Não foi possível enviar a mensagem, tente novamente em alguns instantes"


async def outcome(http: Http, reply: Reply, *, dialect: Dialect = Dialect.SAAS_CLASSIC) -> Exception | Sent:
    async with scripted(reply) as whaticket:
        channel: Channel = a_channel(http, a_connection(whaticket.url, dialect))
        try:
            return await channel.send(a_letter())
        except (ChannelUnavailable, ChannelRefused, ChannelMisconfigured, ChannelUnknown) as error:
            return error


ANSWERS = [
    # dialect, status, body, verdict
    (Dialect.COMMUNITY, 400, {"error": "ERR_NO_DEF_WAPP_FOUND"}, ChannelUnavailable),
    (Dialect.COMMUNITY, 400, {"error": "ERR_WAPP_NOT_INITIALIZED"}, ChannelUnavailable),
    (Dialect.COMMUNITY, 400, {"error": "ERR_WAPP_CHECK_CONTACT"}, ChannelUnavailable),
    (Dialect.COMMUNITY, 400, {"error": "ERR_WAPP_INVALID_CONTACT"}, ChannelRefused),
    (Dialect.COMMUNITY, 400, {"error": "Invalid number format. Only numbers is allowed."}, ChannelRefused),
    (Dialect.COMMUNITY, 400, {"error": "whatsapp #9 not found"}, ChannelMisconfigured),
    (Dialect.COMMUNITY, 400, {"error": "ERR_SENDING_WAPP_MSG"}, ChannelUnknown),
    (Dialect.COMMUNITY, 400, {"error": "something new"}, ChannelUnknown),
    (Dialect.COMMUNITY, 401, {"error": "ERR_SESSION_EXPIRED"}, ChannelMisconfigured),
    (Dialect.COMMUNITY, 403, {"error": "Invalid token. We'll try to assign a new one"}, ChannelMisconfigured),
    (Dialect.COMMUNITY, 500, {"error": "Internal server error"}, ChannelUnavailable),
    (Dialect.SAAS_CLASSIC, 401, {"error": "Acesso não permitido"}, ChannelMisconfigured),
    (Dialect.SAAS_CLASSIC, 400, {"error": GENERIC}, ChannelUnavailable),
    (Dialect.SAAS_CLASSIC, 400, {"error": "Connection Closed"}, ChannelUnavailable),
    (Dialect.SAAS_CLASSIC, 400, {"error": "ERR_SENDING_WAPP_MSG"}, ChannelUnknown),
    (Dialect.SAAS_CLASSIC, 400, {"error": "Validation error"}, ChannelUnknown),
    (Dialect.SAAS_CLASSIC, 400, b"", ChannelUnknown),
    (Dialect.CODATENDE, 401, {"error": "ERR_INVALID_API_TOKEN"}, ChannelMisconfigured),
    (Dialect.CODATENDE, 403, {"error": "ERR_PLAN_FEATURE_DISABLED"}, ChannelMisconfigured),
    (Dialect.CODATENDE, 403, {"error": "ERR_COMPANY_DELINQUENT"}, ChannelMisconfigured),
    (Dialect.CODATENDE, 429, {"error": "ERR_RATE_LIMIT_EXCEEDED"}, ChannelUnavailable),
    (Dialect.CODATENDE, 400, {"error": "ERR_MESSAGE_SEND_FAILED", "message": GENERIC}, ChannelUnknown),
    (
        Dialect.CODATENDE,
        400,
        {"error": "ERR_MESSAGE_SEND_FAILED", "message": "ERR_WAPP_NOT_INITIALIZED"},
        ChannelUnavailable,
    ),
    (
        Dialect.CODATENDE,
        400,
        {"error": "ERR_MESSAGE_SEND_FAILED", "message": "ERR_SENDING_WAPP_MSG"},
        ChannelUnknown,
    ),
    (Dialect.CODATENDE, 400, {"error": "ERR_CHECK_NUMBER"}, ChannelRefused),
    (Dialect.TICKETZ, 402, {"error": "ERR_SUBSCRIPTION_EXPIRED"}, ChannelMisconfigured),
    (Dialect.TICKETZ, 400, {"error": "ERR_SYNTAX"}, ChannelRefused),
    (Dialect.TICKETZ, 404, {"error": "ERR_WHATSAPP_NOT_FOUND"}, ChannelMisconfigured),
    (Dialect.TICKETZ, 500, {"error": "ERR_INTERNAL_ERROR"}, ChannelUnavailable),
    (Dialect.PRESS_TICKET, 400, {"error": "User ID is required"}, ChannelMisconfigured),
    (Dialect.PRESS_TICKET, 401, {"error": "ERR_API_TOKEN_REQUIRED"}, ChannelMisconfigured),
    (Dialect.PRESS_TICKET, 403, {"error": "ERR_NO_PERMISSION"}, ChannelMisconfigured),
    (Dialect.PRESS_TICKET, 500, {"error": "Internal server error"}, ChannelUnknown),
    (Dialect.WHAPIV4, 404, {"error": "WhatsApp connection #3 not found"}, ChannelMisconfigured),
    (Dialect.WHAPIV4, 500, {"error": "Internal server error", "message": "x"}, ChannelUnknown),
    (Dialect.WHAPIV4, 429, {"error": "Too many requests"}, ChannelUnavailable),
    # no Whaticket at all, or something in front of it
    (Dialect.SAAS_CLASSIC, 301, b"", ChannelMisconfigured),
    (Dialect.SAAS_CLASSIC, 308, b"", ChannelMisconfigured),
    (Dialect.SAAS_CLASSIC, 404, b"Cannot POST /api/messages/send", ChannelMisconfigured),
    (Dialect.SAAS_CLASSIC, 405, b"<html>", ChannelMisconfigured),
    (Dialect.SAAS_CLASSIC, 413, b"<html>", ChannelRefused),
    (Dialect.SAAS_CLASSIC, 502, b"<html>", ChannelUnavailable),
    (Dialect.SAAS_CLASSIC, 503, b"", ChannelUnavailable),
    (Dialect.SAAS_CLASSIC, 504, b"<html>", ChannelUnknown),
    (Dialect.SAAS_CLASSIC, 524, b"<html>", ChannelUnknown),
    # a success that is none
    (Dialect.SAAS_CLASSIC, 200, b"<!doctype html>", ChannelUnknown),
    (Dialect.SAAS_CLASSIC, 200, b'{"mensagem": ', ChannelUnknown),
    (Dialect.SAAS_CLASSIC, 200, b"[" * 20_000, ChannelUnknown),
    (Dialect.SAAS_CLASSIC, 200, [1], ChannelUnknown),
    (Dialect.SAAS_CLASSIC, 200, {"error": "ERR_WAPP_NOT_INITIALIZED"}, ChannelUnavailable),
    (Dialect.SAAS_CLASSIC, 200, {"error": "what is this"}, ChannelUnknown),
    (Dialect.AUTOATENDE, 200, {"status": "ERRO"}, ChannelUnknown),
    (Dialect.AUTOATENDE, 200, b"", ChannelUnknown),
    (Dialect.WHAPIV4, 200, b"", ChannelUnknown),
]


@pytest.mark.parametrize(("dialect", "status", "body", "verdict"), ANSWERS)
async def test_every_answer_has_a_verdict(
    http: Http, dialect: Dialect, status: int, body: object, verdict: type[Exception]
) -> None:
    result = await outcome(http, Reply(status, body), dialect=dialect)

    assert type(result) is verdict, result


async def test_an_id_that_is_missing_where_one_was_promised_does_not_undo_the_send(http: Http) -> None:
    assert await outcome(http, Reply(201, {"data": []}), dialect=Dialect.WHAPIV4) == Sent()
    assert await outcome(http, Reply(200, {"resp": None}), dialect=Dialect.PRESS_TICKET) == Sent()


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "17"}, 17),
        (
            {"retry-after": "Fri, 20 Nov 2026 12:00:30 GMT", "date": "Fri, 20 Nov 2026 12:00:00 GMT"},
            30,
        ),
        ({"retry-after": "Fri, 20 Nov 2026 12:00:30 GMT", "date": "Fri, 20 Nov 2026 12:05:00 GMT"}, 0),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
async def test_the_other_sides_advice_on_waiting_is_passed_on(
    http: Http, headers: dict[str, str], seconds: float | None
) -> None:
    result = await outcome(http, Reply(429, {"error": "ERR_RATE_LIMIT_EXCEEDED"}, headers))

    assert isinstance(result, ChannelUnavailable)
    assert result.retry_after == seconds


async def test_a_refusal_never_repeats_whatever_text_came_with_it(http: Http) -> None:
    result = await outcome(http, Reply(400, {"error": "5531987654321 is not known"}))

    assert "5531" not in str(result)


async def test_nobody_at_the_address_means_surely_not_sent(http: Http) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: every connection is refused
        channel = a_channel(http, a_connection(f"http://127.0.0.1:{taken.getsockname()[1]}"))

        with pytest.raises(ChannelUnavailable, match="ConnectError"):
            await channel.send(a_letter())


async def test_a_name_that_does_not_resolve_means_surely_not_sent(http: Http) -> None:
    with pytest.raises(ChannelUnavailable):
        await a_channel(http, a_connection("http://whaticket.invalid")).send(a_letter())


@pytest.mark.parametrize(
    "behaviour",
    [
        Hang(),
        Drop(),
        Reply(200, {"mensagem": "Mensagem enviada"}, cut_after=5),
        Reply(200, b"", {"transfer-encoding": "chunked"}),
        Reply(200, {"mensagem": "Mensagem enviada"}, {"content-encoding": "gzip"}),
    ],
    ids=["hang", "reset", "cut in mid-body", "broken framing", "broken encoding"],
)
async def test_what_breaks_after_the_request_left_is_unknown(http: Http, behaviour: Reply | Hang | Drop) -> None:
    async with scripted(behaviour) as whaticket:
        with pytest.raises(ChannelUnknown):
            await a_channel(http, a_connection(whaticket.url)).send(a_letter())

    assert len(whaticket.sends()) == 1, "an unknown result is never repeated by itself"


async def test_an_answer_that_drips_is_given_up_at_the_deadline() -> None:
    async with (
        client.build_http_client(private_addresses=True) as http,
        scripted(Reply(200, {"mensagem": "Mensagem enviada"}, pause=0.05)) as whaticket,
    ):
        with pytest.raises(httpx2.ReadTimeout, match="whole call"):
            await client.call(http, "POST", whaticket.url, headers={}, body={}, deadline=0.4)


async def test_an_answer_without_end_is_not_kept(http: Http) -> None:
    result = await outcome(http, Reply(200, b" " * (client.LONGEST_ANSWER + 1)))

    assert isinstance(result, ChannelUnknown)
    assert "AnswerTooLong" in str(result)
