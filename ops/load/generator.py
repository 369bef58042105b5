"""A load generator in a process of its own that spends little: requests signed before, raw sockets, keep-alive.

It reads one order as JSON on stdin and prints one outcome as JSON on stdout. Closed loop without a rate (each
connection sends when it was answered); open loop with one (latency then counts from the moment a request was
due, so that a server that stalls cannot hide it).
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import cast

import uvloop

from ops.load.orders import Order, Outcome, Shot, shots

RENDERED_AHEAD = 60_000
GIVE_UP_AFTER = 5.0


class Socket(asyncio.Protocol):
    """One keep-alive connection with at most one request on its way; reopened when the server closes it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.shot: Shot | None = None
        self.transport: asyncio.Transport | None = None
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's own class stands outside asyncio's tree
        self.run.free(self)

    def send(self, shot: Shot) -> None:
        assert self.transport is not None
        self.shot = shot
        self.transport.write(shot.bytes)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0 or len(self.buffer) < end + 4 + body_length(self.buffer[:end]):
            return
        status, closes = self.buffer[9:12].decode(), b"onnection: close" in self.buffer[:end]
        self.buffer = b""
        shot, self.shot = self.shot, None
        if shot is not None:
            self.run.answered(shot, status)
        if not closes:
            self.run.free(self)

    def connection_lost(self, _exc: Exception | None) -> None:
        self.run.lost(self)


def body_length(head: bytes) -> int:
    """What the server announced; a chunked answer would be read wrongly, so it stops the run."""
    lower = head.lower()
    at = lower.find(b"content-length:")
    if at < 0:
        raise ValueError(f"an answer without Content-Length cannot be timed: {head[:80]!r}")
    return int(lower[at + 15 :].split(b"\r\n", 1)[0])


@dataclass(slots=True)
class Run:
    """One order being carried out."""

    order: Order
    source: Iterator[Shot]
    idle: deque[Socket] = field(default_factory=deque)
    waiting: deque[Shot] = field(default_factory=deque)
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    all_idle: asyncio.Event = field(default_factory=asyncio.Event)
    errors: int = 0
    accepted: int = 0
    fired: int = 0
    counting_from: float = 0.0
    counting_until: float = 0.0
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    over: bool = False

    def free(self, socket: Socket) -> None:
        """Idle sockets wait for a due request in an open loop; in a closed loop there is always one."""
        if self.over:
            return
        if self.waiting:
            socket.send(self.waiting.popleft())
        elif self.order.rate is None and (shot := self.next(time.perf_counter())) is not None:
            socket.send(shot)
        else:
            self.idle.append(socket)
            if len(self.idle) == self.order.connections:
                self.all_idle.set()

    @property
    def exhausted(self) -> bool:
        return self.order.limit is not None and self.fired >= self.order.limit

    def next(self, due: float) -> Shot | None:
        if self.exhausted:
            return None
        self.fired += 1
        shot = next(self.source)
        shot.due = due
        return shot

    def fire(self, due: float) -> None:
        shot = self.next(due)
        if shot is None:
            return
        self.all_idle.clear()
        if self.idle:
            self.idle.popleft().send(shot)
        else:
            self.waiting.append(shot)

    def answered(self, shot: Shot, status: str) -> None:
        now = time.perf_counter()
        if self.order.journal is not None:
            self.lines.append(f"{shot.token} {shot.target} {shot.due:.6f} {now:.6f} {status}\n")
        if now < self.counting_from or self.over:
            return
        self.statuses[status] += 1
        if status.startswith("2"):
            self.accepted += now <= self.counting_until
            self.latencies.append(now - shot.due)

    def lost(self, socket: Socket) -> None:
        if socket in self.idle:
            self.idle.remove(socket)
        if socket.shot is not None and not self.over:
            self.errors += 1
        if not self.over:
            self.opening(asyncio.get_running_loop().create_task(self.open()))

    def opening(self, task: asyncio.Task[None]) -> None:
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def open(self) -> None:
        """A server that is down costs a pause, not a spin."""
        server = self.order.targets[0]
        while not self.over:
            try:
                await asyncio.get_running_loop().create_connection(lambda: Socket(self), server.host, server.port)
            except OSError:
                self.errors += 1
                await asyncio.sleep(0.05)
            else:
                return

    def outcome(self, seconds: float) -> Outcome:
        sorted_ms = sorted(1000 * latency for latency in self.latencies) or [0.0]
        p50, p95, p99 = (sorted_ms[int(len(sorted_ms) * part)] for part in (0.5, 0.95, 0.99))
        return Outcome(
            accepted_per_second=round(self.accepted / seconds, 1),
            p50=round(p50, 2),
            p95=round(p95, 2),
            p99=round(p99, 2),
            max=round(sorted_ms[-1], 2),
            errors=self.errors + len(self.waiting),
            statuses=dict(self.statuses),
        )


async def pace(run: Run, rate: float, until: float) -> None:
    """Due moments are fixed beforehand: a late tick sends all that became due, each with its own."""
    due = time.perf_counter()
    while due < until and not run.exhausted:
        now = time.perf_counter()
        while due <= now:
            run.fire(due)
            due += 1 / rate
        await asyncio.sleep(min(0.001, max(0.0, due - now)))


async def carry_out(order: Order) -> Run:
    stream = shots(order)
    wanted = order.limit or int((order.rate or RENDERED_AHEAD / order.seconds) * (order.seconds + order.warmup))
    ready = list(itertools.islice(stream, min(wanted, RENDERED_AHEAD)))
    run = Run(order, itertools.chain(ready, stream))
    begun = time.perf_counter()
    run.counting_from = begun + order.warmup
    until = run.counting_until = run.counting_from + order.seconds
    for _ in range(order.connections):
        await run.open()
    if order.rate is not None:
        await pace(run, order.rate, until)
        await settled(run, GIVE_UP_AFTER)
    else:
        await settled(run, until - time.perf_counter())
    run.over = True
    return run


async def settled(run: Run, patience: float) -> None:
    """Until all that may be sent is answered, or patience ends."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(run.all_idle.wait(), patience)


def main() -> None:
    order = Order.parse(sys.stdin.read())
    run = uvloop.run(carry_out(order))
    outcome = run.outcome(order.seconds)
    if order.journal is not None:
        Path(order.journal).write_text("".join(run.lines))
    sys.stdout.write(json.dumps(asdict(outcome)) + "\n")
    sys.stderr.write(
        f"{outcome.accepted_per_second}/s  p50 {outcome.p50} ms  p95 {outcome.p95}  p99 {outcome.p99}"
        f"  max {outcome.max}  errors {outcome.errors}  {outcome.statuses}\n"
    )


if __name__ == "__main__":
    main()
