"""A JSON body is taken at its word: nothing is guessed from another type, and every fault has the caller's name for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import httpx2
import msgspec
import pytest
from litestar import Litestar, post
from litestar.params import JSONBody

from adapters.http.bodies import WrittenRequest
from adapters.http.errors import HANDLERS


class Client(msgspec.Struct, forbid_unknown_fields=True):
    phone: str


class Beat(StrEnum):
    SLOW = "slow"


class Wish(msgspec.Struct, forbid_unknown_fields=True):
    minutes: Annotated[int, msgspec.Meta(ge=1)]
    active: bool = True
    professionals: list[int] = []
    starts: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    client: Client | None = None
    beat: Beat | None = None


@post("/wish")
async def wish(data: JSONBody[Wish]) -> Wish:
    return data


@post("/maybe")
async def maybe(data: JSONBody[Wish | None] = None) -> Wish | None:
    return data


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    app = Litestar(
        [wish, maybe],
        exception_handlers=HANDLERS,
        request_class=WrittenRequest,
        openapi_config=None,
        logging_config=None,
    )
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://secretaria.example") as client:
        yield client


NESTED = {
    "lists": b"[" * 1_500,
    "closed": b"[" * 1_500 + b"]" * 1_500,
    "objects": b'{"a":' * 3_000,
    "inside": b'{"minutes":' + b"[" * 3_000,
    "cut off": b'{"minutes":',
    "no text": b'{"\xed\xa0\x80": 1}',
    "words": b"minutes=30",
}


@pytest.mark.parametrize("body", NESTED.values(), ids=NESTED)
async def test_what_is_no_json_or_has_no_end_is_unreadable(http: httpx2.AsyncClient, body: bytes):
    answer = await http.post("/wish", content=body, headers={"content-type": "application/json"})

    assert (answer.status_code, answer.json()["type"]) == (400, "urn:secretaria:problem:unreadable")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"minutes": "30"}, "minutes"),
        ({"minutes": True}, "minutes"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 30, "active": "true"}, "active"),
        ({"minutes": 30, "active": 1}, "active"),
        ({"minutes": 30, "professionals": ["1"]}, "professionals[0]"),
        ({"minutes": 30, "starts": 1_795_521_600}, "starts"),
        ({"minutes": 30, "starts": "1795521600"}, "starts"),
        ({"minutes": 30, "starts": "2026-11-24T09:00:00"}, "starts"),
        ({"active": True}, "minutes"),
        ({"minutes": 30, "company": 2}, "company"),
        ({"minutes": 30, "client": {}}, "client.phone"),
        ({"minutes": 30, "client": {"phone": "1", "a b`": 1}}, "client"),
        ([], None),
        (7, None),
    ],
)
async def test_nothing_is_guessed_from_another_type(http: httpx2.AsyncClient, said: Any, field: str | None):
    answer = await http.post("/wish", json=said)

    assert (answer.status_code, answer.json().get("field")) == (422, field), answer.text


@pytest.mark.parametrize("path", ["/wish", "/maybe"])
async def test_a_right_body_arrives_as_it_was_written(http: httpx2.AsyncClient, path: str):
    said = {"minutes": 30, "starts": "2026-11-24T09:00:00-03:00", "client": {"phone": "1"}}

    answer = await http.post(path, json=said)

    assert (answer.status_code, answer.json()) == (201, said | {"active": True, "professionals": [], "beat": None})


async def test_no_body_at_all_is_told_apart_from_a_wrong_one(http: httpx2.AsyncClient):
    needed, left_out = await http.post("/wish"), await http.post("/maybe")

    assert (needed.status_code, needed.json()["detail"]) == (422, "a JSON body is needed, and not given")
    assert "field" not in needed.json()
    assert (left_out.status_code, left_out.content) == (201, b"null")


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "application/vnd.api+json"])
async def test_json_says_that_it_is_json(http: httpx2.AsyncClient, kind: str):
    asked = [{"content-type": each} for each in (kind, "text/plain", "application/x-www-form-urlencoded")]

    answers = [await http.post("/wish", content=b'{"minutes": 30}', headers=headers) for headers in asked]

    assert [each.status_code for each in answers] == [201, 415, 415]


@pytest.mark.parametrize(
    "body",
    [{"minutes": 1, "beat": "minha senha é " + "x" * 180}, {"minutes": 1, "minha senha\né " + "x" * 150: 1}],
    ids=["value", "name"],
)
async def test_what_a_caller_wrote_is_said_back_in_part_and_logged_in_part(
    http: httpx2.AsyncClient, body: dict[str, Any], capsys: pytest.CaptureFixture[str]
):
    answer = await http.post("/wish", json=body)

    assert answer.status_code == 422
    assert answer.json()["detail"] in ("none of the words known here", "there is no such field here")
    assert "x" * 9 not in answer.text + capsys.readouterr().out
