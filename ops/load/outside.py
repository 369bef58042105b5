"""The model and Whaticket in one lean process with fixed latencies, and a note of when each token came by.

The sandbox plays people and faults; here the outside must cost so little that it is not what gets measured.
It speaks just enough of both contracts: `generateContent` echoes the tokens of the last user content,
`messages/send` takes the reply. `GET /records` returns one line per sight of a token: kind, token, monotonic
seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import time
from typing import cast

import uvloop

TOKEN = re.compile(r"#[A-Za-z0-9-]{4,}")


class Outside:
    """What was asked and sent so far, and how long each takes."""

    def __init__(self, model_seconds: float, send_seconds: float) -> None:
        self.model_seconds = model_seconds
        self.send_seconds = send_seconds
        self.lines: list[str] = []

    def note(self, kind: str, tokens: list[str]) -> None:
        now = time.perf_counter()
        self.lines.extend(f"{kind} {token} {now:.6f}\n" for token in tokens)

    def answer(self, method: str, path: str, body: bytes) -> tuple[float, bytes]:
        """How long to wait, and what to say then."""
        if ":generateContent" in path:
            contents = json.loads(body)["contents"]
            tokens = TOKEN.findall(contents[-1]["parts"][-1]["text"])
            self.note("model", tokens)
            return self.model_seconds, completion("Recebi: " + " ".join(tokens))
        if path.endswith("/messages/send"):
            self.note("send", TOKEN.findall(json.loads(body)["body"]))
            return self.send_seconds, b'{"mensagem":"Mensagem enviada"}'
        if path == "/records":
            said = "".join(self.lines).encode()
            if method == "DELETE":
                self.lines.clear()
            return 0.0, said
        return 0.0, b"{}"


def completion(text: str) -> bytes:
    return json.dumps(
        {
            "candidates": [
                {"content": {"role": "model", "parts": [{"text": text}]}, "finishReason": "STOP", "index": 0}
            ],
            "usageMetadata": {"promptTokenCount": 120, "candidatesTokenCount": 12, "totalTokenCount": 132},
            "modelVersion": "outside-1",
            "responseId": "outside",
        }
    ).encode()


class Conversation(asyncio.Protocol):
    """One connection; requests on it are answered in turn, as HTTP/1.1 wants."""

    def __init__(self, outside: Outside) -> None:
        self.outside = outside
        self.buffer = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's own class stands outside asyncio's tree

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self.buffer[:end].decode("latin-1")
        announced = re.search(r"(?im)^content-length:\s*(\d+)", head)
        whole = end + 4 + (int(announced[1]) if announced else 0)
        if len(self.buffer) < whole:
            return
        body, self.buffer = self.buffer[end + 4 : whole], self.buffer[whole:]
        method, path, _ = head.split("\r\n", 1)[0].split(" ")
        wait, said = self.outside.answer(method, path, body)
        asyncio.get_running_loop().call_later(wait, self.say, said)

    def say(self, body: bytes) -> None:
        if self.transport is None or self.transport.is_closing():
            return
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self.transport.write(head.encode() + body)


async def serve(port: int, model_seconds: float, send_seconds: float) -> None:
    outside = Outside(model_seconds, send_seconds)
    server = await asyncio.get_running_loop().create_server(lambda: Conversation(outside), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--port", type=int, required=True)
    reading.add_argument("--model-seconds", type=float, default=0.3)
    reading.add_argument("--send-seconds", type=float, default=0.02)
    order = reading.parse_args()
    uvloop.run(serve(order.port, order.model_seconds, order.send_seconds))


if __name__ == "__main__":
    main()
