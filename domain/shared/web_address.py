"""Addresses that companies type and that we shall call: of the web, in one piece, and with nobody's password in them."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from domain.shared.errors import Invalid

LONGEST: Final = 2_000


def checked_address(typed: str, *, example: str, field: str) -> str:
    """As it was typed. Raises Invalid, naming the field, for what is none; whether anybody answers there is another question."""
    try:
        parts = urlsplit(typed)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or "@" in parts.netloc or len(typed) > LONGEST or not typed.isprintable() or " " in typed:
        raise Invalid(f"an address like {example}", field=field)
    return typed
