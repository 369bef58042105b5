""" "Respostas barradas" in a real browser: what the assistant was about to say, and what the client read."""

from __future__ import annotations

from playwright.async_api import expect

from tests.journeys.customer import Customer
from tests.journeys.house import House, Line
from tests.panel.conftest import Seat
from tests.panel.desk import EVERY_LOOK, HOSTILE


@EVERY_LOOK
async def test_a_held_reply_stands_beside_what_was_read_instead(
    seat: Seat, house: House, line: Line, ana: Customer, look: str
):
    page = seat.page
    await house.rows("delete from held_claims", tenant=line.tenant)
    await seat.go("/conversas")
    await page.get_by_role("link", name="Respostas barradas").click()
    await expect(page.locator("main")).to_contain_text("Nenhuma resposta barrada em 30 dias")
    await seat.looks_right(look, "barradas-vazio")
    await ana.says(f"marcou minha consulta? {HOSTILE}")
    await ana.hears()
    talk = await seat.conversation(ana.phone)
    for reason, text, rewritten in (
        ("nothing_booked", f"Prontinho, marquei para *sexta às 9h*! {HOSTILE}", False),
        ("not_offered", "Tenho às 10h na quinta, quer?", True),
        ("something_new", "Está tudo certo.", False),
    ):
        await house.rows(
            "insert into held_claims (conversation_id, answers_to, reason, text, instead, rewritten) values ($1, (select"
            " max(id) from messages where conversation_id = $1), $2, $3, $4, $5)",
            talk,
            reason,
            text,
            "Por aqui ainda não há nenhum horário marcado para você.\nMe diga o *serviço* e o dia.",
            rewritten,
            tenant=line.tenant,
        )
    await seat.go("/conversas/barradas")
    told = page.locator(".held li", has_text="Prontinho")
    await expect(told).to_contain_text("Falava de um agendamento que não existe.")
    await expect(told).to_contain_text("marcou minha consulta?")
    await expect(told).to_contain_text("texto fixo no lugar")
    await expect(page.locator(".held li", has_text="Tenho às 10h")).to_contain_text("dita de outro jeito")
    await expect(page.locator(".held li", has_text="tudo certo")).to_contain_text("o que a agenda não tem")
    assert await page.locator("main img, main b").count() == 0
    await seat.looks_right(look, "barradas")
    await told.get_by_role("link").click()
    await expect(page).to_have_url(f"{house.url}/painel/conversas/{talk}")
