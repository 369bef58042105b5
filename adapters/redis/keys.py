"""Every Redis key is made here, and every key carries its company: two companies can never meet in one."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import quote

from domain.shared.ids import ConnectionId, ConversationId, OutgoingId, SessionId, TenantId, UserId


@dataclass(frozen=True, slots=True)
class Keys:
    """One method per kind of key; the company comes first and cannot be left out.

    The braces are Redis Cluster's: all keys of a company share a slot, so one Lua call may touch several. A
    chat address is a telephone number and enters a key only as a digest; `pepper` is a secret of the
    installation (64 bytes at most) without which nobody can try all telephone numbers until a digest fits.
    """

    namespace: str = "sv"
    pepper: bytes = b""

    def pace_of_connection(self, tenant: TenantId, connection: ConnectionId) -> str:
        return self._key(tenant, "pace", connection)

    def pace_of_contact(self, tenant: TenantId, connection: ConnectionId, address: str) -> str:
        return self._key(tenant, "pace", connection, digest(address, self.pepper))

    def pace_of_unasked(self, tenant: TenantId, connection: ConnectionId) -> str:
        return self._key(tenant, "pace", connection, "unasked")

    def unasked_that_left(self, tenant: TenantId, connection: ConnectionId) -> str:
        return self._key(tenant, "pace", connection, "unasked", "left")

    def turn_of_letter(self, tenant: TenantId, connection: ConnectionId, number: OutgoingId) -> str:
        return self._key(tenant, "pace", connection, "turn", str(number))

    def unasked_turn(self, tenant: TenantId, connection: ConnectionId, number: OutgoingId) -> str:
        return self._key(tenant, "pace", connection, "unasked", "turn", str(number))

    def panel_session(self, tenant: TenantId, connection: ConnectionId) -> str:
        return self._key(tenant, "panel_session", connection)

    def limit_of_number(self, tenant: TenantId, number: str) -> str:
        return self._key(tenant, "limit", "number", digest(number, self.pepper))

    def limit_of_ip(self, tenant: TenantId, ip: str) -> str:
        return self._key(tenant, "limit", "ip", digest(ip, self.pepper))

    def limit_of_tenant(self, tenant: TenantId) -> str:
        return self._key(tenant, "limit", "tenant")

    def memory(self, tenant: TenantId, conversation: ConversationId) -> str:
        return self._key(tenant, "memory", str(conversation))

    def session(self, tenant: TenantId, id: SessionId) -> str:
        return self._key(tenant, "session", id)

    def sessions_of(self, tenant: TenantId, user: UserId) -> str:
        return self._key(tenant, "sessions_of", str(user))

    def _key(self, tenant: TenantId, *parts: str) -> str:
        # Quoting keeps a part with a colon from looking like two parts.
        return ":".join((self.namespace, f"{{tenant_{tenant}}}", *(quote(part, safe="") for part in parts)))


@dataclass(frozen=True, slots=True)
class PlatformKeys:
    """The few keys that belong to no company: they speak of our own processes, or of who is not yet known."""

    namespace: str = "sv"

    def workers(self) -> str:
        return f"{self.namespace}:platform:workers"

    def session(self, id: SessionId) -> str:
        return f"{self.namespace}:{{platform}}:session:{quote(id, safe='')}"

    def sessions_of(self, user: UserId) -> str:
        return f"{self.namespace}:{{platform}}:sessions_of:{user}"

    def pending_login(self, state: str) -> str:
        return f"{self.namespace}:{{platform}}:pending_login:{state}"

    def attempts(self, *parts: str) -> str:
        """How often somebody tried, before anybody knows who it is; `parts` are words of ours and digests."""
        return ":".join((self.namespace, "{platform}", "attempts", *parts))


def digest(personal: str, pepper: bytes = b"") -> str:
    """A stand-in for a piece of personal data, the same in every process."""
    return blake2b(personal.encode("utf-8", "surrogatepass"), digest_size=16, key=pepper).hexdigest()
