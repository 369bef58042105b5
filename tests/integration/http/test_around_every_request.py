"""What a caller, a log reader and a scraper see of any request, good or bad."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import httpx2
import pytest

from adapters.http.access_log import CAREFUL
from adapters.telemetry import metrics
from tests.builders.http_app import app

PROBLEM = "application/problem+json"
SECRET = "s3cretPathTokenOfAClinic"
HOOK = f"/webhook/whaticket/a1b2c3d4e5f6g7h8i9j0kk/{SECRET}"


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as client:
        yield client


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def count(name: str, **labels: str) -> float:
    return metrics.REGISTRY.get_sample_value(name, labels) or 0.0


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "slug"),
    [
        ("GET", "/fail/invalid", None, 422, "invalid"),
        ("GET", "/fail/unauthenticated", None, 401, "unauthenticated"),
        ("GET", "/fail/refused", None, 409, "refused"),
        ("GET", "/fail/unavailable", None, 503, "unavailable"),
        ("GET", "/fail/bug", None, 500, "internal"),
        ("GET", "/nowhere", None, 404, "not-found"),
        ("DELETE", "/slots", None, 405, "method-not-allowed"),
        ("TRACE", "/slots", None, 405, "method-not-allowed"),
        ("POST", "/slots", b"{", 400, "unreadable"),
        ("POST", "/slots", b'{"start": 5, "minutes": 1}', 422, "invalid"),
        ("POST", "/slots", b'{"start": "' + b"x" * 20_000 + b'", "minutes": 1}', 413, "too-large"),
        ("POST", "/slots", b"\xff\xfe\x00", 400, "unreadable"),
    ],
)
async def test_every_refusal_is_a_problem_document(
    http: httpx2.AsyncClient, method: str, path: str, body: bytes | None, status: int, slug: str
) -> None:
    answer = await http.request(method, path, content=body, headers={"content-type": "application/json"})

    document = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    assert document["type"] == f"urn:secretaria:problem:{slug}"
    assert document["status"] == status
    assert document["correlation_id"] == answer.headers["x-correlation-id"]
    assert ("allow" in answer.headers) == (status == 405)
    assert ("retry-after" in answer.headers) == (status == 503)


async def test_the_wrong_field_of_a_body_is_named(http: httpx2.AsyncClient) -> None:
    answer = await http.post("/slots", json={"start": "9h", "minutes": "many"})

    assert answer.json()["field"] == "minutes"


async def test_a_bug_is_told_to_the_log_and_not_to_the_caller(
    http: httpx2.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await http.get("/fail/bug")
    told = capsys.readouterr().out
    line = json.loads(told)

    assert "KeyError" not in answer.text
    assert (line["level"], line["outcome"], line["status"]) == ("error", "crashed", 500)
    assert line["exception"]["type"] == "KeyError"
    assert any("http_app.py" in place for place in line["exception"]["at"])
    assert line["correlation_id"] == answer.json()["correlation_id"]
    assert "123.456" not in told


async def test_one_line_per_request_with_all_that_was_learned(
    http: httpx2.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    await http.post(HOOK, content=b"oi", headers={"x-correlation-id": "panel-4711"})
    (line,) = lines(capsys)

    assert line.pop("timestamp").endswith("Z")
    assert 0 < line.pop("seconds") < 5
    assert line == {
        "level": "info",
        "event": "http.request",
        "outcome": "done",
        "method": "POST",
        "route": "/webhook/whaticket/{connection}/{token}",
        "status": 202,
        "connection": "a1b2c3d4e5f6g7h8i9j0kk",
        "tenant": 7,
        "correlation_id": "panel-4711",
    }


@pytest.mark.parametrize("path", [HOOK, HOOK + "/deeper", "/" + SECRET, f"/slots?token={SECRET}"])
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_no_path_and_no_query_reaches_the_log_or_the_metrics(
    http: httpx2.AsyncClient, capsys: pytest.CaptureFixture[str], path: str, method: str
) -> None:
    answer = await http.request(method, path)

    assert SECRET not in capsys.readouterr().out
    assert SECRET not in metrics.exposition().decode()
    assert SECRET not in answer.text


@pytest.mark.parametrize("header", ["x-correlation-id", "x-request-id"])
async def test_a_sane_correlation_id_is_kept(http: httpx2.AsyncClient, header: str) -> None:
    answer = await http.get("/livez", headers={header: "0f8fad5b-d9cb-469f-a165-70867728950e"})

    assert answer.headers["x-correlation-id"] == "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.mark.parametrize(
    "given", ["short", "x" * 65, "5511987654321", "11-98765-4321", 'a"b{c}defgh', "espaço em branco", ""]
)
async def test_any_other_correlation_id_is_replaced(http: httpx2.AsyncClient, given: str) -> None:
    answer = await http.get("/livez", headers={b"x-correlation-id": given.encode()})

    assert answer.headers["x-correlation-id"] != given
    assert len(answer.headers["x-correlation-id"]) == 24


async def test_careful_headers_are_on_every_answer(http: httpx2.AsyncClient) -> None:
    for path in ("/livez", "/nowhere", "/fail/bug"):
        answer = await http.get(path)
        for name, value in CAREFUL.items():
            assert answer.headers[name.decode()] == value.decode(), path


async def test_an_answer_may_bring_its_own_careful_headers(http: httpx2.AsyncClient) -> None:
    answer = await http.get("/page")

    assert answer.headers.get_list("content-security-policy") == ["default-src 'self'"]
    assert answer.headers.get_list("cache-control") == ["max-age=60"]
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_webhooks_are_counted_and_timed(http: httpx2.AsyncClient) -> None:
    def figures() -> tuple[float, ...]:
        return (
            count("secretaria_webhook_received_total", status="accepted"),
            count("secretaria_webhook_received_total", status="rejected"),
            count("secretaria_webhook_latency_seconds_count"),
        )

    before = figures()
    await http.post(HOOK, content=b"oi")
    await http.post(HOOK, content=b"reject me")
    await http.get("/livez")

    assert [after - was for after, was in zip(figures(), before, strict=True)] == [1, 1, 2]


async def test_probes_are_not_told_unless_they_fail(
    http: httpx2.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    await http.get("/livez")

    assert lines(capsys) == []
