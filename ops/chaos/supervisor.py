"""Starts the processes of the system and starts them again when they die, as systemd or Kubernetes would."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field

from ops.load.processes import Command, Process

NOTICED_AFTER = 0.05
STARTED_AFTER = 0.2


@dataclass(slots=True)
class Supervisor:
    """`deaths` counts ends by name; those nobody ordered stand in `crashes`."""

    commands: Mapping[str, Command]
    running: dict[str, Process] = field(default_factory=dict)
    deaths: dict[str, int] = field(default_factory=dict)
    crashes: list[str] = field(default_factory=list)
    _ordered: set[int] = field(default_factory=set)

    def start(self) -> None:
        for name, command in self.commands.items():
            self.running[name] = command.start()

    async def watch(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(NOTICED_AFTER)
            for name, process in list(self.running.items()):
                if not process.alive:
                    await self._again(name, process)

    async def _again(self, name: str, process: Process) -> None:
        self.deaths[name] = self.deaths.get(name, 0) + 1
        if process.pid not in self._ordered:
            self.crashes.append(f"{name} ended by itself with {process.popen.returncode}")
        await asyncio.sleep(STARTED_AFTER)
        self.running[name] = self.commands[name].start()

    def kill(self, name: str) -> None:
        self._ordered.add(self.running[name].pid)
        self.running[name].signal(signal.SIGKILL)

    def terminate(self, name: str) -> None:
        self._ordered.add(self.running[name].pid)
        with contextlib.suppress(ProcessLookupError):
            self.running[name].popen.terminate()

    async def pause(self, name: str, seconds: float) -> None:
        process = self.running[name]
        process.signal(signal.SIGSTOP)
        try:
            await asyncio.sleep(seconds)
        finally:
            process.signal(signal.SIGCONT)

    def stop(self) -> None:
        for process in self.running.values():
            process.signal(signal.SIGCONT)
        for process in self.running.values():
            if process.alive:
                process.popen.terminate()
        for process in self.running.values():
            process.stop()
