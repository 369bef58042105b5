"""(e) How long after a `kill -9` the last message that was on its way then is answered."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Mapping

from ops.load.answering import warm_up
from ops.load.figures import Figure
from ops.load.ground import Ground
from ops.load.orders import Order
from ops.load.processes import Process

RATE = 30.0
KILLED_AFTER = 4.0
RESTARTED_AFTER = 0.2
"""Seconds that a supervisor takes to notice."""

UNKNOWN = "select count(*) from public.jobs where state = 'dead' and actor = 'delivery.send'"
"""Sends cut off in the act: the lines here have no panel login to look them up, so a person decides."""

Kill = Callable[[Ground, dict[str, Process]], None]


def kill_process(name: str) -> Kill:
    def kill(ground: Ground, processes: dict[str, Process]) -> None:
        processes[name].signal(signal.SIGKILL)
        processes[name].popen.wait(5)
        time.sleep(RESTARTED_AFTER)
        processes[name] = ground.system.start(name)

    return kill


def kill_redis(ground: Ground, _: dict[str, Process]) -> None:
    ground.servers.end("valkey", signal.SIGKILL)
    time.sleep(RESTARTED_AFTER)
    ground.servers.launch("valkey")


KILLS: Mapping[str, Kill] = {
    "worker": kill_process("worker"),
    "relay": kill_process("relay"),
    "redis": kill_redis,
    "api": kill_process("api"),
}


def measure(ground: Ground, seconds: float) -> list[Figure]:
    return [after_killing(ground, name, kill, seconds) for name, kill in KILLS.items()]


def after_killing(ground: Ground, name: str, kill: Kill, seconds: float) -> Figure:
    """The worst wait of any message accepted before the kill or soon after it, counted from the kill."""
    ground.clear()
    with ground.running("api", "relay", "worker") as processes:
        warm_up(ground)
        load = ground.generator(Order(ground.targets, KILLED_AFTER + seconds, run="", contacts=5_000, rate=RATE))
        time.sleep(KILLED_AFTER)
        at = time.perf_counter()
        kill(ground, processes)
        outcome = load.outcome()
        shots = load.shots()
        sent = ground.sent_by([shot.token for shot in shots], 40)
    unknown = ground.servers.count(UNKNOWN)
    lost = max(0, len(shots) - len(sent) - unknown)  # an unknown one may have arrived
    worst = max(sent[shot.token] - max(at, shot.answered) for shot in shots if sent.get(shot.token, 0) >= at)
    return Figure(
        f"recovery after kill -9 of {name}",
        worst,
        "s",
        "<= 10 s",
        met=worst <= 10 and lost == 0,
        note=f"{len(shots)} accepted at {RATE:.0f}/s, {lost} lost, {unknown} left to a person, {outcome.errors} refused",
    )
