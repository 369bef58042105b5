"""Keeps processes alive: one that dies is started again, one that keeps dying ever more slowly."""

from __future__ import annotations

import shutil
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Final

from secretaria.embedded.child import Child, Program

FIRST_PAUSE: Final = 0.2
LONGEST_PAUSE: Final = 5.0
STEADY_SECONDS: Final = 30.0  # having lived this long, a process has a clean slate
TICK_SECONDS: Final = 0.1
HOPELESS_AFTER: Final = 4  # deaths in a row before the first answer
LOG_LIMIT_BYTES: Final = 20_000_000


class StopRequested(Exception):
    """We were asked to stop while still starting."""


class StartFailed(Exception):
    """A process does not come up; the text holds the last lines it wrote."""


@dataclass(slots=True)
class Kept:
    """A program that is to run, and how it has fared."""

    child: Child
    since: float
    deaths: int = 0
    again_at: float | None = None


@dataclass(frozen=True, slots=True)
class Leaving:
    """A process that was asked to end, and until when it may take its time."""

    child: Child
    until: float


@dataclass(slots=True)
class Supervisor:
    """Single-threaded: everything happens in `tick`, which `until` and `serve` call."""

    say: Callable[[str], None]
    kept: dict[str, Kept] = field(default_factory=dict)
    leaving: dict[str, Leaving] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)

    def listen(self) -> None:
        """Ctrl-C, SIGTERM and a closed terminal ask us to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked)

    def keep(self, program: Program) -> None:
        child = Child(program)
        child.start()
        self.kept[program.name] = Kept(child, time.monotonic())

    def run_once(self, program: Program, *, seconds: float) -> None:
        """Runs a program to its end. Raises StartFailed, StopRequested."""
        child = Child(program)
        child.start()
        try:
            self.until(lambda: not child.runs, seconds=seconds, what=program.name)
        finally:
            child.ask_to_end()
            child.end_by(time.monotonic() + 1)
        if child.process.returncode != 0:
            raise StartFailed(f"{program.name} failed:\n{last_lines(program.log)}")

    def until(self, holds: Callable[[], bool], *, seconds: float, what: str) -> None:
        """Looks after everything until `holds`. Raises StartFailed, StopRequested."""
        deadline = time.monotonic() + seconds
        while not holds():
            self.tick()
            for name, kept in self.kept.items():
                if kept.deaths >= HOPELESS_AFTER:
                    raise StartFailed(f"{name} does not start:\n{last_lines(kept.child.program.log)}")
            if time.monotonic() > deadline:
                raise StartFailed(f"{what} did not answer within {seconds:.0f} s")
            if self._stop.wait(TICK_SECONDS):
                raise StopRequested

    def serve(self, *, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Looks after everything until we are asked to stop; `meanwhile` is called again and again."""
        while not self._stop.wait(TICK_SECONDS):
            self.tick()
            meanwhile()

    def let_go(self, name: str, *, seconds: float) -> None:
        """Asks a process to end in its own time, and does not wait for it; after `seconds` it is killed."""
        child = self.kept.pop(name).child
        child.ask_to_end()
        self.leaving[name] = Leaving(child, time.monotonic() + seconds)

    def tick(self) -> None:
        now = time.monotonic()
        for name, kept in self.kept.items():
            if kept.again_at is None and not kept.child.runs:
                kept.child.take_along_what_it_started()
                kept.deaths = 1 if now - kept.since > STEADY_SECONDS else kept.deaths + 1
                kept.again_at = now + min(FIRST_PAUSE * 2 ** (kept.deaths - 1), LONGEST_PAUSE)
                self.say(f"{name} ended ({ending(kept.child)}); starting it again")
            elif kept.again_at is not None and now >= kept.again_at:
                kept.child.start()
                kept.since, kept.again_at = now, None
            shorten(kept.child.program.log)
        for name, leaving in list(self.leaving.items()):
            if not leaving.child.runs or now >= leaving.until:
                leaving.child.end_by(now)
                del self.leaving[name]

    def stop(self, names: Iterable[str], *, seconds: float) -> None:
        """Asks these to end, all at once, and kills what is left after `seconds`."""
        wanted = set(names)
        children = [self.kept.pop(name).child for name in list(self.kept) if name in wanted]
        children += [self.leaving.pop(name).child for name in list(self.leaving) if name in wanted]
        for child in children:
            child.ask_to_end()
        deadline = time.monotonic() + seconds
        for child in children:
            child.end_by(deadline)

    def _asked(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._stop.set()


def ending(child: Child) -> str:
    code = child.process.returncode
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def last_lines(log: Path, *, count: int = 15) -> str:
    with log.open(errors="replace") as opened:
        return "".join(deque(opened, count)).rstrip()


def shorten(log: Path) -> None:
    """Past the limit the log moves to `.1`; its writer appends, so it goes on in the emptied file."""
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        shutil.copyfile(log, log.with_suffix(log.suffix + ".1"))
        with log.open("r+b") as opened:
            opened.truncate()
