"""Master keys from the environment or from a file; the current one wraps, the earlier ones still open."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Iterable
from pathlib import Path

from application.shared.secrets import MasterKey, MasterKeyMissing
from domain.shared.errors import Invalid

KEY_BYTES = 32


class GivenMasterKeys:
    """The current key, then earlier ones. Raises Invalid."""

    def __init__(self, keys: Iterable[bytes]) -> None:
        self._keys = {key.id: key for key in map(_named, keys)}
        if not self._keys:
            raise Invalid("there is no master key; make one with `secretaria secrets new-master-key`")

    def current(self) -> MasterKey:
        return next(iter(self._keys.values()))

    def get(self, key_id: str) -> MasterKey:
        try:
            return self._keys[key_id]
        except KeyError:
            raise MasterKeyMissing(f"this process was not given master key {key_id}") from None


class FileMasterKeys:
    """One key a line in base64, the current one first. Raises Invalid.

    A changed file is read again, so that a rotation needs no restart.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int, int] | None = None
        self._keys: GivenMasterKeys | None = None

    def current(self) -> MasterKey:
        return self._read().current()

    def get(self, key_id: str) -> MasterKey:
        return self._read().get(key_id)

    def _read(self) -> GivenMasterKeys:
        try:
            status = self._path.stat()
            seen = (status.st_mtime_ns, status.st_ino, status.st_size)
            if self._keys is None or seen != self._seen:
                self._keys, self._seen = GivenMasterKeys(map(_decoded, _lines(self._path))), seen
        except OSError as error:
            raise Invalid(f"cannot read the master key file: {error.strerror}") from error
        return self._keys


def new_master_key() -> str:
    """As `openssl rand -base64 32` would print it."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def write_first(path: Path, key: str) -> None:
    """Makes `key` the current one of a file, keeping the earlier ones; all or nothing, and private."""
    _write(path, [key, *(_lines(path) if path.exists() else [])])


def keep_first(path: Path) -> None:
    """Forgets the earlier keys of a file."""
    _write(path, _lines(path)[:1])


def _write(path: Path, keys: Iterable[str]) -> None:
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(f"{key}\n" for key in keys)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8", "replace").split()


def _decoded(line: str) -> bytes:
    """The line itself never enters a message."""
    try:
        return base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid("a line of the master key file is not base64") from None


def _named(key: bytes) -> MasterKey:
    if len(key) != KEY_BYTES:
        raise Invalid(f"a master key is {KEY_BYTES} bytes")
    return MasterKey(hmac.new(key, b"secretaria master key id", hashlib.sha256).hexdigest()[:12], key)
