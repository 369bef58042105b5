"""A page that is left while a part of it is asking ends quietly, and a question asked anew cuts none off."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import Page, Route, expect

from tests.panel.conftest import Seat
from tests.panel.desk import Desk, desk, nothing

__all__ = ["desk", "nothing"]

LAST_WORDS = """
const error = console.error;
console.error = (...words) => {
  localStorage.setItem("last words", (localStorage.getItem("last words") || "") + words.join(" ") + ". ");
  error(...words);
};
"""
"""What a page complains of while it goes is seldom heard outside; the page after it can read it there."""


class Held:
    """The first question to an address waits until it is let go; `asked` are the addresses of all."""

    def __init__(self) -> None:
        self.reached, self.released = asyncio.Event(), asyncio.Event()
        self.asked: list[str] = []

    async def __call__(self, route: Route) -> None:
        self.asked.append(route.request.url)
        if len(self.asked) == 1:
            self.reached.set()
            await self.released.wait()
        await route.continue_()


async def last_words(page: Page) -> str | None:
    words: str | None = await page.evaluate("localStorage.getItem('last words')")
    return words


async def leave(page: Page) -> None:
    await page.get_by_role("link", name="Equipe").first.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Equipe")


@pytest.mark.parametrize("path", ["/agenda", "/conversas"])
async def test_a_live_page_that_is_left_complains_of_nothing(seat: Seat, desk: Desk, path: str):
    await seat.page.add_init_script(LAST_WORDS)
    await seat.go(path)
    await expect(seat.page.locator("[data-live]").first).to_have_attribute("data-state", "on")

    await leave(seat.page)

    assert await last_words(seat.page) is None


async def test_a_page_left_while_a_part_of_it_waits_for_its_answer_complains_of_nothing(seat: Seat, desk: Desk):
    await seat.page.add_init_script(LAST_WORDS)
    id = await desk.booked(9, "Ana Pinho")
    await desk.one(
        "insert into reminders (appointment_id, version, kind, starts, due_at) values ($1, 1, 'manual',"
        " now() + interval '1 day', now() + interval '1 hour') returning id",
        id,
    )
    held = Held()
    await seat.page.route("**/agenda/*/lembretes", held)
    await seat.go(f"/agenda/{id}")
    await asyncio.wait_for(held.reached.wait(), 10)

    await leave(seat.page)

    assert await last_words(seat.page) is None
    held.released.set()


async def test_what_is_typed_while_an_answer_is_awaited_is_asked_after_it_and_shown(seat: Seat, desk: Desk):
    held = Held()
    await seat.go("/conversas")
    await seat.page.route("**/painel/conversas?*", held)
    box = seat.page.get_by_role("searchbox")
    await box.fill("Zulmira")
    await asyncio.wait_for(held.reached.wait(), 10)
    await box.fill("Zuleide")
    await box.press("Enter")
    held.released.set()

    await expect(seat.page).to_have_url(re.compile("Zuleide"))
    assert ["Zulmira" in held.asked[0], "Zuleide" in held.asked[-1]] == [True, True]
