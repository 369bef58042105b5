"""A webhook is believed for a right and recent signature, and for nothing else whatever its headers hold."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.intake.authenticity import FILLER, verify_body_hmac, verify_hmac, verify_static

SECRET = "minha-shared-secret"
STAMP = "1700000000"
NOW = datetime.fromtimestamp(int(STAMP), UTC)
BODY = '{"message": {"conversation": "olá"}, "number": "5511999999999"}'.encode()


def sign(body: bytes = BODY, *, stamp: str = STAMP, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), f"{stamp}.".encode() + body, sha256).hexdigest()


def verify(
    body: bytes = BODY,
    *,
    signature: str | bytes | None = None,
    stamp: str | None = STAMP,
    secrets: tuple[str, ...] = (SECRET,),
    now: datetime = NOW,
) -> bool:
    return verify_hmac(
        body, signature=sign() if signature is None else signature, timestamp=stamp, secrets=secrets, now=now
    )


def test_a_right_signature_is_believed():
    assert verify()


def test_vectors_computed_elsewhere_hold():
    """GitHub's published one, over the body alone, and one of our scheme made with openssl."""
    github = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    ours = "6145f8bc1f3c1b7ab0868e0dd6308a16c6cc35f3be094ba2314afb88d033053b"

    assert verify_body_hmac(b"Hello, World!", signature=f"sha256={github}", secrets=["It's a Secret to Everybody"])
    assert verify(signature=ours)


@pytest.mark.parametrize("spell", [str.upper, "sha256={}".format, lambda hex_: f"SHA256={hex_.upper()}", str.encode])
def test_a_signature_may_be_spelt_in_several_ways(spell):
    assert verify(signature=spell(sign()))


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "0" * 64,
        sign()[:-1],
        sign() + "0",
        sign() + "\n",
        " " + sign(),
        "sha1=" + sign(),
        "sha256=sha256=" + sign(),
        "\u017fha256=" + sign(),
        "é" * 64,
        "é".encode(),
        b"\xff" * 64,
        "\ud800" * 64,
        sign(secret="another"),
        sign(b"another body"),
        sign(stamp="1700000001"),
        hmac.new(SECRET.encode(), BODY, sha256).hexdigest(),
    ],
)
def test_a_wrong_signature_is_not_believed_and_never_an_error(signature: str | bytes):
    assert not verify(signature=signature)


def test_a_missing_signature_is_not_believed():
    assert not verify_hmac(BODY, signature=None, timestamp=STAMP, secrets=[SECRET], now=NOW)
    assert not verify_body_hmac(BODY, signature=None, secrets=[SECRET])


@pytest.mark.parametrize(
    ("seconds", "believed"), [(-301, False), (-300, True), (-1, True), (0, True), (300, True), (301, False)]
)
def test_a_timestamp_is_believed_for_five_minutes_both_ways(seconds: int, believed: bool):
    assert verify(now=NOW + timedelta(seconds=seconds)) is believed


@pytest.mark.parametrize(
    "stamp",
    [
        None,
        "",
        "hello",
        "170000000",
        "17000000000",
        "1700000000.5",
        "1700000000\n",
        " 1700000000",
        "+170000000",
        "1_70000000",
        "\u0661\u0667\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660",
        "0x65540000",
        "-170000000",
    ],
)
def test_only_ten_digits_are_a_timestamp_even_when_signed(stamp: str | None):
    assert not verify(signature=sign(stamp=str(stamp)), stamp=stamp)


def test_moving_the_boundary_between_timestamp_and_body_is_noticed():
    signature = sign(b"5.{}", stamp=STAMP)

    assert verify(b"5.{}", signature=signature)
    assert not verify(b"{}", signature=signature, stamp=f"{STAMP}.5")


@pytest.mark.parametrize("secrets", [(SECRET, "new"), ("new", SECRET), ("new", "newer", SECRET), ("", SECRET)])
def test_during_a_rotation_each_secret_is_good(secrets: tuple[str, ...]):
    assert verify(secrets=secrets)


@pytest.mark.parametrize("secrets", [(), ("",), ("", "")])
def test_no_secret_or_an_empty_one_opens_nothing(secrets: tuple[str, ...]):
    assert not verify(secrets=secrets, signature=sign(secret=""))
    assert not verify(secrets=secrets, signature=sign(secret=FILLER))
    assert not verify_body_hmac(b"", signature=hmac.new(b"", b"", sha256).hexdigest(), secrets=secrets)
    assert not verify_static("", secrets)
    assert not verify_static(FILLER, secrets)


def test_what_fills_the_time_opens_nothing_beside_a_real_secret():
    assert not verify(signature=sign(secret=FILLER))
    assert not verify_static(FILLER, [SECRET])


def test_a_body_that_is_no_text_can_be_signed():
    assert verify(b"\xff\x00\xfe", signature=sign(b"\xff\x00\xfe"))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_same_work_is_done_however_many_secrets_there_are(count: int, monkeypatch: pytest.MonkeyPatch):
    done: list[bytes] = []
    honest = hmac.digest

    def counted(key: bytes, content: bytes, kind: str) -> bytes:
        done.append(content)
        return honest(key, content, kind)

    monkeypatch.setattr(hmac, "digest", counted)

    for signature, stamp in [(sign(), STAMP), ("no hex", STAMP), (sign(), "stale"), (sign(), None)]:
        done.clear()
        verify_hmac(BODY, signature=signature, timestamp=stamp, secrets=[SECRET] * count, now=NOW)
        assert len(done) == 2
        assert all(content.endswith(BODY) for content in done)


@pytest.mark.parametrize("presented", ["tok-1", "tok-2", b"tok-2"])
def test_a_fixed_secret_is_recognised(presented: str | bytes):
    assert verify_static(presented, ["tok-1", "tok-2"])


@pytest.mark.parametrize(
    "presented", [None, "", "tok", "tok-12", "Tok-1", " tok-1", "é", "\ud800", b"\xff", "Bearer tok-1"]
)
def test_anything_else_than_the_fixed_secret_is_refused(presented: str | bytes | None):
    assert not verify_static(presented, ["tok-1", "tok-2"])


def test_a_secret_outside_ascii_works():
    assert verify_static("ségrêdo", ["ségrêdo"])
    assert verify(secrets=("ségrêdo",), signature=sign(secret="ségrêdo"))


@given(st.binary(), st.text() | st.binary(), st.text(), st.lists(st.text(min_size=1), max_size=3))
def test_what_strangers_send_is_refused_and_never_an_error(
    body: bytes, signature: str | bytes, stamp: str, secrets: list[str]
):
    assert not verify_hmac(body, signature=signature, timestamp=stamp, secrets=secrets, now=NOW)
    assert not verify_body_hmac(body, signature=signature, secrets=secrets)


@given(st.binary(), st.integers(1_000_000_000, 9_999_999_999), st.text(min_size=1), st.integers(-300, 300))
def test_what_is_signed_is_believed(body: bytes, stamp: int, secret: str, late: int):
    signature = sign(body, stamp=str(stamp), secret=secret)

    assert verify(
        body,
        signature=signature,
        stamp=str(stamp),
        secrets=("other", secret),
        now=datetime.fromtimestamp(stamp + late, UTC),
    )
