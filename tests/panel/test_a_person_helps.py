"""A customer writes, a person at the panel sees it arrive, takes over, answers, notes, and gives it back."""

from __future__ import annotations

import re

from playwright.async_api import expect

from ops.sandbox.handle import Gemini
from tests.journeys.customer import Customer
from tests.journeys.house import House, Line
from tests.panel.conftest import Seat


async def test_a_conversation_appears_while_the_list_is_looked_at(seat: Seat, ana: Customer):
    await seat.go("/conversas")
    await expect(seat.page.locator("[data-live]")).to_have_attribute("data-state", "on")

    await ana.says("bom dia, vocês abrem hoje? #viva1")

    row = seat.page.locator(".talk-row", has_text="#viva1").or_(seat.page.locator(".talk-row", has_text="Ana"))
    await expect(row.first).to_be_visible(timeout=10_000)
    await expect(row.first).to_contain_text("secretária")


async def test_taking_over_answering_and_giving_back(seat: Seat, ana: Customer, house: House, line: Line):
    await ana.says("oi, quero remarcar #assumo1")
    await ana.hears()
    await seat.go(f"/conversas/{await seat.conversation(ana.phone)}")
    lines = seat.page.locator("#lines")
    await expect(lines).to_contain_text("quero remarcar #assumo1")
    await expect(lines.locator(".bubble.assistant .foot")).to_contain_text("enviada", timeout=10_000)

    await seat.page.get_by_role("button", name="Assumir").click()
    await expect(lines).to_contain_text("Carla Menezes assumiu a conversa")
    await expect(seat.page.locator(".aside .facts")).to_contain_text("Carla Menezes")
    await ana.says("tem alguém aí? #assumo2")
    await expect(lines).to_contain_text("#assumo2", timeout=10_000)
    await house.calm(line.tenant)

    await seat.page.get_by_label("Mensagem", exact=True).fill("Oi, Ana! Aqui é a Carla.")
    await seat.page.keyboard.press("Enter")
    await expect(lines.locator(".bubble.person")).to_contain_text("Oi, Ana! Aqui é a Carla.")
    assert await ana.hears() == ["Oi, Ana! Aqui é a Carla."]
    await expect(lines.locator(".bubble.person .foot")).to_contain_text("enviada", timeout=10_000)
    await expect(seat.page.get_by_label("Mensagem", exact=True)).to_have_value("")

    await seat.page.get_by_label("Mensagem", exact=True).fill("Prefere a Dra. Paula")
    await seat.page.get_by_role("button", name="Guardar como nota interna").click()
    await expect(lines.locator(".bubble.note")).to_contain_text("Prefere a Dra. Paula")

    await seat.page.get_by_role("button", name="Devolver à secretária").click()
    await expect(lines).to_contain_text("devolveu a conversa à secretária")
    await ana.says("e o preço? #assumo3")
    assert "#assumo3" in (await ana.hears())[0]
    await expect(lines).to_contain_text("#assumo3", timeout=10_000)
    assert await ana.everything_heard() == [one for one in await ana.everything_heard() if "Paula" not in one]


async def test_the_assistant_knows_what_the_person_said(seat: Seat, ana: Customer, gemini: Gemini):
    await ana.says("oi #sei1")
    await ana.hears()
    await seat.go(f"/conversas/{await seat.conversation(ana.phone)}")
    await seat.page.get_by_label("Mensagem", exact=True).fill("Combinado: quinta às 15h com a Dra. Paula.")
    await seat.page.get_by_label("Enviar ao cliente").click()
    await ana.hears()
    await seat.page.get_by_role("button", name="Devolver à secretária").click()
    await expect(seat.page.get_by_role("button", name="Assumir")).to_be_visible()

    await ana.says("que dia ficou mesmo? #sei2")
    await ana.hears()

    asked = (await gemini.requests()).requests[-1]
    assert "quinta às 15h com a Dra. Paula" in str(asked)


async def test_a_summary_is_made_for_the_person(seat: Seat, ana: Customer, gemini: Gemini):
    await gemini.when("<conversa>", {"text": "Quer remarcar a limpeza. Falta escolher o dia."})
    await ana.says("quero remarcar a limpeza #resumo1")
    await ana.hears()
    await seat.go(f"/conversas/{await seat.conversation(ana.phone)}")

    await seat.page.get_by_role("button", name="Resumir conversa").click()

    await expect(seat.page.locator("aside .summary")).to_have_text("Quer remarcar a limpeza. Falta escolher o dia.")


async def test_past_the_plan_no_summary_is_made_and_the_reason_is_said(
    seat: Seat, ana: Customer, gemini: Gemini, suspended: None
):
    seat.expected = ("409",)
    await ana.says("oi #resumo2")
    assert "pausa" in (await ana.hears())[0]
    await seat.go(f"/conversas/{await seat.conversation(ana.phone)}")
    asked = len((await gemini.requests()).requests)

    await seat.page.get_by_role("button", name="Resumir conversa").click()

    await expect(seat.page.get_by_role("alert")).to_contain_text("A empresa está suspensa")
    assert len((await gemini.requests()).requests) == asked


async def test_the_same_form_sent_twice_is_one_answer(seat: Seat, ana: Customer, house: House, line: Line):
    await ana.says("oi #dobro1")
    await ana.hears()
    await seat.go(f"/conversas/{await seat.conversation(ana.phone)}")
    again = """async () => {
        const form = document.querySelector('[data-composer]');
        form.texto.value = 'uma vez só';
        const body = new URLSearchParams(new FormData(form));
        const send = () => fetch(form.action, {method: 'POST', body});
        return Promise.all([send(), send(), send()]).then((all) => all.map((one) => one.status));
    }"""

    assert await seat.page.evaluate(again) == [200, 200, 200]

    await house.calm(line.tenant)
    assert (await ana.everything_heard())[1:] == ["uma vez só"]


async def test_what_was_typed_stays_when_it_cannot_be_sent(seat: Seat, ana: Customer):
    seat.expected = ("422",)
    await ana.says("oi #longo1")
    await ana.hears()
    await seat.go(f"/conversas/{await seat.conversation(ana.phone)}")
    field = seat.page.get_by_label("Mensagem", exact=True)
    await field.evaluate("field => { field.removeAttribute('maxlength'); field.value = 'x'.repeat(5000); }")

    await seat.page.get_by_label("Enviar ao cliente").click()

    await expect(seat.page.get_by_role("alert")).to_contain_text("passou do limite de 4000 caracteres")
    await expect(seat.page.get_by_label("Mensagem", exact=True)).to_have_value("x" * 5000)
    assert len(await ana.everything_heard()) == 1


async def test_finding_by_name_by_number_and_by_what_was_said(seat: Seat, ana: Customer):
    ana.name = "Ângela Conceição"
    await ana.says("posso levar meu cachorro? #acho1")
    await ana.hears()
    await seat.go("/conversas")
    for typed in ("angela conc", ana.phone[-8:], "CACHORRO"):
        await seat.page.get_by_label("Buscar").fill(typed)
        await expect(seat.page.locator(".talk-row")).to_have_count(1)
        await expect(seat.page.locator(".talk-row")).to_contain_text("Ângela Conceição")

    await seat.page.get_by_label("Buscar").fill("isto ninguém disse")
    await expect(seat.page.get_by_text("Nada por aqui")).to_be_visible()
    await expect(seat.page).to_have_url(re.compile(r"busca=isto"))
