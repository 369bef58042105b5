"""Every error of the SDK and of its HTTP library has its line in the table, or a reason to be nobody's."""

from __future__ import annotations

import inspect
import json

import httpx2
import pytest
from google.genai import errors

from adapters.gemini.errors import AGAIN, CAUGHT, Trouble, trouble_of
from adapters.gemini.patience import Patience
from adapters.gemini.wire import Unusable
from application.assistant.ports import ModelRefused

NEVER_RAISED_HERE = {
    errors.UnknownFunctionCallArgumentError,  # automatic function calling is off
    errors.UnsupportedFunctionError,
    errors.FunctionInvocationError,
    errors.ContinuationInterruptedError,  # automatic continuation is off
}


def exceptions_of(module: object) -> list[type[Exception]]:
    classes = [value for value in vars(module).values() if inspect.isclass(value) and issubclass(value, Exception)]
    return [one for one in classes if not issubclass(one, Warning)]


@pytest.mark.parametrize("kind", [*exceptions_of(httpx2), *exceptions_of(errors)])
def test_every_error_of_the_libraries_is_caught_and_translated(kind: type[Exception]):
    if kind in NEVER_RAISED_HERE:
        return
    error = kind(503, {}) if issubclass(kind, errors.APIError) else kind.__new__(kind)

    assert isinstance(error, CAUGHT)
    assert isinstance(trouble_of(error), Trouble)


def test_the_walk_found_the_libraries_errors():
    assert len(exceptions_of(httpx2)) >= 20
    assert {errors.ClientError, errors.ServerError} <= set(exceptions_of(errors))


@pytest.mark.parametrize("status", range(400, 600))
def test_a_status_is_tried_again_only_where_it_may_pass(status: int):
    assert trouble_of(errors.APIError(status, {})).again is (status in AGAIN)


@pytest.mark.parametrize(
    ("error", "again", "ill"),
    [
        (errors.ClientError(400, {}), False, False),
        (errors.ClientError(401, {}), False, True),
        (errors.ClientError(403, {}), False, True),
        (errors.ClientError(404, {}), False, False),
        (errors.ClientError(429, {}), True, True),
        (errors.ServerError(503, {}), True, True),
        (httpx2.ReadTimeout(""), True, True),
        (httpx2.ConnectError(""), True, True),
        (httpx2.RemoteProtocolError(""), True, True),
        (httpx2.LocalProtocolError(""), False, True),
        (json.JSONDecodeError("", "", 0), True, True),
        (TimeoutError(), True, True),
        (RecursionError(), True, True),
        (Unusable("nothing"), True, True),
        (Unusable("nothing", ours=True), False, False),
        (ModelRefused("SAFETY"), False, False),
    ],
    ids=repr,
)
def test_each_trouble_says_whether_to_try_again_and_whether_the_service_is_ill(
    error: Exception, again: bool, ill: bool
):
    trouble = trouble_of(error)

    assert (trouble.again, trouble.ill) == (again, ill)


def test_no_reason_carries_what_the_other_side_wrote():
    error = errors.ClientError(403, {"error": {"message": "key AIzaSecret is blocked", "status": "PERMISSION_DENIED"}})

    assert trouble_of(error).reason == "status 403"


def test_pauses_grow_and_end_with_the_attempts():
    patience, trouble = Patience(attempts=3, first_pause=1.0), Trouble("status 503", again=True, ill=True)

    first, second = (patience.pause(trouble, attempt=number, left=60) for number in (1, 2))

    assert first is not None
    assert second is not None
    assert 0.8 <= first <= 1.2 < 1.6 <= second <= 2.4
    assert patience.pause(trouble, attempt=3, left=60) is None
    assert patience.pause(trouble, attempt=1, left=1.5) is None
