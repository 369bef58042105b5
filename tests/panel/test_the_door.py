"""Logging in at the form: a wrong password, the way back to where one wanted to go, and out again."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.panel.conftest import GREETING, PASSWORD, Seat


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
