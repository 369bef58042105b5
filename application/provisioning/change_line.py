"""An existing connection gets another name, address, pace or way in; a secret that is not given stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from application.provisioning.connect_line import LineOrder
from domain.companies.connection import Connection


@dataclass(frozen=True, slots=True)
class LineChange:
    """None keeps the secret there is; `without_login` gives the panel login up; `seen` is the version that was looked at."""

    whaticket_url: str
    name: str
    sends_per_minute: int = 0
    api_token: str | None = field(default=None, repr=False)
    panel_email: str | None = field(default=None, repr=False)
    panel_password: str | None = field(default=None, repr=False)
    without_login: bool = False
    seen: int | None = None


def changed_line(before: Connection, change: LineChange) -> Connection:
    """Webhook secrets, dialect and proof stay: the other side is set up for them. Raises Invalid, as an order does."""
    kept = replace(before, panel_email=None, panel_password=None) if change.without_login else before
    order = LineOrder(
        whaticket_url=change.whaticket_url,
        api_token=change.api_token or kept.api_token,
        dialect=before.dialect,
        auth=before.auth,
        name=change.name,
        sends_per_minute=change.sends_per_minute,
        panel_email=change.panel_email or kept.panel_email,
        panel_password=change.panel_password or kept.panel_password,
    )
    return replace(
        before,
        name=order.name,
        base_url=order.whaticket_url.rstrip("/"),
        sends_per_minute=order.sends_per_minute,
        api_token=order.api_token,
        panel_email=order.panel_email,
        panel_password=order.panel_password,
    )
