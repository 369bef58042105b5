"""A sandbox that cuts its callers off all day long must not run out of files by it."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import cast

from litestar.types import HTTPScope

from ops.sandbox.serving import Asked, cut


def open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def test_cutting_a_caller_off_ends_their_connection_and_leaves_no_file_open():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as caller:
        answering, client = server.accept()
        with answering:
            before = open_files()
            cut(Asked(cast(HTTPScope, {"type": "http", "client": client, "headers": [], "state": {}})))

            assert open_files() == before
            assert caller.recv(1) == b""


def test_a_caller_who_left_already_costs_nothing():
    reading, writing = os.pipe()
    before = open_files()
    for _ in range(3):
        cut(Asked(cast(HTTPScope, {"type": "http", "client": ("127.0.0.1", 1), "headers": [], "state": {}})))

    assert open_files() == before
    os.close(reading)
    os.close(writing)
