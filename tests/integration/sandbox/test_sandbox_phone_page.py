"""The phone in the browser: a person writes, the company's side acts, and nothing said becomes markup."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator

import httpx2
import pytest
from playwright.async_api import Page, async_playwright, expect

from ops.sandbox.handle import Whaticket
from tests.integration.sandbox.listener import Listener

PHONE = "5511987654321"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        yield await browser.new_page(viewport={"width": 1360, "height": 860})
        await browser.close()


async def test_a_conversation_is_held_taken_over_and_given_back(page: Page, whaticket: Whaticket, listener: Listener):
    line = await whaticket.open(name="Clínica Bem Viver", webhook_url=listener.url)
    await page.goto(f"{whaticket.url}/telefone/{line.id}/{PHONE}")
    await page.get_by_label("Mensagem", exact=True).fill("Olá, *bom* dia <img src=x onerror=alert(1)>")
    await page.get_by_label("Enviar").click()
    await expect(page.locator(".bubble.mine .words")).to_have_text("Olá, bom dia <img src=x onerror=alert(1)>")
    await expect(page.locator(".bubble.mine .ticks")).to_have_attribute("data-state", "delivered")
    await expect(page.locator("#presence")).to_have_text("digitando…")

    await answered(whaticket, line.id, line.token, "Bom dia! Como posso ajudar?")
    await expect(page.locator(".bubble.theirs .words")).to_have_text("Bom dia! Como posso ajudar?")
    await expect(page.locator(".bubble.mine .ticks")).to_have_attribute("data-state", "read")
    await expect(page.locator("#presence")).to_have_text("online")

    await page.get_by_label("Falar como atendente").fill("Aqui é a Carla")
    await page.get_by_role("button", name="Responder").click()
    await expect(page.locator(".bubble[data-side=staff] .author")).to_have_text("Carla · equipe")
    await expect(page.locator("#presence")).to_have_text("Carla está atendendo")
    await page.get_by_role("button", name="Devolver").click()
    await expect(page.locator(".note").last).to_have_text("Atendimento devolvido à assistente")
    assert await page.locator(".bubble img").count() == 0


async def answered(whaticket: Whaticket, line: str, token: str, text: str) -> None:
    async with httpx2.AsyncClient(base_url=whaticket.base_url(line), trust_env=False) as http:
        headers = {"Authorization": f"Bearer {token}"}
        await http.post("/api/messages/send", json={"number": PHONE, "body": text}, headers=headers)


async def test_a_new_contact_begins_and_only_this_server_is_asked(page: Page, whaticket: Whaticket):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    line = await whaticket.open()
    await page.goto(f"{whaticket.url}/telefone/{line.id}")
    await page.get_by_role("button", name="Novo contato").click()
    await page.get_by_label("Nome").fill("Dalva Reis")
    await page.get_by_label("Celular com DDD").fill("123")
    await page.get_by_role("button", name="Começar conversa").click()
    await expect(page.get_by_role("alert")).to_contain_text("Escreva o DDD")
    await page.get_by_label("Celular com DDD").fill("(31) 97654-3210")
    await page.get_by_role("button", name="Começar conversa").click()
    await page.get_by_role("button", name="Bom dia!").click()

    (message,) = await whaticket.await_messages(line.id, "5531976543210", direction="in")
    assert (message.text, message.author) == ("Bom dia!", "Dalva Reis")
    assert {url.startswith(whaticket.url) for url in asked} == {True}
