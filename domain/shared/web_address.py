"""An address of somebody else's system, as a person types it: we are to call it, so it must be one that can be called."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from domain.shared.errors import Invalid

LONGEST: Final = 2_000


def checked_address(url: str, *, field: str) -> str:
    """The same address. Raises Invalid: it must be http(s)://host, and name no user, who would end up in logs."""
    if len(url) > LONGEST or not url.isprintable() or " " in url or not _names_a_host(url):
        raise Invalid("an address like https://api.example.com", field=field)
    return url


def _names_a_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna")
        return parts.scheme in ("http", "https") and bool(host) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        return False
