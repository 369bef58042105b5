"""The worker process: reads what was kept, takes turns, sends replies."""

from __future__ import annotations

import asyncio
import os
import platform
import random
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta

from adapters.gemini.language_model import GOOGLE, Gemini
from adapters.postgres.models import PostgresModels
from adapters.postgres.own_models import PostgresOwnModels
from adapters.postgres.zones import PostgresZones
from adapters.queue import companies, conversations, delivery, intake
from adapters.queue.hands import OwnHands
from adapters.queue.leases import Leases
from adapters.queue.worker import Capacity, QueueWorker
from adapters.redis.memory import RedisMemory
from adapters.redis.pacing import RedisPacing
from adapters.redis.panel_sessions import RedisPanelSessions
from adapters.telemetry.measures import AnswerMeasures
from adapters.whaticket.channel import WhaticketChannel
from adapters.whaticket.client import build_http_client
from adapters.whaticket.dialects import WhaticketDialects
from adapters.whaticket.lines import Lines
from adapters.whaticket.login import PanelLogin
from adapters.whaticket.reconcile import Reconciler
from application.agenda.face import Agenda
from application.assistant.answer import Answer
from application.conversations.give_up import GiveUpTurn
from application.conversations.take_turn import TakeTurn, TurnRules
from application.delivery.give_up import GiveUpDelivery
from application.delivery.send_message import SendMessage
from application.intake.give_up import GiveUpEnvelope
from application.intake.read_envelopes import ReadEnvelopes
from application.provisioning.workers import Heartbeat
from application.shared.ports import Clock
from domain.conversations.burst import BurstWindow
from domain.conversations.conversation import Habits
from domain.delivery.pacing import Pace, Typing
from domain.provisioning.pools import OWN, dedicated_to
from domain.shared.ids import TenantId
from secretaria.agenda import build_agenda, desk_over, register_agenda
from secretaria.billing import register_billing
from secretaria.calendars import open_calendars, register_calendars
from secretaria.composition import Foundations, lay_foundations, limits_of, now
from secretaria.letters import register_letters
from secretaria.money import build_meter
from secretaria.opening import end_of_grace, plan_follower
from secretaria.process import run_until_stopped
from secretaria.reminders import hear_over, register_unasked
from secretaria.settings import Settings
from secretaria.version import VERSION

STARTED = now().isoformat(timespec="seconds")


def run(settings: Settings, *, pool: str = "shared", tenant: int | None = None, clock: Clock = now) -> None:
    """Until SIGTERM or SIGINT. Serves the companies of a pool; a `tenant` of its own has the pool `tenant_<id>`."""
    served = dedicated_to(TenantId(tenant)) if tenant is not None else pool

    async def main(stop: asyncio.Event) -> None:
        async with AsyncExitStack() as resources:
            base = await resources.enter_async_context(lay_foundations(settings, name=f"worker {served}", clock=clock))
            leases = Leases(settings.worker.lease_seconds)
            hands = OwnHands(_name(), lease_seconds=settings.worker.lease_seconds)
            base = replace(base, open_work=replace(base.open_work, hands=hands))
            await register_actors(base, leases, resources)
            worker = QueueWorker(base.broker, base.ledger, leases, _capacity(settings), pool=served, hands=hands)
            beating = asyncio.create_task(base.heartbeats.keep_beating(lambda: _beat(worker, settings, served)))
            try:
                await worker.run(stop)
            finally:
                beating.cancel()
                await asyncio.gather(beating, return_exceptions=True)

    run_until_stopped(settings, "worker", main, metrics_port=settings.worker.metrics_port)


async def register_actors(base: Foundations, leases: Leases, resources: AsyncExitStack) -> None:
    """Every actor of the system, with what its use case needs."""
    calendars = await resources.enter_async_context(open_calendars(base))
    agenda = build_agenda(base, calendars)
    await _register_conversations(base, agenda, resources)
    await _register_delivery(base, leases, resources)
    await register_billing(base, resources)
    companies.register(base.broker, end_of_grace(base), plan_follower(base))
    register_agenda(base, calendars)
    register_calendars(base, calendars)
    register_unasked(base, agenda)
    register_letters(base)
    intake.register(
        base.broker,
        ReadEnvelopes(
            open_work=base.open_work,
            dialects=WhaticketDialects(),
            habits=_habits(base.settings),
            limit_window=timedelta(seconds=base.settings.intake.rate_window_seconds),
            clock=base.clock,
        ),
        GiveUpEnvelope(base.open_work),
    )


async def _register_conversations(base: Foundations, agenda: Agenda, resources: AsyncExitStack) -> None:
    talk, ai = base.settings.conversations, base.settings.model
    models = PostgresModels(PostgresOwnModels(base.pool, base.vault), ai.terms)
    model = await resources.enter_async_context(
        Gemini(
            models,
            base_url=ai.base_url or GOOGLE,
            api_version=ai.api_version,
            connections=base.settings.worker.slots,
        )
    )
    answer = Answer(
        model=model,
        models=models,
        limits=limits_of(ai),
        measures=AnswerMeasures(),
    )
    take_turn = TakeTurn(
        open_work=base.open_work,
        zones=PostgresZones(base.pool),
        answer=answer,
        open_desk=desk_over(agenda, base.open_work),
        answers=hear_over(base.open_work, agenda),
        meter=build_meter(base, base.pool),
        memory=RedisMemory(base.redis, base.keys, ttl_seconds=talk.memory_ttl_hours * 3600),
        rules=TurnRules(age_limit=timedelta(minutes=talk.answer_age_limit_minutes), history=talk.memory_turns),
        clock=base.clock,
    )
    conversations.register(base.broker, take_turn, GiveUpTurn(base.open_work, base.clock))


async def _register_delivery(base: Foundations, leases: Leases, resources: AsyncExitStack) -> None:
    rules = base.settings.delivery
    http = await resources.enter_async_context(build_http_client(private_addresses=rules.private_addresses))
    login = PanelLogin(http, RedisPanelSessions(base.redis, base.keys))
    send_message = SendMessage(
        open_work=base.open_work,
        channel=WhaticketChannel(base.connections, http, Lines(now=base.steady), Reconciler(http, login, base.clock)),
        pacing=RedisPacing(
            base.redis,
            base.keys,
            base.connections,
            of_connection=Pace(rules.sends_per_connection_per_minute, rules.sends_per_connection_per_minute),
            of_contact=Pace(rules.sends_per_contact_per_minute, rules.sends_per_contact_per_minute),
        ),
        leases=leases,
        clock=base.clock,
        typing=Typing(rules.part_pause_seconds),
        chance=random.random,
    )
    delivery.register(base.broker, send_message, GiveUpDelivery(base.open_work))


def _habits(settings: Settings) -> Habits:
    talk = settings.conversations
    return Habits(
        burst=BurstWindow(
            window=timedelta(seconds=talk.burst_window_seconds), cap=timedelta(seconds=talk.burst_cap_seconds)
        ),
        hand_back_after=timedelta(minutes=talk.hand_back_minutes),
    )


def _capacity(settings: Settings) -> Capacity:
    return Capacity(
        slots=settings.worker.slots,
        per_tenant=settings.worker.tenant_cap,
        renew_seconds=settings.worker.renew_seconds,
        drain_seconds=settings.worker.drain_seconds,
    )


def _name() -> str:
    return f"{platform.node()}:{os.getpid()}"


def _beat(worker: QueueWorker, settings: Settings, pool: str) -> Heartbeat:
    own = OWN.fullmatch(pool)
    return Heartbeat(
        id=_name(),
        pool=pool,
        slots=settings.worker.slots,
        in_flight=worker.in_flight,
        version=VERSION,
        started=STARTED,
        host=platform.node(),
        pid=os.getpid(),
        tenants=(int(own[1]),) if own else None,
    )
