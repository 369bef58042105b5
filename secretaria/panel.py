"""The panel, wired: pages over the use cases, with connections of its own so that no page slows a webhook."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Router

from adapters.gemini.language_model import GOOGLE, Gemini
from adapters.http.panel.conversations import TalkPages, conversations_router
from adapters.http.panel.dead_letters import DeadLetterPages, dead_letters_router
from adapters.http.panel.entry import EntryPages, entry_router
from adapters.http.panel.frame import Frame
from adapters.http.panel.handoff import HandoffPages, handoff_router
from adapters.http.panel.home import HomePages, home_router
from adapters.http.panel.pages import Pages
from adapters.http.panel.style import style_router
from adapters.http.panel.troubles import Troubles
from adapters.postgres.dead_letters import PostgresDeadLetters
from adapters.postgres.pool import build_pool
from adapters.postgres.profiles import PostgresProfiles
from adapters.postgres.work import PostgresWorkshop
from adapters.redis.memory import RedisMemory
from application.analytics.day_at_a_glance import DayAtAGlance
from application.conversations.list_talks import CountWaiting, ListTalks
from application.conversations.read_timeline import ReadTimeline
from application.dead_letters.list_parked import ListParked
from application.dead_letters.settle_own import SettleOwn
from application.handoff.add_note import AddNote
from application.handoff.answer_as_person import AnswerAsPerson
from application.handoff.give_back import GiveBack
from application.handoff.summarise import Summarise
from application.handoff.take_over import TakeOver
from secretaria.composition import Foundations, now
from secretaria.entrance import Entrance

POOL_SIZE = 6
MODEL_CALLS = 20
"""At most this many people of one process have something read for them at once."""


@asynccontextmanager
async def compose_panel(base: Foundations, entrance: Entrance) -> AsyncIterator[Router]:
    """All of /painel as one router, whose refusals are pages."""
    ai = base.settings.model
    pool = await build_pool(base.database_url, size=POOL_SIZE, name="secretaria panel")
    open_work = PostgresWorkshop(pool, base.open_work.database, on_jobs=base.open_work.on_jobs)
    model = Gemini(
        lambda _tenant: ai.api_key or "",
        base_url=ai.base_url or GOOGLE,
        api_version=ai.api_version,
        connections=MODEL_CALLS,
    )
    pages, profiles = Pages(), PostgresProfiles(pool)
    frame = Frame(pages, profiles, CountWaiting(open_work), now)
    talks = TalkPages(frame, ListTalks(open_work), ReadTimeline(open_work))
    memory = RedisMemory(base.redis, base.keys, ttl_seconds=base.settings.conversations.memory_ttl_hours * 3600)
    handoff = HandoffPages(
        talks,
        TakeOver(open_work, now),
        GiveBack(open_work, now),
        AnswerAsPerson(open_work, memory, now),
        AddNote(open_work, now),
        Summarise(open_work, model, ai.small, ai.deadline_seconds, now),
    )
    routers = [
        entry_router(EntryPages(pages, entrance.sign_in, entrance.sign_out, now)),
        home_router(HomePages(frame, DayAtAGlance(open_work, profiles, now))),
        conversations_router(talks),
        handoff_router(handoff),
        dead_letters_router(DeadLetterPages(frame, ListParked(open_work), SettleOwn(PostgresDeadLetters(pool)))),
    ]
    if base.settings.environment != "production":
        routers.append(style_router(pages))
    try:
        async with model:
            yield Router(
                "/", route_handlers=[*routers, pages.assets.handler()], exception_handlers=Troubles(pages).handlers
            )
    finally:
        pool.terminate()
