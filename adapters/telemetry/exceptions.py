"""What a log line says of an exception: its type, where it came from, and as much of its words as is ours to
tell.

A library's message may quote the value that displeased it ("invalid literal: 'meu CPF é ...'"), so foreign
messages are left out; what names the trouble without the value (SQL state, constraint, errno) is kept.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from adapters.telemetry.redaction import mask, word
from domain.shared.errors import SecretariaError

SAYS_NO_VALUES: Final = (SecretariaError, AttributeError, NameError, ImportError, NotImplementedError)
TELLING: Final = ("sqlstate", "constraint_name", "table_name", "errno", "status_code")
DEEPEST_FRAMES: Final = 8
LONGEST_CHAIN: Final = 4
HERE: Final = Path(__file__).resolve().parents[2]


def described(error: BaseException) -> dict[str, object]:
    """One plain mapping per exception, causes included."""
    told: dict[str, object] = {"type": type(error).__qualname__, "at": list(_places(error))}
    if isinstance(error, SAYS_NO_VALUES):
        told["message"] = mask(str(error))
    for link in _chain(error):
        for detail in TELLING:
            value = getattr(link, detail, None)
            if isinstance(value, str | int):
                told.setdefault(detail, word(str(value)))
    causes = [type(link).__qualname__ for link in _chain(error)][1:]
    return told | ({"caused_by": causes} if causes else {})


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception, what it was raised from, and the driver's own error that SQLAlchemy carries in
    `orig`.
    """
    link: BaseException | None = error
    for _ in range(LONGEST_CHAIN):
        if link is None:
            return
        yield link
        orig = getattr(link, "orig", None)
        link = orig if isinstance(orig, BaseException) else link.__cause__ or link.__context__


def _places(error: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(error.__traceback__)[-DEEPEST_FRAMES:]:
        yield f"{_short(frame.filename)}:{frame.lineno} {frame.name}"


def _short(filename: str) -> str:
    path = Path(filename)
    parts = path.parts
    if "site-packages" in parts:
        return "/".join(parts[parts.index("site-packages") + 1 :])
    return str(path.relative_to(HERE)) if path.is_relative_to(HERE) else path.name
