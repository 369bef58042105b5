"""A company's line to WhatsApp: which Whaticket, which dialect, and the secrets both sides know each other by."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from domain.shared.ids import ConnectionId, TenantId


class AuthMode(StrEnum):
    """How a webhook proves where it comes from: a signature, a fixed header, or a token in the path."""

    HMAC = "hmac"
    HEADER = "header"
    PATH = "path"


class Dialect(StrEnum):
    """The Whaticket family at the other end: its way to send, its errors, its panel (contracts: no two agree)."""

    COMMUNITY = "community"
    SAAS_CLASSIC = "saas-classic"
    CODATENDE = "codatende"
    TICKETZ = "ticketz"
    AUTOATENDE = "autoatende"
    PRESS_TICKET = "press-ticket"
    WHAPIV4 = "whapiv4"
    ENVELOPE = "envelope-b"


@dataclass(frozen=True, slots=True)
class Connection:
    """One connection with its secrets opened; these fields never appear in its repr, in logs or in answers.

    `webhook_secrets` are all that are valid now, newest first: two during a rotation. `webhook_token` is P1's optional
    second proof. `sends_per_minute` paces what leaves; 0 means the dialect's own limit. `version` counts its changes.
    """

    id: ConnectionId
    tenant: TenantId
    name: str
    dialect: Dialect
    base_url: str
    auth: AuthMode
    sends_per_minute: int = 0
    own_number: str | None = None
    webhook_secrets: tuple[str, ...] = field(default=(), repr=False)
    webhook_token: str | None = field(default=None, repr=False)
    api_token: str | None = field(default=None, repr=False)
    panel_email: str | None = field(default=None, repr=False)
    panel_password: str | None = field(default=None, repr=False)
    version: int = field(default=1, compare=False)

    @property
    def webhook_path(self) -> str:
        """Where its webhooks go; in path mode a secret is its end."""
        path = f"/webhook/whaticket/{self.id}"
        return f"{path}/{self.webhook_secrets[0]}" if self.auth is AuthMode.PATH else path
