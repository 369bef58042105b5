"""The agenda at the desk, in a real browser: looked at, booked, moved, called off, and set up from nothing."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.journeys.house import House, Line
from tests.panel.conftest import AddPerson, Seat

SAO_PAULO: Final = ZoneInfo("America/Sao_Paulo")
EVERY_LOOK = pytest.mark.parametrize("look", ["light", "dark", "phone"], indirect=True)
TABLES: Final = "waiting_list, calendar_entries, agenda_places, appointments, days_off, services, professionals"
HOSTILE: Final = "\"><img src=x onerror=alert(1)><b onclick=alert(1)>Zé' {{7*7}}"
ALL_WEEK: Final = "[" + ",".join(["[[480, 720], [780, 1080]]"] * 7) + "]"
STATES: Final = {
    "pending": "aguardando o calendário",
    "booked": "marcado",
    "confirmed": "confirmado",
    "rescheduled": "remarcado",
    "kept": "compareceu",
    "missed": "faltou",
    "cancelled": "cancelado",
}


@dataclass
class Desk:
    """A practice with two doctors and one service, as rows."""

    house: House
    tenant: int
    day: date
    doctors: list[int]
    service: int
    people: int = 0

    async def booked(
        self, hour: float, name: str, state: str = "booked", doctor: int = 0, day: date | None = None
    ) -> int:
        self.people += 1
        phone = f"+55119{70_000_000 + self.people:08}"
        starts = datetime.combine(day or self.day, datetime.min.time(), SAO_PAULO) + timedelta(hours=hour)
        contact = await self.one(
            "insert into contacts (phone, name) values ($1, $2) on conflict (phone) do update set name = $2 returning id",
            phone,
            name,
        )
        id = await self.one(
            "insert into appointments (contact_id, professional_id, service_id, starts, ends, status, price_cents)"
            " values ($1, $2, $3, $4, $5, $6, 15000) returning id",
            contact,
            self.doctors[doctor],
            self.service,
            starts,
            starts + timedelta(minutes=30),
            state,
        )
        if state != "cancelled":
            await self.one(
                "insert into agenda_places (professional_id, busy, appointment_id)"
                " values ($1, tstzrange($2, $3), $4) returning id",
                self.doctors[doctor],
                starts,
                starts + timedelta(minutes=30),
                id,
            )
        return id

    async def one(self, sql: str, *args: object) -> int:
        return int((await self.house.rows(sql, *args, tenant=self.tenant))[0]["id"])

    async def stands(self, id: int) -> str:
        rows = await self.house.rows(
            "select status, to_char(starts at time zone 'America/Sao_Paulo', 'DD HH24:MI') as at from appointments"
            " where id = $1",
            id,
            tenant=self.tenant,
        )
        return f"{rows[0]['status']} {rows[0]['at'][3:]}"


def some_day() -> date:
    """Not today: whatever the hour is, all of it is ahead; and not a Sunday, so that the next day is of the same week."""
    day = datetime.now(SAO_PAULO).date() + timedelta(days=1)
    return day + timedelta(days=day.weekday() == 6)


@pytest.fixture
async def nothing(house: House, line: Line) -> AsyncIterator[None]:
    await house.rows(f"truncate {TABLES} cascade", tenant=line.tenant)
    await house.rows("update agenda_rules set closed_on_holidays = false, lead_minutes = 60", tenant=line.tenant)
    yield
    await house.rows("delete from public.jobs where due_at > now()", tenant=line.tenant)
    await house.calm(line.tenant)


@pytest.fixture
async def desk(house: House, line: Line, nothing: None) -> Desk:
    desk = Desk(house, line.tenant, some_day(), [], 0)
    for name in ("Dra. Marina Lopes", "Dr. Caio Prado"):
        doctor = await desk.one(
            "insert into professionals (name, hours) values ($1, $2::jsonb) returning id", name, ALL_WEEK
        )
        desk.doctors.append(doctor)
    desk.service = await desk.one("insert into services (name, minutes) values ('Consulta', 30) returning id")
    return desk


def block(seat: Seat, who: str) -> Locator:
    return seat.page.locator(".board .block", has_text=who)


async def test_from_nothing_to_the_first_appointment_in_three_steps(seat: Seat, nothing: None):
    page = seat.page
    await seat.go("/agenda")
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


async def test_a_block_is_dragged_and_a_refused_one_stays_where_it_was(seat: Seat, desk: Desk):
    id = await desk.booked(9, "Ana")
    await desk.booked(11, "Bia")
    page, seat.expected = seat.page, ("409",)
    await seat.go(f"/agenda?dia={desk.day.isoformat()}")
    await drag(seat, block(seat, "Ana"), hours=1)
    await expect(page.locator("#toasts")).to_contain_text("Horário mudado.")
    await expect(block(seat, "Ana")).to_contain_text("10:00", timeout=8_000)
    assert await desk.stands(id) == "rescheduled 10:00"
    await drag(seat, block(seat, "Ana"), hours=1)
    await expect(page.locator("#toasts")).to_contain_text("Esse horário acabou de ser ocupado")
    assert await desk.stands(id) == "rescheduled 10:00"
    await drag(seat, block(seat, "Ana"), hours=2.5)
    await expect(page.locator("#toasts")).to_contain_text("Ninguém atende nesse horário")
    await expect(page).to_have_url(re.compile(r"/painel/agenda\?dia="))


async def drag(seat: Seat, what: Locator, hours: float) -> None:
    await what.scroll_into_view_if_needed()
    box = await what.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await seat.page.mouse.move(x, y)
    await seat.page.mouse.down()
    await seat.page.mouse.move(x, y + box["height"], steps=3)
    await seat.page.mouse.move(x, y + hours * 2 * box["height"], steps=4)
    await seat.page.mouse.up()


async def test_what_others_book_appears_by_itself(seat: Seat, desk: Desk):
    await desk.booked(9, "Ana")
    await seat.go(f"/agenda?dia={desk.day.isoformat()}")
    await expect(seat.page.locator("[data-live]")).to_have_attribute("data-state", "on")
    await desk.booked(15, "Chegou agora")
    await expect(block(seat, "Chegou agora")).to_be_visible(timeout=8_000)


async def test_the_keyboard_is_enough(seat: Seat, desk: Desk):
    await desk.booked(9, "Ana")
    await desk.booked(10, "Bia")
    await desk.booked(10, "Caio", doctor=1)
    page = seat.page
    await seat.go(f"/agenda?dia={desk.day.isoformat()}")
    for key, who in (("ArrowDown", "Ana"), ("ArrowDown", "Bia"), ("ArrowRight", "Caio"), ("ArrowLeft", "Bia")):
        await page.keyboard.press(key)
        await expect(block(seat, who).locator("a")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Bia")
    await seat.go(f"/agenda?dia={desk.day.isoformat()}")
    await page.keyboard.press("w")
    await expect(page).to_have_url(re.compile("ver=semana"))
    await page.keyboard.press("d")
    await expect(page).not_to_have_url(re.compile("ver=semana"))
    await page.keyboard.press("t")
    await expect(page.locator("#dia")).to_have_value(datetime.now(SAO_PAULO).date().isoformat())
    await page.keyboard.press("n")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Novo agendamento")


async def test_reminders_are_set_in_a_card_and_what_is_typed_wrongly_stays_with_its_reason(seat: Seat, desk: Desk):
    page = seat.page
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


async def test_without_scripts_links_and_forms_do_it_all(browser: Browser, seat: Seat, desk: Desk):
    await desk.booked(9, "Ana Souza")
    context = await browser.new_context(java_script_enabled=False, locale="pt-BR")
    await context.add_cookies(await seat.page.context.cookies())  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto(f"{seat.house.url}/painel/agenda/novo?dia={desk.day.isoformat()}")
    await page.get_by_label("Procurar contato").fill("ana")
    await page.get_by_role("button", name="Procurar").click()
    await page.get_by_text("Ana Souza").first.click()
    await page.get_by_role("button", name="Ver horários livres").click()
    await page.get_by_role("radio", name="10:00").check()
    await page.get_by_role("button", name="Marcar", exact=True).click()
    await expect(page.locator(".board .block", has_text="Ana Souza")).to_have_count(2)
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
