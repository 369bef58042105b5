"""The way out against the sandboxed Whaticket, whose manners were written from the contracts by somebody else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from adapters.whaticket.channel import WhaticketChannel
from application.delivery.ports import (
    ChannelMisconfigured,
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
)
from domain.companies.connection import Dialect
from tests.integration.whaticket.whaticket_parts import a_channel, a_connection, a_letter

ROOT = Path(__file__).parents[3]
PANELS = [Dialect.COMMUNITY, Dialect.SAAS_CLASSIC, Dialect.CODATENDE, Dialect.PRESS_TICKET]
LOOKED_UP = [*PANELS, Dialect.WHAPIV4]


@pytest.fixture(scope="module")
def sandbox_url() -> Iterator[str]:
    with subprocess.Popen(
        [sys.executable, "-m", "ops.sandbox.whaticket", "--port", "0", "--until-stdin-closes"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["url"]
        process.terminate()


class Line:
    """One connection of the sandbox, and the channel that speaks to it."""

    def __init__(self, http: httpx2.AsyncClient, sandbox: str, setup: dict[str, Any]) -> None:
        self.http, self.sandbox, self.id = http, sandbox, setup["id"]
        self.url = f"{sandbox}/c/{self.id}"
        self.setup = setup

    def channel(self, **changes: Any) -> WhaticketChannel:
        known = {
            "api_token": self.setup["token"],
            "panel_email": self.setup["panel_email"],
            "panel_password": self.setup["panel_password"],
        }
        connection = a_connection(self.url, Dialect(self.setup["profile"]), **known | changes)
        return a_channel(self.http, connection, clock=utc_now)

    async def fault(self, kind: str, **more: Any) -> None:
        await self._post("faults", {"kind": kind} | more)

    async def customer_writes(self) -> None:
        await self._post("say", {"phone": "5531987654321", "text": "Oi"})

    async def sent(self) -> list[str]:
        path = f"{self.sandbox}/_sandbox/connections/{self.id}/messages"
        answer = await self.http.get(path, params={"direction": "out"})
        return [message["text"] for message in answer.json()["messages"]]

    async def _post(self, what: str, body: dict[str, Any]) -> None:
        answer = await self.http.post(f"{self.sandbox}/_sandbox/connections/{self.id}/{what}", json=body)
        assert answer.is_success, answer.text


async def a_line(http: httpx2.AsyncClient, sandbox: str, dialect: Dialect) -> Line:
    answer = await http.post(f"{sandbox}/_sandbox/connections", json={"profile": dialect.value})
    assert answer.is_success, answer.text
    line = Line(http, sandbox, answer.json())
    await line.customer_writes()
    return line


def utc_now() -> datetime:
    return datetime.now(UTC)


def just_now() -> datetime:
    return utc_now() - timedelta(milliseconds=50)


@pytest.mark.parametrize("dialect", list(Dialect))
async def test_the_message_arrives_word_for_word(http: httpx2.AsyncClient, sandbox_url: str, dialect: Dialect) -> None:
    line = await a_line(http, sandbox_url, dialect)

    sent = await line.channel().send(a_letter())

    assert await line.sent() == [a_letter().text]
    assert sent.queued is (dialect is Dialect.TICKETZ)
    assert (sent.external_id is not None) is (dialect in {Dialect.PRESS_TICKET, Dialect.WHAPIV4})


@pytest.mark.parametrize("dialect", [dialect for dialect in Dialect if dialect is not Dialect.AUTOATENDE])
async def test_a_wrong_token_is_for_a_person_to_mend(
    http: httpx2.AsyncClient, sandbox_url: str, dialect: Dialect
) -> None:
    line = await a_line(http, sandbox_url, dialect)

    with pytest.raises(ChannelMisconfigured):
        await line.channel(api_token="wrong").send(a_letter())


async def test_autoatende_never_answers_a_wrong_token_so_nobody_knows(
    http: httpx2.AsyncClient, sandbox_url: str
) -> None:
    line = await a_line(http, sandbox_url, Dialect.AUTOATENDE)

    with pytest.raises(ChannelUnknown):
        await line.channel(api_token="wrong").send(a_letter())


@pytest.mark.parametrize(
    ("kind", "more", "verdict"),
    [
        ("status", {"status": 503}, ChannelUnavailable),
        ("rate_limited", {"retry_after": 3}, ChannelUnavailable),
        ("not_initialised", {}, ChannelUnavailable),
        ("no_default", {}, ChannelUnavailable),
        ("check_contact", {}, ChannelUnavailable),
        ("invalid_contact", {}, ChannelRefused),
        ("sending", {}, ChannelUnknown),
        ("hang", {}, ChannelUnknown),
        ("drop", {}, ChannelUnknown),
        ("lost_answer", {}, ChannelUnknown),
        ("lost_hang", {}, ChannelUnknown),
        ("bad_json", {}, ChannelUnknown),
    ],
)
async def test_each_fault_of_a_community_install_is_taken_for_what_it_is(
    http: httpx2.AsyncClient, sandbox_url: str, kind: str, more: dict[str, Any], verdict: type[Exception]
) -> None:
    line = await a_line(http, sandbox_url, Dialect.COMMUNITY)
    await line.fault(kind, **more)

    with pytest.raises(verdict):
        await line.channel().send(a_letter())


@pytest.mark.parametrize("dialect", list(Dialect))
@pytest.mark.parametrize("kind", ["not_initialised", "no_default", "check_contact", "invalid_contact"])
async def test_what_surely_did_not_leave_is_never_called_unknown(
    http: httpx2.AsyncClient, sandbox_url: str, dialect: Dialect, kind: str
) -> None:
    line = await a_line(http, sandbox_url, dialect)
    await line.fault(kind)

    with pytest.raises((ChannelUnavailable, ChannelRefused, ChannelMisconfigured)):
        await line.channel().send(a_letter())
    assert await line.sent() == []


@pytest.mark.parametrize("dialect", LOOKED_UP)
async def test_a_lost_answer_is_found_again_where_the_fork_shows_its_messages(
    http: httpx2.AsyncClient, sandbox_url: str, dialect: Dialect
) -> None:
    line, since = await a_line(http, sandbox_url, dialect), just_now()
    await line.fault("lost_answer", count=1)
    channel = line.channel()
    with pytest.raises(ChannelUnknown):
        await channel.send(a_letter())

    assert await channel.was_sent(a_letter(), since=since, known=0) is True
    assert await channel.was_sent(a_letter(), since=since, known=1) is False


@pytest.mark.parametrize("dialect", LOOKED_UP)
async def test_a_send_that_never_happened_is_not_found(
    http: httpx2.AsyncClient, sandbox_url: str, dialect: Dialect
) -> None:
    line, since = await a_line(http, sandbox_url, dialect), just_now()
    await line.fault("drop", count=1)
    channel = line.channel()
    with pytest.raises(ChannelUnknown):
        await channel.send(a_letter())

    assert await channel.was_sent(a_letter(), since=since, known=0) is False


async def test_whapiv4_needs_no_login_and_a_full_page_does_not_hide_what_lies_behind_it(
    http: httpx2.AsyncClient, sandbox_url: str
) -> None:
    line, since = await a_line(http, sandbox_url, Dialect.WHAPIV4), just_now()
    channel = line.channel(panel_email=None, panel_password=None)
    await channel.send(a_letter())
    for number in range(25):
        await channel.send(a_letter(text=f"e mais {number}"))

    assert await channel.was_sent(a_letter(), since=since, known=0) is True
    assert await channel.was_sent(a_letter(), since=since, known=1) is False


async def test_reading_whapiv4s_history_leaves_the_ticket_unread(http: httpx2.AsyncClient, sandbox_url: str) -> None:
    line, since = await a_line(http, sandbox_url, Dialect.WHAPIV4), just_now()
    await line.channel().was_sent(a_letter(), since=since, known=0)

    shown = await http.get(f"{sandbox_url}/_sandbox/connections/{line.id}/tickets")
    assert [ticket["unreadMessages"] for ticket in shown.json()["tickets"]] == [1]


async def test_an_expired_login_is_renewed(http: httpx2.AsyncClient, sandbox_url: str) -> None:
    line, since = await a_line(http, sandbox_url, Dialect.SAAS_CLASSIC), just_now()
    channel = line.channel()
    await channel.send(a_letter())
    assert await channel.was_sent(a_letter(), since=since, known=0) is True

    await line._post("expire-sessions", {})

    assert await channel.was_sent(a_letter(), since=since, known=0) is True
