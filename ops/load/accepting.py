"""(a) How many webhooks a second are accepted, durable before the 202, beside a plain and a bare build.

Nobody works the queues meanwhile, for any of the three: this is the door alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from ops.load.figures import Figure, median
from ops.load.ground import Ground
from ops.load.orders import Order, Outcome
from ops.load.processes import PYTHON, Command, free_port
from ops.load.webhooks import Target
from secretaria.embedded.postgres import ROLE

ROUNDS = 3
CONNECTIONS = 32
SECRET = "the peers' secret"
OURS, PLAIN, BARE = "secretaria", "flask+gunicorn+rq", "bare litestar"
TABLE = """create table if not exists public.bare_inbox (
    id bigint generated always as identity primary key,
    body text not null,
    received_at timestamptz not null default now()
)"""


def measure(ground: Ground, seconds: float) -> list[Figure]:
    outcomes: dict[str, list[Outcome]] = {OURS: [], PLAIN: [], BARE: []}
    with contenders(ground) as doors:
        for _ in range(ROUNDS):
            for name, targets in doors.items():
                order = Order(targets, seconds, run="", connections=CONNECTIONS)
                ground.calm()
                outcomes[name].append(ground.generator(order).outcome())
    ground.clear()
    return figures(outcomes)


@contextmanager
def contenders(ground: Ground) -> Iterator[dict[str, tuple[Target, ...]]]:
    with ExitStack() as stack:
        stack.enter_context(ground.running("api"))
        plain = stack.enter_context(peer(*flask(ground)))
        ground.servers.execute(f"{TABLE}; grant all on public.bare_inbox to {ROLE}")
        bare = stack.enter_context(peer(*litestar(ground)))
        yield {OURS: ground.targets, PLAIN: plain, BARE: bare}


@contextmanager
def peer(command: Command, port: int) -> Iterator[tuple[Target, ...]]:
    process = command.start()
    try:
        process.wait_for(port)
        yield (Target(f"http://127.0.0.1:{port}/webhook/whaticket", SECRET),)
    finally:
        process.stop()


def peer_environment(ground: Ground) -> dict[str, str]:
    """The peers' queues live in a Redis database of their own."""
    return {
        "PEER_SECRET": SECRET,
        "PEER_REDIS_URL": ground.servers.redis_url.removesuffix("/0") + "/1",
        "PEER_DATABASE_URL": ground.servers.database_url,
        "PEER_OUTSIDE_URL": ground.outside_url,
    }


def flask(ground: Ground) -> tuple[Command, int]:
    """Two workers of eight threads: of the usual settings the fastest one on two cores."""
    port = free_port()
    argv = [
        PYTHON, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--worker-class", "gthread",
        "--threads", "8", "--keep-alive", "60", "--no-control-socket", "ops.load.peers.flask_rq:app",
    ]  # fmt: skip
    return Command("flask", argv, ground.folder / "flask.log", peer_environment(ground)), port


def litestar(ground: Ground) -> tuple[Command, int]:
    port = free_port()
    argv = [
        PYTHON, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
        "--loop", "uvloop", "--no-ws", "--log-level", "warning", "ops.load.peers.bare_litestar:app",
    ]  # fmt: skip
    return Command("litestar", argv, ground.folder / "litestar.log", peer_environment(ground)), port


def figures(outcomes: dict[str, list[Outcome]]) -> list[Figure]:
    rate = {who: median([one.accepted_per_second for one in runs]) for who, runs in outcomes.items()}
    p50 = {who: median([one.p50 for one in runs]) for who, runs in outcomes.items()}
    p99 = {who: median([one.p99 for one in runs]) for who, runs in outcomes.items()}
    errors = sum(one.errors for one in outcomes[OURS])
    spread = "runs " + " ".join(f"{one.accepted_per_second:.0f}" for one in outcomes[OURS])
    what = "webhooks accepted, durable before 202"
    return [
        Figure(what, rate[OURS], "/s", ">= 1.3 x peer", met=rate[OURS] >= 1.3 * rate[PLAIN],
               peer=PLAIN, beside=rate[PLAIN], note=f"{rate[OURS] / rate[PLAIN]:.2f} x; {spread}; errors {errors}"),
        Figure(what, rate[OURS], "/s", ">= 0.75 x bare", met=rate[OURS] >= 0.75 * rate[BARE],
               peer=BARE, beside=rate[BARE], note=f"{rate[OURS] / rate[BARE]:.2f} x"),
        Figure("webhook p99", p99[OURS], "ms", "<= peer", met=p99[OURS] <= p99[PLAIN],
               peer=PLAIN, beside=p99[PLAIN], note=f"p50 {p50[OURS]:.1f}, peer {p50[PLAIN]:.1f}"),
        Figure("webhook p99", p99[OURS], "ms", "", met=None, peer=BARE, beside=p99[BARE],
               note=f"{CONNECTIONS} connections"),
    ]  # fmt: skip
