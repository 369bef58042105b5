"""The other side of a contract, as a real process or server where there is one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ops.sandbox.handle import launch


@pytest.fixture(scope="session")
def gemini_url() -> Iterator[str]:
    running = launch("gemini", latency_ms=0)
    yield running.url
    running.stop()


@pytest.fixture(scope="session")
def whaticket_url() -> Iterator[str]:
    running = launch("whaticket", latency_ms=0)
    yield running.url
    running.stop()


@pytest.fixture(params=["fake", "postgres"])
def url(request: pytest.FixtureRequest) -> str | None:
    """The database of the real side, and nothing for our fakes."""
    return None if request.param == "fake" else request.getfixturevalue("database")
