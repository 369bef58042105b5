"""The same number, moment and bytes, however JavaScript wrote them."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.whaticket.encodings import base64_of, integer, moment


@given(st.integers(0, 2**63 - 1))
def test_a_long_is_the_same_in_its_three_encodings(number: int):
    low, high = number & 0xFFFFFFFF, number >> 32
    signed = low - 2**32 if low >= 2**31 else low

    assert integer(number) == number
    assert integer(str(number)) == number
    assert integer({"low": low, "high": high, "unsigned": True}) == number
    assert integer({"low": signed, "high": high, "unsigned": False}) == number


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        -1,
        "-1",
        "1.5",
        "",
        "1e9",
        "9" * 20,
        "\u0661",
        float("inf"),
        [],
        {},
        {"low": 1},
        {"low": True, "high": 0},
    ],
)
def test_what_is_no_count_is_none(value: object):
    assert integer(value) is None


@pytest.mark.parametrize(
    "value", [1716300000, "1716300000", 1716300000.9, 1716300000999, {"low": 1716300000, "high": 0, "unsigned": True}]
)
def test_a_moment_is_the_same_in_seconds_and_milliseconds(value: object):
    assert moment(value) == datetime(2024, 5, 21, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    "value", [0, 1, 10**9, 4_102_444_800, 10**11, 10**18, 2**63, "ontem", None, {"low": -1, "high": -1}]
)
def test_an_impossible_moment_is_none(value: object):
    assert moment(value) is None


@given(st.binary(min_size=1, max_size=256))
def test_bytes_are_the_same_in_their_three_encodings(octets: bytes):
    expected = b64encode(octets).decode()

    assert base64_of(expected) == expected
    assert base64_of({"type": "Buffer", "data": list(octets)}) == expected
    assert base64_of({"type": "Buffer", "data": expected}) == expected
    assert base64_of({str(at): octet for at, octet in enumerate(octets)}) == expected


@pytest.mark.parametrize(
    "value",
    [
        None,
        5,
        "",
        "não é",
        "A" * 1001,
        "AAA",
        [],
        {},
        {"type": "Buffer", "data": []},
        {"type": "Buffer", "data": [256]},
        {"type": "Buffer", "data": [-1]},
        {"type": "Buffer", "data": ["a"]},
        {"type": "Buffer", "data": [1] * 257},
        {"type": "Buffer"},
    ],
)
def test_what_are_no_bytes_is_none(value: object):
    assert base64_of(value) is None
