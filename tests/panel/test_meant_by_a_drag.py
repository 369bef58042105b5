"""A hand on the agenda moves what it holds, where that was meant: not its neighbour, not by scrolling, not by a click."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from tests.panel.conftest import Seat
from tests.panel.desk import Desk, block, desk, drag, nothing

__all__ = ["desk", "nothing"]

FIVE_PAST_NINE = 9 + 5 / 60


@pytest.fixture
async def tablet(browser: Browser, seat: Seat) -> AsyncIterator[Page]:
    """The same person's tablet, lying on its side."""
    context = await browser.new_context(viewport={"width": 1024, "height": 600}, has_touch=True, locale="pt-BR")
    await context.add_cookies(await seat.page.context.cookies())
    yield await context.new_page()
    await context.close()


async def middle_of(seat: Seat, who: str) -> tuple[float, float, float]:
    """Where to take hold of it, and how far half an hour is."""
    await block(seat, who).scroll_into_view_if_needed()
    box = await block(seat, who).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["height"]


async def test_what_is_held_moves_though_somebody_else_is_booked_above_it_meanwhile(seat: Seat, desk: Desk):
    id = await desk.booked(10, "Ana")
    page = seat.page
    await seat.go(f"/agenda?dia={desk.day.isoformat()}")
    await expect(page.locator("[data-live]")).to_have_attribute("data-state", "on")
    x, y, half_an_hour = await middle_of(seat, "Ana")
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x, y + 2 * half_an_hour, steps=4)
    other = await desk.booked(8, "Chegou agora")
    await expect(block(seat, "Chegou agora")).to_be_visible(timeout=8_000)
    await expect(page.locator(".drop")).to_have_text("11:00")
    await page.mouse.up()
    await expect(page.locator("#toasts")).to_contain_text("Horário mudado.")
    assert (await desk.stands(id), await desk.stands(other)) == ("rescheduled 11:00", "booked 08:00")


async def test_the_keyboard_stays_on_its_appointment_though_others_come_above_it(seat: Seat, desk: Desk):
    await desk.booked(10, "Ana")
    await seat.go(f"/agenda?dia={desk.day.isoformat()}")
    await expect(seat.page.locator("[data-live]")).to_have_attribute("data-state", "on")
    await seat.page.keyboard.press("ArrowDown")
    await desk.booked(8, "Chegou agora")
    await expect(block(seat, "Chegou agora")).to_be_visible(timeout=8_000)
    await expect(block(seat, "Ana").locator("a")).to_be_focused()


async def test_a_finger_that_scrolls_the_agenda_moves_nobody(seat: Seat, tablet: Page, desk: Desk):
    id = await desk.booked(9, "Ana")
    posted = posts(tablet)
    await tablet.goto(f"{seat.house.url}/painel/agenda?dia={desk.day.isoformat()}")
    ana = tablet.locator(".board .block", has_text="Ana")
    await ana.scroll_into_view_if_needed()
    box = await ana.bounding_box()
    assert box is not None
    await swipe_up(tablet, box["x"] + 40, box["y"] + 18)
    await tablet.wait_for_function("document.querySelector('.board-scroll').scrollTop > 0")
    await expect(tablet.locator(".drop")).to_have_count(0)
    assert posted == []
    assert await desk.stands(id) == "booked 09:00"


def posts(page: Page) -> list[str]:
    """Fills as the page posts."""
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    return posted


async def swipe_up(page: Page, x: float, y: float) -> None:
    finger = await page.context.new_cdp_session(page)
    await finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 16):
        moved = {"type": "touchMove", "touchPoints": [{"x": x, "y": y - 8 * step}]}
        await finger.send("Input.dispatchTouchEvent", moved)
    await finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("hour", [9, FIVE_PAST_NINE])
async def test_a_shaky_click_opens_the_card_and_moves_nothing(seat: Seat, desk: Desk, hour: float):
    id = await desk.booked(hour, "Ana")
    page = seat.page
    await seat.go(f"/agenda?dia={desk.day.isoformat()}")
    before, (x, y, _) = await desk.stands(id), await middle_of(seat, "Ana")
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 2, y - 7, steps=3)
    await page.mouse.up()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Ana")
    assert await desk.stands(id) == before


@pytest.mark.parametrize(("minutes", "drawn"), [(5, 30), (7, 35)])
async def test_an_appointment_beside_the_quarter_hour_keeps_its_minutes(
    seat: Seat, desk: Desk, minutes: int, drawn: int
):
    """`drawn`: how many minutes high half an hour stands there, for blocks begin and end at full fives."""
    id = await desk.booked(9 + minutes / 60, "Ana")
    await seat.go(f"/agenda?dia={desk.day.isoformat()}")
    await drag(seat, block(seat, "Ana"), hours=30 / drawn)
    await expect(seat.page.locator("#toasts")).to_contain_text("Horário mudado.")
    assert await desk.stands(id) == f"rescheduled 10:0{minutes}"


async def test_a_block_brought_back_to_where_it_was_stays_and_opens_nothing(seat: Seat, desk: Desk):
    id = await desk.booked(9, "Ana")
    page, posted = seat.page, posts(seat.page)
    await seat.go(f"/agenda?dia={desk.day.isoformat()}")
    await drag(seat, block(seat, "Ana"), hours=0)
    await expect(page.locator(".drop, .dragged")).to_have_count(0)
    assert posted == []
    await drag(seat, block(seat, "Ana"), hours=1)
    await expect(page.locator("#toasts")).to_have_text("Horário mudado.")
    await expect(page).to_have_url(f"{seat.house.url}/painel/agenda?dia={desk.day.isoformat()}")
    assert await desk.stands(id) == "rescheduled 10:00"


async def test_everybodys_week_does_not_book_over_one_persons_hours_unless_that_is_said(seat: Seat, desk: Desk):
    mornings = "[" + ",".join(["[[480, 720]]"] * 7) + "]"
    caio = desk.doctors[1]
    await desk.one("update professionals set hours = $2::jsonb where id = $1 returning id", caio, mornings)
    id = await desk.booked(9, "Ana", doctor=1)
    page, seat.expected = seat.page, ("409",)
    await seat.go(f"/agenda?ver=semana&dia={desk.day.isoformat()}")
    await drag(seat, block(seat, "Ana"), hours=6)
    await expect(page.locator("#toasts")).to_contain_text("Ninguém atende nesse horário")
    assert await desk.stands(id) == "booked 09:00"
    await page.get_by_role("link", name="Mudar mesmo assim").click()
    await expect(page.get_by_label("Ou outra hora")).to_have_value("15:00")
    await page.get_by_role("button", name="Mudar de horário").click()
    await expect(block(seat, "Ana")).to_contain_text("15:00")
    assert await desk.stands(id) == "rescheduled 15:00"


async def test_everybodys_week_does_not_give_one_persons_holiday_as_the_clinics(seat: Seat, desk: Desk):
    await desk.one(
        "insert into days_off (professional_id, first, last, name) values ($1, $2, $3, 'Férias') returning id",
        desk.doctors[0],
        desk.day - timedelta(days=30),
        desk.day + timedelta(days=30),
    )
    await seat.go(f"/agenda?ver=semana&dia={desk.day.isoformat()}")
    await expect(seat.page.locator(".board-column")).to_have_count(7)
    await expect(seat.page.locator(".board")).not_to_contain_text("Férias")
    await seat.go(f"/agenda?ver=semana&dia={desk.day.isoformat()}&profissional={desk.doctors[0]}")
    await expect(seat.page.locator(".board")).to_contain_text("Férias")
