"""A stream draws what changed, asks the expensive question only when the cheap one says so, and never for ever no."""

from __future__ import annotations

import pytest

from adapters.http.panel import live
from adapters.http.panel.live import Scene, mark
from adapters.http.panel.pulses import Pulses
from application.access.caller import NotPermitted
from domain.access.session import SessionOver
from domain.shared.errors import Unavailable
from domain.shared.ids import ConversationId, TenantId


class Watched:
    """Something that changes: what it says, how it beats, and how often it was asked either."""

    def __init__(self) -> None:
        self.says, self.beats, self.looks, self.felt = "oi", 0, 0, 0

    async def look(self) -> str:
        self.looks += 1
        return self.says

    async def draw(self, seen: str) -> str:
        return f"<p>{seen}"

    async def pulse(self) -> str:
        self.felt += 1
        return str(self.beats)

    def change(self, says: str) -> None:
        self.says, self.beats = says, self.beats + 1


async def welcome() -> None:
    """Whoever looks still may."""


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    monkeypatch.setattr(live, "EVERY", 0)
    return Watched()


async def told(watched: Watched, looks: int, *, known: str = "", pulse: bool = True) -> list[object]:
    scene = Scene("x", watched.look, watched.draw, watched.pulse if pulse else None)
    return [each.data async for each in live._changes(scene, known, looks, welcome) if each.event]


async def test_what_does_not_change_is_drawn_once_and_looked_at_once(watched: Watched):
    assert await told(watched, 9) == ["<p>oi"]
    assert (watched.looks, watched.felt) == (1, 9)


async def test_what_the_page_shows_already_is_not_drawn_again(watched: Watched):
    assert await told(watched, 5, known=mark("oi")) == []


async def test_a_beat_is_followed_by_a_look_and_a_change_by_a_drawing(watched: Watched):
    scene = Scene("x", watched.look, watched.draw, watched.pulse)
    changes = live._changes(scene, "", 5, welcome)

    drawn = []
    async for each in changes:
        if each.event:
            drawn.append(each.data)
            if len(drawn) == 1:
                watched.change("olá")

    assert drawn == ["<p>oi", "<p>olá"]
    assert watched.looks == 2


async def test_what_no_pulse_tells_is_seen_at_the_tenth_look(watched: Watched):
    scene = Scene("x", watched.look, watched.draw, watched.pulse)
    drawn = []
    async for each in live._changes(scene, "", 11, welcome):
        if each.event:
            drawn.append(each.data)
            watched.says = "quieta"

    assert drawn == ["<p>oi", "<p>quieta"]
    assert watched.looks == 2


async def test_without_a_pulse_every_time_is_a_look(watched: Watched):
    await told(watched, 4, pulse=False)

    assert watched.looks == 4


async def test_a_stream_ends_where_the_database_is_away(watched: Watched):
    async def away() -> str:
        raise Unavailable("postgres")

    watched.pulse = away

    assert await told(watched, 4) == []


async def test_streams_that_watch_the_same_share_a_look_and_others_do_not():
    asked: list[object] = []

    async def feel(tenant: TenantId, id: ConversationId | None = None) -> str:
        asked.append((tenant, id))
        return "1"

    pulses = Pulses(feel)
    for _ in range(3):
        await pulses.of(TenantId(1))
        await pulses.of(TenantId(1), ConversationId(5))
        await pulses.of(TenantId(2))

    assert asked == [(1, None), (1, 5), (2, None)]


@pytest.mark.parametrize("why", [SessionOver("the session has ended"), NotPermitted("home:read is needed")], ids=str)
async def test_nobody_reads_on_who_was_shut_out_or_lost_the_role_since_the_page_was_opened(
    watched: Watched, why: Exception
):
    asked = 0

    async def expect_welcome() -> None:
        nonlocal asked
        asked += 1
        watched.change("segredo")
        if asked > 1:
            raise why

    changes = live._changes(Scene("x", watched.look, watched.draw), "", 9, expect_welcome)

    assert [each.data async for each in changes if each.event] == ["<p>oi"]
    assert asked == 2
