"""Passwords under Argon2id, hashed in a thread of a small pool so that the event loop goes on answering."""

from __future__ import annotations

import asyncio
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

THREADS: Final = 2
"""Each takes 64 MiB and a core for some 30 ms: more at once would only slow the webhooks next door."""


def _normal(password: str) -> str:
    """The same characters whichever keyboard composed them."""
    return unicodedata.normalize("NFKC", password)


@dataclass(slots=True)
class Argon2Passwords:
    """The parameters are the library's, which follow RFC 9106's second choice; a hash carries those it was made with."""

    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _threads: ThreadPoolExecutor = field(init=False)
    _nobodys: str | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="argon2")

    async def hash(self, password: str) -> str:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.hasher.hash, _normal(password))

    async def matches(self, password: str, password_hash: str | None) -> bool:
        if password_hash is None and self._nobodys is None:
            self._nobodys = await self.hash("a password that is compared where there is nobody")
        compared = password_hash or self._nobodys or ""
        same = await asyncio.get_running_loop().run_in_executor(self._threads, self._verify, compared, password)
        return same and password_hash is not None

    def is_outdated(self, password_hash: str) -> bool:
        return self.hasher.check_needs_rehash(password_hash)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self.hasher.verify(password_hash, _normal(password))
        except (VerificationError, InvalidHashError):
            return False
