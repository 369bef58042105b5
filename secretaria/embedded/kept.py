"""Passwords and keys that are made once and kept in a file only their owner may read."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from secretaria.embedded.account import Account


def new_password() -> str:
    return secrets.token_urlsafe(32)


def kept_secret(file: Path, make: Callable[[], str] = new_password, *, owner: Account | None = None) -> str:
    """What the file says; on the first call, what `make` makes."""
    if not file.exists():
        write_closed(file, make())
        if owner is not None:
            owner.own(file)
    return file.read_text("ascii").strip()


def write_closed(file: Path, text: str) -> None:
    """Writes a file of mode 0600 in one step: nobody ever reads half of it."""
    partial = file.with_name(f"{file.name}.{os.getpid()}.partial")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    partial.replace(file)
