"""One JSON line per unit of work, written when it ends, with all that was learned on the way.

    async with told("delivery.send", tenant=7, job=12):
        note(dialect="press-ticket")
    # {"event": "delivery.send", "tenant": 7, "job": 12, "dialect": "press", "outcome": "done", ...}

`recognized(correlation_id=..., tenant=...)` is on every line below it. Everything passes `redaction.clean`;
importing this module is enough for that, `configure_logs` also takes in what libraries write.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, Self

import structlog
from structlog.contextvars import bound_contextvars, get_contextvars, merge_contextvars

from adapters.telemetry.exceptions import described
from adapters.telemetry.redaction import EVENT, clean
from domain.shared.errors import Forbidden, Invalid, NotFound, Refused, SecretariaError, Unavailable

OUTCOMES: Final[Mapping[type[BaseException], tuple[str, str]]] = {
    Invalid: ("invalid", "info"),
    Forbidden: ("forbidden", "info"),
    NotFound: ("not_found", "info"),
    Refused: ("refused", "info"),
    Unavailable: ("unavailable", "warning"),
    SecretariaError: ("failed", "warning"),
    asyncio.CancelledError: ("cancelled", "info"),
    BaseException: ("crashed", "error"),
}
"""How a unit of work ended, and how loudly to say so. A bug is the only thing that is an error."""

LEVELS: Final = frozenset(("debug", "info", "warning", "error"))

_learned: ContextVar[dict[str, object] | None] = ContextVar("learned", default=None)


def info(event: str, /, **fields: object) -> None:
    _say("info", event, fields)


def warning(event: str, /, **fields: object) -> None:
    _say("warning", event, fields)


def error(event: str, /, **fields: object) -> None:
    _say("error", event, fields)


def note(**fields: object) -> None:
    """Adds fields to the line of the unit of work around us; without one, they are forgotten."""
    learned = _learned.get()
    if learned is not None:
        learned.update(fields)


@contextmanager
def recognized(**fields: object) -> Iterator[None]:
    """Who and what this is about, on every line written inside: correlation_id, tenant, connection."""
    with bound_contextvars(**{name: value for name, value in fields.items() if value is not None}):
        yield


def correlation_id() -> str:
    """The id that ties a webhook to its delivery, as `recognized` was told; empty outside."""
    return str(get_contextvars().get("correlation_id", ""))


class told:  # noqa: N801 - it reads as a word: `async with told("delivery.send")`
    """One line per unit of work; `note(outcome=..., level=...)` overrules what the way of leaving says."""

    def __init__(self, what: str, /, **known: object) -> None:
        self._what = what
        self._learned = dict(known)

    def __enter__(self) -> Self:
        self._outer = _learned.set(self._learned)
        self._since = time.perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _learned.reset(self._outer)
        outcome, level = _ending(error)
        fields = {
            "outcome": outcome,
            "level": level,
            "seconds": time.perf_counter() - self._since,
        } | self._learned
        if error is not None:
            fields.setdefault("exception", error)
        _say(str(fields.pop("level")), self._what, fields)

    async def __aenter__(self) -> Self:
        return self.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.__exit__(kind, error, trace)


def _ending(error: BaseException | None) -> tuple[str, str]:
    if error is None:
        return "done", "info"
    return next(OUTCOMES[cls] for cls in type(error).__mro__ if cls in OUTCOMES)


def _say(level: str, event: str, fields: dict[str, object]) -> None:
    if "event" in fields:  # structlog's own word for the first argument
        fields["event_"] = fields.pop("event")
    getattr(_voice, level if level in LEVELS else "error")(event, **fields)


class _Stdout:
    """Writes whole lines; a reader that went away must not break the work that is being told."""

    def line(self, text: str) -> None:
        try:
            sys.stdout.write(text + "\n")
            sys.stdout.flush()
        except (OSError, ValueError):
            return

    debug = info = warning = error = critical = line


def _rendered(_: object, level: str, fields: MutableMapping[str, Any]) -> str:
    """ASCII only: an escape sequence or a false line break in a value stays a \\u escape."""
    event, failure = fields.pop("event", ""), fields.pop("exception", None)
    line = {
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": level,
        "event": event if EVENT.fullmatch(str(event)) else "unnamed.event",
    }
    line = {**line, **clean(fields), **line}  # ours come first and cannot be overwritten
    if isinstance(failure, BaseException):
        line["exception"] = described(failure)
    return json.dumps(line)


def set_level(level: str) -> None:
    """Lines below this level are not written: "debug", "info", "warning", "error"."""
    global _voice  # noqa: PLW0603 - bound once per level instead of once per line: a third of a line's cost
    structlog.configure(
        processors=[merge_contextvars, _rendered],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: _Stdout(),
        cache_logger_on_first_use=False,
    )
    _voice = structlog.get_logger().bind()


_voice: structlog.typing.FilteringBoundLogger
set_level("info")
