"""A process of ours: it dies with us, and is written down so that the next start finds it if it did not.

The kernel ends the children of a supervisor that was killed (Linux only). What slips through, such as the
children of a child, is found by the note in `<data dir>/processes/`: process id and start time, so a reused
id is never hit.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from secretaria.embedded.account import Account

PR_SET_PDEATHSIG: Final = 1
POLL_SECONDS: Final = 0.02


@dataclass(frozen=True, slots=True)
class Program:
    """What to run, as whom, and the signal that asks it to end."""

    name: str
    argv: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    notes: Path
    account: Account | None = None
    directory: Path = Path("/")
    ask_to_end: signal.Signals = signal.SIGTERM


@dataclass(slots=True)
class Child:
    """One run of a program."""

    program: Program
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        program = self.program
        dropped = program.account if program.account is not None and program.account.drop else None
        with program.log.open("ab", buffering=0) as log:
            self.process = subprocess.Popen(
                list(program.argv),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=program.directory,
                env=dict(program.environment),
                start_new_session=True,
                preexec_fn=_dies_with(os.getpid(), program.ask_to_end),  # noqa: PLW1509 - we start no threads
                user=dropped.uid if dropped else None,
                group=dropped.gid if dropped else None,
                extra_groups=[] if dropped else None,
            )
        note_down(program.notes / program.name, self.process.pid)

    @property
    def runs(self) -> bool:
        return self.process.poll() is None

    def ask_to_end(self) -> None:
        if self.runs:
            self.process.send_signal(self.program.ask_to_end)

    def end_by(self, deadline: float) -> None:
        """Waits until `deadline` (monotonic), then kills the whole session of the process."""
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            kill_session(self.process.pid)
            self.process.wait()
        self.take_along_what_it_started()
        (self.program.notes / self.program.name).unlink(missing_ok=True)

    def take_along_what_it_started(self) -> None:
        """A server's own workers outlive it when it is killed, and would go on listening beside its successor."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


def note_down(note: Path, pid: int) -> None:
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(f"{pid} {started_at(pid)}\n")


def end_leftovers(notes: Path, *, seconds: float = 5.0) -> list[str]:
    """Ends what an earlier run left behind, the servers last; tells their names."""
    found = {note: pid for note in sorted(notes.glob("*")) if (pid := _still_there(note)) is not None}
    for pid in found.values():
        _signal(pid, signal.SIGINT)
    wait_until(lambda: all(_still_there(note) is None for note in found), seconds=seconds)
    for note, pid in found.items():
        kill_session(pid)
        wait_until(lambda note=note: _still_there(note) is None, seconds=seconds)  # type: ignore[misc]
    for note in notes.glob("*"):
        note.unlink()
    return [note.name for note in found]


def wait_until(holds: Callable[[], bool], *, seconds: float) -> bool:
    """Whether `holds` came true in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def kill_session(pid: int) -> None:
    """Kills a process that leads its session, and all that it started."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        _signal(pid, signal.SIGKILL)


def end_process(pid: int, number: signal.Signals, *, seconds: float = 5.0) -> None:
    """Asks one process to end, and kills it when it does not."""
    _signal(pid, number)
    if not wait_until(lambda: not started_at(pid), seconds=seconds):
        _signal(pid, signal.SIGKILL)
        wait_until(lambda: not started_at(pid), seconds=seconds)


def command_of(pid: int) -> str:
    """The command line of a process; empty when there is none."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return "" if Path("/proc/self/cmdline").exists() else _told_by_ps(pid, "command=")


def started_at(pid: int) -> str:
    """When a process began, in a form that is equal only for the same process; empty when there is none."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        if Path("/proc/self/stat").exists():
            return ""
        return _told_by_ps(pid, "lstart=")
    return "" if after_name[0] == "Z" else after_name[19]


def _told_by_ps(pid: int, column: str) -> str:
    told = subprocess.run(["ps", "-o", column, "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S607
    return told.stdout.strip()


def _still_there(note: Path) -> int | None:
    try:
        pid, _, began = note.read_text().strip().partition(" ")
        alive = began != "" and started_at(int(pid)) == began
    except (OSError, ValueError):
        return None
    return int(pid) if alive else None


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def die_with_parent() -> None:
    """From now on the end of our parent is a SIGTERM for us (Linux; elsewhere nothing changes)."""
    if (ask := _dies_with(os.getppid(), signal.SIGTERM)) is not None:
        ask()


def _dies_with(parent: int, number: signal.Signals) -> Callable[[], None] | None:
    """Runs in the child between fork and exec, after it dropped its rights (that would undo the request)."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl  # looked up here: nothing may be imported or loaded after the fork

    def ask_the_kernel() -> None:
        prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return ask_the_kernel
