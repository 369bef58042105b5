"""Ports on 127.0.0.1: chosen once, remembered, chosen again only when somebody else took them meanwhile."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterable
from pathlib import Path

LOOPBACK = "127.0.0.1"


def is_free(port: int, host: str = LOOPBACK) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
    return port


def first_free(ports: Iterable[int], *, taken: set[int]) -> int:
    """The first of these that nobody holds, or any free one."""
    for port in ports:
        if port not in taken and is_free(port):
            return port
    return free_port()


def remembered_ports(file: Path, names: Iterable[str]) -> dict[str, int]:
    """A port per name, the same as last time where that one is still free."""
    try:
        before = json.loads(file.read_text())
    except (OSError, ValueError):
        before = {}
    ports: dict[str, int] = {}
    for name in names:
        last = before.get(name)
        fits = isinstance(last, int) and last not in ports.values() and is_free(last)
        ports[name] = last if fits else free_port()
    file.write_text(json.dumps(before | ports))
    return ports
