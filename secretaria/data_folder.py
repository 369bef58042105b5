"""The folder of one installation: its servers' data, its keys, its logs, and the note that says where all is."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from secretaria.embedded.child import end_leftovers
from secretaria.embedded.kept import kept_secret, new_password
from secretaria.embedded.trouble import ServerTrouble

RUN_CARD: Final = "run.json"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Names of what is inside. `held` makes it ours alone."""

    path: Path

    @property
    def run_card(self) -> Path:
        return self.path / RUN_CARD

    @property
    def ports(self) -> Path:
        return self.path / "ports.json"

    @property
    def notes(self) -> Path:
        """Which processes we started, for the next start to find those that outlived us."""
        return self.path / "processes"

    @property
    def demonstration(self) -> Path:
        return self.path / "demonstration.json"

    def log(self, name: str) -> Path:
        return self.path / "logs" / f"{name}.log"

    def secret(self, name: str, make: Callable[[], str] = new_password) -> str:
        return kept_secret(self.path / name, make)

    def make(self) -> None:
        """Root's folder can be walked through, for the servers' own user; what is inside is closed."""
        if not self.path.exists():
            self.path.mkdir(parents=True)
            self.path.chmod(0o711 if os.geteuid() == 0 else 0o700)
        for inside in (self.path / "logs", self.path / "sandbox", self.notes):
            inside.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def held(path: Path, say: Callable[[str], None]) -> Iterator[DataFolder]:
    """One `secretaria run` per folder; the lock goes with the process however it ends. Raises ServerTrouble."""
    folder = DataFolder(path.absolute())
    folder.make()
    with (folder.path / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServerTrouble(
                f"`secretaria run` already runs on {folder.path}; SECRETARIA_DATA_DIR chooses another folder"
            ) from None
        folder.run_card.unlink(missing_ok=True)
        if left := end_leftovers(folder.notes, seconds=2.0):
            say(f"ended what an earlier run left behind: {', '.join(left)}")
        try:
            yield folder
        finally:
            folder.run_card.unlink(missing_ok=True)
