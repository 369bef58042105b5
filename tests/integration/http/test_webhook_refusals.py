"""Who may not come in learns nothing: every wrong proof gets the same answer after the same time."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable

import httpx2
import pytest

from ops.load.webhooks import signature
from tests.integration.http.conftest import Door, a_message
from tests.journeys.house import House, Line

NOBODY = "/webhook/whaticket/n0b0dyKn0wsTh1sC0nn3ct"
ROUNDS = 120


@pytest.fixture(scope="session")
def neighbour(door_house: House) -> Line:
    return door_house.open_company("Clínica do Vizinho")


def told(answer: httpx2.Response) -> tuple[int, dict[str, str], dict[str, object]]:
    """All that a stranger can tell one refusal from another by."""
    own = {"x-correlation-id", "date"}
    headers = {name: value for name, value in answer.headers.items() if name not in own}
    document = answer.json()
    assert document.pop("correlation_id") == answer.headers["x-correlation-id"]
    return answer.status_code, headers, document


def foreign_signature(door: Door, neighbour: Line, body: bytes) -> dict[str, str]:
    proof = signature(neighbour.secret, body, time.time())
    return {"X_Signature": proof["X-Signature"], "X_Timestamp": proof["X-Timestamp"]}


WRONG: dict[str, Callable[[Door, Line, bytes], httpx2.Response]] = {
    "a connection nobody has": lambda door, _, body: door.post(body, path=NOBODY),
    "a connection id of strange letters": lambda door, _, body: door.post(body, path="/webhook/whaticket/%E2%82%AC'--"),
    "a wrong signature": lambda door, _, body: door.post(body, X_Signature="0" * 64),
    "a signature that is none": lambda door, _, body: door.post(body, X_Signature="hello"),
    "no signature": lambda door, _, body: door.client.post(
        door.path, content=body, headers={"Content-Type": "application/json", "X-Timestamp": str(int(time.time()))}
    ),
    "no timestamp": lambda door, _, body: door.client.post(
        door.path,
        content=body,
        headers={
            "Content-Type": "application/json",
            "X-Signature": signature(door.line.secret, body, time.time())["X-Signature"],
        },
    ),
    "no proof at all": lambda door, _, body: door.client.post(
        door.path, content=body, headers={"Content-Type": "application/json"}
    ),
    "a stale timestamp": lambda door, _, body: door.post(body, at=time.time() - 302),
    "a timestamp of the future": lambda door, _, body: door.post(body, at=time.time() + 302),
    "a timestamp that is no number": lambda door, _, body: door.post(body, X_Timestamp="hello"),
    "a timestamp with a sign": lambda door, _, body: door.post(body, X_Timestamp=f"+{int(time.time())}"),
    "the empty secret": lambda door, _, body: door.post(
        body, X_Signature=signature("", body, time.time())["X-Signature"]
    ),
    "another company's secret": lambda door, other, body: door.post(body, **foreign_signature(door, other, body)),
    "another company's address": lambda door, other, body: door.post(
        body, path=f"/webhook/whaticket/{other.connection}"
    ),
    "a body that was changed": lambda door, _, body: door.post(
        body + b" ", X_Signature=signature(door.line.secret, body, time.time())["X-Signature"]
    ),
    "a secret in the path of a line that signs": lambda door, _, body: door.client.post(
        f"{door.path}/{door.line.secret}", content=body, headers={"Content-Type": "application/json"}
    ),
    "a secret in a header of a line that signs": lambda door, _, body: door.client.post(
        door.path,
        content=body,
        headers={"Content-Type": "application/json", "X-Webhook-Token": door.line.secret},
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_every_wrong_proof_is_refused_in_the_same_words(door: Door, neighbour: Line, wrong: str):
    reference = told(door.post(a_message(), X_Signature="1" * 64))

    refused = told(WRONG[wrong](door, neighbour, a_message()))

    assert refused[0] == 401
    assert refused == reference


@pytest.mark.parametrize("age", [-299, 0, 299])
def test_a_clock_that_is_almost_five_minutes_off_is_forgiven(door: Door, age: int):
    assert door.post(a_message(), at=time.time() - age).status_code == 202


def test_two_companies_never_take_each_others_proof(door: Door, neighbour: Line):
    statuses = {}
    for owner in (door.line, neighbour):
        for target in (door.line, neighbour):
            body = a_message()
            headers = {"Content-Type": "application/json", **signature(owner.secret, body, time.time())}
            answer = door.client.post(f"/webhook/whaticket/{target.connection}", content=body, headers=headers)
            statuses[owner is target, owner.connection, target.connection] = answer.status_code

    assert {status for (same, *_), status in statuses.items() if same} == {202}
    assert {status for (same, *_), status in statuses.items() if not same} == {401}


def test_header_bytes_that_are_no_ascii_are_refused_like_any_other_wrong_proof(door: Door):
    body = a_message()
    for header in (b"X-Signature: \xff\xfe\xe9", b"X-Timestamp: \xd9\xa1\xd9\xa2\xd9\xa3", b"X-Webhook-Token: \xff"):
        request = (
            b"POST " + door.path.encode() + b" HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b"Content-Length: " + str(len(body)).encode() + b"\r\n" + header + b"\r\nConnection: close\r\n\r\n" + body
        )
        with socket.create_connection(("127.0.0.1", door.house.port), timeout=10) as connection:
            connection.sendall(request)
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 401 ")
        assert json.loads(answer.partition(b"\r\n\r\n")[2])["type"] == "urn:secretaria:problem:unauthenticated"


def test_an_unknown_connection_takes_as_long_as_a_wrong_signature_or_a_stale_one(door: Door):
    body = a_message()
    ways: dict[str, Callable[[], httpx2.Response]] = {
        "unknown": lambda: door.post(body, path=NOBODY),
        "wrong": lambda: door.post(body, X_Signature="0" * 64),
        "stale": lambda: door.post(body, at=time.time() - 4000),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, ask in ways.items():
            began = time.perf_counter()
            assert ask().status_code == 401
            seconds[name].append(time.perf_counter() - began)

    usual = {name: min(taken) for name, taken in seconds.items()}
    assert max(usual.values()) - min(usual.values()) < 0.001
