"""People, secrets and what somebody wrote, put wherever a developer might put them: none of it comes out."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.telemetry import log
from adapters.telemetry.log import note, recognized, told
from adapters.telemetry.redaction import LARGEST_ROW, ROWS
from domain.shared.errors import Refused
from tests.builders.personal_data import FIELDS, PERSONAL, SENSITIVE, TEXTS, WORDS, lines_of, shows


def wrapped(value: object, depth: int) -> object:
    for _ in range(depth):
        value = {"inner": [value]}
    return value


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


@given(field=FIELDS, number=st.integers(10**7, 10**14))
@settings(deadline=None)
def test_numbers_as_long_as_a_telephone_are_masked(field: str, number: int) -> None:
    if field.endswith("_id") or field in ROWS:  # ours, and telephones with their country are longer
        number = max(number, LARGEST_ROW)

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
