"""Whatever a body is made of: a clear word back, naming the field, over a connection that stays open."""

from __future__ import annotations

import gzip
import json
import socket
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from ops.load.webhooks import signature
from tests.integration.http.conftest import BODY_LIMIT, Door, a_message
from tests.journeys.customer import new_phone

KEY = {"remoteJid": "5511981234567@s.whatsapp.net", "fromMe": False, "id": "3A00"}
RAW = {"key": KEY, "messageTimestamp": 1_795_000_000, "message": {"conversation": "oi"}}


def problem(answer: httpx2.Response, status: int) -> dict[str, Any]:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    document: dict[str, Any] = answer.json()
    assert document["status"] == status
    assert document["correlation_id"] == answer.headers["x-correlation-id"]
    return document


UNREADABLE = {
    "nothing": b"",
    "no JSON": b"oi",
    "half of it": json.dumps(RAW).encode()[:-9],
    "two of them": b"{}{}",
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "no UTF-8": b'{"message": {"conversation": "\xff\xfe"}, "number": "5511981234567"}',
    "UTF-16": json.dumps(RAW).encode("utf-16"),
    "a NUL byte": b'{"message": {"conversation": "a\x00b"}, "number": "5511981234567"}',
    "a lone surrogate": b'{"message": {"conversation": "\\ud800"}, "number": "5511981234567"}',
    "ten thousand brackets": b"[" * 10_000 + b"]" * 10_000,
    "ten thousand deep objects": b'{"message":' * 5_000 + b"{}" + b"}" * 5_000,
    "NaN": b'{"message": NaN}',
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_body_that_cannot_be_read_is_told_so(door: Door, kind: str):
    document = problem(door.post(UNREADABLE[kind]), 422)

    assert document["type"] == "urn:secretaria:problem:invalid"
    assert document["detail"]


WRONG_FIELD: dict[str, tuple[object, str]] = {
    "no number": ({"message": {"conversation": "oi"}}, "number"),
    "a number of letters": ({"message": {"conversation": "oi"}, "number": "abc"}, "number"),
    "a message that is a list": ({"message": [], "number": "5511981234567"}, "message"),
    "a text that is a number": ({"message": {"conversation": 7}, "number": "5511981234567"}, "message.conversation"),
    "an address that is a number": (RAW | {"key": KEY | {"remoteJid": 7}}, "key.remoteJid"),
    "an id that is an object": (RAW | {"key": KEY | {"id": {}}}, "key.id"),
    "an event without a contact": ({"event": "message_received", "data": {}}, "data.contact"),
    "an event without a number": ({"event": "message_received", "data": {"contact": {}}}, "data.contact.number"),
}


@pytest.mark.parametrize("kind", WRONG_FIELD)
def test_a_wrong_field_is_named(door: Door, kind: str):
    payload, field = WRONG_FIELD[kind]

    assert problem(door.post_json(payload), 422)["field"] == field


STRANGE = {
    "twice the same key": json.dumps(RAW).encode()[:-1] + b', "message": {"conversation": "outra"}}',
    "an infinite number": json.dumps(RAW).encode()[:-1] + b', "extra": 1e400}',
    "an infinite time": json.dumps(RAW).encode().replace(b"1795000000", b"1e400"),
    "a huge integer": json.dumps(RAW).encode().replace(b"1795000000", b"9" * 5_000),
    "a written NUL": json.dumps(RAW | {"message": {"conversation": "a\0b"}}).encode(),
    "a time before time": json.dumps(RAW | {"messageTimestamp": -(10**18)}).encode(),
    "a name of ten thousand letters": json.dumps(RAW | {"pushName": "ã" * 5_000}).encode(),
    "every line feed and escape": json.dumps(RAW | {"message": {"conversation": "\r\n\x1b[2J\u202e"}}).encode(),
}


@pytest.mark.parametrize("kind", STRANGE)
def test_a_strange_body_is_kept_or_refused_but_never_our_fault(door: Door, kind: str):
    assert door.post(STRANGE[kind]).status_code in (202, 422)


def test_a_body_that_says_it_is_too_large_is_refused(door: Door):
    assert problem(door.post(b"x" * (BODY_LIMIT + 1)), 413)["type"] == "urn:secretaria:problem:too-large"


def test_a_body_that_turns_out_to_be_too_large_is_refused_as_well(door: Door):
    pieces = (b"x" * 8_192 for _ in range(BODY_LIMIT // 8_192 + 2))
    headers = {"Content-Type": "application/json", "X-Signature": "0" * 64, "X-Timestamp": str(int(time.time()))}

    problem(door.client.post(door.path, content=pieces, headers=headers), 413)


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "in chunks"])
@pytest.mark.parametrize(
    ("kind", "path", "status"),
    [("application/json", None, 413), ("text/plain", None, 415), ("application/json", "/nowhere", 404)],
)
async def test_whoever_sends_far_too_much_is_refused_and_not_cut_off(
    door: Door, announced: bool, kind: str, path: str | None, status: int
):
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 1_000_000

    one_connection = httpx2.Limits(max_connections=1)
    async with httpx2.AsyncClient(base_url=door.house.url, trust_env=False, limits=one_connection) as client:
        content = b"x" * 20_000_000 if announced else pieces()
        refused = await client.post(path or door.path, content=content, headers={"Content-Type": kind})

    problem(refused, status)


def test_a_body_of_just_the_permitted_size_is_taken(door: Door):
    body = a_message("oi")
    padded = body[:-1] + b" " * (BODY_LIMIT - len(body)) + b"}"

    assert len(padded) == BODY_LIMIT
    assert door.post(padded).status_code == 202


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/xml",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "nonsense",
    ],
)
def test_another_media_type_is_refused(door: Door, kind: str):
    assert (
        problem(door.post(a_message(), Content_Type=kind), 415)["type"]
        == "urn:secretaria:problem:unsupported-media-type"
    )


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON"])
def test_json_is_json_however_it_is_written(door: Door, kind: str):
    assert door.post(a_message(), Content_Type=kind).status_code == 202


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "identity, gzip"])
def test_a_packed_body_is_refused_before_it_is_unpacked(door: Door, coding: str):
    problem(door.post(gzip.compress(b" " * 10_000_000), Content_Encoding=coding), 415)


def test_one_connection_survives_every_kind_of_refusal(door: Door):
    def request(body: bytes, **headers: str) -> bytes:
        proof = signature(door.line.secret, body, time.time())
        lines = {"Host": "x", "Content-Type": "application/json", "Content-Length": str(len(body))} | proof | headers
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"POST {door.path} HTTP/1.1\r\n{head}\r\n".encode() + body

    talks = [
        (request(a_message(), **{"X-Signature": "no"}), 401),
        (request(b"{"), 422),
        (request(a_message(), **{"Content-Type": "text/plain"}), 415),
        (request(b"[" * 9_000), 422),
        (f"GET {door.path} HTTP/1.1\r\nHost: x\r\n\r\n".encode(), 405),
        (request(a_message()), 202),
    ]
    with socket.create_connection(("127.0.0.1", door.house.port), timeout=10) as connection:
        answers = connection.makefile("rb")
        for sent, status in talks:
            connection.sendall(sent)
            assert int(answers.readline().split()[1]) == status
            headers = dict(line.split(b": ", 1) for line in iter(answers.readline, b"\r\n"))
            answers.read(int({name.lower(): value for name, value in headers.items()}[b"content-length"]))
        answers.close()


def test_a_repeat_is_told_the_same_as_the_first(door: Door):
    body = a_message()

    assert [door.post(body).text for _ in range(3)] == ['{"queued":true}'] * 3


IGNORED: dict[str, tuple[object, str]] = {
    "a group": (RAW | {"key": KEY | {"remoteJid": "120363000000000000@g.us"}}, "group"),
    "a status": (RAW | {"key": KEY | {"remoteJid": "status@broadcast"}}, "status"),
}


@pytest.mark.parametrize("kind", IGNORED)
def test_what_is_left_alone_is_acknowledged_with_its_reason(door: Door, kind: str):
    payload, reason = IGNORED[kind]

    answer = door.post_json(payload)

    assert (answer.status_code, answer.text) == (
        202,
        json.dumps({"queued": False, "reason": reason}, separators=(",", ":")),
    )


def test_an_accepted_message_is_in_the_database_when_the_answer_comes(door: Door):
    phone = new_phone()
    door.post(a_message("guardada?", phone))

    kept = "select count(*) from envelopes e join addresses a on a.id = e.address_id where address like $1"
    assert door.house.rows_now(kept, f"{phone}%", tenant=door.line.tenant) == [{"count": 1}]
