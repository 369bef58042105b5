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
