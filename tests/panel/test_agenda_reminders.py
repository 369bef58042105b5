""" "Enviar lembrete agora" on an appointment's card, in a real browser: what was sent, and why nothing was."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.journeys.customer import Customer
from tests.panel.conftest import Seat
from tests.panel.desk import EVERY_LOOK, Desk, desk, nothing

__all__ = ["desk", "nothing"]


async def asks_for_it(seat: Seat) -> None:
    """Whatever the hour is: at night it takes one mark more."""
    box = seat.page.get_by_label("Enviar mesmo assim")
    if await box.count():
        await box.check()
    await seat.page.get_by_role("button", name="Enviar lembrete agora").click()


async def known(desk: Desk, ana: Customer, hour: float = 9) -> int:
    await ana.says("oi")
    await ana.hears()
    return await desk.booked(hour, ana.name, phone=f"+{ana.phone}")


@EVERY_LOOK
async def test_the_card_tells_what_was_said_and_that_it_arrived(seat: Seat, desk: Desk, ana: Customer, look: str):
    id = await known(desk, ana)
    await desk.one(
        "insert into reminders (appointment_id, version, kind, starts, due_at) values ($1, 1, '1h', now(),"
        " now() + interval '20 hours') returning id",
        id,
    )
    await desk.one(
        "insert into reminders (appointment_id, version, kind, starts, due_at, state, why, settled_at) values ($1, 1,"
        " '24h', now(), now(), 'dropped', 'quiet', now() - interval '1 hour') returning id",
        id,
    )
    page = seat.page
    await seat.go(f"/agenda/{id}")
    await asks_for_it(seat)

    await expect(page.locator("#toasts")).to_contain_text("Lembrete a caminho")
    [told] = await ana.hears()
    assert "Passando para lembrar" in told
    card = page.locator("#lembretes")
    asked = card.locator("li", has_text="Pedido pela equipe")
    await expect(asked).to_contain_text("enviado", timeout=10_000)
    await asked.get_by_text("O que foi dito").click()
    await expect(asked).to_contain_text("Passando para lembrar")
    await expect(card.locator("li", has_text="1 hora antes")).to_contain_text("previsto")
    await expect(card.locator("li", has_text="1 dia antes")).to_contain_text("caiu no horário de silêncio")
    await seat.looks_right(look, "agenda-lembretes")


@pytest.mark.parametrize(
    ("hinder", "told"),
    [
        ("update contacts set opted_out_at = now()", "pediu para não receber avisos"),
        ("update public.whatsapp_connections set state = 'disabled' where tenant_id = {tenant}", "está desligada"),
    ],
)
async def test_what_hinders_a_reminder_is_said_instead_of_a_button(
    seat: Seat, desk: Desk, ana: Customer, hinder: str, told: str
):
    id = await known(desk, ana)
    house, line, page = desk.house, desk.tenant, seat.page
    try:
        await house.rows(hinder.format(tenant=line), tenant=line)
        await seat.go(f"/agenda/{id}")
        await expect(page.locator("#lembretes")).to_contain_text(told)
        await expect(page.get_by_role("button", name="Enviar lembrete agora")).to_have_count(0)
    finally:
        await house.rows("update contacts set opted_out_at = null", tenant=line)
        await house.rows("update public.whatsapp_connections set state = 'active' where tenant_id = $1", line)


async def test_who_changed_meanwhile_is_refused_in_words(seat: Seat, desk: Desk, ana: Customer):
    id = await known(desk, ana)
    page, seat.expected = seat.page, ("422",)
    await seat.go(f"/agenda/{id}")
    await desk.house.rows("update contacts set opted_out_at = now()", tenant=desk.tenant)
    await asks_for_it(seat)
    await expect(page.locator("main")).to_contain_text("O cliente pediu para não receber avisos.")
    await desk.house.rows("update contacts set opted_out_at = null", tenant=desk.tenant)


@EVERY_LOOK
async def test_to_somebody_who_never_wrote_a_person_may_write_first(seat: Seat, desk: Desk, look: str):
    page = seat.page
    phone = f"+55119{60_000_000 + sum(map(ord, look)):08}"
    await seat.go(f"/agenda/{await desk.booked(9, 'Ana Nunca Escreveu', phone=phone)}")
    await expect(page.locator("main")).to_contain_text("Nunca escreveu para a empresa")
    await seat.looks_right(look, "agenda-ficha-sem-conversa")

    await page.get_by_role("button", name="Abrir conversa").click()

    await expect(page).to_have_url(re.compile(r"/painel/conversas/\d+"))
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Ana Nunca Escreveu")
    await seat.looks_right(look, "conversa-aberta-pela-empresa")


async def test_reminders_are_set_in_a_card_and_what_is_typed_wrongly_stays_with_its_reason(seat: Seat, desk: Desk):
    page, seat.expected = seat.page, ("422",)
    await seat.go("/agenda/ajustes")
    await page.get_by_label("Três dias antes").uncheck()
    await page.get_by_label("Silêncio a partir de").fill("14:00")
    question = page.get_by_label("A pergunta, com as suas palavras")
    await question.fill("Oi, {nome}! Como foi a {servico}?")
    await page.get_by_role("button", name="Guardar os lembretes").click()
    await expect(page.locator("#lembretes")).to_contain_text("Escolha uma hora das 18:00 às 23:59.")
    await expect(question).to_have_value("Oi, {nome}! Como foi a {servico}?")

    await page.get_by_label("Silêncio a partir de").fill("20:00")
    await page.get_by_role("button", name="Guardar os lembretes").click()
    await expect(page.locator("body")).to_contain_text("Lembretes guardados.")
    await expect(page.get_by_label("Três dias antes")).not_to_be_checked()
    await expect(page.get_by_label("Silêncio a partir de")).to_have_value("20:00")
    await expect(question).to_have_value("Oi, {nome}! Como foi a {servico}?")
