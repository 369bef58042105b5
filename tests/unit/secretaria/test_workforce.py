"""Workers come and go as their pools need them, each a real process; whoever goes is given time."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from domain.provisioning.workforce import Load, Policy
from domain.shared.errors import Unavailable
from secretaria.embedded.child import Program
from secretaria.supervisor import Supervisor
from secretaria.workforce import Workforce

LATE = Load(waiting=9, oldest=60.0)
PATIENT = "import signal, time; signal.signal(15, lambda *_: (time.sleep(.5), exit())); print('up', flush=True); time.sleep(60)"
EAGER = Policy(least=1, most=3, pause=0.0, calm_for=0.0)


class World:
    """Loads as PostgreSQL would tell them; workers that print and wait."""

    def __init__(self, folder: Path, policy: Policy) -> None:
        self.folder = folder
        self.said: list[str] = []
        self.loads: Mapping[str, Load] | None = {}
        self.supervisor = Supervisor(self.said.append)
        self.workforce = Workforce(self.supervisor, self.program, self.read, policy, 10.0, look_seconds=0.0)

    def program(self, name: str, pool: str) -> Program:
        argv = [sys.executable, "-c", PATIENT, pool]
        return Program(
            name, argv, os.environ, self.folder / f"{name}.log", self.folder / "notes", directory=self.folder
        )

    def read(self) -> Mapping[str, Load]:
        if self.loads is None:
            raise Unavailable("PostgreSQL is away")
        return self.loads

    def at_work(self) -> set[str]:
        return set(self.supervisor.kept)

    def up(self, *names: str) -> None:
        """Until these have said so: only then do they know what SIGTERM means."""
        self.until(lambda: all("up" in (self.folder / f"{name}.log").read_text() for name in names))

    def until(self, holds: Callable[[], bool]) -> None:
        self.supervisor.until(holds, seconds=20, what="it")


@pytest.fixture
def new_world(tmp_path: Path) -> Iterator[Callable[[Policy], World]]:
    worlds: list[World] = []

    def make(policy: Policy) -> World:
        worlds.append(World(tmp_path, policy))
        return worlds[-1]

    yield make
    for world in worlds:
        world.workforce.stop(seconds=0.2)


def test_the_shared_pool_has_its_least_also_where_there_is_no_company(new_world) -> None:
    world = new_world(Policy(least=2, most=3))

    world.workforce.look()

    assert world.at_work() == {"worker", "worker.2"}


def test_a_company_given_workers_of_its_own_gets_one_and_it_goes_when_the_company_moves_back(new_world) -> None:
    world = new_world(EAGER)
    world.loads = {"shared": Load(), "tenant_7": Load()}
    world.workforce.look()
    world.up("worker", "worker@tenant_7")
    own = world.supervisor.kept["worker@tenant_7"].child.process
    assert "tenant_7" in own.args

    world.loads = {"shared": Load()}
    world.workforce.look()

    assert world.at_work() == {"worker"}
    assert own.poll() is None, "it finishes what it holds"
    world.until(lambda: own.poll() is not None)
    assert own.returncode == 0
    world.until(lambda: not world.supervisor.leaving)


def test_late_jobs_bring_more_up_to_the_most_and_calm_sends_them_home(new_world) -> None:
    world = new_world(EAGER)
    world.loads = {"shared": LATE}
    for _ in range(5):
        world.workforce.look()
    assert world.at_work() == {"worker", "worker.2", "worker.3"}
    world.up("worker.2", "worker.3")

    world.loads = {"shared": Load()}
    for _ in range(5):
        world.workforce.look()
    assert world.at_work() == {"worker"}

    world.loads = {"shared": LATE}
    world.workforce.look()
    assert world.at_work() == {"worker", "worker.4"}, "the others' names are still in use"


def test_one_that_dies_is_started_again_and_counted_once(new_world) -> None:
    world = new_world(EAGER)
    world.workforce.look()
    world.up("worker")
    first = world.supervisor.kept["worker"].child.process.pid
    os.kill(first, signal.SIGKILL)

    world.until(lambda: world.supervisor.kept["worker"].child.process.pid != first)
    world.workforce.look()

    assert world.at_work() == {"worker"}


def test_without_postgresql_everything_stays_as_it_is_and_that_is_said_once(new_world) -> None:
    world = new_world(EAGER)
    world.loads = None
    world.workforce.look()
    assert world.at_work() == {"worker"}

    world.loads = {"shared": Load(), "tenant_7": Load()}
    world.workforce.look()
    world.loads = None
    for _ in range(3):
        world.workforce.look()

    assert world.at_work() == {"worker", "worker@tenant_7"}
    assert len([line for line in world.said if "cannot be read" in line]) == 2


def test_with_pools_named_the_others_are_left_to_others(new_world) -> None:
    world = new_world(EAGER)
    world.workforce.only = frozenset({"tenant_7", "gold"})
    world.loads = {"shared": LATE, "tenant_7": Load(), "tenant_8": LATE}

    world.workforce.look()

    assert world.at_work() == {"worker@tenant_7"}


def test_stopping_waits_for_all_of_them_also_for_those_on_their_way_out(new_world) -> None:
    world = new_world(EAGER)
    world.loads = {"shared": Load(), "tenant_7": Load()}
    world.workforce.look()
    world.up("worker", "worker@tenant_7")
    processes = [kept.child.process for kept in world.supervisor.kept.values()]
    world.loads = {"shared": Load()}
    world.workforce.look()

    world.workforce.stop(seconds=10)

    assert [process.returncode for process in processes] == [0, 0]
    assert list((world.folder / "notes").iterdir()) == []
