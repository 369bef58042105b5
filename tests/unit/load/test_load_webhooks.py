"""The load tools send what a real relay would send, and the figures they print can be read by machines."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from prometheus_client.parser import text_string_to_metric_families

from domain.intake.authenticity import verify_hmac
from ops.load.figures import Figure, Sample, exposition, quantile, table
from ops.load.generator import carry_out
from ops.load.orders import Order, Outcome
from ops.load.webhook_load import fire
from ops.load.webhooks import Target, phone, request, signature, text_message


@asynccontextmanager
async def server(status: str = "202 Accepted", close: bool = False) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A webhook that takes everything and keeps the raw requests."""
    taken: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
                taken.append(head + await reader.readexactly(length))
                ending = "Connection: close\r\n" if close else ""
                writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 2\r\n{ending}\r\n{{}}".encode())
                await writer.drain()
                if close:
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with listening:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/webhook/whaticket", taken


async def shoot(order: Order) -> Outcome:
    return (await carry_out(order)).outcome(order.seconds)


def test_a_signed_request_is_accepted_by_our_own_rule():
    body = text_message(phone=phone(1), message_id="A1", text="Olá", at=1_700_000_000)

    headers = signature("segredo", body, 1_700_000_000)

    assert verify_hmac(
        body,
        signature=headers["X-Signature"],
        timestamp=headers["X-Timestamp"],
        secrets=("segredo",),
        now=datetime.fromtimestamp(1_700_000_000, UTC),
    )


def test_a_rendered_request_says_its_own_length():
    head, _, body = request(Target("http://127.0.0.1:9/w", "s"), b'{"a":1}', 1.0).partition(b"\r\n\r\n")

    assert f"Content-Length: {len(body)}".encode() in head
    assert head.startswith(b"POST /w HTTP/1.1\r\n")


def test_phones_differ_and_are_brazilian_mobiles():
    phones = {phone(number) for number in range(1_000)}

    assert len(phones) == 1_000
    assert all(len(one) == 13 and one.startswith("55119") for one in phones)


def test_an_order_survives_its_way_over_stdin():
    order = Order.parse(json.dumps({"targets": [{"url": "http://h/w", "secret": "s"}], "seconds": 1, "run": "r"}))

    assert order.targets == (Target("http://h/w", "s"),)


@pytest.mark.parametrize("close", [False, True])
async def test_a_closed_loop_sends_exactly_its_limit_with_tokens_that_differ(close: bool):
    async with server(close=close) as (url, taken):
        order = Order((Target(url, "s"),), seconds=0.3, run="t", connections=4, warmup=0.0, limit=40)

        outcome = await shoot(order)

    assert outcome.statuses == {"202": 40}
    assert outcome.errors == 0
    assert len({json.loads(one.partition(b"\r\n\r\n")[2])["key"]["id"] for one in taken}) == 40


async def test_an_open_loop_keeps_its_rate():
    async with server() as (url, _):
        order = Order((Target(url, "s"),), seconds=0.5, run="t", connections=4, rate=200, warmup=0.0)

        outcome = await shoot(order)

    assert 80 <= outcome.statuses["202"] <= 110


async def test_a_journal_names_token_and_times():
    async with server() as (url, _):
        order = Order((Target(url, "s"),), seconds=0.2, run="t", connections=1, warmup=0.0, limit=2, journal="x")

        run = await carry_out(order)

    token, target, due, answered, status = run.lines[0].split()
    assert (token, target, status) == ("#t-0", "0", "202")
    assert float(answered) >= float(due)


async def test_refusals_are_counted_and_are_no_acceptance():
    async with server(status="401 Unauthorized") as (url, _):
        outcome = await shoot(Order((Target(url, "s"),), seconds=0.2, run="t", connections=2, warmup=0.0, limit=5))

    assert outcome.accepted_per_second == 0
    assert outcome.statuses == {"401": 5}


async def test_the_operators_load_test_counts_answers_and_errors():
    async with server() as (url, taken):
        results = await fire(url, "s", requests=20, parallel=10)

    families = {family.name: family for family in text_string_to_metric_families(exposition(results.samples()))}
    assert len(taken) == 20
    assert families["secretaria_webhook_load_requests"].samples[0].value == 20
    assert families["secretaria_webhook_load_http_errors"].samples[0].value == 0
    assert {"0.5", "0.95", "0.99"} == {
        sample.labels["quantile"] for sample in families["secretaria_webhook_load_latency_seconds"].samples
    }


async def test_the_operators_load_test_survives_a_server_that_is_away():
    async with server() as (url, _):
        pass

    results = await fire(url, "s", requests=3, parallel=3)

    assert (results.failures, results.refused) == (3, 3)


def test_labels_with_quotes_and_backslashes_stay_readable():
    text = exposition([Sample("m", "help", 1.5, {"what": 'a "b" \\c'})])

    (family,) = text_string_to_metric_families(text)
    assert family.samples[0].labels == {"what": 'a "b" \\c'}


def test_a_table_shows_ours_beside_the_peer():
    shown = table(
        [Figure("webhooks per second", 2_500.0, "/s", ">= 1.3 x peer", met=True, peer="flask", beside=1_500.0)]
    )

    assert "2,500 /s" in shown
    assert "flask 1,500 /s" in shown


def test_a_quantile_is_a_value_that_occurred():
    assert quantile([5.0, 1.0, 3.0], 0.5) == 3.0
    assert quantile([5.0, 1.0, 3.0], 0.99) == 5.0
