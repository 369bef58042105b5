"""Each page in light, dark and on a telephone: axe finds nothing serious, the browser complains of nothing, pictures are kept."""

from __future__ import annotations

import httpx2
import pytest
from playwright.async_api import expect

from tests.journeys.customer import Customer, new_phone
from tests.panel.conftest import Seat

EVERY_LOOK = pytest.mark.parametrize("look", ["light", "dark", "phone"], indirect=True)


@EVERY_LOOK
async def test_pages_of_somebody_logged_in(seat: Seat, ana: Customer, look: str):
    await ana.says("quero falar com atendente #olha1")
    await ana.hears()
    bruno = Customer(ana.whaticket, ana.line, new_phone(), name="Bruno Carvalho")
    await bruno.says("Vocês atendem *sábado*? #olha2")
    await bruno.hears()
    talk = f"/conversas/{await seat.conversation(ana.phone)}"
    for path in (
        "",
        "/conversas",
        "/conversas?com=espera",
        "/conversas?busca=ninguém",
        talk,
        "/falhas",
        "/config",
        "/estilo",
    ):
        await seat.go(path)
        await expect(seat.page.get_by_role("heading", level=1)).to_be_visible()
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not await seat.page.evaluate(wide), f"{path} is wider than the screen"
        await seat.must_be_accessible(f"{look} {path or '/'}")
        await seat.picture(f"{look}-{path.strip('/').replace('/', '-').replace('?', '-') or 'inicio'}")


@EVERY_LOOK
async def test_the_door_and_pages_that_are_not_there(newcomer: Seat, look: str):
    newcomer.expected = ("404", "422")
    await newcomer.go("/entrar")
    await newcomer.must_be_accessible(f"{look} entrar")
    await newcomer.picture(f"{look}-entrar")
    await newcomer.log_in()
    for path in ("/conversas/999999", "/conversas/99999999999999999999999", "/nada", "/empresas/nada", "/agenda/x/y"):
        await newcomer.go(path)
        await expect(newcomer.page.get_by_role("link", name="Voltar ao início")).to_be_visible()
        await newcomer.must_be_accessible(f"{look} {path}")
    await newcomer.picture(f"{look}-nada")


async def test_the_bare_address_leads_to_the_panel(newcomer: Seat):
    await newcomer.page.goto(f"{newcomer.house.url}/")
    await expect(newcomer.page.get_by_label("E-mail")).to_be_visible()
    program = httpx2.get(f"{newcomer.house.url}/painel/empresas/nada", trust_env=False)
    assert (program.status_code, program.headers["content-type"]) == (404, "application/problem+json")


async def test_the_keyboard_alone_is_enough_to_reach_the_content(seat: Seat):
    await seat.go("/conversas")
    await seat.page.keyboard.press("Tab")
    await expect(seat.page.get_by_role("link", name="Ir para o conteúdo")).to_be_focused()
    await seat.page.keyboard.press("Enter")
    await expect(seat.page.locator("#conteudo")).to_be_focused()


async def test_the_chosen_light_stays(seat: Seat):
    await seat.page.get_by_role("button", name="Trocar entre claro e escuro").first.click()
    await expect(seat.page.locator("html")).to_have_attribute("data-theme", "dark")
    await seat.go("/conversas")
    await expect(seat.page.locator("html")).to_have_attribute("data-theme", "dark")
