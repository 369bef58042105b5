"""The public test list of Standard Webhooks, put to our own door; and what a true event looks like in our words."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.payments.inbound import SignedEvents
from domain.shared.errors import Invalid, Unauthenticated

SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = base64.b64encode(b"another secret of 24 bytes or more").decode()
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
BODY = msgspec.json.encode(
    {"type": "payment.succeeded", "timestamp": "2026-11-21T11:59:58-03:00", "data": {"charge": "ch_1", "more": 1}}
)


def proof(body: bytes = BODY, *, at: datetime = NOW, id: str = "msg_1", secret: str = SECRET) -> dict[str, str]:
    """By the standard's text, not by the library that the accused uses."""
    key = base64.b64decode(secret + "=" * (-len(secret) % 4))
    content = f"{id}.{int(at.timestamp())}.".encode() + body
    signature = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return {
        "webhook-id": id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": f"v1,{signature}",
    }


def door(*secrets: str) -> SignedEvents:
    return SignedEvents(secrets or (SECRET,), lambda: NOW)


def test_a_true_event_is_read_in_our_words():
    event = door().read(proof(), BODY)

    assert (event.id, event.type, event.charge, event.plan) == ("msg_1", "payment.succeeded", "ch_1", None)
    assert event.at == datetime(2026, 11, 21, 14, 59, 58, tzinfo=UTC)
    assert event.body == BODY.decode()


def test_the_standards_own_vector():
    body = b'{"test": 2432232314}'
    at = datetime.fromtimestamp(1614265330, UTC)
    headers = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }

    with pytest.raises(Invalid):  # proven, and then no event of ours
        SignedEvents([SECRET], lambda: at).read(headers, body)


@pytest.mark.parametrize("missing", ["webhook-id", "webhook-timestamp", "webhook-signature"])
@pytest.mark.parametrize("empty", [True, False])
def test_a_missing_or_empty_header_is_refused(missing: str, empty: bool):
    headers = proof()
    headers[missing] = ""
    if not empty:
        del headers[missing]

    with pytest.raises(Unauthenticated):
        door().read(headers, BODY)


@pytest.mark.parametrize(
    "stamp",
    ["hello", "1.7e9", "-1", "１７", " 1", "1_700", "nan", "9" * 12, "9" * 30, str(int(NOW.timestamp())) + ".0"],
)
def test_a_timestamp_is_a_whole_number_of_seconds(stamp: str):
    with pytest.raises(Unauthenticated):
        door().read(proof() | {"webhook-timestamp": stamp}, BODY)


@pytest.mark.parametrize(("seconds", "good"), [(-301, False), (-300, True), (300, True), (301, False)])
def test_five_minutes_either_way(seconds: int, good: bool):
    headers = proof(at=NOW + timedelta(seconds=seconds))

    if good:
        assert door().read(headers, BODY)
    else:
        with pytest.raises(Unauthenticated):
            door().read(headers, BODY)


@pytest.mark.parametrize(
    "signature",
    ["v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=", "v1,", "v1", "nonsense", "v2,{}", "{}", "v1,é", "v1,%%"],
)
def test_a_wrong_signature_is_refused_and_never_trips_us(signature: str):
    headers = proof()
    headers["webhook-signature"] = signature.format(headers["webhook-signature"][3:])

    with pytest.raises(Unauthenticated):
        door().read(headers, BODY)


def test_one_good_signature_among_many_is_enough():
    headers = proof()
    good = headers["webhook-signature"]
    headers["webhook-signature"] = f"v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v1a,abc= v2,xx {good}"

    assert door().read(headers, BODY)


def test_a_secret_with_its_prefix_and_without_padding():
    unpadded = OTHER.rstrip("=")

    assert door(f"whsec_{SECRET}").read(proof(), BODY)
    assert door(unpadded).read(proof(secret=OTHER), BODY)


def test_two_secrets_are_good_while_one_follows_the_other():
    both = door(OTHER, SECRET)

    assert both.read(proof(secret=SECRET), BODY)
    assert both.read(proof(secret=OTHER), BODY)
    with pytest.raises(Unauthenticated):
        door(OTHER).read(proof(secret=SECRET), BODY)


@pytest.mark.parametrize("secrets", [(), ("",), ("whsec_",)])
def test_without_a_secret_nothing_is_believed(secrets: tuple[str, ...]):
    with pytest.raises(Unauthenticated):
        SignedEvents(secrets, lambda: NOW).read(proof(), BODY)


@given(st.integers(0, len(BODY) - 1), st.integers(1, 255))
def test_a_changed_byte_is_noticed(where: int, change: int):
    body = bytearray(BODY)
    body[where] ^= change

    with pytest.raises(Unauthenticated):
        door().read(proof(), bytes(body))


def test_the_id_is_part_of_what_is_signed():
    with pytest.raises(Unauthenticated):
        door().read(proof() | {"webhook-id": "msg_2"}, BODY)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b"{}", b'{"type":1,"timestamp":"2026-01-01T00:00:00Z","data":{}}', b"\xff",
        b'{"type":"x","timestamp":"yesterday","data":{}}', b'{"type":"x","timestamp":"2026-01-01T00:00:00","data":{}}',
        b'{"type":"payment.failed","timestamp":"2026-01-01T00:00:00Z","data":{"charge":"a\\u0000"}}',
        b'{"type":"payment.failed","timestamp":"2026-01-01T00:00:00Z","data":{"charge":1e400}}', b"[" * 10_000,
        b'{"type":"payment.failed","timestamp":"2026-01-01T00:00:00Z","data":[]}',
        b'{"type":"payment.failed","timestamp":"2026-01-01T00:00:00Z"}',
        b'{"type":"x","timestamp":"0001-01-01T00:00:00+14:00","data":{}}',
        b'{"type":"x\\u0000","timestamp":"2026-01-01T00:00:00Z","data":{}}',
    ],
)  # fmt: skip
def test_a_proven_body_that_makes_no_sense_is_invalid_and_nothing_worse(body: bytes):
    with pytest.raises((Invalid, Unauthenticated)):
        door().read(proof(body), body)


@pytest.mark.parametrize(
    "rest",
    [
        b"", b',"data":[]', b',"data":null', b',"data":{"customer":{}}', b',"data":{"customer":"a\\u0000"}',
        b',"data":{"charge":1e400000}', b',"data":{"reference":"' + b"x" * 201 + b'"}',
    ],
)  # fmt: skip
def test_an_event_of_a_type_that_we_do_not_know_is_read_whatever_it_is_about(rest: bytes):
    body = b'{"type":"mandate.blessed","timestamp":"2026-01-01T00:00:00Z"' + rest + b"}"

    event = door().read(proof(body), body)

    assert (event.type, event.body) == ("mandate.blessed", body.decode())
    assert {event.charge, event.subscription, event.customer, event.reference, event.plan} == {None}


def test_an_event_of_a_type_that_we_do_not_know_belongs_to_whom_it_names():
    body = b'{"type":"mandate.blessed","timestamp":"2026-01-01T00:00:00Z","data":{"customer":"cus_1"}}'

    assert door().read(proof(body), body).customer == "cus_1"
