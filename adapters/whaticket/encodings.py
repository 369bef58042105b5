"""Numbers, moments and bytes, in each of the ways that protobuf objects come out of JavaScript as JSON."""

from __future__ import annotations

import math
import re
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from typing import Final, TypeGuard

INTEGER: Final = re.compile(r"[0-9]{1,19}")
MILLISECONDS_FROM: Final = 100_000_000_000
"""A count from here on is in milliseconds: as seconds it would lie beyond the year 5000."""

WHATSAPP_BEGAN: Final = 1_230_768_000
TOO_FAR: Final = 4_102_444_800
"""2009 and 2100: a moment outside is no moment, but somebody's zero or somebody's joke."""

LONGEST_BYTES: Final = 256


def integer(value: object) -> int | None:
    """From 12345, "12345" or {"low": 12345, "high": 0, "unsigned": true}; None for all else."""
    if isinstance(value, dict):
        low, high = value.get("low"), value.get("high")
        return (high & 0xFFFFFFFF) << 32 | low & 0xFFFFFFFF if _whole(low) and _whole(high) else None
    if isinstance(value, float) and math.isfinite(value):
        value = int(value)
    if isinstance(value, str) and INTEGER.fullmatch(value):
        value = int(value)
    return value if _whole(value) and value >= 0 else None


def moment(value: object) -> datetime | None:
    """WhatsApp's clock, from seconds or milliseconds in any encoding, in UTC with one-second resolution."""
    seconds = integer(value)
    if seconds is None:
        return None
    if seconds >= MILLISECONDS_FROM:
        seconds //= 1000
    return datetime.fromtimestamp(seconds, UTC) if WHATSAPP_BEGAN <= seconds < TOO_FAR else None


def base64_of(value: object) -> str | None:
    """Bytes as base64, from base64, {"type": "Buffer", "data": [...]} or {"0": 1, "1": 2, ...}."""
    if isinstance(value, str):
        return _checked(value)
    if isinstance(value, dict):
        data = value.get("data") if value.get("type") == "Buffer" else list(value.values())
        return _checked(data) if isinstance(data, str) else _packed(data)
    return None


def _whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _checked(value: str) -> str | None:
    if not 0 < len(value) <= 2 * LONGEST_BYTES:
        return None
    try:
        b64decode(value, validate=True)
    except ValueError:
        return None
    return value


def _packed(data: object) -> str | None:
    if not isinstance(data, list) or not 0 < len(data) <= LONGEST_BYTES:
        return None
    if not all(isinstance(octet, int) and 0 <= octet <= 255 for octet in data):
        return None
    return b64encode(bytes(data)).decode("ascii")
