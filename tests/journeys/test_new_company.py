"""From “Nova empresa” to the first answer: an operator's browser, a customer's telephone and the owner's panel, all real."""

from __future__ import annotations

import secrets

from playwright.async_api import BrowserContext, Page, expect

from ops.sandbox.handle import Whaticket
from tests.journeys.customer import new_phone
from tests.journeys.house import House
from tests.panel.conftest import PASSWORD, browser, context, look

__all__ = ["browser", "context", "look"]


async def enter(page: Page, house: House, email: str, password: str) -> None:
    await page.goto(f"{house.url}/painel/entrar")
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Senha").fill(password)
    await page.get_by_role("button", name="Entrar").click()


async def test_a_company_opened_at_the_panel_answers_its_first_customer(
    context: BrowserContext, house: House, whaticket: Whaticket
):
    operator, owner = (f"{who}.{secrets.token_hex(4)}@primeira.example" for who in ("operadora", "dona"))
    words = ["--email", operator, "--name", "Otávia Prado", "--role", "operator", "--password", PASSWORD]
    house.command("user", "add", *words)
    far = await whaticket.open(profile="saas-classic")
    desk = await context.new_page()
    await enter(desk, house, operator, PASSWORD)
    await desk.get_by_role("link", name="Nova empresa").click()
    await desk.get_by_label("Nome da empresa").fill(f"Clínica Primeira {secrets.token_hex(3)}")
    await desk.get_by_label("Sobre o negócio").fill("Abre de segunda a sexta, das 8h às 18h.")
    await desk.get_by_label("Nome da pessoa").fill("Célia Rocha")
    await desk.get_by_label("E-mail da pessoa").fill(owner)
    await desk.get_by_label("Senha mostrada uma vez").check()
    await desk.get_by_label("Endereço da API").fill(whaticket.base_url(far.id))
    await desk.get_by_label("Token da conexão").fill(far.token)
    await desk.get_by_role("button", name="Abrir a empresa").click()
    await expect(desk.locator("#run")).to_contain_text("A empresa está aberta.", timeout=30_000)
    await desk.get_by_role("button", name="Mostrar agora").click()
    webhook = await desk.get_by_label("Endereço do webhook", exact=True).input_value()
    password = await desk.get_by_label("Senha da dona ou do dono", exact=True).input_value()
    await whaticket.change(far.id, webhook_url=webhook, auth="path", secrets=[webhook.rpartition("/")[2]])

    phone = await context.new_page()
    await phone.goto(f"{whaticket.url}/telefone/{far.id}/{new_phone()}")
    await phone.get_by_label("Mensagem", exact=True).fill("Bom dia! Quero marcar uma hora #nova1")
    await phone.get_by_label("Enviar").click()
    await expect(phone.locator(".bubble.theirs .words").first).to_contain_text("#nova1", timeout=30_000)

    await desk.get_by_role("link", name="Já guardei").click()
    await desk.get_by_role("button", name="Sair").first.click()
    await enter(desk, house, owner, password)
    await desk.get_by_role("link", name="Ver conversas").click()
    await desk.locator(".talk-row").first.click()
    await expect(desk.locator("#conteudo")).to_contain_text("Quero marcar uma hora #nova1")
    await expect(desk.locator("#conteudo .line, #conteudo li").filter(has_text="#nova1")).not_to_have_count(0)
