"""The proxy does what toxiproxy's words promise, and a tripwire strikes exactly at its point."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from ops.chaos.points import Point, Tripwire
from ops.chaos.proxy import Proxy
from ops.chaos.toxics import Bandwidth, Direction, Latency, LimitData, Link, ResetPeer, Slicer, Timeout, Toxic


@asynccontextmanager
async def echo() -> AsyncIterator[int]:
    """A server that says everything back, as long as its client listens."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


@asynccontextmanager
async def through(*toxics: Toxic) -> AsyncIterator[tuple[Proxy, asyncio.StreamReader, asyncio.StreamWriter]]:
    async with echo() as port, Proxy("127.0.0.1", port) as proxy:
        proxy.toxics.extend(toxics)
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        yield proxy, reader, writer
        writer.close()


async def test_without_toxics_everything_passes_unchanged():
    sent = bytes(range(256)) * 1_000
    async with through() as (_, reader, writer):
        writer.write(sent)

        assert await reader.readexactly(len(sent)) == sent


async def test_latency_delays_the_answer():
    async with through(Latency(0.1)) as (_, reader, writer):
        begun = time.monotonic()
        writer.write(b"oi")

        assert await reader.readexactly(2) == b"oi"
        assert time.monotonic() - begun >= 0.1


async def test_bandwidth_spreads_bytes_over_time():
    async with through(Bandwidth(rate=10_000)) as (_, reader, writer):
        begun = time.monotonic()
        writer.write(b"x" * 2_000)

        assert len(await reader.readexactly(2_000)) == 2_000
        assert time.monotonic() - begun >= 0.19


async def test_a_slicer_cuts_a_chunk_into_pieces_that_add_up():
    slicer = Slicer(average_size=3, size_variation=2)

    pieces = [piece async for piece in slicer.pour(b"abcdefghijklmnop", Link(1))]

    assert len(pieces) > 1
    assert b"".join(pieces) == b"abcdefghijklmnop"


async def test_limit_data_closes_in_the_middle_of_an_answer():
    async with through(LimitData(5)) as (_, reader, writer):
        writer.write(b"uma resposta longa")

        assert await reader.read(-1) == b"uma r"


async def test_a_timeout_lets_nothing_pass_and_closes():
    async with through(Timeout(0.05)) as (_, reader, writer):
        writer.write(b"oi")

        assert await reader.read(-1) == b""


async def test_reset_peer_ends_with_a_reset():
    async with through(ResetPeer()) as (_, reader, writer):
        writer.write(b"oi")

        with pytest.raises(ConnectionResetError):
            await reader.readexactly(2)


async def test_a_toxic_that_is_removed_harms_no_more():
    toxic = Timeout(0)
    async with through(toxic) as (proxy, _, _):
        proxy.toxics.remove(toxic)
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        writer.write(b"oi")

        assert await reader.readexactly(2) == b"oi"
        writer.close()


async def test_a_server_that_is_away_closes_the_client():
    async with echo() as port:
        pass
    async with Proxy("127.0.0.1", port) as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)

        assert await reader.read(-1) == b""
        writer.close()


async def strike_at(point: Point, *sent: bytes, count: int = 1) -> tuple[list[int], bytes, int]:
    """Who was struck, what the client still got, and the client's own port."""
    struck: list[int] = []

    async def strike(link: Link) -> None:
        struck.append(link.client_port)

    async with through() as (proxy, reader, writer):
        port: int = writer.get_extra_info("sockname")[1]
        proxy.watchers.append(Tripwire(point, strike, count=count))
        got = b""
        for chunk in sent:
            writer.write(chunk)
            got += await reader.read(65_536)
    return struck, got, port


async def test_a_tripwire_strikes_the_one_who_asks_and_the_request_never_arrives():
    struck, got, port = await strike_at(Point("w", Direction.UPSTREAM, b"COMMIT"), b"BEGIN", b"COMMIT")

    assert struck == [port]
    assert got == b"BEGIN"


async def test_a_tripwire_downstream_strikes_after_the_server_did_it():
    point = Point("w", Direction.DOWNSTREAM, b"", after=b"send")

    struck, got, port = await strike_at(point, b"hello", b"send")

    assert struck == [port]
    assert got == b"hello"


async def test_a_tripwire_can_wait_for_a_later_time():
    struck, got, _ = await strike_at(
        Point("w", Direction.UPSTREAM, b"COMMIT"), b"COMMIT", b"COMMIT", b"COMMIT", count=3
    )

    assert len(struck) == 1
    assert got == b"COMMITCOMMIT"


async def test_a_tripwire_nobody_trips_is_taken_down_again():
    async def strike(_: Link) -> None:
        raise AssertionError

    async with through() as (proxy, _, _):
        tripped = await Tripwire(Point("w", Direction.UPSTREAM, b"COMMIT"), strike).wait(proxy, 0.01)

        assert not tripped
        assert proxy.watchers == []
