"""A webhook is checked, kept once and acknowledged; whatever it says is dealt with later."""

from __future__ import annotations

from dataclasses import dataclass, field

from application.companies.ports import RememberedConnections
from application.intake.ports import Dialects, Envelope, Inbox
from application.shared.ports import Clock
from application.shared.rate_limits import RateLimits
from domain.companies.connection import AuthMode, Connection, Dialect
from domain.conversations.inbound import Ignored, InboundMessage, StaffMessage, TicketMoved
from domain.intake.authenticity import verify_body_hmac, verify_hmac, verify_static
from domain.intake.envelope import keys_of
from domain.shared.errors import Unauthenticated
from domain.shared.ids import ConnectionId, TenantId

Told = InboundMessage | StaffMessage | TicketMoved

NOBODY = Connection(
    id=ConnectionId(""),
    tenant=TenantId(0),
    name="",
    dialect=Dialect.SAAS_CLASSIC,
    base_url="",
    auth=AuthMode.HMAC,
    webhook_secrets=("no connection has this secret",),
)
"""Stands in for an unknown connection, so that refusing one takes as long as refusing a bad signature."""


class NotAuthentic(Unauthenticated):
    """Unknown connection, bad proof or stale timestamp: the caller learns no more than that."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """A request as it came; `connection` is None on the single-tenant URL. Proofs are whatever the request carried."""

    connection: ConnectionId | None
    body: bytes
    ip: str
    correlation: str
    signature: str | None = field(default=None, repr=False)
    timestamp: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    static: tuple[str, ...] = field(default=(), repr=False)
    path_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a webhook: `queued` also for a repeat; `reason` says why nothing will be done."""

    queued: bool
    reason: str | None = None
    repeat: bool = False
    limited: bool = False


@dataclass(frozen=True, slots=True)
class ReceiveWebhook:
    connections: RememberedConnections
    dialects: Dialects
    limits: RateLimits
    inbox: Inbox
    clock: Clock

    async def __call__(self, webhook: Webhook) -> Receipt:
        """Raises NotAuthentic, Invalid (naming the field) or InboxAway; once it returns, the message is durable."""
        connection = await self._authentic(webhook)
        inbound = self.dialects.read(webhook.body)
        if isinstance(inbound, Ignored):
            return Receipt(queued=False, reason=inbound.reason)
        return await self._keep(connection, webhook, inbound)

    async def _authentic(self, webhook: Webhook) -> Connection:
        if webhook.connection is None:
            connection = await self.connections.only()
        else:
            connection = await self.connections.get(webhook.connection)
        if not self._proves(webhook, connection or NOBODY) or connection is None:
            # the secret may have been changed a moment ago; unknown connections are looked up again too, to cost the same
            connection = await self.connections.anew(webhook.connection)
            if not self._proves(webhook, connection or NOBODY) or connection is None:
                raise NotAuthentic("the webhook could not be authenticated")
        return connection

    def _proves(self, webhook: Webhook, connection: Connection) -> bool:
        secrets = connection.webhook_secrets
        token = verify_static(webhook.token, [connection.webhook_token]) if connection.webhook_token else True
        match connection.auth:
            case AuthMode.HMAC if connection.dialect is Dialect.AUTOATENDE and webhook.timestamp is None:
                # AutoAtende's node signs the body alone; de-duplication is what stops a replay there
                return verify_body_hmac(webhook.body, signature=webhook.signature, secrets=secrets) and token
            case AuthMode.HMAC:
                signed = verify_hmac(
                    webhook.body,
                    signature=webhook.signature,
                    timestamp=webhook.timestamp,
                    secrets=secrets,
                    now=self.clock(),
                )
                return signed and token
            case AuthMode.HEADER:
                proven = [verify_static(presented, secrets) for presented in webhook.static or ("",)]
                return any(proven)
            case AuthMode.PATH:
                return verify_static(webhook.path_token, secrets)

    async def _keep(self, connection: Connection, webhook: Webhook, inbound: Told) -> Receipt:
        keys = keys_of(inbound, received_at=self.clock())
        limited = await self.limits.hit(connection.tenant, number=keys.address, ip=webhook.ip)
        new = await self.inbox.keep(
            Envelope(
                tenant=connection.tenant,
                connection=connection.id,
                address=keys.address,
                key=keys.key,
                previous_key=keys.previous_key,
                body=self.dialects.without_secrets(webhook.body),
                limited=limited is not None,
                correlation=webhook.correlation,
                said_at=None if isinstance(inbound, TicketMoved) else inbound.sent_at,
            )
        )
        return Receipt(queued=True, repeat=not new, limited=limited is not None)
