"""Lines of libraries pass the same door as ours: their own words stay, what they filled in does not."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.telemetry import log
from adapters.telemetry.library_logs import configure_logs
from tests.builders.personal_data import PERSONAL, TEXTS, lines_of, shows


@pytest.fixture
def libraries() -> Iterator[None]:
    """The root logger as every process of ours has it, and as it was before afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logs("debug")
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    log.set_level("info")


@pytest.mark.usefixtures("libraries")
class TestLibraries:
    def test_a_url_with_a_token_in_its_path_is_not_written(self) -> None:
        line = 'HTTP Request: %s %s "%s %d %s"'
        url = "https://hooks.example.com/webhook/whaticket/abc/s3cretPathToken0"
        for name in ("httpx2", "httpx", "httpcore2.connection", "some.library"):
            args = ("POST", url, "HTTP/1.1", 200, "OK")
            out = json.dumps(
                lines_of(lambda name=name, args=args: logging.getLogger(name).warning(line, *args))
                + lines_of(lambda name=name, args=args: logging.getLogger(name).info(line, *args))
            )
            assert "s3cret" not in out
            assert "HTTP Request: POST" in out

    @pytest.mark.parametrize("name", ["httpx2", "httpx", "httpcore2", "granian.access"])
    def test_libraries_that_tell_every_request_are_quiet(self, name: str) -> None:
        assert lines_of(lambda: logging.getLogger(name).info("HTTP Request: GET /somewhere")) == []

    @given(personal=st.one_of(PERSONAL, TEXTS))
    @settings(deadline=None)
    def test_whatever_a_library_fills_into_its_words_is_hidden(self, personal: str) -> None:
        library = logging.getLogger("some.library")

        def work() -> None:
            library.warning("got %s and %r", personal, [personal])
            library.warning("got %(what)s", {"what": personal})
            library.warning("got %s")
            library.warning("got %d", personal)
            library.error("future: <Task finished exception=ValueError(%r)>", personal)
            library.error(f"future: <Task finished exception=ValueError({personal!r})>")

        lines = lines_of(work)
        assert not shows(lines, personal)
        assert len(lines) == 6
        assert all(line["event"] == "library.said" and line["logger"] == "some.library" for line in lines)

    def test_numbers_and_words_of_a_library_are_kept(self) -> None:
        (line,) = lines_of(lambda: logging.getLogger("granian").warning("worker-%d %s in 50%%", 3, "respawned"))

        assert line["message"] == "worker-3 respawned in 50%"

    def test_an_exception_nobody_awaited_is_told_without_its_words(self) -> None:
        async def forgotten() -> None:
            async def fail() -> None:
                raise ValueError("meu CPF é 123.456.789-09")

            asyncio.get_running_loop().call_exception_handler(
                {"message": "Task exception was never retrieved", "exception": await _raised(fail)}
            )

        (line,) = lines_of(lambda: asyncio.run(forgotten()))

        assert "CPF" not in json.dumps(line)
        assert line["exception"]["type"] == "ValueError"
        assert line["level"] == "error"


async def _raised(work: Callable[[], Any]) -> BaseException:
    (error,) = await asyncio.gather(work(), return_exceptions=True)
    return error
