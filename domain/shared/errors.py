"""Every error the system raises on purpose, by kind.

SecretariaError
├── Invalid       the caller's data is wrong              http 422   queue: dead letter
├── Forbidden     the caller may not do this              http 403   queue: dead letter
│   └── Unauthenticated   nobody knows who is calling     http 401
├── NotFound      there is no such thing in this company  http 404   queue: drop
├── Refused       a business rule says no                 http 409   queue: drop
│   ├── MoveRefused       the state does not allow it     http 409   queue: retry
│   └── TooOften          it says no for now              http 429   queue: retry
└── Unavailable   the world outside did not answer        http 503   queue: retry

Features subclass a kind; edges translate kinds, never single errors. Messages name things, never people: they reach logs.
"""

from __future__ import annotations

from typing import ClassVar


class SecretariaError(Exception):
    """The root of what we raise on purpose; anything else is a bug.

    `about`: what it is about, in the word that a caller would have named it by ("professional").
    """

    about: ClassVar[str | None] = None


class Invalid(SecretariaError):
    """The caller's data is wrong; `field` names where, in the caller's own words ("message.text")."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Forbidden(SecretariaError):
    """The caller may not do this."""


class Unauthenticated(Forbidden):
    """Nobody knows who is calling; the answer never says what was wrong."""


class NotFound(SecretariaError):
    """There is no such thing in this company."""


class Refused(SecretariaError):
    """A business rule says no."""


class MoveRefused(Refused):
    """A table of moves has no such move. Callers ask for such things; a job never should, so it met a race or is a bug."""


class TooOften(Refused):
    """Asked too many times; after `retry_after` seconds it may be asked again."""

    def __init__(self, message: str, *, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(SecretariaError):
    """The world outside did not answer; `retry_after` is its own advice in seconds, where it gave one."""

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
