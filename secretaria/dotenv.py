"""The file `.env` of KEY=VALUE lines in the folder where a command is started; the environment wins over it."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from pathlib import Path


def read_env(file: Path) -> dict[str, str]:
    """Comments, blank lines, `export` and quotes around a value are understood; nothing is expanded."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return {}
    pairs = (line.removeprefix("export ").partition("=") for line in map(str.strip, lines))
    return {name.strip(): _bare(value.strip()) for name, sign, value in pairs if sign and not name.startswith("#")}


def adopt(environment: MutableMapping[str, str], found: Mapping[str, str]) -> None:
    """Fills in what the environment does not say; an empty variable says nothing."""
    for name, value in found.items():
        if not environment.get(name):
            environment[name] = value


def _bare(value: str) -> str:
    quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value.partition(" #")[0].rstrip()
