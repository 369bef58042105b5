"""Who is calling, told from what proxies and strangers say."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.http.client_address import ClientAddress

PROXY, INNER_PROXY, CLIENT, LIAR = "10.0.0.1", "10.0.0.2", "203.0.113.7", "198.51.100.66"
BEHIND = ClientAddress.behind(["10.0.0.0/8", "fd00::/8"])
OUTSIDE = st.ip_addresses().filter(lambda ip: not any(ip in network for network in BEHIND.proxies)).map(str)


def said(*lines: str) -> list[tuple[bytes, bytes]]:
    return [(b"X-Forwarded-For", line.encode("latin-1")) for line in lines]


@pytest.mark.parametrize(
    ("peer", "lines", "client"),
    [
        (PROXY, [CLIENT], CLIENT),
        (PROXY, [f"{LIAR}, {CLIENT}"], CLIENT),
        (PROXY, [f"{CLIENT}, {INNER_PROXY}"], CLIENT),
        (PROXY, [LIAR, CLIENT, INNER_PROXY], CLIENT),
        (PROXY, [f"{CLIENT}:4711"], CLIENT),
        (PROXY, ["[2001:db8::1]:4711"], "2001:db8::1"),
        (PROXY, ['"2001:db8::1"'], "2001:db8::1"),
        (PROXY, ["::ffff:203.0.113.7"], CLIENT),
        ("::ffff:10.0.0.1", [CLIENT], CLIENT),
        ("fd00::1", [CLIENT], CLIENT),
        (PROXY, [INNER_PROXY], INNER_PROXY),
        (PROXY, [], PROXY),
        (PROXY, [""], PROXY),
        (PROXY, ["unknown"], PROXY),
        (PROXY, [f"{CLIENT}, nonsense, {INNER_PROXY}"], INNER_PROXY),
        (PROXY, ["127.0.0.1.evil.example"], PROXY),
        (PROXY, ["0x7f000001"], PROXY),
        (CLIENT, [LIAR], CLIENT),
        (CLIENT, [f"{LIAR}, {PROXY}"], CLIENT),
        (None, [CLIENT], "unknown"),
        ("", [CLIENT], "unknown"),
    ],
)
def test_only_our_proxies_are_believed_and_only_as_far_as_they_saw(
    peer: str | None, lines: list[str], client: str
) -> None:
    assert BEHIND.of(peer, said(*lines)) == client


def test_without_proxies_nobody_is_believed() -> None:
    assert ClientAddress().of(PROXY, said(CLIENT)) == PROXY


def test_a_list_without_end_is_not_read_to_its_end() -> None:
    assert BEHIND.of(PROXY, said(", ".join([LIAR] + [INNER_PROXY] * 10_000))) == INNER_PROXY


def test_a_proxy_network_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="does not appear to be"):
        ClientAddress.behind(["our proxy"])


@given(client=OUTSIDE, forged=st.lists(st.one_of(st.ip_addresses().map(str), st.text(max_size=20)), max_size=4))
@settings(deadline=None)
def test_nothing_that_a_client_writes_itself_changes_who_it_is(client: str, forged: list[str]) -> None:
    line = ",".join([*forged, client]).encode("utf-8", "replace")

    assert BEHIND.of(PROXY, [(b"x-forwarded-for", line)]) == str(_plain(client))


@given(peer=st.text(), value=st.binary())
@settings(deadline=None)
def test_garbage_never_raises_and_never_becomes_an_address_of_its_own(peer: str, value: bytes) -> None:
    client = BEHIND.of(peer, [(b"x-forwarded-for", value)])

    assert client == "unknown" or ipaddress.ip_address(client)


def _plain(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    ip = ipaddress.ip_address(address)
    return (ip.ipv4_mapped or ip) if isinstance(ip, ipaddress.IPv6Address) else ip
