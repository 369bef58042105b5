"""A company's names in the world, and whoever keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from domain.shared.errors import Refused, Unavailable


@dataclass(frozen=True, slots=True)
class DnsRecord:
    """An alias (CNAME): `name` leads to `target`."""

    name: str
    target: str


class DomainsAway(Unavailable):
    """The provider did not answer, is ill, or does not take our token."""


class DomainRefused(Refused):
    """The provider says no to this record: trying again will not help."""


class DomainProvider(Protocol):
    """Raises DomainsAway and DomainRefused."""

    async def put(self, record: DnsRecord) -> str | None:
        """The one record of this name, made or changed; what a person is still to do, where there is something."""

    async def remove(self, name: str) -> None:
        """Nothing happens where there is none."""
