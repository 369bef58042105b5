"""The same application in a real server process: what a socket can send that no test client would."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from secretaria.embedded.ports import free_port

ROOT = Path(__file__).resolve().parents[3]
SECRET = "s3cretPathTokenOfAClinic"
PATIENCE = 20.0

SERVE = """
import sys
from granian import Granian
from granian.constants import Interfaces
from adapters.telemetry.library_logs import GRANIAN_LOGS, configure_logs

if __name__ == "__main__":
    configure_logs("info")
    Granian(
        "tests.builders.http_app:app", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.ASGI,
        log_access=False, log_dictconfig=GRANIAN_LOGS, websockets=False,
    ).serve()
"""


class Server:
    def __init__(self, port: int, process: subprocess.Popen[str]) -> None:
        self.port = port
        self.process = process

    def send(self, raw: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            connection.sendall(raw)
            received = b""
            while piece := connection.recv(65536):
                received += piece
        return received

    def stop(self) -> str:
        """Ends it in good order; what it wrote."""
        self.process.terminate()
        out, _ = self.process.communicate(timeout=PATIENCE)
        return out


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    program = tmp_path / "serve.py"
    program.write_text(SERVE)
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, str(program), str(port)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    served = Server(port, process)
    try:
        _wait_for(served)
        yield served
    finally:
        process.kill()
        process.communicate()


def _wait_for(server: Server) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert server.process.poll() is None, server.stop()
        try:
            if b"200" in server.send(b"GET /livez HTTP/1.1\r\nhost: t\r\nconnection: close\r\n\r\n")[:20]:
                return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError("granian did not start")


def request(method: str, path: str, *headers: str, body: bytes = b"") -> bytes:
    head = [f"{method} {path} HTTP/1.1", "host: t", "connection: close", f"content-length: {len(body)}", *headers]
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body


def test_whatever_is_sent_gets_a_careful_answer_and_every_line_written_is_whole(server: Server) -> None:
    hook = f"/webhook/whaticket/a1b2c3d4e5f6g7h8i9j0kk/{SECRET}"
    answers = {
        "trace": server.send(request("TRACE", hook)),
        "taken": server.send(request("POST", hook, "x-correlation-id: panel-4711", body=b"oi")),
        "large": server.send(request("POST", hook, body=b"x" * 20_000)),
        "escape": server.send(request("POST", "/nowhere\x1b[31m" + SECRET, "x-request-id: \x1b[31mabcdefgh")),
        "strange": server.send(request("PROPFIND", hook)),
        "bug": server.send(request("GET", "/fail/bug")),
    }
    written = server.stop()

    statuses = {name: int(answer.split(b" ")[1]) for name, answer in answers.items()}
    assert statuses == {
        "trace": 405,
        "taken": 202,
        "large": 413,
        "escape": statuses["escape"],
        "strange": 405,
        "bug": 500,
    }
    assert statuses["escape"] in (400, 404)
    for name in ("trace", "taken", "large", "strange", "bug"):
        assert b"x-content-type-options: nosniff" in answers[name].lower(), name
        assert SECRET.encode() not in answers[name]
    assert b"x-correlation-id: panel-4711" in answers["taken"]

    assert SECRET not in written
    assert "\x1b" not in written
    lines = [json.loads(line) for line in written.splitlines()]
    assert {line["status"] for line in lines if line["event"] == "http.request"} >= {202, 405, 413, 500}
    assert any(line["event"] == "library.said" and line["logger"] == "_granian" for line in lines)
