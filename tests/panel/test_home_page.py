"""The home page speaks of money to those who may see it: the plan's use, the cost in reais, and what was warned of."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.async_api import expect

from tests.journeys.house import House, Line
from tests.panel.conftest import AddPerson, Seat
from tests.panel.test_plan_page import subscribed

__all__ = ["subscribed"]

TITLE = re.compile(r"^Plano Essencial, de [0-9]{2}/[0-9]{2} a [0-9]{2}/[0-9]{2}$")
EVERY_LOOK = pytest.mark.parametrize("look", ["light", "dark", "phone"], indirect=True)


@pytest.fixture
async def warned(house: House, line: Line, subscribed: None) -> None:
    """The letter about 80 % has gone out in this cycle, and the one about 100 % in the cycle before."""
    await house.rows(
        "insert into public.quota_alerts (tenant_id, cycle_first, threshold, messages, tokens, cost)"
        " values ($1, current_date - 10, 80, 1700, 1000000, 0), ($1, current_date - 40, 100, 2000, 1000000, 0)"
        " on conflict do nothing",
        line.tenant,
    )


@EVERY_LOOK
async def test_how_full_the_plan_is_and_what_it_cost_is_shown_in_reais(seat: Seat, warned: None, look: str):
    await seat.go()
    page = seat.page
    await expect(page.locator("h2", has_text=TITLE)).to_be_visible()
    await expect(page.get_by_label("Mensagens: 85 por cento do plano")).to_be_visible()
    stat = page.locator(".stat").filter(has_text="Custo da IA no ciclo")
    await expect(stat.locator(".figure")).to_have_text(re.compile(r"^R\$\s9,0\d$"))
    await expect(stat).to_contain_text("previsão no fim: R$")
    await expect(page.get_by_role("link", name=re.compile("chegou a 80 %"))).to_have_attribute("href", "/painel/plano")
    assert "US$" not in await page.locator("main").inner_text()
    await seat.looks_right(look, "inicio-com-plano")


@EVERY_LOOK
async def test_an_overdue_bill_is_the_first_thing_who_pays_reads(
    seat: Seat, subscribed: None, house: House, line: Line, look: str
):
    late = "update public.subscriptions set state = $2, past_due_since = $3 where tenant_id = $1"
    await house.rows(late, line.tenant, "past_due", datetime.now(UTC))

    await seat.go()

    told = seat.page.get_by_role("link", name=re.compile("Há uma fatura atrasada"))
    await expect(told).to_have_attribute("href", "/painel/plano")
    await seat.looks_right(look, "inicio-atrasado")
    await house.rows(late, line.tenant, "active", None)
    await seat.go()
    await expect(told).to_have_count(0)


async def test_who_may_not_see_bills_sees_the_day_and_no_money(newcomer: Seat, warned: None, add_person: AddPerson):
    newcomer.email = add_person("viewer")
    await newcomer.log_in()
    await expect(newcomer.page.get_by_text("Conversas hoje")).to_be_visible()
    assert "R$" not in await newcomer.page.locator("main").inner_text()
