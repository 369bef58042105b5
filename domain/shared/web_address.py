"""An address of somebody else's system, as a person types it: we are to call it, so it must be one that can be called."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from domain.shared.errors import Invalid

LONGEST: Final = 2_000
OWN_NAMES: Final = (".localhost", ".local", ".internal", ".lan")


def checked_address(url: str, *, field: str) -> str:
    """The same address. Raises Invalid: it must be https://host, and name no user, who would end up in logs.

    Without TLS only a machine of one's own network is called: keys and what people say would cross the Internet in clear.
    """
    if len(url) > LONGEST or not url.isprintable() or " " in url or not _names_a_host(url):
        raise Invalid("an address like https://api.example.com", field=field)
    parts = urlsplit(url)
    if parts.scheme == "http" and not is_of_own_network(parts.hostname or ""):
        raise Invalid("https:// is needed, except for a machine of your own network", field=field)
    return url


def is_of_own_network(host: str) -> bool:
    """By what is typed alone: a name without a dot, or of an inner domain, or an address that the Internet does not route."""
    try:
        address = ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(OWN_NAMES)
    return address.is_private and not address.is_unspecified


def _names_a_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna")
        return parts.scheme in ("http", "https") and bool(host) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        return False
