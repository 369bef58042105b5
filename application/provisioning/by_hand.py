"""Where no provider is set, a person makes the records: this says which."""

from __future__ import annotations

from application.provisioning.domains import DnsRecord


class ByHand:
    """Implements the port of domains with words."""

    async def put(self, record: DnsRecord) -> str | None:
        return f"by hand: {record.name} CNAME {record.target}"

    async def remove(self, name: str) -> None:
        """A record that leads to a company that is gone answers 404: nothing has to be undone at once."""
