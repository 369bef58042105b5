"""Runs a sandbox app inside this very process, and can cut a caller's connection as a bad network would."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server
from litestar import Litestar, Request

Asked = Request[Any, Any, Any]
STDIN = 0
GRACE = 1.0  # seconds that running requests get after SIGTERM; hung ones are the sandbox's own doing


def run(app: Litestar, *, host: str, port: int, until_stdin_closes: bool) -> None:
    """Serve until SIGTERM or SIGINT. Prints `{"url": ...}` on its own line once connections are taken."""
    with contextlib.suppress(KeyboardInterrupt):
        uvloop.run(_serve(app, host, port, until_stdin_closes))


async def _serve(app: Litestar, host: str, port: int, until_stdin_closes: bool) -> None:
    server = Server(
        app, address=host, port=port, interface=Interfaces.ASGI, backlog=4096, backpressure=8192,
        websockets=False, log_enabled=False,
    )  # fmt: skip
    serving = asyncio.create_task(server.serve())
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if until_stdin_closes:
        threading.Thread(target=_heed_end_of_stdin, args=(loop, stop), daemon=True).start()
    await _announce(serving, host, port)
    ended = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, ended}, return_when=asyncio.FIRST_COMPLETED)
    server.stop()  # type: ignore[no-untyped-call]
    await asyncio.wait({serving}, timeout=GRACE)
    sys.stdout.flush()
    os._exit(0)  # granian waits for hung requests for ever, and hanging is what this service is for


def _heed_end_of_stdin(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """In a thread of its own: an event loop can watch a pipe, but neither a file nor /dev/null."""
    with contextlib.suppress(OSError):  # closed from the beginning
        while os.read(STDIN, 4096):
            pass
    loop.call_soon_threadsafe(stop.set)


async def _announce(serving: asyncio.Task[None], host: str, port: int) -> None:
    while not serving.done():
        bound = port or _listening_port()
        if bound and await _answers(host, bound):
            print(json.dumps({"url": f"http://{host}:{bound}"}), flush=True)
            return
        await asyncio.sleep(0.005)
    await serving


async def _answers(host: str, port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    writer.close()
    return True


def _own_sockets() -> Iterator[socket.socket]:
    """A duplicate of every internet socket of this process; granian keeps its own out of Python's reach."""
    for number in (int(entry.name) for entry in Path("/dev/fd").iterdir()):
        with contextlib.suppress(OSError):
            if not stat.S_ISSOCK(os.fstat(number).st_mode):
                continue  # a copy of anything else would be nobody's to close
            with socket.socket(fileno=os.dup(number)) as one:
                if one.family in (socket.AF_INET, socket.AF_INET6):
                    yield one


def _listening_port() -> int | None:
    for one in _own_sockets():
        if one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            return int(one.getsockname()[1])
    return None


def cut(request: Asked) -> None:
    """Close the caller's connection under granian, so that the caller sees it end without an answer."""
    client = request.scope.get("client")
    port = int(client[1]) if client else 0
    for one in _own_sockets():
        with contextlib.suppress(OSError):
            if one.getpeername()[1] == port:
                one.shutdown(socket.SHUT_RDWR)
                return


async def until_gone(request: Asked) -> None:
    """Return when the caller has given up waiting. The request's body must have been read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
