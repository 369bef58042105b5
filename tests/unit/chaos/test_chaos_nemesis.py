"""The plan of faults is a function of its seed, keeps inside its time, and is dealt as planned."""

from hypothesis import given
from hypothesis import strategies as st

from ops.chaos.journal import Journal
from ops.chaos.nemesis import DEALT, LONGEST_PAUSE, Fault, Kind, Nemesis, plan

SEEDS = st.integers(0, 10_000)


class RecordingStage:
    """Remembers what was done to it."""

    def __init__(self) -> None:
        self.done: list[str] = []

    async def kill(self, part: str) -> None:
        self.done.append(f"kill {part}")

    async def kill_at(self, point: str) -> None:
        self.done.append(f"kill at {point}")

    async def pause(self, part: str, seconds: float) -> None:
        self.done.append(f"pause {part}")

    async def terminate(self, part: str) -> None:
        self.done.append(f"terminate {part}")

    async def restart_redis(self, *, keep: bool) -> None:
        self.done.append(f"restart redis {keep}")

    async def flush_redis(self) -> None:
        self.done.append("flush redis")

    async def restart_postgres(self) -> None:
        self.done.append("restart postgres")

    async def cut_connections(self) -> None:
        self.done.append("cut connections")

    async def replay(self) -> None:
        self.done.append("replay")

    async def poison(self) -> None:
        self.done.append("poison")


@given(SEEDS)
def test_the_same_seed_gives_the_same_blows(seed: int):
    assert plan(seed, 120) == plan(seed, 120)


@given(SEEDS, st.floats(15, 600))
def test_every_blow_ends_before_the_run_does(seed: int, seconds: float):
    faults = plan(seed, seconds)

    assert faults
    assert all(fault.at > 0 and fault.at + fault.pause < seconds for fault in faults)
    assert [fault.at for fault in faults] == sorted(fault.at for fault in faults)


@given(SEEDS)
def test_a_long_run_deals_every_kind_and_poison_once(seed: int):
    kinds = [fault.kind for fault in plan(seed, 480)]

    assert set(kinds) == set(Kind)
    assert kinds.count(Kind.POISON) == 1


@given(SEEDS)
def test_servers_stand_still_for_thirty_seconds_at_most_and_workers_past_their_lease(seed: int):
    for fault in plan(seed, 600):
        if fault.kind in {Kind.PAUSE_REDIS, Kind.PAUSE_POSTGRES}:
            assert 0 < fault.pause <= LONGEST_PAUSE
        if fault.kind is Kind.PAUSE_WORKER:
            assert fault.pause > 8


def test_every_kind_of_fault_can_be_dealt():
    assert set(DEALT) == set(Kind)


async def test_blows_fall_in_their_order_and_are_written_down(tmp_path):
    stage, journal = RecordingStage(), Journal(tmp_path / "journal.jsonl")
    faults = [
        Fault(0.0, Kind.KILL_WORKER, "worker-2"),
        Fault(0.01, Kind.REDIS_LOST, "redis"),
        Fault(0.02, Kind.KILL_WORKER_AT, "send done"),
    ]

    await Nemesis(faults, stage, journal, lambda _line: None).run()

    assert stage.done == ["kill worker-2", "restart redis False", "kill at send done"]
    assert [blow.what for blow in journal.blows] == ["worker-2", "redis", "send done"]
    journal.close()
