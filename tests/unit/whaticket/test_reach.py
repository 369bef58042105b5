"""The addresses that tenants may name: the open Internet, however an inner address is dressed up."""

from __future__ import annotations

import asyncio
import socket

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.whaticket.client import build_http_client
from adapters.whaticket.reach import AddressRefused, Guarded, PublicInternet, is_public


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.9", "169.254.169.254",
     "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
     "::", "::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1",
     "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:0:0::1"],
)  # fmt: skip
def test_inner_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "200.160.2.3", "2804:14d::1", "::ffff:8.8.8.8"])
def test_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@given(st.integers(0, 2**24 - 1), st.sampled_from(["10.", "127."]))
def test_no_spelling_inside_a_private_block_is_public(rest: int, block: str) -> None:
    address = f"{block}{rest >> 16}.{rest >> 8 & 255}.{rest & 255}"

    assert not is_public(address)
    assert not is_public(f"::ffff:{address}")


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "2130706433", "0x7f000001", "017700000001", "127.1", "::1", "::ffff:127.0.0.1"]
)
async def test_no_spelling_of_this_machine_is_connected_to(host: str) -> None:
    with pytest.raises(AddressRefused):
        await PublicInternet().connect_tcp(host, 443, timeout=2)


async def test_one_inner_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    async def two_addresses(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(None, None, 0, "", (address, 443)) for address in ("8.8.8.8", "10.0.0.5")]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", two_addresses)

    with pytest.raises(AddressRefused):
        await PublicInternet().connect_tcp("rebinding.example", 443, timeout=0.2)


async def test_a_listener_on_this_machine_never_hears_of_it() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        async with build_http_client(private_addresses=False) as http:
            with pytest.raises(AddressRefused):
                await http.get(f"https://127.0.0.1:{listener.getsockname()[1]}/")
            with pytest.raises(AddressRefused):
                await http.get("https://127.0.0.1:8443/")
            with pytest.raises(AddressRefused, match="https"):
                await http.get("http://8.8.8.8/")

        with pytest.raises(BlockingIOError):
            listener.accept()


async def test_a_name_that_cannot_be_resolved_is_an_ordinary_failure_to_connect() -> None:
    async with httpx2.AsyncClient(
        transport=Guarded(limits=httpx2.Limits(max_connections=1)), trust_env=False, timeout=3
    ) as http:
        with pytest.raises((httpx2.ConnectError, httpx2.ConnectTimeout)) as caught:
            await http.get("https://whaticket.invalid/")

    assert not isinstance(caught.value, AddressRefused)
