"""Starts the sandbox as real processes, from a test or from the program that runs everything, and ends them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from ops.sandbox.calcom.client import Calcom
from ops.sandbox.clients import Gemini, Whaticket

__all__ = ["Calcom", "Gemini", "Running", "Whaticket", "launch", "start_calcom", "start_gemini", "start_whaticket"]

Option = str | int | float | bool | Path | None
ROOT: Final = Path(__file__).parents[2]
PATIENCE: Final = 5.0


class NotStartedError(RuntimeError):
    """The sandbox ended before it answered; the message holds what it said."""


@dataclass(frozen=True)
class Running:
    """A sandbox process that answers at `url`. It also ends when this process does."""

    url: str
    process: subprocess.Popen[str]

    @property
    def pid(self) -> int:
        return self.process.pid

    def stop(self) -> None:
        """End it as a deploy does (SIGTERM), or after five seconds for good. A dead one is fine."""
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.reap()

    def kill(self) -> None:
        """End it as chaos does (SIGKILL)."""
        self.process.kill()
        self.reap()

    def reap(self) -> None:
        """Wait for its end and let go of its pipes."""
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()


def launch(
    service: Literal["whaticket", "gemini", "mail", "payments", "oidc", "cloudflare", "calcom"], **options: Option
) -> Running:
    """Start a service and wait until it answers. Options are those of its command line: `latency_ms=20`.

    None and False leave an option out, True gives a flag. Raises NotStartedError.
    """
    command = [sys.executable, "-m", f"ops.sandbox.{service}", "--until-stdin-closes", *_arguments(options)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    first = process.stdout.readline()
    if not first:
        Running("", process).reap()
        raise NotStartedError(f"{service} ended with status {process.returncode}")
    return Running(json.loads(first)["url"], process)


def _arguments(options: dict[str, Option]) -> list[str]:
    arguments = []
    for name, value in options.items():
        if value is None or value is False:
            continue
        flag = f"--{name.replace('_', '-')}"
        arguments += [flag] if value is True else [flag, str(value)]
    return arguments


@contextlib.asynccontextmanager
async def start_whaticket(**options: Option) -> AsyncIterator[Whaticket]:
    """A Whaticket of one's own on a free port, with its control client."""
    running = await asyncio.to_thread(launch, "whaticket", **options)
    try:
        async with Whaticket(running.url) as client:
            yield client
    finally:
        await asyncio.to_thread(running.stop)


@contextlib.asynccontextmanager
async def start_gemini(**options: Option) -> AsyncIterator[Gemini]:
    """A Gemini of one's own on a free port, with its control client."""
    running = await asyncio.to_thread(launch, "gemini", **options)
    try:
        async with Gemini(running.url) as client:
            yield client
    finally:
        await asyncio.to_thread(running.stop)


@contextlib.asynccontextmanager
async def start_calcom(**options: Option) -> AsyncIterator[Calcom]:
    """A Cal.com of one's own on a free port, with its control client."""
    running = await asyncio.to_thread(launch, "calcom", **options)
    try:
        async with Calcom(running.url) as client:
            yield client
    finally:
        await asyncio.to_thread(running.stop)
