"""Every way in which a call to Cal.com can fail is told in our words, and what was done is never doubted away."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.calcom.errors import CALL_FAILURES, NEVER_LEFT, AlreadyCancelled, failed, on_answer, said
from application.agenda.ports import CalendarRefused, CalendarUnavailable, EntryNotFound
from domain.agenda.appointment import SlotTaken
from domain.shared.errors import SecretariaError

TAKEN = "User either already has booking at this time or is not available"


def nest(status: int, message: str) -> dict[str, Any]:
    return {"status": "error", "error": {"code": "BadRequestException", "message": message, "details": {}}}


def raised_by_httpx2() -> Iterator[type[Exception]]:
    for _, kind in inspect.getmembers(httpx2, inspect.isclass):
        if issubclass(kind, Exception) and not issubclass(kind, Warning):
            yield kind


@pytest.mark.parametrize("kind", sorted(raised_by_httpx2(), key=str))
def test_everything_that_httpx2_raises_is_caught(kind: type[Exception]) -> None:
    assert issubclass(kind, CALL_FAILURES)


@pytest.mark.parametrize("kind", [httpx2.ReadTimeout, httpx2.RemoteProtocolError, httpx2.WriteError, TimeoutError])
def test_a_change_is_in_doubt_once_it_may_have_left_and_a_question_never(kind: type[Exception]) -> None:
    assert kind not in NEVER_LEFT
    assert not failed(kind("x"), changing=True).sure
    assert failed(kind("x"), changing=False).sure


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, nest(400, TAKEN), SlotTaken),
        (400, nest(400, "One of the hosts either already has booking at this time or is not available"), SlotTaken),
        (409, {"statusCode": 409, "message": "booking_conflict_error"}, SlotTaken),
        (400, nest(400, "Can't cancel booking with uid=x because it has been cancelled already."), AlreadyCancelled),
        (400, nest(400, "Attempting to book a meeting in the past."), CalendarRefused),
        (422, nest(422, "no hosts"), CalendarRefused),
        (403, {"statusCode": 403, "message": "blocked"}, CalendarRefused),
        (403, nest(403, "not yours"), CalendarUnavailable),
        (401, nest(401, "CustomThrottlerGuard - Invalid API Key"), CalendarUnavailable),
        (498, nest(498, "ACCESS_TOKEN_IS_EXPIRED"), CalendarUnavailable),
        (404, nest(404, "Booking with uid=x was not found in the database"), EntryNotFound),
        (404, nest(404, "Cannot GET /v2/bookings"), CalendarUnavailable),
        (404, None, EntryNotFound),
        (302, None, CalendarUnavailable),
    ],
)
def test_three_envelopes_one_verdict(status: int, body: object, kind: type[Exception]) -> None:
    assert type(on_answer(said(status, body))) is kind


@given(
    st.integers(300, 599),
    st.recursive(st.none() | st.integers() | st.text(), lambda x: st.dictionaries(st.text(), x) | st.lists(x)),
)
def test_any_answer_has_a_verdict_that_repeats_none_of_its_words(status: int, body: object) -> None:
    verdict = on_answer(said(status, body))

    assert isinstance(verdict, SecretariaError)
    assert str(verdict).startswith(f"Cal.com: status {status}")
