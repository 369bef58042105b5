"""The plan: how full it is, what is owed with its PIX, another plan with the price of the change, and who hears of it."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.journeys.house import House, Line
from tests.panel.conftest import Seat

EVERY_LOOK = pytest.mark.parametrize("look", ["light", "dark", "phone"], indirect=True)
PIX = "00020126<script>alert(1)</script>6304ABCD"
QR = "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Secretaria6304AB1C"


@pytest.fixture
async def subscribed(house: House, line: Line) -> None:
    """On the small plan since ten days ago, nearly used up, with one open bill."""
    await house.rows(
        "insert into public.subscriptions (tenant_id, plan_code, price_cents, state, anchor, cycle, cycle_first, cycle_until)"
        " values ($1, 'essencial', 9700, 'active', current_date - 10, 0, current_date - 10,"
        " (current_date - 10 + interval '1 month')::date) on conflict (tenant_id) do update set plan_code = 'essencial',"
        " price_cents = 9700, credit_cents = 0",
        line.tenant,
    )
    await house.rows(
        "insert into public.usage (tenant_id, day, shard, messages, calls, input_tokens, output_tokens, cost)"
        " values ($1, current_date - 1, 0, 1700, 1800, 900000, 100000, 90000000000) on conflict do nothing",
        line.tenant,
    )
    await house.rows(
        "insert into public.invoices (tenant_id, key, kind, plan_code, cycle_first, cents, credit_cents, issued_at, state)"
        " values ($1, 'cycle:test', 'cycle', 'essencial', current_date - 10, 9700, 0, now(), 'open') on conflict do nothing",
        line.tenant,
    )
    await house.rows(
        "insert into public.charges (invoice_id, tenant_id, external_id, pix_copy_paste, pix_qr)"
        " select id, tenant_id, 'ch_' || id, $2, $3 from public.invoices where tenant_id = $1 and key = 'cycle:test'"
        " on conflict do nothing",
        line.tenant,
        PIX,
        QR,
    )


async def test_without_a_plan_the_page_says_who_chooses_one(seat: Seat):
    await seat.go("/plano")
    await expect(seat.page.get_by_text("Esta empresa ainda não tem um plano")).to_be_visible()


@EVERY_LOOK
async def test_the_pages_are_accessible(seat: Seat, subscribed: None, look: str):
    await seat.go("/plano")
    await seat.looks_right(look, "plano")
    await seat.go("/plano/mudar?para=profissional")
    await seat.looks_right(look, "plano-mudar")


async def test_use_bills_and_pix_are_there_and_are_text(seat: Seat, subscribed: None):
    await seat.go("/plano")
    await expect(seat.page.get_by_text("85 % do plano").first).to_be_visible()
    await expect(seat.page.get_by_label("PIX copia e cola", exact=True)).to_have_value(PIX)
    await expect(seat.page.get_by_text("em aberto")).to_be_visible()


async def test_the_pix_is_a_picture_that_a_telephone_can_read(seat: Seat, subscribed: None):
    await seat.go("/plano")
    picture = seat.page.get_by_role("img", name="QR code do PIX")
    await expect(picture.locator("svg path").first).to_be_visible()
    box = await picture.bounding_box()
    assert box is not None
    assert 160 <= box["width"] <= 358
    assert abs(box["width"] - box["height"]) < 4


async def test_the_price_of_a_change_is_what_is_billed_then(seat: Seat, subscribed: None, house: House, line: Line):
    await seat.go("/plano")
    await seat.page.get_by_role("link", name="Mudar para Profissional").click()
    promised = await seat.page.locator(".told dd strong").inner_text()
    assert promised.startswith("R$")

    await seat.page.get_by_role("button", name="Mudar de plano").click()

    await expect(seat.page.get_by_role("status")).to_contain_text("Plano alterado")
    query = "select cents from public.invoices where tenant_id = $1 and kind = 'change' order by id desc limit 1"
    [row] = await house.rows(query, line.tenant)
    assert abs(row["cents"] - int("".join(filter(str.isdigit, promised)))) <= 1  # a second has passed meanwhile
    assert await house.rows("select 1 from public.audit_log where action = 'billing.change_plan'")


async def test_a_plan_that_is_none_is_not_found(seat: Seat, subscribed: None):
    seat.expected = ("404",)
    await seat.go("/plano/mudar?para=inventado")
    await expect(seat.page.get_by_role("link", name="Voltar ao início")).to_be_visible()


async def test_who_hears_of_bills_is_kept_and_a_half_address_says_so(seat: Seat):
    seat.expected = ("422",)
    await seat.go("/plano")
    field = seat.page.get_by_label("E-mails", exact=True)
    await field.fill("contas@clinica.com.br\nmetade@")
    await seat.page.get_by_role("button", name="Guardar os e-mails").click()
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(field).to_have_value("contas@clinica.com.br\nmetade@")

    await field.fill("contas@clinica.com.br\nana@clinica.com.br")
    await seat.page.get_by_role("button", name="Guardar os e-mails").click()
    await expect(field).to_have_value("ana@clinica.com.br\ncontas@clinica.com.br")


async def test_a_webhooks_secret_is_shown_once_and_an_empty_address_switches_it_off(seat: Seat):
    seat.expected = ("422",)
    await seat.go("/plano")
    field = seat.page.get_by_label("Endereço do webhook")
    await field.fill("javascript:alert(1)")
    await seat.page.get_by_role("button", name="Guardar o endereço").click()
    await expect(field).to_have_attribute("aria-invalid", "true")

    await field.fill("https://sistema.example/eventos")
    await seat.page.get_by_role("button", name="Guardar o endereço").click()
    secret = await seat.page.get_by_label("Segredo", exact=True).input_value()
    assert secret.startswith("whsec_")
    await seat.page.get_by_role("link", name="Já guardei").click()
    assert secret not in await seat.page.content()
    await expect(field).to_have_value("https://sistema.example/eventos")

    await field.fill("")
    await seat.page.get_by_role("button", name="Guardar o endereço").click()
    await expect(seat.page.get_by_role("status")).to_contain_text("desligado")
