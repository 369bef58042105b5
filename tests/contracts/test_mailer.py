"""What every mailer does, the fake and the one that speaks SMTP; and what only SMTP can get wrong."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from adapters.email.mailer import MailServerAway, NoMailServer, SmtpMailer, SmtpServer
from application.shared.mail import CalendarPart, Mail, Mailer
from domain.shared.errors import Invalid, Refused, Unavailable
from ops.sandbox.handle import launch
from secretaria.embedded.ports import free_port
from tests.fakes.billing import FakeMailer

LETTER = Mail("dona@example.com", "Fatura de março", "Olá, Antônia!\n\nSegue o código PIX.\n", "<p>Olá</p>")


def read_letter(one: dict[str, Any]) -> Mail:
    entry = one["calendar"] and CalendarPart(one["calendar"]["method"], one["calendar"]["page"].encode())
    return Mail(one["to"], one["subject"], one["text"], one["html"] and one["html"].rstrip("\n"), entry)


@dataclass
class Post:
    """A mailer, and what arrived by it."""

    mailer: Mailer
    arrived: Callable[[], Awaitable[list[Mail]]]


@pytest.fixture(scope="module")
def catcher() -> Iterator[str]:
    running = launch("mail")
    yield running.url
    running.stop()


def smtp_url(catcher: str) -> str:
    return str(httpx2.get(f"{catcher}/_sandbox/health", trust_env=False).json()["smtp_url"])


@pytest.fixture(params=["memory", "smtp"])
async def post(request: pytest.FixtureRequest) -> AsyncIterator[Post]:
    if request.param == "memory":
        fake = FakeMailer()

        async def taken() -> list[Mail]:
            return fake.taken

        yield Post(fake, taken)
        return
    catcher = request.getfixturevalue("catcher")
    httpx2.post(f"{catcher}/_sandbox/reset", json={}, trust_env=False)

    async def caught() -> list[Mail]:
        async with httpx2.AsyncClient(trust_env=False) as http:
            found = (await http.get(f"{catcher}/_sandbox/messages")).json()["messages"]
        return [read_letter(one) for one in found]

    yield Post(SmtpMailer(SmtpServer.at(smtp_url(catcher)), "Secretaria <ola@example.com>"), caught)


async def test_a_letter_arrives_as_it_was_written(post: Post):
    await post.mailer.send(LETTER)

    assert await post.arrived() == [LETTER]


async def test_an_invitation_travels_with_its_letter_as_it_was_made(post: Post):
    page = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Avalia\xc3\xa7\xc3\xa3o\r\nEND:VCALENDAR\r\n"
    invitation = Mail("ana@example.com", "Horário marcado", "Oi, Ana!\n", calendar=CalendarPart("REQUEST", page))

    await post.mailer.send(invitation)

    assert await post.arrived() == [invitation]


async def test_an_address_that_is_refused_for_good_is_a_refusal(post: Post):
    with pytest.raises(Refused) as refused:
        await post.mailer.send(Mail("antonia@refused.example", "oi", "oi"))

    assert "antonia" not in str(refused.value)
    assert await post.arrived() == []


@pytest.mark.parametrize(
    "mail", [Mail("a@example.com\nBcc: b@example.com", "oi", "oi"), Mail("a@b.c", "oi\nBcc: x@y.z", "oi")]
)
async def test_nobody_writes_a_header_of_his_own(post: Post, mail: Mail):
    with pytest.raises(Refused):
        await post.mailer.send(mail)

    assert await post.arrived() == []


async def test_a_server_that_asks_for_patience_is_unavailable(catcher: str):
    mailer = SmtpMailer(SmtpServer.at(smtp_url(catcher)), "ola@example.com")

    with pytest.raises(MailServerAway) as away:
        await mailer.send(Mail("antonia@later.example", "oi", "oi"))

    assert "antonia" not in str(away.value)


async def test_a_server_that_is_not_there_is_unavailable():
    with pytest.raises(Unavailable):
        await SmtpMailer(SmtpServer.at(f"smtp://127.0.0.1:{free_port()}"), "ola@example.com").send(LETTER)


async def test_a_server_that_says_nothing_is_given_up_in_time():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = SmtpServer.at(f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(MailServerAway):
            await SmtpMailer(server, "ola@example.com", seconds=0.3).send(LETTER)


async def test_without_the_tls_that_was_asked_for_nothing_is_sent(catcher: str):
    mailer = SmtpMailer(SmtpServer.at(smtp_url(catcher) + "?starttls=required"), "ola@example.com")
    httpx2.post(f"{catcher}/_sandbox/reset", json={}, trust_env=False)

    with pytest.raises(MailServerAway):
        await mailer.send(LETTER)

    assert httpx2.get(f"{catcher}/_sandbox/messages", trust_env=False).json()["messages"] == []


async def test_without_a_mail_server_letters_wait():
    with pytest.raises(Unavailable):
        await NoMailServer().send(LETTER)


def test_a_password_never_travels_in_the_clear_to_another_machine():
    assert SmtpServer.at("smtp://ana:s3nha@mail.example.com:587").tls == "required"
    assert SmtpServer.at("smtps://ana:s3nha@mail.example.com").tls == "implicit"
    assert "s3nha" not in repr(SmtpServer.at("smtps://ana:s3nha@mail.example.com"))


def test_parts_of_the_url_are_unquoted():
    server = SmtpServer.at("smtps://ana%40clinica.com:a%2Fb@mail.example.com:2465")

    assert (server.username, server.password, server.port) == ("ana@clinica.com", "a/b", 2465)


@pytest.mark.parametrize("url", ["", "http://x", "smtp://", "smtp://h:99999", "smtp://h?starttls=perhaps", "smtp://[x"])
def test_what_is_no_mail_server_is_refused(url: str):
    with pytest.raises(Invalid):
        SmtpServer.at(url)


def test_the_page_shows_letters_as_text(catcher: str):
    page = httpx2.get(catcher, trust_env=False)

    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert "E-mails enviados" in page.text
