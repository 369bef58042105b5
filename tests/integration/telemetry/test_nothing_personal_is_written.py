"""People, secrets and what somebody wrote, put wherever a developer might put them: none of it comes out."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import logging
import re
import string
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.telemetry import log
from adapters.telemetry.library_logs import configure_logs
from adapters.telemetry.log import note, recognized, told
from domain.shared.errors import Refused

DIGITS = st.text(string.digits, min_size=8, max_size=9)
DDD = st.integers(11, 99).map(str)
PHONES = st.one_of(
    st.builds("55{}{}".format, DDD, DIGITS),
    st.builds("+55 ({}) {}-{}".format, DDD, st.just("98765"), st.text(string.digits, min_size=4, max_size=4)),
    st.builds("{} 9{}-{}".format, DDD, st.just("8765"), st.text(string.digits, min_size=4, max_size=4)),
)
JIDS = st.builds("{}@{}".format, PHONES, st.sampled_from(["s.whatsapp.net", "lid", "c.us", "g.us"]))
CPFS = st.from_regex(r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}|[0-9]{11}", fullmatch=True)
EMAILS = st.emails()
TOKENS = st.from_regex(
    r"Bearer [A-Za-z0-9]{20,40}|eyJ[A-Za-z0-9_-]{20}\.eyJ[A-Za-z0-9_-]{20}\.[A-Za-z0-9_-]{20}1a|(sk|AIza)[0-9][A-Za-z0-9]{24}"
    r"|https://api\.example\.com/hooks/[a-z0-9]{6,30}|/webhook/whaticket/[A-Za-z0-9]{22}/[A-Za-z0-9]{8,30}"
    r"|[0-9a-f]{63}a|Authorization: [A-Za-z0-9]{6,40}|X-Signature: [0-9a-f]{10,64}",
    fullmatch=True,
)
PERSONAL = st.one_of(PHONES, JIDS, CPFS, EMAILS, TOKENS)
WORDS = st.text(string.ascii_letters + "áéíçãõ", min_size=3, max_size=8)
TEXTS = st.lists(WORDS, min_size=3, max_size=8).map(" ".join)
"""What a contact writes: several words. One word alone cannot be told from one of ours."""

FIELDS = st.one_of(
    st.sampled_from(
        ["seen", "event", "level", "error", "reason", "message", "hint", "tenant", "job", "dialect", "route", "version"]
    ),
    st.text(string.ascii_lowercase + "_", min_size=1, max_size=12),
)
SENSITIVE = st.sampled_from(
    [
        *(
            "text",
            "body",
            "name",
            "push_name",
            "phone",
            "number",
            "token",
            "api_token",
            "apiToken",
            "secret",
            "password",
        ),
        *("X-Signature", "authorization", "chat", "contact", "address", "to_jid", "prompt", "reply", "payload", "url"),
        *("cpf", "cookie", "query", "raw_path", "http_headers", "SQL", "parameters", "email", "transcript"),
    ]
)


def lines_of(work: Callable[[], object]) -> list[dict[str, Any]]:
    """What is written while something is done; parsing it proves that every line is whole."""
    with contextlib.redirect_stdout(io.StringIO()) as written:
        work()
    return [json.loads(line) for line in written.getvalue().split("\n")[:-1]]


def wrapped(value: object, depth: int) -> object:
    for _ in range(depth):
        value = {"inner": [value]}
    return value


def shows(lines: list[dict[str, Any]], personal: str) -> bool:
    """Whether a line holds the value itself, or enough of its digits to know it."""
    out = json.dumps(lines, ensure_ascii=False)
    out = re.sub(r'"(timestamp|seconds)": [^,}]+', "", out)
    digits = "".join(re.findall(r"\d", personal))
    return personal in out or (len(digits) >= 8 and digits in "".join(re.findall(r"\d", out)))


@given(field=FIELDS, personal=PERSONAL, around=st.tuples(WORDS, WORDS), depth=st.integers(0, 2))
@settings(max_examples=300, deadline=None)
def test_personal_values_are_masked_in_any_field(
    field: str, personal: str, around: tuple[str, str], depth: int
) -> None:
    value = f"{around[0]} {personal} {around[1]}"

    assert not shows(lines_of(lambda: log.info("test.line", **{field: wrapped(value, depth)})), personal)
    assert not shows(lines_of(lambda: log.info("test.line", **{field: wrapped(personal, depth)})), personal)


@given(personal=PERSONAL)
@settings(deadline=None)
def test_personal_values_are_masked_as_names_of_fields_and_as_events(personal: str) -> None:
    assert not shows(lines_of(lambda: log.info(personal, **{personal: "x"}, seen={personal: 1})), personal)


@given(field=FIELDS.filter(lambda field: field not in ("tenant", "job")), number=st.integers(10**7, 10**14))
@settings(deadline=None)
def test_numbers_as_long_as_a_telephone_are_masked(field: str, number: int) -> None:
    if field.endswith("_id"):
        number = max(number, 10**9)

    assert str(number) not in json.dumps(lines_of(lambda: log.info("test.line", **{field: number})))


@given(field=SENSITIVE, value=st.one_of(TEXTS, WORDS, st.integers(), st.binary(), st.lists(TEXTS)))
@settings(deadline=None)
def test_fields_that_hold_somebodys_data_are_left_out_whatever_they_hold(field: str, value: object) -> None:
    (line,) = lines_of(lambda: log.info("test.line", **{field: value}))

    assert set(line) == {"timestamp", "level", "event"}


@given(field=FIELDS.filter(lambda field: field not in ("error", "reason", "message", "hint")), text=TEXTS)
@settings(deadline=None)
def test_what_somebody_wrote_does_not_pass_in_any_field_that_is_not_ours(field: str, text: str) -> None:
    assert text not in json.dumps(lines_of(lambda: log.info("test.line", **{field: text})), ensure_ascii=False)


@given(text=TEXTS, field=st.sampled_from(["error", "reason", "message", "hint"]))
@settings(deadline=None)
def test_what_is_quoted_in_our_own_sentences_is_hidden(text: str, field: str) -> None:
    quoting = f"invalid literal for int() with base 10: {text!r}"

    assert text not in json.dumps(lines_of(lambda: log.info("test.line", **{field: quoting})), ensure_ascii=False)


@given(text=st.one_of(TEXTS, PERSONAL), kind=st.sampled_from([ValueError, KeyError, Exception, UnicodeError]))
@settings(deadline=None)
def test_foreign_exceptions_tell_their_type_and_place_and_not_their_words(text: str, kind: type[Exception]) -> None:
    def work() -> None:
        with contextlib.suppress(Exception), told("test.unit"):
            raise kind(text) from PermissionError(13, text)

    (line,) = lines_of(work)

    assert text not in json.dumps(line, ensure_ascii=False)
    assert line["exception"]["type"] == kind.__name__
    assert line["exception"]["caused_by"] == ["PermissionError"]
    assert line["exception"]["errno"] == "13"
    assert re.match(r"tests/integration/telemetry/\S+\.py:\d+ work", line["exception"]["at"][-1])


@given(personal=PERSONAL)
@settings(deadline=None)
def test_our_own_exceptions_keep_their_words_without_persons(personal: str) -> None:
    def work() -> None:
        with contextlib.suppress(Refused), told("test.unit"):
            raise Refused(f"no such number {personal} here")

    (line,) = lines_of(work)

    assert not shows([line], personal)
    assert line["exception"]["message"].startswith("no such number")


@given(value=st.text(), field=FIELDS)
@settings(max_examples=200, deadline=None)
def test_no_value_can_fake_a_line_or_steer_a_terminal(value: str, field: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as written:
        log.info("test.line", **{field: value, "error": value})

    out = written.getvalue()
    assert out.count("\n") == 1
    assert out.endswith("\n")
    assert all(" " <= character <= "~" for character in out[:-1])
    json.loads(out)


class Odd:
    def __repr__(self) -> str:
        return "contact Maria da Silva wrote"

    __str__ = __repr__


@pytest.mark.parametrize(
    "value", [Odd(), b"raw body of somebody", float("nan"), float("inf"), {1: Odd()}, [[[[["deep text"]]]]]]
)
def test_values_that_are_not_plain_are_named_by_their_type(value: object) -> None:
    out = json.dumps(lines_of(lambda: log.info("test.line", thing=value)))

    assert not re.search("Maria|somebody|deep text|NaN|Infinity", out)


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


async def test_one_line_tells_the_whole_unit_of_work(capsys: pytest.CaptureFixture[str]) -> None:
    async def deeper() -> None:
        note(dialect="press-ticket")

    with recognized(correlation_id="5f0c9a1b2c3d", tenant=7, connection=None):
        async with told("delivery.send", job=12):
            await asyncio.gather(deeper(), asyncio.create_task(deeper()))
            with told("delivery.inner"):
                note(pieces=2)
            note(outcome="sent")

    inner, outer = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (inner["event"], inner["pieces"], inner["outcome"], inner["tenant"]) == ("delivery.inner", 2, "done", 7)
    assert {key: outer[key] for key in ("event", "job", "dialect", "outcome", "tenant", "correlation_id")} == {
        "event": "delivery.send",
        "job": 12,
        "dialect": "press-ticket",
        "outcome": "sent",
        "tenant": 7,
        "correlation_id": "5f0c9a1b2c3d",
    }
    assert "pieces" not in outer


@pytest.mark.parametrize(
    "route", ["/webhook/whaticket", "/webhook/whaticket/{connection}/{token}", "/api/dead-letters/{id}/retry"]
)
def test_the_template_of_a_route_is_kept(route: str) -> None:
    (line,) = lines_of(lambda: log.info("test.line", route=route))

    assert line["route"] == route


def test_a_reader_that_went_away_breaks_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr("sys.stdout", Gone())
    with told("test.unit"):
        pass


def test_nothing_is_learned_outside_a_unit_of_work() -> None:
    note(lost=True)

    (line,) = lines_of(lambda: log.info("test.line"))

    assert "lost" not in line
