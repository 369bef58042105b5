"""Logging in to the panel: once for everybody, again when it has expired, and never over and over."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx2
import pytest

from domain.shared.ids import ConnectionId
from tests.integration.whaticket.panel import Panel, a_panel
from tests.integration.whaticket.scripted import scripted
from tests.integration.whaticket.whaticket_parts import NOW, SessionsInMemory, a_channel, a_connection, a_letter

Http = httpx2.AsyncClient
SINCE = NOW - timedelta(seconds=10)


async def ask(http: Http, panel: Panel) -> bool | None:
    async with scripted(panel) as whaticket:
        channel = a_channel(http, a_connection(whaticket.url))
        return await channel.was_sent(a_letter(), since=SINCE, known=0)


async def test_a_refused_password_is_no_answer_and_is_not_tried_again_at_once(http: Http) -> None:
    async with scripted(a_panel(password="another")) as whaticket:
        channel = a_channel(http, a_connection(whaticket.url))
        assert await channel.was_sent(a_letter(), since=SINCE, known=0) is None

    assert len(whaticket.seen) == 1


async def test_one_login_serves_many_questions_and_many_callers(http: Http) -> None:
    panel = a_panel()
    async with scripted(panel) as whaticket:
        channel = a_channel(http, a_connection(whaticket.url))
        await asyncio.gather(*(channel.was_sent(a_letter(), since=SINCE, known=0) for _ in range(10)))

    assert panel.logins == 1
    assert all("cookie" not in request.headers for request in whaticket.seen)


async def test_another_process_uses_the_login_that_is_kept(http: Http) -> None:
    panel, sessions = a_panel(), SessionsInMemory()
    async with scripted(panel) as whaticket:
        connection = a_connection(whaticket.url)
        for _ in range(3):
            channel = a_channel(http, connection, sessions=sessions)
            await channel.was_sent(a_letter(), since=SINCE, known=0)

    assert panel.logins == 1


@pytest.mark.parametrize("status", [401, 403])
async def test_an_expired_login_is_renewed_once_for_all_callers(http: Http, status: int) -> None:
    panel, sessions = a_panel(refuses_with=status), SessionsInMemory()
    async with scripted(panel) as whaticket:
        channel = a_channel(http, a_connection(whaticket.url), sessions=sessions)
        await channel.was_sent(a_letter(), since=SINCE, known=0)
        panel.expired.add("jwt-1")

        answers = await asyncio.gather(*(channel.was_sent(a_letter(), since=SINCE, known=0) for _ in range(10)))

    assert answers == [False] * 10
    assert panel.logins == 2
    assert list(sessions.kept.values()) == ["jwt-2"]


@pytest.mark.parametrize("status", [401, 403])
async def test_a_panel_that_refuses_even_a_fresh_login_is_not_hammered(http: Http, status: int) -> None:
    panel = a_panel(refuses_with=status, expired={f"jwt-{number}" for number in range(1, 20)})

    assert await ask(http, panel) is None
    assert panel.logins == 2


async def test_two_connections_of_a_company_do_not_share_a_login(http: Http) -> None:
    panel, sessions = a_panel(), SessionsInMemory()
    other = ConnectionId("backoffice000000000000")
    async with scripted(panel) as whaticket:
        channel = a_channel(http, a_connection(whaticket.url), a_connection(whaticket.url, id=other), sessions=sessions)
        await channel.was_sent(a_letter(), since=SINCE, known=0)
        await channel.was_sent(a_letter(connection=other), since=SINCE, known=0)

    assert panel.logins == 2
