"""The whole pipeline on a real database and a real queue; only Whaticket and the model are scripted."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import msgspec
import pytest

from adapters.postgres.agenda_calendar import BuiltInCalendars
from adapters.postgres.billing_work import PostgresBilling
from adapters.postgres.company_names import PostgresCompanyNames
from adapters.postgres.intake import PostgresInbox
from adapters.postgres.quotas import PostgresQuotas
from adapters.postgres.zones import PostgresZones
from adapters.queue import agenda as agenda_actors
from adapters.queue import billing, conversations, delivery, intake, reminders
from adapters.queue.broker import RingBroker
from adapters.queue.hands import OwnHands
from adapters.queue.leases import Leases
from adapters.queue.worker import Capacity, QueueWorker
from adapters.security.envelope import Envelopes
from adapters.security.master_keys import GivenMasterKeys
from adapters.whaticket.dialects import WhaticketDialects
from application.assistant.answer import Answer
from application.billing.advance import AdvanceSubscription
from application.billing.cancel_charges import CancelCharges
from application.billing.charge_invoice import ChargeInvoice
from application.billing.replay_events import ReplayEvents
from application.billing.tell_invoice import TellInvoice
from application.conversations.give_up import GiveUpTurn
from application.conversations.take_turn import TakeTurn, TurnRules
from application.delivery.give_up import GiveUpDelivery
from application.delivery.send_message import SendMessage
from application.intake.give_up import GiveUpEnvelope
from application.intake.ports import Envelope
from application.intake.read_envelopes import ReadEnvelopes
from application.quotas.meter import Meter
from application.quotas.tell import TellByMail, TellByWebhook
from application.quotas.watch import WatchUsage
from domain.assistant.limits import Limits
from domain.conversations.burst import BurstWindow
from domain.conversations.conversation import Habits
from domain.delivery.pacing import Typing
from domain.intake.envelope import keys_of
from domain.shared.ids import ConnectionId, TenantId
from secretaria.agenda import agenda_over, desk_over
from secretaria.reactions import GIVE_UP
from secretaria.reminders import hear_over, unasked_over
from tests.fakes.assistant import FakeModels
from tests.fakes.billing import FakeGateway, FakeMailer, FakeNews
from tests.fakes.pipeline import FakeChannel, FakeMemory, FakeModel, MovableClock, NoMeasures, NoPacing
from tests.integration.queue.conftest import LEASE, Queue, queue

__all__ = ["queue"]

CONNECTION = ConnectionId("connectionconnection00")
ANA = "5511999990000"
RATE = 54_321  # 5.4321 reais per dollar


@dataclass
class Pipeline:
    queue: Queue
    channel: FakeChannel = field(default_factory=FakeChannel)
    model: FakeModel = field(default_factory=FakeModel)
    memory: FakeMemory = field(default_factory=FakeMemory)
    pacing: NoPacing = field(default_factory=NoPacing)
    typing: Typing = field(default_factory=lambda: Typing(longest=0))
    clock: MovableClock = field(default_factory=MovableClock)
    mailer: FakeMailer = field(default_factory=FakeMailer)
    news: FakeNews = field(default_factory=FakeNews)
    gateway: FakeGateway | None = None
    window: timedelta = timedelta(0)
    age_limit: timedelta = timedelta(minutes=30)

    def __post_init__(self) -> None:
        self.channel.clock = self.clock
        vault = Envelopes(GivenMasterKeys([bytes(32)]))
        self.open_billing = PostgresBilling(self.queue.pool, vault)
        calendars = BuiltInCalendars(self.queue.open_work, self.clock)
        self.agenda = agenda_over(self.queue.open_work, self.queue.pool, vault, calendars, self.clock)

    @property
    def tenant(self) -> TenantId:
        return self.queue.tenants[0]

    async def say(self, text: str, *, who: str = ANA, id: str | None = None, **more: object) -> bool:
        """A message arrives by webhook, as far as the database; False when it is a repeat."""
        key = {"remoteJid": f"{who}@s.whatsapp.net", "fromMe": False, "id": id or os.urandom(8).hex().upper()}
        payload = {
            "key": key, "messageTimestamp": int(time.time()), "pushName": "Ana", "message": {"conversation": text}
        }  # fmt: skip
        return await self.post(payload | more)

    async def post(self, payload: dict[str, object], *, limited: bool = False) -> bool:
        body = msgspec.json.encode(payload)
        dialects = WhaticketDialects()
        keys = keys_of(dialects.read(body), received_at=self.clock())
        envelope = Envelope(
            tenant=self.tenant,
            connection=CONNECTION,
            address=keys.address,
            key=keys.key,
            previous_key=keys.previous_key,
            body=dialects.without_secrets(body),
            limited=limited,
            correlation="test",
        )
        return await PostgresInbox(self.queue.pool).keep(envelope)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        async with self.queue.at_work(self.worker()):
            yield

    async def work_it_off(self, *, seconds: float = 15) -> None:
        async with self.at_work():
            await self.queue.settled(seconds=seconds)

    async def hurry(self) -> None:
        """Time passes for everything that waits."""
        await self.queue.pool.execute("update public.jobs set due_at = now() where state = 'pending'")

    async def rows(self, query: str) -> list[dict[str, object]]:
        schema = f"tenant_{self.tenant}"
        async with self.queue.pool.acquire() as connection, connection.transaction():
            await connection.execute(f"set local search_path to {schema}")
            return [dict(row) for row in await connection.fetch(query)]

    def worker(self) -> QueueWorker:
        broker = RingBroker(self.queue.ring)
        leases = Leases(LEASE.total_seconds())
        habits = Habits(burst=BurstWindow(self.window, timedelta(seconds=20)), hand_back_after=timedelta(minutes=120))
        hands = OwnHands("w", lease_seconds=LEASE.total_seconds())
        open_work = replace(self.queue.open_work, hands=hands)
        read = ReadEnvelopes(open_work, WhaticketDialects(), habits, timedelta(minutes=1), self.clock)
        intake.register(broker, read, GiveUpEnvelope(open_work))
        meter = Meter(PostgresQuotas(self.queue.pool, self.clock), RATE, self.clock)
        reminders.register(broker, unasked_over(open_work, self.agenda, meter, self.queue.pool))
        agenda_actors.register(broker, self.agenda.settle)
        answer = Answer(self.model, FakeModels(), Limits(seconds=5, main_seconds=3), NoMeasures())
        turn = TakeTurn(
            open_work,
            PostgresZones(self.queue.pool),
            answer,
            desk_over(self.agenda, open_work),
            hear_over(open_work, self.agenda),
            meter,
            self.memory,
            TurnRules(self.age_limit, 20),
            self.clock,
        )
        conversations.register(broker, turn, GiveUpTurn(open_work, self.clock))
        send = SendMessage(open_work, self.channel, self.pacing, leases, self.clock, self.typing, lambda: 0.5)
        delivery.register(broker, send, GiveUpDelivery(open_work))
        self._register_billing(broker)
        capacity = Capacity(slots=32, per_tenant=32, renew_seconds=0.5, drain_seconds=5)
        ledger = type(self.queue.ledger)(
            self.queue.pool,
            lease=LEASE,
            give_up=GIVE_UP,
        )
        return QueueWorker(broker, ledger, leases, capacity, pool="shared", hands=hands)

    def _register_billing(self, broker: RingBroker) -> None:
        open_work = self.open_billing
        telling = billing.Telling(
            WatchUsage(open_work), TellByMail(open_work, self.mailer), TellByWebhook(open_work, self.news)
        )
        names = PostgresCompanyNames(self.queue.pool)
        charge = ChargeInvoice(open_work, self.gateway, names)
        money = billing.Money(
            AdvanceSubscription(open_work, self.clock),
            charge,
            ReplayEvents(open_work),
            CancelCharges(open_work, self.gateway),
            TellInvoice(open_work, self.mailer, names, "https://painel.example/painel/plano"),
        )
        billing.register(broker, money, telling)


@pytest.fixture
async def pipeline(queue: Queue) -> Pipeline:
    return Pipeline(queue)


async def until(condition, *, seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not await condition():
            await asyncio.sleep(0.02)


async def count(pipeline: Pipeline, what: str, wanted: int) -> bool:
    return (await pipeline.rows(f"select count(*) from {what}"))[0]["count"] >= wanted


async def failed(pipeline: Pipeline, times: int) -> bool:
    return any(job["failures"] == times and job["state"] == "pending" for job in await pipeline.queue.jobs())
