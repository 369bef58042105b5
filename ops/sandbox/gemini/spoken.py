"""What people write, as rules read it."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """Lower case, without accents."""
    stripped = unicodedata.normalize("NFD", text.lower())
    return "".join(mark for mark in stripped if not unicodedata.combining(mark))
