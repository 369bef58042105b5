"""The company's lines to WhatsApp: added, really tried, given another secret, switched off and on."""

from __future__ import annotations

import re

import httpx2
import pytest
from playwright.async_api import expect

from tests.journeys.house import House, Line
from tests.panel.conftest import AddPerson, Seat

EVERY_LOOK = pytest.mark.parametrize("look", ["light", "dark", "phone"], indirect=True)


@EVERY_LOOK
async def test_the_pages_are_accessible(seat: Seat, line: Line, look: str):
    for path, name in (("", ""), ("/nova", "-nova"), (f"/{line.connection}", "-uma")):
        await seat.go(f"/conexoes{path}")
        await seat.looks_right(look, f"conexoes{name}")
    await seat.page.get_by_role("button", name="Trocar o segredo").click()
    await seat.looks_right(look, "conexoes-segredo")


async def test_testing_really_asks_the_whaticket(seat: Seat, line: Line, house: House):
    await seat.go(f"/conexoes/{line.connection}")
    await seat.page.get_by_role("button", name="Testar conexão").click()
    result = seat.page.locator("#teste")
    await expect(result).to_contain_text("Token de envio: O Whaticket aceitou.", timeout=15_000)
    await expect(result).to_contain_text("Login do painel: O Whaticket aceitou.")

    far = httpx2.post(f"{house.whaticket.url}/_sandbox/connections", json={"profile": "saas-classic"}).json()
    await add(seat, f"{house.whaticket.url}/c/{far['id']}", token="token-trocado")
    await seat.page.get_by_role("link", name="testar a conexão").click()
    await seat.page.get_by_role("button", name="Testar conexão").click()
    await expect(result).to_contain_text("Token de envio: Recusado.", timeout=15_000)

    await add(seat, "http://127.0.0.1:9", token="qualquer")
    await seat.page.get_by_role("link", name="testar a conexão").click()
    await seat.page.get_by_role("button", name="Testar conexão").click()
    await expect(result).to_contain_text("Não foi possível chegar ao endereço", timeout=15_000)


async def add(seat: Seat, url: str, *, token: str) -> None:
    await seat.go("/conexoes/nova")
    await seat.page.get_by_label("Nome").fill("Recepção <script>alert(1)</script>")
    await seat.page.get_by_label("Endereço da API").fill(url)
    await seat.page.get_by_label("Token da conexão").fill(token)
    await seat.page.get_by_role("button", name="Criar a conexão").click()


async def test_a_new_connection_shows_its_address_once(seat: Seat, house: House, line: Line):
    await add(seat, "http://127.0.0.1:9", token="um-token-longo")
    address = await seat.page.get_by_label("Endereço do webhook", exact=True).input_value()
    assert re.fullmatch(r"http://\S+/webhook/whaticket/\w+/\S+", address)

    await seat.page.get_by_role("link", name="testar a conexão").click()

    assert address.rpartition("/")[2] not in await seat.page.content()
    rows = await house.rows(
        "select 1 from public.audit_log where action = 'connections.add' and chain = $1", line.tenant
    )
    assert rows


async def test_what_cannot_be_connected_says_what_to_change_and_keeps_what_was_typed(seat: Seat):
    seat.expected = ("422",)
    await add(seat, "ftp://nada", token="um-token")
    await expect(seat.page.get_by_label("Endereço da API")).to_have_attribute("aria-invalid", "true")
    await expect(seat.page.get_by_label("Nome")).to_have_value("Recepção <script>alert(1)</script>")
    await add(seat, "https://whaticket.example", token="")
    await expect(seat.page.get_by_label("Token da conexão")).to_have_attribute("aria-invalid", "true")


async def test_another_secret_is_shown_once_and_switching_off_refuses_webhooks(seat: Seat, line: Line, house: House):
    await seat.go(f"/conexoes/{line.connection}")
    await seat.page.get_by_role("button", name="Trocar o segredo").click()
    secret = await seat.page.get_by_label("Segredo", exact=True).input_value()
    assert secret != line.secret
    await seat.page.get_by_role("link", name="testar a conexão").click()
    assert secret not in await seat.page.content()

    await seat.page.get_by_role("button", name="Desligar", exact=True).click()
    await expect(seat.page.get_by_text("mensagens que chegarem por aqui são recusadas")).to_be_visible()
    [row] = await house.rows("select state from public.whatsapp_connections where id = $1", line.connection)
    assert row["state"] == "disabled"
    await seat.page.get_by_role("button", name="Ligar", exact=True).click()
    await expect(seat.page.get_by_role("button", name="Desligar", exact=True)).to_be_visible()


async def test_another_companys_connection_is_not_there(seat: Seat, house: House):
    seat.expected = ("404",)
    other = house.open_company("Clínica de Conexão Alheia")
    await seat.go(f"/conexoes/{other.connection}")
    await expect(seat.page.get_by_role("link", name="Voltar ao início")).to_be_visible()


async def test_a_manager_looks_and_tries_but_changes_nothing(newcomer: Seat, add_person: AddPerson, line: Line):
    newcomer.email = add_person("manager")
    await newcomer.log_in()
    await newcomer.go(f"/conexoes/{line.connection}")
    await expect(newcomer.page.get_by_role("button", name="Testar conexão")).to_be_visible()
    await expect(newcomer.page.get_by_role("button", name="Trocar o segredo")).to_have_count(0)


async def test_what_the_plan_does_not_include_is_said_and_what_was_typed_is_kept(seat: Seat, put_on_small_plan):
    await add(seat, "http://127.0.0.1:9", token="um-token")
    await seat.page.get_by_role("link", name="testar a conexão").click()
    await seat.page.get_by_role("button", name="Desligar", exact=True).click()
    await put_on_small_plan()
    seat.expected = ("422",)

    await seat.page.get_by_role("button", name="Ligar", exact=True).click()
    await expect(seat.page.get_by_role("alert").first).to_contain_text("Seu plano não inclui mais um.")
    await expect(seat.page.get_by_role("button", name="Ligar", exact=True)).to_be_visible()

    await add(seat, "http://127.0.0.1:9", token="outro-token")
    await expect(seat.page.get_by_role("alert").first).to_contain_text("Seu plano não inclui mais um.")
    await expect(seat.page.get_by_label("Nome")).to_have_value("Recepção <script>alert(1)</script>")
