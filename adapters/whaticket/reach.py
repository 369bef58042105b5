"""Where calls may go: tenants type the address of their Whaticket, and must not reach our own network with it."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from typing import Final

import httpcore2
import httpx2

PUBLIC_PORTS: Final = frozenset({443, 8443})
TRANSLATED: Final = tuple(ipaddress.ip_network(network) for network in ("64:ff9b::/96", "64:ff9b:1::/48"))
"""NAT64: an IPv4 address in disguise, which Python counts as global."""


class AddressRefused(httpx2.ConnectError):
    """The host lies where a tenant may not call; nothing was sent."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open Internet, seen through every way of wrapping one in another."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour is not None or ip.teredo is not None or any(ip in network for network in TRANSLATED):
            return False
    return ip.is_global and not ip.is_multicast


class PublicInternet(httpcore2.AsyncNetworkBackend):
    """Resolves a name once, refuses it unless every address is public, and connects to what it has just looked at.

    TLS still asks for the certificate of the name, because that check uses the URL's host and not this address.
    """

    def __init__(self) -> None:
        self._network = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        if port not in PUBLIC_PORTS:
            raise AddressRefused(f"port {port} is not one of {sorted(PUBLIC_PORTS)}")
        addresses = await _resolve(host, port, timeout)
        if not all(is_public(address) for address in addresses):
            raise AddressRefused("the name leads to an address that is not public")
        return await self._network.connect_tcp(addresses[0], port, timeout, local_address, socket_options)


async def _resolve(host: str, port: int, timeout: float | None) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(timeout):
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except TimeoutError as error:
        raise httpcore2.ConnectTimeout("the name was not resolved in time") from error
    except (OSError, UnicodeError) as error:
        raise httpcore2.ConnectError("the name cannot be resolved") from error
    return [str(address[4][0]) for address in found]


class Guarded(httpx2.AsyncHTTPTransport):
    """The transport for addresses that strangers type: https only, to the open Internet only."""

    def __init__(self, *, limits: httpx2.Limits) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False),
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            network_backend=PublicInternet(),
        )

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.scheme != "https":
            raise AddressRefused("only https is spoken with addresses outside our network")
        return await super().handle_async_request(request)
