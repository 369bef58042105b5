"""Where what happens now was asked for: a caller's address, a machine's name. Known at the edge, wanted by the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_origin: ContextVar[str] = ContextVar("origin", default="")


@contextmanager
def coming_from(origin: str) -> Iterator[None]:
    """All that is recorded inside is recorded as coming from there."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def origin() -> str:
    """Empty outside of `coming_from`."""
    return _origin.get()
