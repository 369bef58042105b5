"""The agenda under a hand and on the keyboard, and what others do meanwhile, in a real browser."""

from __future__ import annotations

import re
from datetime import datetime

from playwright.async_api import expect

from tests.panel.conftest import Seat
from tests.panel.desk import SAO_PAULO, Desk, block, desk, drag, nothing

__all__ = ["desk", "nothing"]


async def test_a_block_is_dragged_and_a_refused_one_stays_where_it_was(seat: Seat, desk: Desk):
    id = await desk.booked(9, "Ana")
    await desk.booked(11, "Bia")
    page, seat.expected = seat.page, ("409",)
    await seat.go(f"/agenda?dia={desk.day.isoformat()}")
    await drag(seat, block(seat, "Ana"), hours=1)
    await expect(page.locator("#toasts")).to_contain_text("Horário mudado.")
    await expect(block(seat, "Ana")).to_contain_text("10:00", timeout=8_000)
    assert await desk.stands(id) == "rescheduled 10:00"
    await drag(seat, block(seat, "Ana"), hours=1)
    await expect(page.locator("#toasts")).to_contain_text("Esse horário acabou de ser ocupado")
    assert await desk.stands(id) == "rescheduled 10:00"
    await drag(seat, block(seat, "Ana"), hours=2.5)
    await expect(page.locator("#toasts")).to_contain_text("Ninguém atende nesse horário")
    await expect(page).to_have_url(re.compile(r"/painel/agenda\?dia="))


async def test_a_block_is_dragged_to_another_professional_and_from_the_card_back_again(seat: Seat, desk: Desk):
    id = await desk.booked(9, "Ana")
    await desk.booked(10, "Bia", doctor=1)
    page, seat.expected = seat.page, ("409",)
    await seat.go(f"/agenda?dia={desk.day.isoformat()}")
    caios = page.get_by_role("region", name="Dr. Caio Prado")
    await drag(seat, block(seat, "Ana"), hours=1, to=caios)
    await expect(page.locator("#toasts")).to_contain_text("Esse horário acabou de ser ocupado")
    assert await desk.stands(id) == "booked 09:00"
    await drag(seat, block(seat, "Ana"), hours=0, to=caios)
    await expect(page.locator("#toasts")).to_contain_text("Horário mudado.")
    await expect(caios.locator(".block", has_text="Ana")).to_contain_text("remarcado", timeout=8_000)
    assert await desk.stands(id) == "rescheduled 09:00"
    assert await desk.one("select professional_id as id from appointments where id = $1", id) == desk.doctors[1]
    await caios.locator(".block", has_text="Ana").locator("a").click()
    await expect(page.get_by_role("radio", name="10:00")).to_have_count(0)
    await page.locator("#mover").get_by_label("Com").select_option("Dra. Marina Lopes")
    await page.get_by_role("radio", name="10:00").check()
    await page.get_by_role("button", name="Mudar de horário").click()
    await expect(page.get_by_role("region", name="Dra. Marina Lopes").locator(".block")).to_contain_text("10:00")
    assert await desk.one("select professional_id as id from appointments where id = $1", id) == desk.doctors[0]


async def test_what_others_book_appears_by_itself(seat: Seat, desk: Desk):
    await desk.booked(9, "Ana")
    await seat.go(f"/agenda?dia={desk.day.isoformat()}")
    await expect(seat.page.locator("[data-live]")).to_have_attribute("data-state", "on")
    await desk.booked(15, "Chegou agora")
    await expect(block(seat, "Chegou agora")).to_be_visible(timeout=8_000)


async def test_the_keyboard_is_enough(seat: Seat, desk: Desk):
    await desk.booked(9, "Ana")
    await desk.booked(10, "Bia")
    await desk.booked(10, "Caio", doctor=1)
    page = seat.page
    await seat.go(f"/agenda?dia={desk.day.isoformat()}")
    for key, who in (("ArrowDown", "Ana"), ("ArrowDown", "Bia"), ("ArrowRight", "Caio"), ("ArrowLeft", "Bia")):
        await page.keyboard.press(key)
        await expect(block(seat, who).locator("a")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Bia")
    await seat.go(f"/agenda?dia={desk.day.isoformat()}")
    await page.keyboard.press("w")
    await expect(page).to_have_url(re.compile("ver=semana"))
    await page.keyboard.press("d")
    await expect(page).not_to_have_url(re.compile("ver=semana"))
    await page.keyboard.press("t")
    await expect(page.locator("#dia")).to_have_value(datetime.now(SAO_PAULO).date().isoformat())
    await page.keyboard.press("n")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Novo agendamento")


async def test_whoever_speaks_to_the_machine_can_switch_single_letters_off(seat: Seat, desk: Desk):
    await desk.booked(9, "Ana")
    page = seat.page
    await seat.go(f"/agenda?dia={desk.day.isoformat()}")
    await page.get_by_label("Atalhos de uma tecla").uncheck()
    await page.keyboard.press("n")
    await page.reload()
    await expect(page.get_by_label("Atalhos de uma tecla")).not_to_be_checked()
    await page.keyboard.press("n")
    await page.keyboard.press("ArrowDown")
    await expect(block(seat, "Ana").locator("a")).to_be_focused()
    await page.get_by_label("Atalhos de uma tecla").check()
    await page.keyboard.press("n")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Novo agendamento")
