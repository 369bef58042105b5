"""Logging in at the form: a wrong password, the way back to where one wanted to go, and out again."""

from __future__ import annotations

import re

import httpx2
import pyotp
from playwright.async_api import expect

from tests.panel.conftest import GREETING, PASSWORD, AddPerson, Seat


async def test_a_wrong_password_keeps_the_address_and_says_what_to_do(newcomer: Seat):
    newcomer.expected = ("422",)
    await newcomer.log_in(password="outra coisa qualquer")

    await expect(newcomer.page.get_by_role("alert")).to_contain_text("E-mail ou senha não conferem")
    await expect(newcomer.page.get_by_label("E-mail")).to_have_value(newcomer.email)
    await newcomer.page.get_by_label("Senha").fill(PASSWORD)
    await newcomer.page.get_by_role("button", name="Entrar").click()
    await expect(newcomer.page.get_by_role("heading", level=1)).to_have_text(GREETING)


async def test_who_must_log_in_first_comes_back_to_the_page_they_wanted(newcomer: Seat):
    await newcomer.go("/conversas?com=espera")
    await expect(newcomer.page.get_by_role("heading", level=1)).to_have_text("Entrar")
    await newcomer.page.get_by_label("E-mail").fill(newcomer.email)
    await newcomer.page.get_by_label("Senha").fill(PASSWORD)
    await newcomer.page.get_by_role("button", name="Entrar").click()

    await expect(newcomer.page).to_have_url(re.compile(r"/painel/conversas\?com=espera$"))


async def test_after_leaving_no_page_opens(seat: Seat):
    await seat.page.get_by_role("button", name="Sair").first.click()
    await expect(seat.page).to_have_url(re.compile("/painel/entrar"))

    await seat.go("/conversas")

    await expect(seat.page.get_by_role("heading", level=1)).to_have_text("Entrar")


async def test_a_second_factor_is_asked_for_and_a_wrong_code_says_so(newcomer: Seat, add_person: AddPerson):
    newcomer.expected = ("422",)
    newcomer.email = add_person("manager")
    recovery = await with_a_second_factor(newcomer)
    await newcomer.log_in()
    code = newcomer.page.get_by_label("Código do aplicativo")
    await expect(code).to_be_focused()
    await newcomer.must_be_accessible("código")

    await code.fill("000000")
    await newcomer.page.get_by_role("button", name="Continuar").click()
    await expect(newcomer.page.get_by_role("alert")).to_contain_text("O código não confere")

    await newcomer.page.get_by_label("Código do aplicativo").fill(recovery)
    await newcomer.page.get_by_role("button", name="Continuar").click()
    await expect(newcomer.page.get_by_role("heading", level=1)).to_have_text(GREETING)


async def with_a_second_factor(seat: Seat) -> str:
    """Set up over the API, as a telephone would; one of its recovery codes."""
    async with httpx2.AsyncClient(base_url=seat.house.url, trust_env=False) as http:
        tokens = (await http.post("/api/auth/login", json={"email": seat.email, "password": PASSWORD})).json()
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        begun = (await http.post("/api/account/second-factor", headers=bearer)).json()
        code = {"code": pyotp.TOTP(begun["secret"]).now()}
        done = (await http.post("/api/account/second-factor/confirmation", json=code, headers=bearer)).json()
    return str(done["recovery_codes"][0])


async def test_a_forgotten_password_tells_nobody_who_is_known(newcomer: Seat):
    newcomer.expected = ("422",)
    for address in (newcomer.email, "ninguem@clinica.com.br"):
        await newcomer.go("/senha")
        await newcomer.page.get_by_label("E-mail").fill(address)
        await newcomer.page.get_by_role("button", name="Enviar o link").click()
        await expect(newcomer.page.get_by_role("heading", level=1)).to_have_text("Veja seu e-mail")
        await newcomer.must_be_accessible("senha")


async def test_a_link_that_is_no_longer_good_says_what_to_do(newcomer: Seat):
    newcomer.expected = ("422",)
    for path in ("/senha/nova?t=velho", "/convite?t=velho"):
        await newcomer.go(path)
        await newcomer.must_be_accessible(path)
        if "convite" in path:
            await newcomer.page.get_by_label("Seu nome").fill("Ana Souza")
        await newcomer.page.get_by_label("Senha").fill("outra tranquila e longa")
        await newcomer.page.get_by_role("button", name="Guardar a senha").click()
        await expect(newcomer.page.get_by_text("Este link já foi usado")).to_be_visible()


async def test_an_attendant_sees_what_an_attendant_may(newcomer: Seat, add_person: AddPerson):
    newcomer.expected = ("403",)
    newcomer.email = add_person("attendant")
    await newcomer.log_in()
    menu = newcomer.page.get_by_role("navigation", name="Principal", exact=True)
    await expect(menu.get_by_role("link", name="Conversas")).to_be_visible()
    await expect(menu.get_by_role("link", name="Falhas")).to_have_count(0)

    await newcomer.go("/falhas")
    await expect(newcomer.page.get_by_role("heading", level=1)).to_have_text("Sem permissão")
    await newcomer.go("/config")
    await expect(newcomer.page.get_by_role("button", name="Publicar")).to_have_count(0)
