"""The audit log at the panel: found by who, what and when, page by page, and as a file."""

from __future__ import annotations

import json

import pytest
from playwright.async_api import expect

from tests.journeys.house import Line
from tests.panel.conftest import AddPerson, Seat

EVERY_LOOK = pytest.mark.parametrize("look", ["light", "dark", "phone"], indirect=True)


@EVERY_LOOK
async def test_the_page_is_accessible(seat: Seat, look: str):
    await seat.go("/auditoria")
    await seat.looks_right(look, "auditoria")
    await seat.go("/auditoria?de=2001-01-01&ate=2001-01-02")
    await expect(seat.page.get_by_text("Nada com esses filtros")).to_be_visible()
    await seat.looks_right(look, "auditoria-vazia")


async def test_a_deed_is_found_by_who_and_what_and_not_by_another_day(seat: Seat):
    await seat.go("/auditoria")
    await seat.page.get_by_label("Quem").select_option(label="Carla Menezes")
    await seat.page.get_by_label("O quê").select_option(label="Entradas, senhas e códigos")
    await seat.page.get_by_role("button", name="Buscar").click()
    rows = seat.page.locator("tbody tr")
    await expect(rows.first).to_contain_text("Entrou")
    await expect(rows.first).to_contain_text("Carla Menezes")

    await seat.page.get_by_label("Até").fill("2001-01-01")
    await seat.page.get_by_role("button", name="Buscar").click()
    await expect(seat.page.get_by_text("Nada com esses filtros")).to_be_visible()


async def test_older_entries_come_on_the_next_page_without_repeating_any(seat: Seat):
    for _ in range(60):
        await seat.page.request.get(f"{seat.house.url}/painel/usuarios")
    await seat.go("/auditoria")
    await expect(seat.page.locator("tbody tr")).to_have_count(50)
    newest = await seat.page.locator("tbody time").first.get_attribute("datetime")

    await seat.page.get_by_role("link", name="Mostrar mais antigos").click()

    await expect(seat.page.locator("tbody tr").first).to_be_visible()
    older = await seat.page.locator("tbody time").first.get_attribute("datetime")
    assert older is not None
    assert newest is not None
    assert older < newest


async def test_a_date_that_is_none_is_said_and_the_rest_stays(seat: Seat):
    seat.expected = ("422",)
    await seat.go("/auditoria?de=ontem&oque=access.")
    await expect(seat.page.get_by_text("Escreva a data como")).to_be_visible()
    await expect(seat.page.get_by_label("O quê")).to_have_value("access.")


async def test_the_same_search_as_a_file(seat: Seat, line: Line):
    address = f"{seat.house.url}/painel/auditoria/exportar"
    lines = (await (await seat.page.request.get(f"{address}?formato=jsonl&oque=access.")).text()).splitlines()
    assert lines
    assert {json.loads(one)["company"] for one in lines} == {line.tenant}
    assert all(json.loads(one)["action"].startswith("access.") for one in lines)
    assert (await (await seat.page.request.get(f"{address}?formato=csv")).text()).startswith("company,number,at")


async def test_an_attendant_does_not_read_it(newcomer: Seat, add_person: AddPerson):
    newcomer.expected = ("403",)
    newcomer.email = add_person("attendant")
    await newcomer.log_in()
    await newcomer.go("/auditoria")
    await expect(newcomer.page.get_by_role("heading", level=1)).to_have_text("Sem permissão")
