"""The panel, wired: pages over the use cases, with connections of its own so that no page slows a webhook."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from litestar import Router
from litestar.handlers import HTTPRouteHandler

from adapters.gemini.late import LateGemini
from adapters.http.panel.account import AccountPages, account_pages_router
from adapters.http.panel.account_factor import second_factor_handlers
from adapters.http.panel.assistant import AssistantPages, assistant_router
from adapters.http.panel.conversations import TalkPages, conversations_router
from adapters.http.panel.dead_letters import DeadLetterPages, dead_letters_router
from adapters.http.panel.entry import EntryPages, entry_router
from adapters.http.panel.frame import Frame
from adapters.http.panel.handoff import HandoffPages, handoff_router
from adapters.http.panel.held import HeldPages, held_handler
from adapters.http.panel.home import HomePages, home_router
from adapters.http.panel.joining import JoiningPages, joining_router
from adapters.http.panel.live import SECONDS
from adapters.http.panel.new_address import NewAddressPages, new_address_router
from adapters.http.panel.pages import Pages
from adapters.http.panel.passwords import PasswordPages, passwords_router
from adapters.http.panel.pulses import Pulses
from adapters.http.panel.style import style_router
from adapters.http.panel.troubles import STRAYS, Troubles
from adapters.postgres.dead_letters import PostgresDeadLetters
from adapters.postgres.lanes import Lanes
from adapters.postgres.models import PostgresModels
from adapters.postgres.own_models import PostgresOwnModels
from adapters.postgres.pool import Pool, build_pool
from adapters.postgres.profiles import PostgresProfiles
from adapters.postgres.work import PostgresWorkshop
from adapters.redis.memory import RedisMemory
from adapters.telemetry.measures import AnswerMeasures
from application.access.own_account import ChangeName
from application.agenda.chat.read_held import ReadHeld
from application.analytics.day_at_a_glance import DayAtAGlance
from application.assistant.answer import Answer
from application.assistant.preview import Preview
from application.assistant.settings import AssistantSettings
from application.conversations.feel_pulse import FeelPulse
from application.conversations.list_talks import CountWaiting, ListTalks
from application.conversations.read_timeline import ReadTimeline
from application.dead_letters.list_parked import ListParked
from application.dead_letters.settle_own import SettleOwn
from application.handoff.add_note import AddNote
from application.handoff.answer_as_person import AnswerAsPerson
from application.handoff.give_back import GiveBack
from application.handoff.summarise import Summarise
from application.handoff.take_over import TakeOver
from application.quotas.meter import Meter
from secretaria.calendars import ChosenCalendars
from secretaria.composition import Foundations, limits_of, now
from secretaria.entrance import Entrance
from secretaria.money import billing_desk, build_meter
from secretaria.opening import Openings
from secretaria.panel_agenda import agenda_pages
from secretaria.panel_desk import Shell, desk_routers, proof_gate
from secretaria.panel_operator import operator_routers

POOL_SIZE = 6
MODEL_CALLS = 20
"""At most this many people of one process have something read or tried for them at once."""


@dataclass(frozen=True, slots=True)
class Brain:
    """The language model, on which terms each company has it, and what it may cost."""

    model: LateGemini
    models: PostgresModels
    meter: Meter


@asynccontextmanager
async def compose_panel(
    base: Foundations,
    entrance: Entrance,
    openings: Openings,
    calendars: ChosenCalendars,
    *,
    stream_seconds: float = SECONDS,
) -> AsyncIterator[Router]:
    """All of /painel as one router, whose refusals are pages; a stream ends after `stream_seconds` and is opened anew."""
    async with AsyncExitStack() as resources:
        pool = await build_pool(base.database_url, size=POOL_SIZE, name="secretaria panel")
        resources.callback(pool.terminate)
        models = PostgresModels(PostgresOwnModels(pool, base.vault), base.settings.model.terms)
        model = await resources.enter_async_context(_gemini(base, models))
        brain = Brain(model, models, build_meter(base, pool))
        pages = Pages()
        open_work = PostgresWorkshop(Lanes([pool]), base.open_work.database, on_jobs=base.open_work.on_jobs)
        frame = Frame(pages, PostgresProfiles(pool), CountWaiting(open_work), now, entrance.proofs.users)
        shell = Shell(frame, pool, resources, stream_seconds)
        talks = _talks(frame, open_work, stream_seconds)
        handlers: list[Router | HTTPRouteHandler] = [
            entry_router(EntryPages(pages, entrance.logins)),
            passwords_router(PasswordPages(pages, entrance.forgotten, entrance.set_password, entrance.logins.address)),
            joining_router(JoiningPages(pages, entrance.join)),
            new_address_router(NewAddressPages(pages, entrance.account.email)),
            _account(frame, entrance),
            *await desk_routers(base, entrance, shell),
            *operator_routers(base, entrance, shell, openings),
            home_router(_home(base, frame, open_work, pool)),
            conversations_router(talks),
            held_handler(HeldPages(frame, ReadHeld(open_work, now))),
            agenda_pages(base, shell, open_work, calendars, proof_gate(entrance)),
            handoff_router(_handoff(base, talks, open_work, brain)),
            _dead_letters(frame, open_work, pool),
            _assistant(base, frame, open_work, brain),
            *STRAYS,
            *([] if base.settings.environment == "production" else [style_router(pages)]),
            pages.assets.handler(),
        ]
        yield Router("/", route_handlers=handlers, exception_handlers=Troubles(pages).handlers)


def _gemini(base: Foundations, models: PostgresModels) -> LateGemini:
    ai = base.settings.model
    return LateGemini(models, base_url=ai.base_url, api_version=ai.api_version, connections=MODEL_CALLS)


def _talks(frame: Frame, open_work: PostgresWorkshop, stream_seconds: float) -> TalkPages:
    pulses = Pulses(FeelPulse(open_work))
    return TalkPages(frame, ListTalks(open_work), ReadTimeline(open_work), pulses, stream_seconds)


def _home(base: Foundations, frame: Frame, open_work: PostgresWorkshop, pool: Pool) -> HomePages:
    usage = billing_desk(pool, base.vault, base.open_work.on_jobs).usage
    return HomePages(frame, DayAtAGlance(open_work, frame.profiles, now), usage)


def _account(frame: Frame, entrance: Entrance) -> Router:
    users = entrance.proofs.users
    own = AccountPages(
        frame, entrance.account, users, ChangeName(users, entrance.proofs.sessions), proof_gate(entrance)
    )
    return account_pages_router(own, *second_factor_handlers(own))


def _handoff(base: Foundations, talks: TalkPages, open_work: PostgresWorkshop, brain: Brain) -> HandoffPages:
    ai, hours = base.settings.model, base.settings.conversations.memory_ttl_hours
    memory = RedisMemory(base.redis, base.keys, ttl_seconds=hours * 3600)
    return HandoffPages(
        talks,
        TakeOver(open_work, now),
        GiveBack(open_work, now),
        AnswerAsPerson(open_work, memory, now),
        AddNote(open_work, now),
        Summarise(open_work, brain.meter, brain.model, brain.models, ai.deadline_seconds, now),
    )


def _dead_letters(frame: Frame, open_work: PostgresWorkshop, pool: Pool) -> Router:
    settle = SettleOwn(PostgresDeadLetters(pool))
    return dead_letters_router(DeadLetterPages(frame, ListParked(open_work), settle))


def _assistant(base: Foundations, frame: Frame, open_work: PostgresWorkshop, brain: Brain) -> Router:
    answer = Answer(brain.model, brain.models, limits_of(base.settings.model), AnswerMeasures())
    preview = Preview(open_work, answer, frame.profiles, brain.meter, now)
    return assistant_router(AssistantPages(frame, AssistantSettings(open_work, now), preview))
