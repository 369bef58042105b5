"""The agenda at the desk, in a real browser: looked at, booked, moved, called off, and set up from nothing."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

import pytest
from playwright.async_api import Browser, expect

from tests.panel.conftest import AddPerson, Seat
from tests.panel.desk import EVERY_LOOK, HOSTILE, SAO_PAULO, Desk, block, desk, nothing, some_day

__all__ = ["desk", "nothing"]

STATES: Final = {
    "pending": "aguardando o calendário",
    "booked": "marcado",
    "confirmed": "confirmado",
    "rescheduled": "remarcado",
    "kept": "compareceu",
    "missed": "faltou",
    "cancelled": "cancelado",
}


async def test_from_nothing_to_the_first_appointment_in_three_steps(seat: Seat, nothing: None):
    page = seat.page
    await seat.go("/agenda")
    await expect(page.get_by_text("ao vivo")).to_have_count(0)
    await seat.looks_right("light", "agenda-vazia")
    await page.get_by_role("link", name="Cadastrar profissional").click()
    await page.get_by_label("Nome").fill("Dra. Marina Lopes")
    for day in ("Sábado", "Domingo"):
        await page.get_by_label(day).fill("8h-12h, 14:00 às 18:00")
    await page.get_by_role("button", name="Guardar").click()
    await expect(page.locator("#toasts")).to_contain_text("Profissional guardado.")
    await seat.go("/agenda")
    await page.get_by_role("link", name="Cadastrar serviço").click()
    await page.get_by_label("Nome").fill("Consulta")
    await page.get_by_label("Preço, em reais").fill("R$ 1.250,50")
    await page.get_by_role("button", name="Guardar").click()
    await expect(page.locator("main")).to_contain_text("R$ 1.250,50")
    await seat.go("/agenda")
    await page.get_by_role("link", name="Novo agendamento").click()
    await page.get_by_label("Nome", exact=True).fill("Ana Souza")
    await page.get_by_label("Telefone com DDD").fill("(11) 98765-4321")
    await page.get_by_label("Dia").fill(some_day().isoformat())
    await page.get_by_label("Dia").dispatch_event("change")
    await page.get_by_role("radio", name="09:00").check()
    await page.get_by_role("button", name="Marcar", exact=True).click()
    await expect(page.locator("#toasts")).to_contain_text("Horário marcado.")
    await expect(block(seat, "Ana Souza")).to_contain_text("09:00")
    await expect(block(seat, "Ana Souza")).to_contain_text("marcado")


@EVERY_LOOK
async def test_a_day_and_a_week_tell_every_state_in_words_too(seat: Seat, desk: Desk, look: str):
    for place, state in enumerate(STATES):
        await desk.booked(8 + place / 2, f"{state.capitalize()} da Silva Sauro", state)
    await desk.booked(11, "Segunda Chance")
    await desk.booked(14.5, HOSTILE, doctor=1)
    await desk.booked(9, "Na terça", day=desk.day + timedelta(days=1))
    yesterday = datetime.now(SAO_PAULO).date() - timedelta(days=1)
    for state in ("kept", "kept", "missed"):
        desk.people += 1
        await desk.booked(8 + desk.people / 2 % 8, "Ontem", state, day=yesterday)
    await seat.go(f"/agenda?dia={desk.day.isoformat()}")
    page = seat.page
    for state, words in STATES.items():
        await expect(block(seat, f"{state.capitalize()} da Silva")).to_contain_text(words)
    await expect(block(seat, "Zé")).to_contain_text("<img src=x onerror=alert(1)>")
    assert await page.locator("main img, main b").count() == 0
    await expect(page.locator("#presenca")).to_contain_text("66,7% de presença nos últimos 30 dias")
    await seat.looks_right(look, "agenda-dia")
    await seat.go(f"/agenda?ver=semana&dia={desk.day.isoformat()}")
    await expect(block(seat, "Na terça")).to_be_visible()
    await seat.looks_right(look, "agenda-semana")
    await seat.go("/agenda?busca=silva")
    await expect(page.locator(".found .block")).to_have_count(len(STATES))
    await seat.looks_right(look, "agenda-busca")
    for path in (f"/agenda/novo?dia={desk.day.isoformat()}&hora=09:00", "/agenda/ajustes"):
        await seat.go(path)
        await seat.looks_right(look, path.strip("/").partition("?")[0].replace("/", "-"))


async def test_whoever_came_often_is_found_with_what_is_ahead_of_them_first(seat: Seat, desk: Desk):
    today = datetime.now(SAO_PAULO).date()
    for back in range(1, 32):
        for hour in (9, 10):
            await desk.booked(hour, "Maria Silva", "kept", day=today - timedelta(days=back), phone="+5511987650001")
    await desk.booked(9, "Maria Silva", day=desk.day, phone="+5511987650001")
    await seat.go("/agenda?busca=maria")
    found = seat.page.locator(".found .block")
    await expect(found.first).to_contain_text("marcado")
    await expect(found.nth(1)).to_contain_text("compareceu")
    await expect(found).to_have_count(61)
    await expect(seat.page.locator("main")).to_contain_text("Há mais agendamentos do que cabem nesta página")


@EVERY_LOOK
async def test_a_card_confirms_moves_and_cancels(seat: Seat, desk: Desk, look: str):
    id = await desk.booked(9, HOSTILE)
    await desk.booked(10, "Bia")
    page = seat.page
    await seat.go(f"/agenda?dia={desk.day.isoformat()}")
    await block(seat, "Zé").locator("a").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("onerror")
    await seat.looks_right(look, "agenda-ficha")
    await page.get_by_role("button", name="Confirmar presença").click()
    await expect(block(seat, "Zé")).to_contain_text("confirmado")
    await block(seat, "Zé").locator("a").click()
    await expect(page.get_by_role("radio", name="10:00")).to_have_count(0)
    await page.get_by_role("radio", name="11:00").check()
    await page.get_by_role("button", name="Mudar de horário").click()
    await expect(block(seat, "Zé")).to_contain_text("remarcado")
    assert await desk.stands(id) == "rescheduled 11:00"
    await block(seat, "Zé").locator("a").click()
    await page.get_by_label("Motivo").fill("viajou")
    await page.get_by_role("button", name="Cancelar o agendamento").click()
    await expect(block(seat, "Zé")).to_contain_text("cancelado")


@pytest.mark.parametrize("tells", [True, False], ids=["told", "not told"])
async def test_the_client_is_told_of_a_change_unless_the_desk_does_that_itself(seat: Seat, desk: Desk, tells: bool):
    moved, cancelled = await desk.booked(9, "Ana"), await desk.booked(11, "Bia")
    page = seat.page
    await seat.go(f"/agenda/{moved}")
    await page.get_by_label("Ou outra hora").fill("10h")
    await page.locator("#mover").get_by_label("Avisar o cliente").set_checked(tells)
    await page.get_by_role("button", name="Mudar de horário").click()
    await expect(block(seat, "Ana")).to_contain_text("remarcado")
    await seat.go(f"/agenda/{cancelled}")
    await page.locator("form", has=page.get_by_label("Motivo")).get_by_label("Avisar o cliente").set_checked(tells)
    await page.get_by_role("button", name="Cancelar o agendamento").click()
    await expect(block(seat, "Bia")).to_contain_text("cancelado")
    rows = await desk.house.rows("select appointment_id from untold_changes order by 1", tenant=desk.tenant)
    assert [row["appointment_id"] for row in rows] == ([moved, cancelled] if tells else [])


async def test_a_clients_address_is_checked_kept_and_taken_away(seat: Seat, desk: Desk):
    id = await desk.booked(9, "Ana")
    page, seat.expected = seat.page, ("422",)
    field = page.get_by_label("Para onde vão as confirmações")
    await seat.go(f"/agenda/{id}")
    for said, told in (
        ("ana em casa", "Escreva um e-mail, como ana@exemplo.com.br, ou deixe vazio."),
        (" Ana@Exemplo.com.br ", "E-mail guardado."),
    ):
        await field.fill(said)
        await page.get_by_role("button", name="Guardar e-mail").click()
        await expect(page.locator("body")).to_contain_text(told)
    await expect(field).to_have_value("ana@exemplo.com.br")
    await field.fill("")
    await page.get_by_role("button", name="Guardar e-mail").click()
    await expect(page.locator("#toasts")).to_contain_text("E-mail guardado.")
    await expect(field).to_have_value("")
    rows = await desk.house.rows("select email from contacts where name = 'Ana'", tenant=desk.tenant)
    assert [row["email"] for row in rows] == [None]


async def test_a_taken_time_is_refused_in_words_and_what_was_typed_stays(seat: Seat, desk: Desk):
    id = await desk.booked(9, "Ana")
    await desk.booked(10, "Bia")
    page, seat.expected = seat.page, ("422",)
    await seat.go(f"/agenda/{id}")
    await page.get_by_label("Ou outra hora").fill("10h")
    await page.get_by_label("Mesmo fora do horário").check()
    await page.get_by_role("button", name="Mudar de horário").click()
    await expect(page.locator("main")).to_contain_text("Esse horário acabou de ser ocupado")
    await expect(page.get_by_label("Ou outra hora")).to_have_value("10h")
    await seat.go(f"/agenda/novo?dia={desk.day.isoformat()}&hora=12:15")
    await page.get_by_label("Nome", exact=True).fill("Caio")
    await page.get_by_label("Telefone com DDD").fill("123")
    await page.get_by_role("button", name="Marcar", exact=True).click()
    await expect(page.locator("main")).to_contain_text("Escolha quem atende.")
    await page.get_by_label("Profissional").select_option("Dr. Caio Prado")
    await page.get_by_role("button", name="Marcar", exact=True).click()
    await expect(page.locator("main")).to_contain_text("Escreva o telefone com DDD")
    await page.get_by_label("Telefone com DDD").fill("11 91234-5678")
    await page.get_by_role("button", name="Marcar", exact=True).click()
    await expect(page.locator("main")).to_contain_text("Ninguém atende nesse horário")
    await expect(page.get_by_label("Nome", exact=True)).to_have_value("Caio")
    assert await desk.one("select count(*) as id from contacts where name = 'Caio'") == 0
    await page.get_by_label("Mesmo fora do horário").check()
    await page.get_by_role("button", name="Marcar", exact=True).click()
    await expect(block(seat, "Caio")).to_contain_text("12:15")


async def test_who_came_is_said_after_the_hour_and_counts(seat: Seat, desk: Desk):
    yesterday = datetime.now(SAO_PAULO).date() - timedelta(days=1)
    id = await desk.booked(9, "Ana", day=yesterday)
    page = seat.page
    await seat.go(f"/agenda/{id}")
    await expect(page.get_by_role("button", name="Mudar de horário")).to_have_count(0)
    await page.get_by_role("button", name="Não compareceu").click()
    await expect(block(seat, "Ana")).to_contain_text("faltou")
    await expect(page.locator("#presenca")).to_contain_text("0% de presença")
    await seat.go(f"/agenda/{id}")
    await page.get_by_role("button", name="Compareceu", exact=True).click()
    await expect(page.locator("#presenca")).to_contain_text("100% de presença")


async def test_without_scripts_links_and_forms_do_it_all(browser: Browser, seat: Seat, desk: Desk):
    await desk.booked(9, "Ana Souza")
    context = await browser.new_context(java_script_enabled=False, locale="pt-BR")
    await context.add_cookies(await seat.page.context.cookies())
    page = await context.new_page()
    await page.goto(f"{seat.house.url}/painel/agenda/novo?dia={desk.day.isoformat()}")
    await page.get_by_label("Procurar contato").fill("ana")
    await page.get_by_role("button", name="Procurar").click()
    await page.get_by_text("Ana Souza").first.click()
    await page.get_by_role("button", name="Ver horários livres").click()
    await page.get_by_role("radio", name="10:00").check()
    await page.get_by_role("button", name="Marcar", exact=True).click()
    await expect(page.locator(".board .block", has_text="Ana Souza")).to_have_count(2)
    await expect(page.get_by_text("ao vivo")).to_be_hidden()
    await context.close()


async def test_a_free_time_of_another_day_or_of_somebody_else_is_not_what_was_chosen(
    browser: Browser, seat: Seat, desk: Desk
):
    """Without scripts the list of free times stays while the day above it changes; with them it may lag."""
    await desk.booked(9, "Ana Souza")
    next_day = (desk.day + timedelta(days=1)).isoformat()
    context = await browser.new_context(java_script_enabled=False, locale="pt-BR")
    await context.add_cookies(await seat.page.context.cookies())
    page = await context.new_page()
    await page.goto(f"{seat.house.url}/painel/agenda/novo?dia={desk.day.isoformat()}")
    await page.get_by_label("Nome", exact=True).fill("Bia Lima")
    await page.get_by_label("Telefone com DDD").fill("11 91234-5678")
    await page.get_by_role("radio", name="10:00").check()
    await page.get_by_label("Dia").fill(next_day)
    await page.get_by_role("button", name="Marcar", exact=True).click()
    await expect(page.locator("main")).to_contain_text("Escolha um horário da lista")
    await expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    await page.get_by_role("radio", name="10:00").check()
    await page.get_by_label("Profissional").select_option("Dr. Caio Prado")
    await page.get_by_role("button", name="Marcar", exact=True).click()
    await expect(page.locator("main")).to_contain_text("Escolha um horário da lista")
    await page.get_by_role("radio", name="10:00").check()
    await page.get_by_role("button", name="Marcar", exact=True).click()
    await expect(page).to_have_url(re.compile(f"dia={next_day}"))
    await expect(page.get_by_role("region", name="Dr. Caio Prado").locator(".block")).to_contain_text("10:00")
    await context.close()


async def test_who_only_looks_finds_no_buttons(newcomer: Seat, desk: Desk, add_person: AddPerson):
    id = await desk.booked(9, "Ana")
    newcomer.email, newcomer.expected = add_person("viewer"), ("403",)
    await newcomer.log_in()
    await newcomer.go(f"/agenda?dia={desk.day.isoformat()}")
    await expect(block(newcomer, "Ana")).to_be_visible()
    await expect(newcomer.page.get_by_role("link", name=re.compile("Novo agendamento|Ajustes"))).to_have_count(0)
    await newcomer.go(f"/agenda/{id}")
    await expect(newcomer.page.locator("main").get_by_role("button")).to_have_count(0)
    await newcomer.go("/agenda/ajustes")
    await expect(newcomer.page.locator("body")).to_contain_text("Sem permissão")
