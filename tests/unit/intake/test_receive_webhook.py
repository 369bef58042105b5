"""A webhook is believed for its connection's own proof, kept once, and acknowledged only when it is safe."""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from adapters.whaticket.dialects import WhaticketDialects
from application.intake.ports import InboxAway
from application.intake.receive_webhook import NotAuthentic, Receipt, ReceiveWebhook, Webhook
from domain.companies.connection import AuthMode, Connection, Dialect
from domain.shared.errors import Invalid
from domain.shared.ids import ConnectionId, TenantId
from tests.fakes.intake import FakeInbox, FakeRateLimits

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ANA = "5511999990000@s.whatsapp.net"
LINE = Connection(
    id=ConnectionId("connectionconnection00"),
    tenant=TenantId(7),
    name="Recepção",
    dialect=Dialect.SAAS_CLASSIC,
    base_url="https://whaticket.example",
    auth=AuthMode.HMAC,
    webhook_secrets=("the new secret", "the old secret"),
)
BODY = json.dumps(
    {
        "key": {"remoteJid": ANA, "fromMe": False, "id": "3A01"},
        "messageTimestamp": int(NOW.timestamp()),
        "message": {"conversation": "olá"},
        "apiKey": "canary",
    }
).encode()
A_RECEIPT = json.dumps(
    {"key": {"remoteJid": "status@broadcast", "fromMe": False, "id": "3A02"}, "message": {}}
).encode()


@dataclass
class KnownConnections:
    """`fresh` is what a fresh look finds, where that differs from what is `known`."""

    known: list[Connection]
    fresh: list[Connection] | None = None
    looks: int = 0

    async def get(self, id: ConnectionId) -> Connection | None:
        return next((one for one in self.known if one.id == id), None)

    async def only(self) -> Connection | None:
        return self.known[0] if len(self.known) == 1 else None

    async def anew(self, id: ConnectionId | None) -> Connection | None:
        self.looks += 1
        self.known = self.known if self.fresh is None else self.fresh
        return await self.only() if id is None else await self.get(id)


@dataclass
class Door:
    connections: KnownConnections = field(default_factory=lambda: KnownConnections([LINE]))
    limits: FakeRateLimits = field(default_factory=FakeRateLimits)
    inbox: FakeInbox = field(default_factory=FakeInbox)
    now: datetime = NOW

    async def receive(self, webhook: Webhook) -> Receipt:
        receive = ReceiveWebhook(self.connections, WhaticketDialects(), self.limits, self.inbox, lambda: self.now)
        return await receive(webhook)

    def becomes(self, **changes: object) -> None:
        self.connections.known = [replace(self.connections.known[0], **changes)]


@pytest.fixture
def door() -> Door:
    return Door()


def unsigned(body: bytes = BODY, **proofs: object) -> Webhook:
    return replace(Webhook(connection=LINE.id, body=body, ip="203.0.113.7", correlation="c-1"), **proofs)


def signed(body: bytes = BODY, *, secret: str = "the new secret", at: datetime = NOW, **changes: object) -> Webhook:
    stamp = str(int(at.timestamp()))
    proof = hmac.new(secret.encode(), f"{stamp}.".encode() + body, sha256).hexdigest()
    return replace(unsigned(body, signature=proof, timestamp=stamp), **changes)


async def test_a_signed_message_is_kept_for_its_company_without_its_secrets(door: Door):
    assert await door.receive(signed()) == Receipt(queued=True)

    [kept] = door.inbox.kept
    assert (kept.tenant, kept.connection, kept.address, kept.key) == (7, LINE.id, ANA, "message:id:3A01")
    assert (kept.limited, kept.correlation, kept.said_at) == (False, "c-1", NOW)
    assert "olá" in kept.body
    assert "canary" not in kept.body
    assert door.limits.hits == [(7, ANA, "203.0.113.7")]


async def test_a_repeat_is_acknowledged_and_told_as_one(door: Door):
    await door.receive(signed())

    assert await door.receive(signed()) == Receipt(queued=True, repeat=True)
    assert len(door.inbox.kept) == 1


async def test_one_over_the_limit_is_kept_and_marked(door: Door):
    door.limits.exceeded = "number"

    assert await door.receive(signed()) == Receipt(queued=True, limited=True)
    assert [kept.limited for kept in door.inbox.kept] == [True]


async def test_what_nobody_acts_on_is_acknowledged_with_a_reason_and_neither_kept_nor_counted(door: Door):
    receipt = await door.receive(signed(A_RECEIPT))

    assert receipt.queued is False
    assert receipt.reason
    assert door.inbox.kept == []
    assert door.limits.hits == []


async def test_what_cannot_be_kept_is_not_acknowledged(door: Door):
    door.inbox.away = True

    with pytest.raises(InboxAway):
        await door.receive(signed())


async def test_an_authentic_body_that_nobody_can_read_is_the_callers_mistake(door: Door):
    with pytest.raises(Invalid):
        await door.receive(signed(b"not json"))


@pytest.mark.parametrize(
    "webhook",
    [
        unsigned(),
        signed(secret="another"),
        signed(at=NOW - timedelta(minutes=6)),
        signed(at=NOW + timedelta(minutes=6)),
        replace(signed(), body=BODY + b" "),
        replace(signed(), timestamp=None),
        signed(secret="no connection has this secret", connection=ConnectionId("nobodysconnection00000")),
        signed(secret="", connection=ConnectionId("nobodysconnection00000")),
        replace(unsigned(), static=("the new secret",), path_token="the new secret", token="the new secret"),
    ],
    ids=["bare", "secret", "stale", "early", "changed", "no stamp", "stand-in", "empty", "other proofs"],
)
async def test_without_a_right_and_recent_signature_nothing_is_read_or_kept(door: Door, webhook: Webhook):
    with pytest.raises(NotAuthentic):
        await door.receive(webhook)

    assert door.inbox.kept == []
    assert door.limits.hits == []


async def test_a_forged_webhook_is_refused_before_its_body_is_read(door: Door):
    with pytest.raises(NotAuthentic):
        await door.receive(signed(b"not json", secret="another"))


async def test_the_secret_before_is_good_while_it_is_kept(door: Door):
    assert (await door.receive(signed(secret="the old secret"))).queued

    door.becomes(webhook_secrets=("the new secret",))
    with pytest.raises(NotAuthentic):
        await door.receive(signed(secret="the old secret"))


@pytest.mark.parametrize("named", [LINE.id, None])
async def test_a_secret_that_was_changed_a_moment_ago_is_good_and_the_one_before_it_no_more(
    door: Door, named: ConnectionId | None
):
    door.connections.fresh = [replace(LINE, webhook_secrets=("the newest secret",))]

    assert (await door.receive(signed(secret="the newest secret", connection=named))).queued
    with pytest.raises(NotAuthentic):
        await door.receive(signed(secret="the old secret", connection=named))


async def test_a_connection_that_was_opened_a_moment_ago_is_known(door: Door):
    door.connections = KnownConnections([], fresh=[LINE])

    assert (await door.receive(signed())).queued


async def test_who_is_right_at_once_causes_no_second_look_and_who_is_wrong_exactly_one(door: Door):
    await door.receive(signed())
    assert door.connections.looks == 0

    for wrong in (signed(secret="another"), signed(connection=ConnectionId("nobodysconnection00000"))):
        with pytest.raises(NotAuthentic):
            await door.receive(wrong)
    assert door.connections.looks == 2


async def test_a_connection_with_a_second_proof_wants_both(door: Door):
    door.becomes(webhook_token="proof")

    assert (await door.receive(signed(token="proof"))).queued
    for wrong in (None, "", "prooF"):
        with pytest.raises(NotAuthentic):
            await door.receive(signed(token=wrong))
    with pytest.raises(NotAuthentic):
        await door.receive(unsigned(token="proof"))


async def test_autoatende_signs_the_body_alone_and_nobody_else_may(door: Door):
    proof = hmac.new(b"the new secret", BODY, sha256).hexdigest()
    with pytest.raises(NotAuthentic):
        await door.receive(unsigned(signature=proof))

    door.becomes(dialect=Dialect.AUTOATENDE)
    assert (await door.receive(unsigned(signature=proof))).queued
    assert (await door.receive(signed())).repeat
    with pytest.raises(NotAuthentic):
        await door.receive(unsigned(signature=proof, timestamp=str(int(NOW.timestamp()))))


async def test_a_header_may_stand_in_any_of_the_places_senders_use(door: Door):
    door.becomes(auth=AuthMode.HEADER)

    assert (await door.receive(unsigned(static=("wrong", "the old secret")))).queued
    for wrong in ((), ("",), ("wrong", "wronger")):
        with pytest.raises(NotAuthentic):
            await door.receive(unsigned(static=wrong))


async def test_a_token_in_the_path_counts_only_where_it_was_agreed(door: Door):
    with pytest.raises(NotAuthentic):
        await door.receive(unsigned(path_token="the new secret"))

    door.becomes(auth=AuthMode.PATH)
    assert (await door.receive(unsigned(path_token="the new secret"))).queued
    for wrong in (None, "", "wrong"):
        with pytest.raises(NotAuthentic):
            await door.receive(unsigned(path_token=wrong))


@pytest.mark.parametrize("auth", list(AuthMode))
async def test_a_connection_without_a_secret_believes_nobody(door: Door, auth: AuthMode):
    door.becomes(auth=auth, webhook_secrets=())

    for secret in ("", "no connection has this secret"):
        with pytest.raises(NotAuthentic):
            await door.receive(signed(secret=secret, static=(secret,), path_token=secret))


async def test_the_address_without_a_connection_serves_an_install_that_has_only_one(door: Door):
    assert (await door.receive(signed(connection=None))).queued

    door.connections.known.append(replace(LINE, id=ConnectionId("connectionconnection01")))
    with pytest.raises(NotAuthentic):
        await door.receive(signed(connection=None))
