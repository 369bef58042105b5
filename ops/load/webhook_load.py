"""The load test an operator can point at any installation: N signed webhooks in parallel, told to Prometheus.

    python -m ops.load.webhook_load --url https://.../webhook/whaticket/<connection> --secret-file secret.txt

It writes real messages into that connection: use a connection made for the test.
"""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from ops.load.figures import Sample, exposition
from ops.load.webhooks import phone, signature, text_message


@dataclass(slots=True)
class Results:
    """Seconds of every answer, answers by status, requests that got none, and how long it all took."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    failures: int = 0
    duration: float = 0.0

    def quantile(self, part: float) -> float:
        ordered = sorted(self.seconds) or [0.0]
        return ordered[min(len(ordered) - 1, int(len(ordered) * part))]

    @property
    def refused(self) -> int:
        return self.failures + sum(n for status, n in self.statuses.items() if not 200 <= status < 300)

    def samples(self) -> list[Sample]:
        name = "secretaria_webhook_load"
        mean = sum(self.seconds) / len(self.seconds) if self.seconds else 0.0
        return [
            Sample(f"{name}_requests", "Requests answered, by HTTP status", float(n), {"status": str(status)})
            for status, n in sorted(self.statuses.items())
        ] + [
            Sample(f"{name}_http_errors", "Requests refused or not answered at all", float(self.refused)),
            Sample(f"{name}_latency_mean_seconds", "Mean time to the answer", mean),
            *(
                Sample(f"{name}_latency_seconds", "Time to the answer", self.quantile(q), {"quantile": str(q)})
                for q in (0.5, 0.95, 0.99)
            ),
            Sample(f"{name}_duration_seconds", "The whole test", self.duration),
        ]


async def fire(url: str, secret: str, *, requests: int, parallel: int) -> Results:
    """`requests` messages of as many contacts, at most `parallel` on their way at once."""
    results, gate, run = Results(), asyncio.Semaphore(parallel), secrets.token_hex(4).upper()
    limits = httpx2.Limits(max_connections=parallel, max_keepalive_connections=parallel)
    begun = time.perf_counter()
    async with httpx2.AsyncClient(timeout=30, limits=limits) as client:

        async def one(number: int) -> None:
            now = time.time()
            body = text_message(
                phone=phone(number),
                message_id=f"{run}{number:08X}",
                text=f"Teste de carga #{run}-{number}",
                at=now,
            )
            headers = {"Content-Type": "application/json", **signature(secret, body, now)}
            async with gate:
                sent = time.perf_counter()
                try:
                    answer = await client.post(url, content=body, headers=headers)
                except httpx2.HTTPError:
                    results.failures += 1
                    return
            results.seconds.append(time.perf_counter() - sent)
            results.statuses[answer.status_code] += 1

        await asyncio.gather(*(one(number) for number in range(requests)))
    results.duration = time.perf_counter() - begun
    return results


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("--url", required=True)
    reading.add_argument("--secret-file", type=Path, required=True, help="a file that holds the webhook secret")
    reading.add_argument("--requests", type=int, default=100)
    reading.add_argument("--parallel", type=int, default=100)
    reading.add_argument("--output", type=Path, help="where to write the results (default: standard output)")
    order = reading.parse_args()
    secret = order.secret_file.read_text().strip()
    results = asyncio.run(fire(order.url, secret, requests=order.requests, parallel=order.parallel))
    text = exposition(results.samples())
    if order.output is None:
        sys.stdout.write(text)
    else:
        order.output.write_text(text)
    sys.exit(1 if results.refused else 0)


if __name__ == "__main__":
    main()
