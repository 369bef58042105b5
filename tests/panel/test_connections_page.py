"""The company's lines to WhatsApp: added, really tried, given another secret, switched off and on."""

from __future__ import annotations

import re

import httpx2
import pytest
from playwright.async_api import expect

from tests.journeys.house import House, Line
from tests.panel.conftest import PASSWORD, AddPerson, Seat

EVERY_LOOK = pytest.mark.parametrize("look", ["light", "dark", "phone"], indirect=True)


@EVERY_LOOK
async def test_the_pages_are_accessible(seat: Seat, line: Line, look: str):
    one = f"/{line.connection}"
    for path, name in (("", ""), ("/nova", "-nova"), (f"{one}/editar", "-editar"), (one, "-uma")):
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


async def test_a_connection_is_changed_and_what_is_left_empty_stays_as_it_is(seat: Seat, house: House):
    far = httpx2.post(f"{house.whaticket.url}/_sandbox/connections", json={"profile": "saas-classic"}).json()
    await add(seat, f"{house.whaticket.url}/c/{far['id']}", token="token-errado")
    await seat.page.get_by_role("link", name="testar a conexão").click()
    id = seat.page.url.rpartition("/")[2]
    before = await _kept(house, id)

    await seat.page.get_by_role("link", name="Editar").click()
    assert "token-errado" not in await seat.page.content()
    await seat.page.get_by_label("Nome").fill("Recepção nova")
    await seat.page.get_by_label("Mensagens por minuto").fill("12")
    await seat.page.get_by_label("Token da conexão").fill(far["token"])
    await seat.page.get_by_role("button", name="Guardar as mudanças").click()

    await expect(seat.page.get_by_role("heading", level=1)).to_have_text("Recepção nova")
    await expect(seat.page.get_by_text("12 por minuto")).to_be_visible()
    await seat.page.get_by_role("button", name="Testar conexão").click()
    tried = seat.page.locator("#teste")
    await expect(tried).to_contain_text("Token de envio: O Whaticket aceitou.", timeout=15_000)

    await seat.page.get_by_role("link", name="Editar").click()
    await seat.page.get_by_label("Mensagens por minuto").fill("")
    await seat.page.get_by_label("E-mail").fill(far["panel_email"])
    await seat.page.get_by_label("Senha", exact=True).fill(far["panel_password"])
    await seat.page.get_by_role("button", name="Guardar as mudanças").click()
    await seat.page.get_by_role("button", name="Testar conexão").click()
    await expect(tried).to_contain_text("Token de envio: O Whaticket aceitou.", timeout=15_000)
    await expect(tried).to_contain_text("Login do painel: O Whaticket aceitou.")

    await seat.page.get_by_role("link", name="Editar").click()
    await seat.page.get_by_label("Apagar o login guardado").check()
    await seat.page.get_by_role("button", name="Guardar as mudanças").click()
    await seat.page.get_by_role("button", name="Testar conexão").click()
    await expect(tried).to_contain_text("Token de envio: O Whaticket aceitou.", timeout=15_000)
    await expect(tried).not_to_contain_text("Login do painel")
    after = await _kept(house, id)
    same = ("auth", "dialect", "base_url", "state")
    assert ([after[name] for name in same], after["sends_per_minute"]) == ([before[name] for name in same], 0)
    told = await house.rows(
        "select 1 from public.audit_log where action = 'connections.change' and subject = $1", f"connection:{id}"
    )
    assert len(told) == 3


async def test_who_saves_what_somebody_else_changed_meanwhile_is_told_so_and_keeps_what_they_typed(
    seat: Seat, house: House
):
    seat.expected = ("409", "422")
    await add(seat, f"{house.whaticket.url}/c/1", token="um-token")
    await seat.page.get_by_role("link", name="testar a conexão").click()
    id = seat.page.url.rpartition("/")[2]
    await seat.page.get_by_role("link", name="Editar").click()
    house.command("secrets", "rotate-webhook", id)
    house.command("secrets", "set", id, "--whaticket-token", "outro-token")
    await house.rows("update public.whatsapp_connections set name = 'Balcão' where id = $1", id)
    before = await _kept(house, id)

    await seat.page.get_by_label("Nome").fill("Recepção da tarde")
    await seat.page.get_by_label("Mensagens por minuto").fill("muitas")
    await seat.page.get_by_role("button", name="Guardar as mudanças").click()
    await expect(seat.page.get_by_label("Mensagens por minuto")).to_have_attribute("aria-invalid", "true")
    await seat.page.get_by_label("Mensagens por minuto").fill("9")
    await seat.page.get_by_role("button", name="Guardar as mudanças").click()

    await expect(seat.page.get_by_role("alert")).to_contain_text("Outra pessoa mudou esta conexão")
    await expect(seat.page.get_by_label("Nome")).to_have_value("Recepção da tarde")
    await expect(seat.page.get_by_label("Mensagens por minuto")).to_have_value("9")
    await expect(seat.page.get_by_text("Agora vale: Balcão")).to_be_visible()
    await seat.looks_right("light", "conexao-mudada-por-outra-pessoa")
    assert await _kept(house, id) == before

    await seat.page.get_by_role("button", name="Guardar as mudanças").click()
    await expect(seat.page.get_by_role("heading", level=1)).to_have_text("Recepção da tarde")
    after = await _kept(house, id)
    secrets = ("api_token", "webhook_secret", "webhook_secret_previous")
    assert [after[name] is not None for name in secrets] == [True] * 3
    assert after["sends_per_minute"] == 9


async def _kept(house: House, id: str) -> dict[str, object]:
    [row] = await house.rows("select * from public.whatsapp_connections where id = $1", id)
    return dict(row)


async def test_a_change_that_cannot_be_says_so_at_its_field_and_one_without_a_fresh_password_asks_for_it(
    seat: Seat, line: Line, house: House
):
    seat.expected = ("422",)
    for label, wrong in (("Nome", " "), ("Endereço da API", "ftp://x"), ("Mensagens por minuto", "999999")):
        await seat.go(f"/conexoes/{line.connection}/editar")
        await seat.page.get_by_label(label).fill(wrong)
        await seat.page.get_by_role("button", name="Guardar as mudanças").click()
        await expect(seat.page.get_by_label(label)).to_have_attribute("aria-invalid", "true")
        await expect(seat.page.get_by_label(label)).to_have_value(wrong)

    await seat.go(f"/conexoes/{line.connection}/editar")
    before = await _kept(house, line.connection)
    await seat.age_sessions()
    await seat.page.get_by_label("Nome").fill("Outra <b>linha</b>")
    await seat.page.get_by_role("button", name="Guardar as mudanças").click()
    await expect(seat.page.get_by_role("alert")).to_contain_text("Confirme sua senha")
    assert await _kept(house, line.connection) == before

    await seat.page.get_by_label("Confirme sua senha").fill(PASSWORD)
    await seat.page.get_by_role("button", name="Guardar as mudanças").click()
    await expect(seat.page.get_by_role("heading", level=1)).to_have_text("Outra <b>linha</b>")
