"""The secretary's settings: tried before they are published, kept in versions, refused with what to change."""

from __future__ import annotations

import re

import pytest
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


async def test_an_earlier_version_can_be_brought_back_and_the_next_answer_is_given_by_it(
    seat: Seat, ana: Customer, gemini: Gemini
):
    for name in ("Primeira", "Segunda"):
        await seat.go("/config")
        await seat.page.get_by_label("Nome da secretária").fill(name)
        await seat.page.get_by_role("button", name="Publicar").click()
        await expect(seat.page.get_by_role("status")).to_contain_text("Publicado")
    await ana.says("quem fala? #segunda1")
    await ana.hears()
    assert "Segunda" in str((await gemini.requests()).requests[-1])
    second = seat.page.locator(".versions li").nth(1)

    await second.get_by_role("button", name=re.compile("Voltar à versão")).click()

    await expect(seat.page.get_by_label("Nome da secretária")).to_have_value("Primeira")
    await expect(seat.page.locator(".versions li").first).to_contain_text("voltou à versão")
    await ana.says("quem fala? #voltou1")
    await ana.hears()
    asked = str((await gemini.requests()).requests[-1])
    assert ("Primeira" in asked, "Segunda, " in asked) == (True, False)


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


async def test_past_the_plan_the_preview_says_so_and_asks_nobody(seat: Seat, gemini: Gemini, suspended: None):
    asked = len((await gemini.requests()).requests)
    await seat.go("/config")
    await seat.page.get_by_role("button", name="Ver a resposta").click()

    await expect(seat.page.locator("#previa")).to_contain_text("A empresa está suspensa")

    assert len((await gemini.requests()).requests) == asked


async def test_frequent_questions_are_added_used_taken_away_and_brought_back(
    seat: Seat, ana: Customer, gemini: Gemini, house: House, line: Line
):
    await seat.go("/config")
    rows = seat.page.locator(".faq")
    before = await rows.count()
    await seat.page.get_by_role("button", name="Mais uma pergunta").click()
    await expect(rows).to_have_count(before + 1)
    await rows.last.get_by_label("Pergunta").fill("estacionamento, onde paro o carro")
    await rows.last.get_by_label("Resposta").fill("Há vagas na <b>garagem</b> ao lado.")
    await seat.page.get_by_role("button", name="Publicar").click()
    await expect(seat.page.get_by_role("status")).to_contain_text("Publicado")

    await expect(rows.first.get_by_label("Resposta")).to_have_value("Há vagas na <b>garagem</b> ao lado.")
    await ana.says("onde deixo a bicicleta? #faq1")
    await ana.hears()
    assert "garagem" in str((await gemini.requests()).requests[-1])

    await rows.first.get_by_role("button", name="Tirar esta pergunta").click()
    await seat.page.get_by_role("button", name="Publicar").click()
    await expect(seat.page.get_by_role("status")).to_contain_text("Publicado")
    assert await house.rows("select 1 from persona where faq = '[]'", tenant=line.tenant)
    await seat.page.locator(".versions li").nth(1).get_by_role("button", name=re.compile("Voltar à versão")).click()
    await expect(rows.first.get_by_label("Pergunta")).to_have_value("estacionamento, onde paro o carro")


async def test_a_question_without_an_answer_and_a_notice_without_words_say_what_is_missing(seat: Seat):
    seat.expected = ("422",)
    await seat.go("/config")
    await seat.page.locator(".faq").last.get_by_label("Pergunta").fill("pix")
    await seat.page.get_by_role("radio", name="É avisado de que está fechado").check()
    await seat.page.get_by_label("Limite de mensagens por contato e dia").fill("muitas")
    await seat.page.get_by_role("button", name="Publicar").click()

    await expect(seat.page.get_by_text("Preencha a pergunta e a resposta")).to_be_visible()
    await expect(seat.page.get_by_label("Limite de mensagens por contato e dia")).to_have_attribute(
        "aria-invalid", "true"
    )
    await seat.page.get_by_label("Limite de mensagens por contato e dia").fill("20")
    await seat.page.locator(".faq").last.get_by_role("button", name="Tirar esta pergunta").click()
    await seat.page.locator(".faq").last.get_by_role("button", name="Tirar esta pergunta").click()
    await seat.page.get_by_role("button", name="Publicar").click()
    await expect(seat.page.get_by_label("Mensagem de fechado")).to_have_attribute("aria-invalid", "true")


async def test_a_secretary_who_answers_while_it_is_closed_does_not_say_that_it_is_closed(seat: Seat):
    seat.expected = ("422",)
    await seat.go("/config")
    await seat.page.get_by_label("Segunda").fill("8:00-18:00")
    await seat.page.get_by_role("radio", name="Só fora do horário").check()
    await seat.page.get_by_role("radio", name="É avisado de que está fechado").check()
    await seat.page.get_by_label("Mensagem de fechado").fill("Voltamos às 8h!")
    await seat.page.get_by_role("button", name="Publicar").click()

    await expect(seat.page.get_by_text("é ela quem responde a quem escreve")).to_be_visible()
    await expect(seat.page.get_by_label("Mensagem de fechado")).to_have_value("Voltamos às 8h!")


@pytest.mark.parametrize("look", ["light", "dark", "phone"], indirect=True)
async def test_a_closed_clinic_says_so_by_its_own_words(seat: Seat, ana: Customer, line: Line, look: str):
    await seat.go("/config")
    for day in ("Segunda", "Terça", "Quarta", "Quinta", "Sexta", "Sábado", "Domingo"):
        await seat.page.get_by_label(day).fill("0:00-0:01")
    await seat.page.get_by_role("radio", name="É avisado de que está fechado").check()
    await seat.page.get_by_label("Mensagem de fechado").fill("A clínica está fechada. Voltamos às 8h!")
    await seat.page.locator(".faq").last.get_by_label("Pergunta").fill("horário")
    await seat.page.locator(".faq").last.get_by_label("Resposta").fill("Das 8h às 18h.")
    await seat.page.get_by_role("button", name="Publicar").click()
    await expect(seat.page.get_by_role("status")).to_contain_text("Publicado")
    await seat.looks_right(look, "config-fechada")

    await ana.says("oi, estão abertos?")
    assert "A clínica está fechada" in (await ana.hears())[0]

    await seat.page.get_by_role("radio", name="É respondido normalmente").check()
    await seat.page.get_by_role("button", name="Publicar").click()
    await expect(seat.page.get_by_role("status")).to_contain_text("Publicado")
