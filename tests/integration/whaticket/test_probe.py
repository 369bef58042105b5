"""Trying a connection against the sandboxed Whaticket: each family says whether token and login are good, and nothing is sent."""

from __future__ import annotations

from dataclasses import replace

import httpx2
import pytest

from adapters.whaticket.probe import WhaticketProbe
from domain.companies.connection import Connection, Dialect
from tests.integration.whaticket.test_against_the_sandbox import PANELS, Line, a_line, sandbox_url
from tests.integration.whaticket.whaticket_parts import a_connection

__all__ = ["sandbox_url"]

SAYS_NOTHING = Dialect.AUTOATENDE
"""It never answers a bad token."""


def as_set_up(line: Line) -> Connection:
    dialect = Dialect(line.setup["profile"])
    return a_connection(line.url, dialect, api_token=line.setup["token"], panel_email=None, panel_password=None)


@pytest.mark.parametrize("dialect", list(Dialect))
async def test_a_good_token_is_accepted_and_nobody_is_written_to(
    http: httpx2.AsyncClient, sandbox_url: str, dialect: Dialect
):
    line = await a_line(http, sandbox_url, dialect)

    [check] = await WhaticketProbe(http)(as_set_up(line))

    assert (check.what, check.fine) == ("token", True)
    assert await line.sent() == []


@pytest.mark.parametrize("dialect", list(Dialect))
async def test_a_bad_token_is_not(http: httpx2.AsyncClient, sandbox_url: str, dialect: Dialect):
    line = await a_line(http, sandbox_url, dialect)

    [check] = await WhaticketProbe(http)(replace(as_set_up(line), api_token="not-this-one"))

    assert not check.fine
    assert check.outcome == ("slow" if dialect is SAYS_NOTHING else "refused")


@pytest.mark.parametrize("dialect", PANELS)
async def test_a_login_is_tried_too(http: httpx2.AsyncClient, sandbox_url: str, dialect: Dialect):
    line = await a_line(http, sandbox_url, dialect)
    with_login = replace(as_set_up(line), panel_email=line.setup["panel_email"])

    [_, good] = await WhaticketProbe(http)(replace(with_login, panel_password=line.setup["panel_password"]))
    [_, bad] = await WhaticketProbe(http)(replace(with_login, panel_password="not this one"))

    assert (good.what, good.fine) == ("login", True)
    assert (bad.fine, bad.outcome) == (False, "refused")


@pytest.mark.parametrize(
    ("address", "outcome"),
    [
        ("http://127.0.0.1:9", "unreachable"),
        ("https://user:pw@example.com", "unusable"),
        ("ftp://example.com", "unusable"),
    ],
)
async def test_an_address_that_leads_nowhere_says_so(http: httpx2.AsyncClient, address: str, outcome: str):
    [check] = await WhaticketProbe(http)(a_connection(address, panel_email=None, panel_password=None))

    assert (check.fine, check.outcome) == (False, outcome)
