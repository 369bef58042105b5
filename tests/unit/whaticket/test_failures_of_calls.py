"""No failure of a call may pass untranslated, and none may be called "not sent" unless it surely was not."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import httpcore2
import httpx2
import pytest

from adapters.whaticket import client, errors, reach
from application.delivery.ports import (
    ChannelMisconfigured,
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
)

OURS = (ChannelUnavailable, ChannelRefused, ChannelMisconfigured, ChannelUnknown)
BEFORE_THE_REQUEST_LEFT = {
    "AddressRefused": ChannelMisconfigured,
    "ConnectError": ChannelUnavailable,
    "ConnectTimeout": ChannelUnavailable,
    "InvalidURL": ChannelMisconfigured,
    "LocalProtocolError": ChannelMisconfigured,
    "PoolTimeout": ChannelUnavailable,
    "ProxyError": ChannelUnavailable,
    "UnsupportedProtocol": ChannelMisconfigured,
}


def every_error_of_the_library() -> list[type[Exception]]:
    """Whatever httpx2 exports that can be raised, and every subclass of its root, also ours."""
    exported = {
        kind
        for _, kind in inspect.getmembers(httpx2, inspect.isclass)
        if issubclass(kind, Exception) and not issubclass(kind, Warning)
    }
    return sorted(exported | set(descendants(httpx2.HTTPError)), key=lambda kind: kind.__name__)


def descendants(kind: type[Exception]) -> Iterator[type[Exception]]:
    for child in kind.__subclasses__():
        yield child
        yield from descendants(child)


def an_instance(kind: type[Exception]) -> Exception:
    error = kind.__new__(kind)
    Exception.__init__(error, "5531987654321 secret-token")
    return error


def test_there_are_errors_to_walk() -> None:
    names = {kind.__name__ for kind in every_error_of_the_library()}

    assert {"HTTPError", "ReadTimeout", "InvalidURL", "StreamClosed", "AddressRefused", "AnswerTooLong"} <= names


@pytest.mark.parametrize("kind", every_error_of_the_library())
def test_every_error_is_caught_and_told_in_our_words(kind: type[Exception]) -> None:
    assert issubclass(kind, errors.CALL_FAILURES)

    told = errors.while_sending(an_instance(kind))

    assert type(told) is BEFORE_THE_REQUEST_LEFT.get(kind.__name__, ChannelUnknown)
    assert "secret" not in str(told)


@pytest.mark.parametrize("kind", every_error_of_the_library())
def test_a_question_that_failed_can_be_asked_again(kind: type[Exception]) -> None:
    assert type(errors.while_asking(an_instance(kind))) is ChannelUnavailable


@pytest.mark.parametrize("kind", [client.AnswerTooLong, reach.AddressRefused])
def test_our_own_errors_belong_to_the_librarys_family(kind: type[Exception]) -> None:
    assert issubclass(kind, httpx2.HTTPError)


def test_every_error_of_the_transport_has_its_twin_in_the_library() -> None:
    raised = {
        name
        for name, kind in inspect.getmembers(httpcore2, inspect.isclass)
        if issubclass(kind, Exception) and name != "ConnectionNotAvailable"  # never leaves its pool
    }

    assert raised <= {kind.__name__ for kind in every_error_of_the_library()}
