"""The supervisor: what dies comes back, what keeps dying is told with its last words, a stop is a stop."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from secretaria.embedded.child import Program, started_at, wait_until
from secretaria.supervisor import LOG_LIMIT_BYTES, StartFailed, StopRequested, Supervisor, shorten


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    heard: list[str] = []
    supervisor = Supervisor(heard.append)
    yield supervisor
    supervisor.stop(tuple(supervisor.kept), seconds=0.2)


def a_program(folder: Path, code: str, *, name: str = "one") -> Program:
    argv = [sys.executable, "-c", code]
    return Program(name, argv, os.environ, folder / f"{name}.log", folder / "processes", directory=folder)


def test_a_process_that_was_killed_is_started_again(tmp_path: Path, supervisor: Supervisor) -> None:
    supervisor.keep(a_program(tmp_path, "import time; time.sleep(60)"))
    first = supervisor.kept["one"].child.process.pid
    os.kill(first, signal.SIGKILL)

    def came_back() -> bool:
        child = supervisor.kept["one"].child
        return child.process.pid != first and child.runs

    supervisor.until(came_back, seconds=10, what="it")


def test_what_a_killed_process_had_started_does_not_live_on_beside_its_successor(
    tmp_path: Path, supervisor: Supervisor
) -> None:
    code = "import subprocess; p = subprocess.Popen(['sleep', '60']); print(p.pid, flush=True); p.wait()"
    supervisor.keep(a_program(tmp_path, code))
    log = tmp_path / "one.log"
    supervisor.until(lambda: log.read_text().endswith("\n"), seconds=30, what="it")
    started = int(log.read_text())
    os.kill(supervisor.kept["one"].child.process.pid, signal.SIGKILL)

    supervisor.until(lambda: started_at(started) == "", seconds=10, what="the end of what it started")


def test_one_that_cannot_start_is_told_with_its_last_words(tmp_path: Path, supervisor: Supervisor) -> None:
    supervisor.keep(a_program(tmp_path, "print('no such table', flush=True); raise SystemExit(3)"))

    with pytest.raises(StartFailed, match=r"one does not start:\n(.*\n)*no such table"):
        supervisor.until(lambda: False, seconds=30, what="it")


def test_what_never_answers_is_told(tmp_path: Path, supervisor: Supervisor) -> None:
    supervisor.keep(a_program(tmp_path, "import time; time.sleep(60)"))

    with pytest.raises(StartFailed, match="the API did not answer within 0 s"):
        supervisor.until(lambda: False, seconds=0.0, what="the API")


def test_a_command_that_fails_is_told_and_one_that_works_is_not(tmp_path: Path, supervisor: Supervisor) -> None:
    supervisor.run_once(a_program(tmp_path, "print('fine')"), seconds=30)

    with pytest.raises(StartFailed, match="two failed:\noh no"):
        supervisor.run_once(a_program(tmp_path, "raise SystemExit('oh no')", name="two"), seconds=30)


def test_a_stop_during_the_start_is_heard(supervisor: Supervisor) -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        supervisor.listen()
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGTERM)).start()
        with pytest.raises(StopRequested):
            supervisor.until(lambda: False, seconds=30, what="it")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_what_does_not_end_when_asked_is_killed_in_time(tmp_path: Path, supervisor: Supervisor) -> None:
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    supervisor.keep(a_program(tmp_path, deaf))
    process = supervisor.kept["one"].child.process
    assert wait_until(lambda: "deaf" in (tmp_path / "one.log").read_text(), seconds=30)

    began = time.monotonic()
    supervisor.stop(["one"], seconds=0.3)

    assert process.returncode == -signal.SIGKILL
    assert time.monotonic() - began < 5
    assert not (tmp_path / "processes" / "one").exists()


def test_a_long_log_moves_aside_and_its_writer_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "api.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"x" * (LOG_LIMIT_BYTES + 1))
        shorten(log)
        writer.write(b"next")

    assert log.read_bytes() == b"next"
    assert (tmp_path / "api.log.1").stat().st_size == LOG_LIMIT_BYTES + 1
