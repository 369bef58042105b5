"""The calendar's page in a real browser: a Cal.com connected, tried and given up, and addresses to read along from."""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator

import httpx2
import pytest
from playwright.async_api import expect

from ops.sandbox.handle import Calcom, start_calcom
from tests.panel.conftest import PASSWORD, AddPerson, Seat
from tests.panel.desk import EVERY_LOOK, Desk, desk, nothing

__all__ = ["desk", "nothing"]

PAGE = "/agenda/calendario"


@pytest.fixture
async def calcom() -> AsyncIterator[Calcom]:
    async with start_calcom(port=0) as calcom:
        yield calcom


@EVERY_LOOK
async def test_a_calcom_is_connected_tried_and_given_up(seat: Seat, desk: Desk, calcom: Calcom, look: str):
    account = await calcom.enter(per_minute=0, key=f"cal_live_{secrets.token_hex(8)}")
    kind = await calcom.offer(account, host=account.id)
    page, seat.expected = seat.page, ("422",)
    await seat.go("/agenda/ajustes")
    await page.get_by_role("link", name="Calendário").click()
    await expect(page.locator("main")).to_contain_text("Agenda da Secretaria em uso")
    await seat.looks_right(look, "calendario")
    await page.get_by_label("Consulta com Dra. Marina Lopes, 30 min").fill("sete")
    await page.get_by_role("button", name="Conectar").click()
    await expect(page.locator("main")).to_contain_text("Cole a chave de API")
    await expect(page.get_by_label("Consulta com Dra. Marina Lopes, 30 min")).to_have_value("sete")
    await page.get_by_label("Chave de API").fill(account.key)
    await page.get_by_label("Endereço da API").fill(calcom.url)
    await page.get_by_label("Consulta com Dra. Marina Lopes, 30 min").fill(str(kind.id))
    await page.get_by_label("Consulta com Dr. Caio Prado, 30 min").fill("424242")
    await page.get_by_role("button", name="Conectar").click()
    secret = await page.get_by_label("Segredo", exact=True).input_value()
    address = await page.get_by_label("Endereço do webhook", exact=True).input_value()
    assert re.fullmatch(r"http://\S+/api/agenda/webhook/\w{22}", address)
    await page.get_by_role("link", name="Já copiei").click()
    await expect(page.locator("main")).to_contain_text(f"termina em {account.key[-4:]}")
    assert secret not in await page.content()
    assert account.key not in await page.content()
    result = page.locator("#teste")
    for _ in range(8):  # the memory of which calendar it is lasts five seconds
        await page.get_by_role("button", name="Testar a conexão").click()
        await expect(result.locator(".notice")).to_have_count(2, timeout=15_000)
        if "Marina Lopes: tem horários livres" in await result.inner_text():
            break
        await page.wait_for_timeout(1_000)
    await expect(result).to_contain_text("Consulta, Dra. Marina Lopes: tem horários livres")
    await expect(result).to_contain_text("Dr. Caio Prado: o Cal.com não conhece esse tipo de evento")
    await seat.looks_right(look, "calendario-calcom")
    await page.get_by_role("button", name="Trocar o segredo do webhook").click()
    await expect(page.get_by_role("heading", name="Segredo do webhook trocado")).to_be_visible()
    renewed = await page.get_by_label("Segredo", exact=True).input_value()
    assert renewed not in ("", secret)
    assert await page.get_by_label("Endereço do webhook", exact=True).input_value() == address
    await seat.looks_right(look, "calendario-segredo")
    await page.get_by_role("link", name="Já copiei").click()
    await expect(page.locator("main")).to_contain_text("o antigo ainda vale")
    assert renewed not in await page.content()
    await page.get_by_role("button", name="Voltar à agenda própria").click()
    await expect(page.locator("#toasts")).to_contain_text("voltou a valer sozinha")
    await expect(page.locator("main")).to_contain_text("Agenda da Secretaria em uso")


async def test_an_address_is_told_once_read_and_ended(seat: Seat, desk: Desk):
    await desk.booked(9, "Ana Souza")
    page = seat.page
    await seat.go(PAGE)
    await page.get_by_role("button", name="Gerar endereço de Dra. Marina Lopes").click()
    address = await page.get_by_label("Endereço do calendário", exact=True).input_value()
    assert "Ana Souza" in httpx2.get(address, trust_env=False).text
    await page.get_by_role("link", name="Já copiei").click()
    assert address not in await page.content()
    await page.get_by_role("button", name="Encerrar o endereço de Dra. Marina Lopes").click()
    await expect(page.locator("#toasts")).to_contain_text("Endereço encerrado")
    assert httpx2.get(address, trust_env=False).status_code == 404
    await expect(page.get_by_role("button", name="Gerar endereço de Dra. Marina Lopes")).to_be_visible()


async def test_an_old_session_shows_the_password_again(seat: Seat, desk: Desk):
    page, seat.expected = seat.page, ("422",)
    await seat.age_sessions()
    await seat.go(PAGE)
    row = page.locator("#enderecos li", has_text="Dr. Caio Prado")
    await row.get_by_label("Confirme sua senha").fill("outra senha qualquer")
    await row.get_by_role("button", name="Gerar endereço").click()
    await expect(page.locator("main")).to_contain_text("A senha não confere.")
    await row.get_by_label("Confirme sua senha").fill(PASSWORD)
    await row.get_by_role("button", name="Gerar endereço").click()
    await expect(page.get_by_label("Endereço do calendário", exact=True)).to_be_visible()


async def test_who_does_not_set_up_the_agenda_does_not_come_here(newcomer: Seat, desk: Desk, add_person: AddPerson):
    newcomer.email, newcomer.expected = add_person("attendant"), ("403",)
    await newcomer.log_in()
    await newcomer.go(PAGE)
    await expect(newcomer.page.locator("body")).to_contain_text("Sem permissão")
