"""Gives a company a connection to WhatsApp, with fresh webhook secrets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from application.companies.ports import PlanOf
from application.provisioning.ports import Companies, Lines, NewConnectionId, NewSecret
from domain.companies.company import State
from domain.companies.connection import AuthMode, Connection, Dialect
from domain.companies.limits import room_for_connections
from domain.shared.errors import Invalid, Refused
from domain.shared.ids import ConnectionId, TenantId
from domain.shared.web_address import checked_address

LONGEST_TEXT: Final = 2000
MOST_SENDS: Final = 100_000


@dataclass(frozen=True, slots=True)
class LineOrder:
    """What a person tells us about a Whaticket. Raises Invalid on nonsense.

    `with_token` asks for a second proof beside the signature, sent in X-Webhook-Token.
    """

    whaticket_url: str
    api_token: str | None = field(default=None, repr=False)
    dialect: Dialect = Dialect.SAAS_CLASSIC
    auth: AuthMode = AuthMode.HMAC
    name: str = "WhatsApp"
    sends_per_minute: int = 0
    panel_email: str | None = field(default=None, repr=False)
    panel_password: str | None = field(default=None, repr=False)
    with_token: bool = False

    def __post_init__(self) -> None:
        checked_address(self.whaticket_url, field="connection.whaticket_url")
        if not 0 <= self.sends_per_minute <= MOST_SENDS:
            raise Invalid(f"sends per minute are 0 to {MOST_SENDS}", field="connection.sends_per_minute")
        if (self.panel_email is None) != (self.panel_password is None):
            raise Invalid("a panel login is an e-mail and a password", field="connection.panel_email")
        if self.api_token is None and self.panel_email is None:
            raise Invalid("a token or a panel login is needed to answer", field="connection.api_token")
        for where in ("name", "api_token", "panel_email", "panel_password"):
            _check_text(getattr(self, where), f"connection.{where}")


@dataclass(frozen=True, slots=True)
class ConnectLine:
    """A further connection for an active company. Raises Refused, or PastLimit where its plan includes no more."""

    companies: Companies
    lines: Lines
    new_id: NewConnectionId
    new_secret: NewSecret
    plan_of: PlanOf

    async def __call__(self, tenant: TenantId, order: LineOrder) -> Connection:
        company = await self.companies.get(tenant)
        if company.state is not State.ACTIVE:
            raise Refused(f"company {tenant} is {company.state}")
        line = new_line(tenant, self.new_id(), order, new_secret=self.new_secret)
        await self.lines.add(line, room_for_connections(await self.plan_of(tenant)))
        return line


def new_line(tenant: TenantId, line: ConnectionId, order: LineOrder, *, new_secret: NewSecret) -> Connection:
    """A connection as ordered. In path mode the secret is the token in the URL."""
    return Connection(
        id=line,
        tenant=tenant,
        name=order.name,
        dialect=order.dialect,
        base_url=order.whaticket_url.rstrip("/"),
        auth=order.auth,
        sends_per_minute=order.sends_per_minute,
        webhook_secrets=(new_secret(),),
        webhook_token=new_secret() if order.with_token else None,
        api_token=order.api_token,
        panel_email=order.panel_email,
        panel_password=order.panel_password,
    )


def _check_text(value: str | None, where: str) -> None:
    if value is not None and not (0 < len(value) <= LONGEST_TEXT and value.isprintable()):
        raise Invalid(f"printable text of at most {LONGEST_TEXT} characters", field=where)
