"""Real processes on free ports of 127.0.0.1: started, watched, and ended by their own pid."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable


class DidNotStartError(Exception):
    """A process ended, or kept silent, before it could be reached; the message carries the end of its log."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Command:
    """How a process is started, each time the same way. Everything it prints goes to `log`."""

    name: str
    argv: Sequence[str]
    log: Path
    env: Mapping[str, str]

    def start(self) -> Process:
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                self.argv,
                cwd=ROOT,
                env={**os.environ, **self.env},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return Process(self, process)


class Process:
    """A started process, with the children it may have."""

    def __init__(self, command: Command, popen: subprocess.Popen[bytes]) -> None:
        self.command = command
        self.popen = popen

    @property
    def pid(self) -> int:
        return self.popen.pid

    @property
    def alive(self) -> bool:
        return self.popen.poll() is None

    def signal(self, number: int) -> None:
        """To the process and its children: a master that outlives its killed child would hide the fault."""
        for member in family(self.pid):
            with contextlib.suppress(psutil.NoSuchProcess):
                member.send_signal(number)

    def stop(self, patience: float = 8.0) -> None:
        """Ask, wait, insist; nothing that it started stays behind."""
        members = family(self.pid)
        self.signal(signal.SIGCONT)
        if self.alive:
            self.popen.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.popen.wait(patience)
        for member in members:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.kill()
        self.popen.wait(5)

    def wait_for(self, port: int, patience: float = 30.0) -> None:
        """Until something listens on the port. Raises DidNotStartError."""
        until = time.monotonic() + patience
        while time.monotonic() < until and self.alive:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                return
            time.sleep(0.02)
        raise DidNotStartError(f"{self.command.name}: nothing listens on {port}\n{self.last_words()}")

    def last_words(self) -> str:
        return "\n".join(self.command.log.read_text(errors="replace").splitlines()[-15:])

    def resident_mb(self) -> float:
        """Memory of the process and its children, shared pages counted once each."""
        return sum(member.memory_info().rss for member in family(self.pid)) / 1e6

    def cpu_seconds(self) -> float:
        return sum(member.cpu_times().user + member.cpu_times().system for member in family(self.pid))


def family(pid: int) -> list[psutil.Process]:
    """A process and all below it; nothing when it is gone."""
    try:
        head = psutil.Process(pid)
        return [head, *head.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
