"""What the platform's operator sees: companies, workers that come and go, dead letters of everybody, and no customer's words."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from ops.sandbox.handle import Whaticket
from tests.journeys.customer import Customer, new_phone
from tests.journeys.house import House, Line
from tests.panel.conftest import AddPerson, Seat
from tests.panel.test_failures_page import refused

EVERY_LOOK = pytest.mark.parametrize("look", ["light", "dark", "phone"], indirect=True)


@pytest.fixture
async def desk(newcomer: Seat, operator: str) -> Seat:
    newcomer.email = operator
    await newcomer.log_in()
    await expect(newcomer.page.get_by_role("heading", level=1)).to_have_text("Empresas")
    return newcomer


@EVERY_LOOK
async def test_the_pages_are_accessible(desk: Seat, line: Line, look: str):
    pages = {
        "/empresas": "empresas",
        "/empresas?busca=ninguem": "empresas-nada",
        f"/empresas/{line.tenant}": "empresas-uma",
        "/empresas/falhas": "empresas-falhas",
        "/empresas/chaves": "empresas-chaves",
        "/empresas/auditoria": "empresas-auditoria",
        "/trabalhadores": "trabalhadores",
        "/conta": "conta-operadora",
    }
    for path, name in pages.items():
        await desk.go(path)
        await desk.looks_right(look, name)


async def test_a_company_is_found_by_a_part_of_its_name(desk: Seat, line: Line):
    await desk.go("/empresas")
    await desk.page.get_by_label("Nome").fill("operator_pages")
    await desk.page.get_by_role("button", name="Buscar").click()
    await expect(desk.page.locator("tbody tr")).to_have_count(1)
    await desk.page.locator("tbody a").first.click()
    await expect(desk.page.get_by_role("heading", level=1)).to_contain_text("operator_pages")


async def test_a_worker_that_leaves_and_comes_back_is_seen_while_one_looks(desk: Seat, house: House):
    await desk.go("/trabalhadores")
    pools = desk.page.locator("#pools")
    await expect(pools).to_contain_text("1 trabalhador")
    house.stop("worker")
    await expect(pools).to_contain_text("Ninguém trabalha neste grupo", timeout=20_000)
    house.start("worker")
    await expect(pools).to_contain_text("1 trabalhador", timeout=20_000)


async def test_a_dead_letter_of_any_company_is_retried_or_discarded_and_its_owner_can_see_by_whom(
    desk: Seat, whaticket: Whaticket, house: House, line: Line
):
    for words in ("oi #segredo1", "oi #segredo2"):
        await refused(house, line, Customer(whaticket, line.sandbox, new_phone()), words)
    await desk.go(f"/empresas/falhas?empresa={line.tenant}")
    rows = desk.page.locator(".failures li")
    await expect(rows).to_have_count(2)
    assert "#segredo" not in await desk.page.content()

    await rows.first.get_by_role("button", name="Tentar de novo").click()
    await expect(desk.page.get_by_role("status")).to_contain_text("Pedimos uma nova tentativa")
    await house.calm(line.tenant)
    await desk.go(f"/empresas/falhas?empresa={line.tenant}")
    await desk.page.get_by_label("Marcar todas desta página").check()
    await desk.page.get_by_role("button", name="Descartar…").click()
    await desk.page.get_by_role("dialog").get_by_role("button", name="Descartar").click()
    await expect(desk.page.get_by_role("status")).to_contain_text("descartada")

    done = await house.rows("select action from public.audit_log where chain = $1", line.tenant)
    assert {"dead_letters.retry", "dead_letters.discard"} <= {row["action"] for row in done}


async def test_a_companys_owner_is_kept_out(newcomer: Seat, add_person: AddPerson):
    newcomer.expected = ("403",)
    newcomer.email = add_person("owner")
    await newcomer.log_in()
    for path in ("/empresas", "/trabalhadores", "/empresas/falhas"):
        await newcomer.go(path)
        await expect(newcomer.page.get_by_role("heading", level=1)).to_have_text("Sem permissão")
