"""A webhook as we keep it: without the keys and tokens its sender let slip in, and without thumbnails."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import msgspec

from adapters.whaticket import wire

SECRET: Final = re.compile(
    r"token|secret|passw|senha|credential|authorization|bearer|cookie|jwt"
    r"|(?:api|private|access|auth|integration)[-_ ]?key|^auth$|^session$",
    re.IGNORECASE,
)
REMOVED: Final = "[removed]"
DEEPEST: Final = 40
"""No reader looks further down than half of this."""


def strip_secrets(body: bytes) -> bytes:
    """Compact JSON that `read` reads as it read `body`. Raises UnreadableWebhook if `body` is no JSON object.

    A secret's name stays and its value goes: that a token was there helps to find who sends it. `mediaKey` is kept whole,
    because it opens a voice note.
    """
    return msgspec.json.encode(_stripped(wire.decode(body), DEEPEST))


def _stripped(value: object, depth: int) -> object:
    if isinstance(value, dict):
        return (
            {
                key: _blanked(item, depth - 1) if _is_secret(key) else _stripped(item, depth - 1)
                for key, item in value.items()
                if key not in wire.BULKY
            }
            if depth
            else {}
        )
    if isinstance(value, list):
        return [_stripped(item, depth - 1) for item in value] if depth else []
    return value


def _blanked(value: object, depth: int) -> object:
    """Leaves are blanked and shapes kept: what stands under such a name is still recognised."""
    if isinstance(value, dict):
        return {key: _blanked(item, depth - 1) for key, item in value.items()} if depth else {}
    if isinstance(value, list):
        return []
    return value if value is None or isinstance(value, bool) else REMOVED


@lru_cache(maxsize=2048)
def _is_secret(key: str) -> bool:
    return SECRET.search(key) is not None
