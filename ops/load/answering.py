"""(b) How many messages one worker process answers in a minute, and (c) what a turn costs besides model and
send.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from redis import Redis
from rq import Queue

from ops.load.accepting import peer_environment
from ops.load.figures import Figure, median, quantile
from ops.load.generator import Order
from ops.load.ground import MODEL_SECONDS, Ground, Shot
from ops.load.processes import PYTHON, Command, Process
from ops.load.webhooks import phone

BACKLOG = 2_000
ROUNDS = 2
PEER_SECONDS = 10.0
AIM_PER_MINUTE = 6_000
HALF_LOAD = AIM_PER_MINUTE / 60 / 2
"""Messages a second for the overhead: half of what one worker process is promised to answer."""

PEER_JOB = "ops.load.peers.flask_rq.reply"


def measure(ground: Ground, seconds: float) -> list[Figure]:
    rates: list[float] = []
    memory: list[float] = []
    peers: list[float] = []
    for number in range(ROUNDS):
        rate, resident = drain(ground)
        rates.append(rate)
        memory.append(resident)
        peers.append(rq_per_minute(ground, number))
    milliseconds = overhead_at(ground, HALF_LOAD, 2 * seconds)
    return [*throughput(rates, memory, peers), *cost(milliseconds)]


def drain(ground: Ground) -> tuple[float, float]:
    """Answers a minute in the steady middle of a backlog, each message of another contact, and the worker's
    memory.
    """
    ground.clear()
    with ground.running("api"):
        filling = ground.generator(
            Order(ground.targets, 60, run="", contacts=BACKLOG, warmup=0.0, rate=1_000, limit=BACKLOG)
        )
        filling.outcome()
    tokens = [shot.token for shot in filling.shots()]
    with ground.running("relay", "worker") as processes:
        resident, sent = watch(ground, tokens, processes["worker"])
    times = sorted(sent.values())
    tenth, last = times[len(times) // 10], times[len(times) * 9 // 10]
    return 60 * (len(times) * 9 // 10 - len(times) // 10) / (last - tenth), resident


def watch(ground: Ground, tokens: Sequence[str], worker: Process) -> tuple[float, dict[str, float]]:
    """Sample the worker's memory until the backlog is answered."""
    until, resident = time.monotonic() + 120, 0.0
    while True:
        resident = max(resident, worker.resident_mb())
        sent = ground.sent_by(tokens, 0)
        if len(sent) == len(tokens):
            return resident, sent
        if time.monotonic() > until:
            raise TimeoutError(f"{len(sent)} of {len(tokens)} answered in two minutes")
        time.sleep(0.5)


def rq_per_minute(ground: Ground, round_number: int) -> float:
    """The plain build's worker on a queue that never runs dry."""
    environment = peer_environment(ground)
    with Redis.from_url(environment["PEER_REDIS_URL"]) as connection:
        connection.flushdb()
        queue = Queue(connection=connection)
        for number in range(int(PEER_SECONDS * 10)):
            queue.enqueue(PEER_JOB, phone(number), f"Bom dia #rq{round_number}-{number}")
        argv = [PYTHON, "-m", "rq.cli", "worker", "--quiet", "--url", environment["PEER_REDIS_URL"]]
        before = len(ground.seen()["send"])
        worker = Command("rq", argv, ground.folder / "rq.log", environment).start()
        try:
            time.sleep(PEER_SECONDS)
        finally:
            worker.stop()
        connection.flushdb()
    times = sorted(ground.seen()["send"].values())[before:]
    return 60 * (len(times) - 1) / (times[-1] - times[0])


def overhead_at(ground: Ground, rate: float, seconds: float) -> list[float]:
    """Milliseconds from a webhook's due moment to its answer's arrival at Whaticket, less the model's time."""
    ground.clear()
    with ground.running("api", "relay", "worker"):
        warm_up(ground)
        ground.calm()
        contacts = int(rate * seconds * 2)
        load = ground.generator(Order(ground.targets, seconds, run="", contacts=contacts, rate=rate))
        load.outcome()
        shots = load.shots()
        return overheads(shots, ground.sent_by([shot.token for shot in shots], 30))


def warm_up(ground: Ground) -> None:
    """First connections, first imports, first plans: not what a running system pays."""
    load = ground.generator(Order(ground.targets, 3, run="", contacts=50, rate=20, warmup=0.0))
    load.outcome()
    ground.sent_by([shot.token for shot in load.shots()], 30)


def overheads(shots: Sequence[Shot], sent: dict[str, float]) -> list[float]:
    return [1000 * (sent[shot.token] - shot.due - MODEL_SECONDS) for shot in shots if shot.token in sent]


def throughput(rates: Sequence[float], memory: Sequence[float], peers: Sequence[float]) -> list[Figure]:
    rate, resident = median(rates), max(memory)
    runs = "runs " + " ".join(f"{one:.0f}" for one in rates)
    return [
        Figure("messages answered per worker process", rate, "/min", ">= 6,000/min", met=rate >= AIM_PER_MINUTE,
               peer="rq worker", beside=median(peers), note=f"{rate / median(peers):.0f} x; {runs}"),
        Figure("memory of the worker process", resident, "MB", "<= 150 MB", met=resident <= 150),
    ]  # fmt: skip


def cost(milliseconds: Sequence[float]) -> list[Figure]:
    p50, p99 = quantile(milliseconds, 0.5), quantile(milliseconds, 0.99)
    what = "overhead of a turn besides model and send"
    note = f"{len(milliseconds)} messages at {HALF_LOAD:.0f}/s, webhook and load generator included"
    return [
        Figure(f"{what}, p50", p50, "ms", "<= 30 ms", met=p50 <= 30, note=note),
        Figure(f"{what}, p99", p99, "ms", "<= 150 ms", met=p99 <= 150),
    ]
