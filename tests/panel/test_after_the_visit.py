""" "Pós-Atendimento" in a real browser: what people answered, who is waited for, and one more question."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.async_api import expect

from tests.builders.clocks import zone_where_it_is
from tests.journeys.customer import Customer
from tests.journeys.house import House, Line
from tests.panel.conftest import AddPerson, Seat
from tests.panel.desk import EVERY_LOOK, HOSTILE, SAO_PAULO, Desk, desk, nothing

__all__ = ["desk", "nothing"]

PAGE = "/agenda/pos-atendimento"


@pytest.fixture(autouse=True)
async def noon(house: House, line: Line) -> None:
    """Whatever the hour is here, nobody sleeps where this company is; it is set before any page asks."""
    moved = "update public.tenants set time_zone = $2 where id = $1"
    await house.rows(moved, line.tenant, zone_where_it_is(12))


async def followed(
    desk: Desk, name: str, state: str, intent: str | None = None, *, back: int = 2, said: str = "", phone: str = ""
) -> int:
    """A visit some days ago, and what came of asking the day after."""
    day = datetime.now(SAO_PAULO).date() - timedelta(days=back + 1)
    appointment = await desk.booked(8 + desk.people / 2 % 9, name, "kept", day=day, phone=phone)
    if said:
        await desk.one(
            "insert into feedback_events (appointment_id, source, intent, comment, at)"
            " values ($1, 'follow_up', $2, $3, now()) returning id",
            appointment,
            intent,
            said,
        )
    return await desk.one(
        "insert into follow_ups (appointment_id, state, why, due_at, sent_at, sent, intent, answered_at) values ($1, $2,"
        " case when $2 = 'dropped' then 'unreachable' else '' end, now() - make_interval(days => $3),"
        " case when $2 in ('sent', 'answered') then now() - make_interval(days => $3) end,"
        " case when $2 in ('sent', 'answered') then 1 else 0 end, $4,"
        " case when $2 = 'answered' then now() - make_interval(days => $3) end) returning id",
        appointment,
        state,
        back,
        intent,
    )


@EVERY_LOOK
async def test_answers_are_counted_listed_and_sifted(seat: Seat, desk: Desk, look: str):
    page = seat.page
    await seat.go(PAGE)
    await expect(page.locator("main")).to_contain_text("Ainda não perguntamos a ninguém")
    await seat.looks_right(look, "pos-atendimento-vazio")
    for place in range(6):
        await followed(desk, f"Cliente {place}", "answered", "followup_positive", back=place * 3, said="Foi ótimo!")
    await followed(desk, "Marta Souza", "answered", "followup_negative", said="Esperei *uma hora* na recepção.")
    await followed(desk, HOSTILE, "answered", "followup_feedback", said=f"{HOSTILE}\nsegunda linha")
    await followed(desk, "João Pão", "sent")
    await followed(desk, "Bia Lima", "dropped")
    await followed(desk, "", "sent")
    await desk.house.rows("update contacts set phone = null where name = ''", tenant=desk.tenant)
    await seat.go(PAGE)
    main = page.locator("main")
    await expect(main).to_contain_text("80%")
    await expect(main).to_contain_text("85,7% dos que opinaram")
    await expect(main.locator("li", has_text="Marta Souza")).to_contain_text("não gostou")
    await expect(main.locator("li", has_text="Zé").locator("blockquote")).to_contain_text(
        "<img src=x onerror=alert(1)>"
    )
    await expect(main.locator("li", has_text="Bia Lima")).to_contain_text("nunca escreveu para a empresa")
    await expect(main.get_by_role("button", name="Reenviar follow-up a Contato sem nome")).to_have_count(1)
    assert await page.locator("main img, main b").count() == 0
    await seat.looks_right(look, "pos-atendimento")
    await page.get_by_label("Resposta", exact=True).select_option("Não gostou")
    await page.get_by_role("button", name="Filtrar").click()
    await expect(main.locator(".follow-ups li")).to_have_count(1)
    await page.get_by_role("link", name="Limpar").click()
    await page.get_by_label("Cliente", exact=True).fill("joao")
    await page.get_by_role("button", name="Filtrar").click()
    await expect(main.locator(".follow-ups li")).to_have_count(1)
    await expect(main.locator(".follow-ups li")).to_contain_text("esperando resposta")
    await page.get_by_label("Estado", exact=True).select_option("Respondido")
    await page.get_by_role("button", name="Filtrar").click()
    await expect(main).to_contain_text("Nada com esses filtros")


async def test_who_did_not_answer_is_asked_once_more_or_it_is_said_why_not(seat: Seat, desk: Desk, ana: Customer):
    await ana.says("oi")
    await ana.hears()
    id = await followed(desk, "Ana", "sent", phone=f"+{ana.phone}")
    await followed(desk, "Bia Lima", "sent")
    page, seat.expected = seat.page, ("422",)
    await seat.go(f"{PAGE}?estado=sent")
    await page.locator("li", has_text="Ana").get_by_role("button").click()
    await expect(page.locator("#toasts")).to_contain_text("Follow-up a caminho.")
    assert "Como foi" in (await ana.hears())[0]
    await expect(page.locator("li", has_text="Ana")).to_contain_text("esperando resposta (2ª vez)")
    await page.locator("li", has_text="Ana").get_by_role("button").click()
    await expect(page.locator("main")).to_contain_text("Isto acabou de ser enviado.")
    await page.locator("li", has_text="Bia Lima").get_by_role("button").click()
    await expect(page.locator("main")).to_contain_text("nunca escreveu para a empresa pelo WhatsApp")
    await expect(page.get_by_label("Estado", exact=True)).to_have_value("sent")
    await desk.house.rows("update follow_ups set state = 'answered' where id = $1", id, tenant=desk.tenant)


async def test_who_only_looks_cannot_ask_again(newcomer: Seat, desk: Desk, add_person: AddPerson):
    await followed(desk, "Ana", "sent")
    newcomer.email = add_person("viewer")
    await newcomer.log_in()
    await newcomer.go("/agenda")
    await newcomer.page.get_by_role("link", name="Pós-Atendimento").click()
    await expect(newcomer.page.locator(".follow-ups li")).to_have_count(1)
    await expect(newcomer.page.get_by_role("button", name="Reenviar")).to_have_count(0)
