"""Who asked for what happens now, and from where: known at the edge, wanted by the audit log in the depths."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final

from domain.shared.ids import TenantId

OURSELVES: Final = "system"
"""Who acts where nobody asked: a job, a step of an opening."""


@dataclass(slots=True)
class _Here:
    """`who` is known a little later than `origin`: once the caller was recognised."""

    origin: str = ""
    who: str = ""
    entered: set[TenantId | None] = field(default_factory=set)


_here: ContextVar[_Here | None] = ContextVar("here", default=None)


@contextmanager
def coming_from(origin: str, who: str = "") -> Iterator[None]:
    """All that is recorded inside is recorded as coming from there."""
    token = _here.set(_Here(origin, who))
    try:
        yield
    finally:
        _here.reset(token)


def asked_by(who: str) -> None:
    """From now on, inside of the innermost `coming_from`; outside of any it is not kept."""
    here = _here.get()
    if here is not None:
        here.who = who


def entered(company: TenantId | None) -> None:
    """A change of this request or command stands in that company's log, by the transaction that made it."""
    here = _here.get()
    if here is not None:
        here.entered.add(company)


def is_entered(company: TenantId | None) -> bool:
    """Then a second entry about the same deed would only make it look like two."""
    here = _here.get()
    return here is not None and company in here.entered


def origin() -> str:
    """Empty outside of `coming_from`."""
    here = _here.get()
    return here.origin if here is not None else ""


def actor() -> str:
    here = _here.get()
    return (here.who if here is not None else "") or OURSELVES
