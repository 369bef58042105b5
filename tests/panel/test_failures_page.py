"""What could not be delivered is seen with its reason, tried again, or let go."""

from __future__ import annotations

from playwright.async_api import expect

from ops.sandbox.handle import Whaticket
from tests.journeys.customer import Customer, new_phone
from tests.journeys.house import House, Line
from tests.panel.conftest import Seat


async def refused(house: House, line: Line, customer: Customer, words: str) -> None:
    """A reply that Whaticket will not take."""
    await customer.whaticket.plant(line.sandbox, "status", status=422, count=1)
    await customer.says(words)
    await house.until("select 1 from public.jobs where tenant_id = $1 and state = 'dead'", line.tenant)
    await house.calm(line.tenant)


async def test_a_dead_letter_is_tried_again_and_arrives(seat: Seat, ana: Customer, house: House, line: Line):
    await refused(house, line, ana, "oi #morta1")
    await seat.go("/falhas")
    failure = seat.page.locator(".failures li")
    await expect(failure).to_have_count(1)
    await expect(failure).to_contain_text("Enviar mensagem")
    await expect(failure).to_contain_text("Ana")

    await failure.get_by_role("button", name="Tentar de novo").click()

    assert "#morta1" in (await ana.hears())[0]
    await expect(seat.page.get_by_role("status")).to_contain_text("nova tentativa")
    await house.calm(line.tenant)
    await seat.go("/falhas")
    await expect(seat.page.get_by_text("Nenhuma falha")).to_be_visible()


async def test_several_are_discarded_after_a_question(seat: Seat, whaticket: Whaticket, house: House, line: Line):
    for words in ("oi #vai1", "oi #vai2"):
        await refused(house, line, Customer(whaticket, line.sandbox, new_phone()), words)
    await seat.go("/falhas")
    await expect(seat.page.locator(".failures li")).to_have_count(2)
    await expect(seat.page.get_by_role("button", name="Descartar…")).to_be_disabled()

    await seat.page.get_by_label("Marcar todas desta página").check()
    await seat.page.get_by_role("button", name="Descartar…").click()
    await seat.page.get_by_role("dialog").get_by_role("button", name="Descartar").click()

    await expect(seat.page.get_by_text("Nenhuma falha")).to_be_visible()
    assert await house.rows("select id from public.jobs where tenant_id = $1", line.tenant) == []


async def test_a_foreign_companys_letter_is_no_letter(seat: Seat, whaticket: Whaticket, house: House):
    other = house.open_company("Clínica Alheia")
    await refused(house, other, Customer(whaticket, other.sandbox, new_phone()), "oi #alheia1")
    [theirs] = await house.rows("select id from public.jobs where tenant_id = $1", other.tenant)
    await seat.go("/falhas")
    assert "alheia1" not in await seat.page.content()
    send = """(id) => {
        const token = JSON.parse(document.body.getAttribute('hx-headers'))['X-CSRF-Token'];
        const body = new URLSearchParams({falha: id, _csrf: token});
        return Promise.all(['repetir', 'descartar'].map((deed) => fetch(`/painel/falhas/${deed}`, {method: 'POST', body})))
            .then((all) => all.map((one) => one.status));
    }"""

    assert await seat.page.evaluate(send, str(theirs["id"])) == [200, 200]

    rows = await house.rows("select state from public.jobs where tenant_id = $1", other.tenant)
    assert [row["state"] for row in rows] == ["dead"]
