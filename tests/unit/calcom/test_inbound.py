"""Whatever bytes come, the reader of Cal.com's webhooks answers with a word and never raises."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.calcom.inbound import OF_BOOKINGS, OF_OTHERS, OF_THE_CLOCK, CalcomInbound
from application.agenda.receive_calendar_event import CalendarNews, NotNews

READ = CalcomInbound().read
AT = "2026-11-21T12:00:00.000Z"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


def body(trigger: object, **more: Any) -> bytes:
    return json.dumps({"triggerEvent": trigger, **more}).encode()


@pytest.mark.parametrize("trigger", sorted(OF_BOOKINGS))
def test_after_something_that_happened_to_a_booking_the_calendar_is_read(trigger: str) -> None:
    news = READ(body(trigger, createdAt=AT, payload={"uid": "x"}))

    assert news == CalendarNews(trigger, datetime(2026, 11, 21, 12, tzinfo=UTC))


@pytest.mark.parametrize("trigger", sorted(OF_THE_CLOCK))
def test_meetings_come_flat_and_say_what_our_clock_knows(trigger: str) -> None:
    assert READ(body(trigger, id=1, uid="x", startTime=AT, endTime=AT, status="ACCEPTED")) == NotNews("clock")


@pytest.mark.parametrize("trigger", sorted(OF_OTHERS))
def test_what_is_about_no_booking_is_left_alone(trigger: str) -> None:
    assert READ(body(trigger, createdAt=AT, payload={})) == NotNews("not_ours")


def test_a_small_shape_without_the_common_fields_is_read_too() -> None:
    small = {"message": "m", "bookingUid": "x", "bookingId": 1, "attendees": [{"email": "a", "noShow": True}]}

    assert isinstance(READ(body("BOOKING_NO_SHOW_UPDATED", createdAt=AT, payload=small)), CalendarNews)


@pytest.mark.parametrize("trigger", ["BOOKING_CONFIRMED", "booking_created", "", None, 7, ["BOOKING_CREATED"], {}])
def test_a_trigger_nobody_knows_is_no_news(trigger: object) -> None:
    assert isinstance(READ(body(trigger)), NotNews)


@pytest.mark.parametrize("moment", ["never", "", 5, None, "9999-12-31T23:59:59-23:59", "2026-11-21T12:00:00"])
def test_a_date_that_cannot_be_read_does_not_hide_the_event(moment: object) -> None:
    news = READ(body("BOOKING_CREATED", createdAt=moment))

    assert isinstance(news, CalendarNews)
    assert news.happened_at is None or news.happened_at.tzinfo is UTC


@given(st.binary())
def test_any_bytes_get_an_answer(raw: bytes) -> None:
    assert isinstance(READ(raw), CalendarNews | NotNews)


@given(JSON, JSON, st.sampled_from(sorted(OF_BOOKINGS | OF_THE_CLOCK | OF_OTHERS)) | st.text())
def test_any_json_around_any_trigger_gets_an_answer(payload: Any, created: Any, trigger: str) -> None:
    told = READ(json.dumps({"triggerEvent": trigger, "createdAt": created, "payload": payload}).encode())

    assert isinstance(told, CalendarNews) == (trigger in OF_BOOKINGS)


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_words_that_json_has_not_make_it_unreadable(word: str) -> None:
    assert READ(f'{{"triggerEvent": "BOOKING_CREATED", "payload": {word}}}'.encode()) == NotNews("unreadable")


@given(st.integers(1, 3_000))
def test_json_nested_deeper_than_any_parser_goes_is_unreadable_and_no_crash(depth: int) -> None:
    assert READ(b"[" * depth + b"]" * depth) == NotNews("unreadable")
