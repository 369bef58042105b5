"""A changed connection: what was given is new, what was not given is as before, and nothing half is kept."""

from __future__ import annotations

import pytest

from application.provisioning.change_line import LineChange, changed_line
from domain.companies.connection import AuthMode, Connection, Dialect
from domain.shared.errors import Invalid
from domain.shared.ids import ConnectionId, TenantId

BEFORE = Connection(
    id=ConnectionId("line"),
    tenant=TenantId(1),
    name="Recepção",
    dialect=Dialect.TICKETZ,
    base_url="https://a.example",
    auth=AuthMode.HMAC,
    sends_per_minute=7,
    own_number="5511987654321",
    webhook_secrets=("new", "old"),
    webhook_token="second",
    api_token="token",
    panel_email="painel@a.example",
    panel_password="senha",
)


def test_secrets_that_are_not_given_stay():
    after = changed_line(BEFORE, LineChange("https://b.example/", "Balcão", 3))
    shown = (after.name, after.base_url, after.sends_per_minute)
    assert shown == ("Balcão", "https://b.example", 3)
    kept = ("id", "tenant", "dialect", "auth", "own_number", "webhook_secrets", "webhook_token", "api_token")
    for name in (*kept, "panel_email", "panel_password"):
        assert getattr(after, name) == getattr(BEFORE, name)


def test_a_secret_that_is_given_is_written_over_and_the_login_can_be_given_up():
    after = changed_line(BEFORE, LineChange("https://a.example", "Recepção", api_token="another", without_login=True))
    assert (after.api_token, after.panel_email, after.panel_password) == ("another", None, None)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (LineChange("nowhere", "x"), "connection.whaticket_url"),
        (LineChange("https://a.example", ""), "connection.name"),
        (LineChange("https://a.example", "x", -1), "connection.sends_per_minute"),
        (LineChange("https://a.example", "x", 100_001), "connection.sends_per_minute"),
        (LineChange("https://a.example", "x", panel_email="só@e.mail", without_login=True), "connection.panel_email"),
    ],
)
def test_a_change_that_makes_no_connection_is_refused_by_its_field(change: LineChange, field: str):
    with pytest.raises(Invalid) as refused:
        changed_line(BEFORE, change)
    assert refused.value.field == field
