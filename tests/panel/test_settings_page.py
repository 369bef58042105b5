"""The secretary's settings: tried before they are published, kept in versions, refused with what to change."""

from __future__ import annotations

import re

from playwright.async_api import expect

from ops.sandbox.handle import Gemini
from tests.journeys.customer import Customer
from tests.journeys.house import House, Line
from tests.panel.conftest import Seat


async def test_what_is_tried_is_what_is_on_the_screen_and_publishing_makes_it_true(
    seat: Seat, ana: Customer, gemini: Gemini, house: House, line: Line
):
    await seat.go("/config")
    await seat.page.get_by_label("Nome da secretária").fill("Olívia")
    await seat.page.get_by_role("radio", name="Formal", exact=True).check()
    await seat.page.get_by_label("Um cliente escreve").fill("posso pagar com Pix? #previa1")
    await seat.page.get_by_role("button", name="Ver a resposta").click()

    await expect(seat.page.locator("#previa .bubble.assistant")).to_contain_text("#previa1")
    asked = str((await gemini.requests()).requests[-1])
    assert "Olívia" in asked
    assert "senhora" in asked
    assert await house.rows("select 1 from persona where assistant_name = 'Olívia'", tenant=line.tenant) == []
    assert len(await house.rows("select 1 from model_calls where rung = 'preview'", tenant=line.tenant)) >= 1

    await seat.page.get_by_role("button", name="Publicar").click()
    await expect(seat.page.get_by_role("status")).to_contain_text("Publicado")
    await expect(seat.page.locator(".versions li")).to_contain_text("Carla Menezes")
    await ana.says("oi #publicada1")
    await ana.hears()
    assert "Olívia" in str((await gemini.requests()).requests[-1])


async def test_an_earlier_version_can_be_brought_back(seat: Seat):
    for name in ("Primeira", "Segunda"):
        await seat.go("/config")
        await seat.page.get_by_label("Nome da secretária").fill(name)
        await seat.page.get_by_role("button", name="Publicar").click()
        await expect(seat.page.get_by_role("status")).to_contain_text("Publicado")
    second = seat.page.locator(".versions li").nth(1)

    await second.get_by_role("button", name=re.compile("Voltar à versão")).click()

    await expect(seat.page.get_by_label("Nome da secretária")).to_have_value("Primeira")
    await expect(seat.page.locator(".versions li").first).to_contain_text("voltou à versão")


async def test_what_cannot_be_published_stays_on_the_screen_with_what_to_change(seat: Seat):
    seat.expected = ("422",)
    await seat.go("/config")
    await seat.page.get_by_label("Nome da secretária").fill("Rosa")
    await seat.page.get_by_label("Segunda").fill("das oito às seis")
    await seat.page.get_by_label("Lista de números").fill("11 98765-4321\nnão é número")

    await seat.page.get_by_role("button", name="Publicar").click()

    await expect(seat.page.get_by_role("alert")).to_contain_text("precisam de atenção")
    await expect(seat.page.get_by_label("Nome da secretária")).to_have_value("Rosa")
    await expect(seat.page.get_by_label("Segunda")).to_have_value("das oito às seis")
    await expect(seat.page.get_by_label("Segunda")).to_have_attribute("aria-invalid", "true")
    await expect(seat.page.get_by_label("Lista de números")).to_have_attribute("aria-invalid", "true")


async def test_nobody_publishes_over_somebody_elses_settings_unseen(seat: Seat):
    seat.expected = ("422",)
    await seat.go("/config")
    other = await seat.page.context.new_page()
    await other.goto(f"{seat.house.url}/painel/config")
    await other.get_by_label("Nome da secretária").fill("Ligeira")
    await other.get_by_role("button", name="Publicar").click()
    await expect(other.get_by_role("status")).to_contain_text("Publicado")

    await seat.page.get_by_label("Nome da secretária").fill("Lenta")
    await seat.page.get_by_role("button", name="Publicar").click()

    await expect(seat.page.get_by_role("alert")).to_contain_text("Outra pessoa publicou")
    await expect(seat.page.get_by_label("Nome da secretária")).to_have_value("Lenta")
    await seat.page.get_by_role("button", name="Publicar").click()
    await expect(seat.page.get_by_role("status")).to_contain_text("Publicado")


async def test_a_number_that_is_not_to_be_answered_is_left_to_the_team(
    seat: Seat, ana: Customer, house: House, line: Line
):
    await seat.go("/config")
    await seat.page.get_by_role("radio", name="Todos menos a lista").check()
    await seat.page.get_by_label("Lista de números").fill(ana.phone)
    await seat.page.get_by_role("button", name="Publicar").click()
    await expect(seat.page.get_by_role("status")).to_contain_text("Publicado")

    await ana.says("oi, sou fornecedora #lista1")
    await house.calm(line.tenant)

    assert await ana.everything_heard() == []
    await seat.go(f"/conversas/{await seat.conversation(ana.phone)}")
    await expect(seat.page.locator(".bubble.contact .foot")).to_contain_text("sem resposta automática")
    await seat.go("/config")
    await seat.page.get_by_role("radio", name="Todos", exact=True).check()
    await seat.page.get_by_role("button", name="Publicar").click()
    await expect(seat.page.get_by_role("status")).to_contain_text("Publicado")


async def test_past_the_plan_the_preview_says_so_and_asks_nobody(seat: Seat, gemini: Gemini, house: House, line: Line):
    await house.rows("update public.tenants set state = 'suspended' where id = $1", line.tenant)
    await house.until("select 1 from public.tenants where pg_sleep(6) is not null limit 1")
    asked = len((await gemini.requests()).requests)
    await seat.go("/config")
    await seat.page.get_by_role("button", name="Ver a resposta").click()

    await expect(seat.page.locator("#previa")).to_contain_text("A empresa está suspensa")

    assert len((await gemini.requests()).requests) == asked
    await house.rows("update public.tenants set state = 'active' where id = $1", line.tenant)
