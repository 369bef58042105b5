"""What we keep of a webhook holds no key of its sender, and still reads the same."""

from __future__ import annotations

import json

import pytest

from adapters.whaticket.inbound import UnreadableWebhook, read
from adapters.whaticket.stripping import strip_secrets
from tests.builders.whaticket_payloads import NAMES, payload


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("unreadable")])
def test_every_sample_reads_the_same_without_its_secrets(name: str):
    assert read(strip_secrets(payload(name))) == read(payload(name))


@pytest.mark.parametrize(
    "key",
    [
        "apiKey",
        "api_key",
        "X-API-KEY",
        "token",
        "apiToken",
        "facebookUserToken",
        "access_token",
        "refreshToken",
        "Authorization",
        "secret",
        "secretKey",
        "client_secret",
        "password",
        "passwordHash",
        "senha",
        "session",
        "Cookie",
        "privateKey",
        "jwtSecret",
        "credentials",
        "messageSecret",
    ],
)
@pytest.mark.parametrize(
    "secret", ["canary-1", 987654321, ["canary-1"], {"value": "canary-1", "n": {"deep": [987654321]}}], ids=repr
)
def test_a_secret_is_removed_wherever_it_hides(key: str, secret: object):
    body = json.dumps(
        {"message": {"conversation": "oi", "x": [{"y": {key: secret}}]}, key: secret, "number": "5511999999999"}
    )

    stripped = strip_secrets(body.encode())

    assert b"canary" not in stripped
    assert b"987654321" not in stripped
    assert read(stripped) == read(body.encode())


@pytest.mark.parametrize(
    "message",
    [
        {"tokenOfTheFutureMessage": {"a": 1}},
        {"tokenOfTheFutureMessage": "a"},
        {"tokenOfTheFutureMessage": ["a"]},
        {"secretEncryptedMessage": None},
        {"secretEncryptedMessage": {"a": None}},
        {"secretEncryptedMessage": False},
        {"jpegThumbnail": {"type": "Buffer", "data": [1]}},
        {"_data": {"a": 1}},
    ],
    ids=repr,
)
def test_content_under_a_name_that_looks_secret_or_bulky_reads_the_same(message: object):
    body = json.dumps({"message": message, "number": "5511999999999"}).encode()

    assert read(strip_secrets(body)) == read(body)


@pytest.mark.parametrize("name", NAMES)
def test_no_canary_survives_in_a_sample(name: str):
    assert b"canary" not in strip_secrets(payload(name))


def test_the_key_that_opens_a_voice_note_stays():
    sample = json.loads(payload("a_voice_note"))

    kept = json.loads(strip_secrets(payload("a_voice_note")))

    assert kept["message"]["audioMessage"]["mediaKey"] == sample["message"]["audioMessage"]["mediaKey"]


@pytest.mark.parametrize("name", ["a_image_with_caption", "c_text", "e_voice_note"])
def test_thumbnails_and_raw_copies_are_dropped(name: str):
    assert len(strip_secrets(payload(name))) < 1_200 < len(payload(name))


def test_a_nul_is_kept_as_an_escape_that_a_text_column_takes():
    stripped = strip_secrets(b'{"message": {"conversation": "a\\u0000b"}, "number": "5511999999999"}')

    assert b"\x00" not in stripped
    assert b"a\\u0000b" in stripped


def test_what_lies_too_deep_for_any_reader_is_cut_off():
    deep = b'{"message":{"conversation":"oi"},"number":"5511999999999","x":' + b'{"a":' * 500 + b"1" + b"}" * 501

    assert len(strip_secrets(deep)) < 400


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"a":' * 10_000, b"\xff"])
def test_what_is_no_json_object_is_refused(body: bytes):
    with pytest.raises(UnreadableWebhook):
        strip_secrets(body)
