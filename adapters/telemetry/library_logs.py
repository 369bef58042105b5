"""What libraries say through `logging`, on the same terms as our own lines.

A library's template ("HTTP Request: %s") is its own words and is kept; what it filled in is not, unless it is
a number or a single word. httpx and its kin log every URL at INFO, and some of our URLs carry tokens: they
speak from WARNING on.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Final

from adapters.telemetry import log
from adapters.telemetry.redaction import sentence, word

QUIET: Final = (
    *("httpx", "httpx2", "httpcore", "httpcore2", "urllib3", "google_genai"),
    *("asyncio", "sqlalchemy", "dramatiq", "redis", "litestar", "granian.access"),
)
CONVERSION = re.compile(r"%(?:\((\w+)\))?[-#0 +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[diouxXeEfFgGcrsa%]")

GRANIAN_LOGS: Final[dict[str, object]] = {
    "handlers": {},
    "formatters": {},
    "loggers": {
        "_granian": {"handlers": [], "propagate": True},
        "granian.access": {"handlers": [], "propagate": True},
    },
}
"""For granian's `log_dictconfig`: it hands its lines to the root instead of writing them itself."""


def configure_logs(level: str = "info") -> None:
    """Our lines from `level` on, and every library's lines through the same door. Call it first in every
    process.
    """
    log.set_level(level)
    logging.raiseExceptions = False
    root = logging.getLogger()
    root.handlers[:] = [_Door()]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)


class _Door(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        fields: dict[str, object] = {"logger": record.name, "message": _words(record)}
        if record.exc_info and record.exc_info[1] is not None:
            fields["exception"] = record.exc_info[1]
        say = log.error if record.levelno >= logging.ERROR else log.warning
        if record.levelno < logging.WARNING:
            say = log.info
        say("library.said", **fields)


def _words(record: logging.LogRecord) -> str:
    """The template with only numbers and single words filled in, and whatever it quotes hidden."""
    values = record.args
    given = iter(values if isinstance(values, tuple) else ())

    def filled(conversion: re.Match[str]) -> str:
        if conversion[0] == "%%":
            return "%"
        if conversion[1] is not None and isinstance(values, Mapping):
            return _shown(values.get(conversion[1]))
        return _shown(next(given, None))

    template = str(record.msg)
    return CONVERSION.sub(filled, sentence(template)) if record.args else sentence(template)


def _shown(value: object) -> str:
    if isinstance(value, int | float):
        return str(value)
    return word(value) if isinstance(value, str) else f"<{type(value).__name__}>"
