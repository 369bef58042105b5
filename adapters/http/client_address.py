"""Who is really calling, when there may be proxies in between that say so and strangers who would like to
be believed.

Each proxy appends the address it was called from to X-Forwarded-For, so the list is read from the right: as
long as the speaker is one of our proxies, what it says is true; the first address that is not ours is the
client. Left of it anything may stand.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

MOST_HOPS: Final = 16
UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class ClientAddress:
    """`proxies` are the networks our own proxies call from; empty: nobody is believed."""

    proxies: Sequence[Network] = ()

    @classmethod
    def behind(cls, networks: Iterable[str]) -> ClientAddress:
        """Raises ValueError for what is no network."""
        return cls(tuple(ipaddress.ip_network(each.strip(), strict=False) for each in networks))

    def of(self, peer: str | None, headers: Iterable[tuple[bytes, bytes]]) -> str:
        """The address of the client, as text in its shortest form; "unknown" without a readable peer."""
        address = _parsed(peer or "")
        if address is None:
            return UNKNOWN
        if self._is_ours(address):
            for said in _forwarded(headers):
                hop = _parsed(said)
                if hop is None:  # a proxy of ours that talks nonsense: it is the last one we know
                    break
                address = hop
                if not self._is_ours(hop):
                    break
        return str(address)

    def _is_ours(self, address: Address) -> bool:
        return any(address in network for network in self.proxies)


def _forwarded(headers: Iterable[tuple[bytes, bytes]]) -> list[str]:
    """What the proxies said, nearest first. Several headers are one list (RFC 9110, 5.3)."""
    lines = [value.decode("latin-1") for name, value in headers if name.lower() == b"x-forwarded-for"]
    return ",".join(lines).split(",")[: -MOST_HOPS - 1 : -1] if lines else []


@lru_cache(4096)
def _parsed(said: str) -> Address | None:
    """An address, also with a port ("192.0.2.1:4711", "[2001:db8::1]:4711"); IPv4 inside IPv6 is IPv4."""
    text = said.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
