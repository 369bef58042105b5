"""(b) How many messages a worker process answers in a minute, and (c) what a turn costs besides model and send."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from redis import Redis
from rq import Queue

from ops.load.accepting import peer_environment
from ops.load.figures import Figure, median, quantile
from ops.load.ground import MODEL_SECONDS, Ground, Shot
from ops.load.orders import Order
from ops.load.processes import PYTHON, Command, Process
from ops.load.webhooks import phone

BACKLOG = 2_000
ROUNDS = 2
PEER_SECONDS = 10.0
AIM_PER_MINUTE = 6_000
HALF_LOAD = AIM_PER_MINUTE / 60 / 2
"""Messages a second for the overhead: half of what one worker process is promised to answer."""

COUNTED = 0.95
"""The share of a backlog that is counted: at its end there is too little left to keep a worker busy."""

PEER_JOB = "ops.load.peers.flask_rq.reply"


class UnansweredError(Exception):
    """Messages were accepted and not answered in time; there is no figure to give."""


@dataclass(frozen=True, slots=True)
class Drained:
    """How one worker process worked off a backlog."""

    per_minute: float
    resident_mb: float
    cpu_ms: float
    """Of the worker, per message answered."""


def measure(ground: Ground, seconds: float) -> list[Figure]:
    ours: list[Drained] = []
    peers: list[Drained] = []
    for number in range(ROUNDS):
        ours.append(drain(ground))
        peers.append(drain_with_rq(ground, number))
    return [*throughput(ours, peers), *cost(overhead_at(ground, HALF_LOAD, 2 * seconds))]


def drain(ground: Ground) -> Drained:
    """Each message is another contact's. Counted from the start: a worker reads everything before it answers."""
    ground.clear()
    with ground.running("api"):
        filling = ground.generator(
            Order(ground.targets, 60, run="", contacts=BACKLOG, warmup=0.0, rate=1_000, limit=BACKLOG)
        )
        filling.outcome()
    tokens = [shot.token for shot in filling.shots()]
    with ground.running("relay", "worker") as processes:
        begun, cpu = time.perf_counter(), processes["worker"].cpu_seconds()
        resident, sent = watch(ground, tokens, processes["worker"])
        cpu = processes["worker"].cpu_seconds() - cpu
    most = int(len(tokens) * COUNTED)
    took = sorted(sent.values())[most - 1] - begun
    return Drained(60 * most / took, resident, 1000 * cpu / len(tokens))


def watch(ground: Ground, tokens: Sequence[str], worker: Process) -> tuple[float, dict[str, float]]:
    """Sample the worker's memory until the backlog is answered."""
    until, resident = time.monotonic() + 120, 0.0
    while True:
        resident = max(resident, worker.resident_mb())
        sent = ground.sent_by(tokens, 0)
        if len(sent) == len(tokens):
            return resident, sent
        if time.monotonic() > until:
            raise UnansweredError(f"{len(sent)} of {len(tokens)} answered in two minutes")
        time.sleep(0.5)


def drain_with_rq(ground: Ground, number: int) -> Drained:
    """The plain build's worker on a queue that never runs dry."""
    environment = peer_environment(ground)
    argv = [PYTHON, "-m", "rq.cli", "worker", "--quiet", "--url", environment["PEER_REDIS_URL"]]
    with Redis.from_url(environment["PEER_REDIS_URL"]) as connection:
        connection.flushdb()
        queue = Queue(connection=connection)
        for job in range(int(PEER_SECONDS * 10)):
            queue.enqueue(PEER_JOB, phone(job), f"Bom dia #rq{number}-{job}")
        worker = Command("rq", argv, ground.folder / "rq.log", environment).start()
        time.sleep(PEER_SECONDS)
        resident, cpu = worker.resident_mb(), worker.cpu_seconds()
        worker.stop()
        connection.flushdb()
    times = sorted(at for token, at in ground.seen()["send"].items() if token.startswith(f"#rq{number}-"))
    return Drained(60 * (len(times) - 1) / (times[-1] - times[0]), resident, 1000 * cpu / len(times))


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
        return overheads(ground, shots, 30)


def warm_up(ground: Ground) -> None:
    """First connections, first imports, first plans: not what a running system pays."""
    load = ground.generator(Order(ground.targets, 3, run="", contacts=50, rate=20, warmup=0.0))
    load.outcome()
    ground.sent_by([shot.token for shot in load.shots()], 30)


def overheads(ground: Ground, shots: Sequence[Shot], patience: float) -> list[float]:
    """Raises UnansweredError: a figure that leaves out the worst would be a lie."""
    sent = ground.sent_by([shot.token for shot in shots], patience)
    if len(sent) < len(shots):
        raise UnansweredError(f"{len(shots) - len(sent)} of {len(shots)} not answered in {patience:.0f} s")
    return [1000 * (sent[shot.token] - shot.due - MODEL_SECONDS) for shot in shots]


def throughput(ours: Sequence[Drained], peers: Sequence[Drained]) -> list[Figure]:
    rate, peer = (median([one.per_minute for one in runs]) for runs in (ours, peers))
    resident, theirs = (max(one.resident_mb for one in runs) for runs in (ours, peers))
    runs = "runs " + " ".join(f"{one.per_minute:.0f}" for one in ours)
    note = f"{rate / peer:.0f} x; {runs}; {median([one.cpu_ms for one in ours]):.1f} ms of CPU each"
    return [
        Figure("messages answered per worker process", rate, "/min", ">= 6,000/min", met=rate >= AIM_PER_MINUTE,
               peer="rq worker", beside=peer, note=note),
        Figure("memory of the worker process", resident, "MB", "<= 150 MB", met=resident <= 150,
               peer="rq worker", beside=theirs),
    ]  # fmt: skip


def cost(milliseconds: Sequence[float]) -> list[Figure]:
    p50, p99 = quantile(milliseconds, 0.5), quantile(milliseconds, 0.99)
    what = "overhead of a turn besides model and send"
    note = f"{len(milliseconds)} messages at {HALF_LOAD:.0f}/s, webhook and load generator included"
    return [
        Figure(f"{what}, p50", p50, "ms", "<= 30 ms", met=p50 <= 30, note=note),
        Figure(f"{what}, p99", p99, "ms", "<= 150 ms", met=p99 <= 150),
    ]
