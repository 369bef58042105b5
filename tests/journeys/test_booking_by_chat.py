"""A contact books, moves and calls off by chat, whatever the model does, and whoever dies meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from ops.sandbox.handle import Gemini, Whaticket
from tests.journeys.customer import Customer, new_phone
from tests.journeys.house import House, Line

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
EVERY_DAY = "[[[480, 1080]]" + ", [[480, 1080]]" * 6 + "]"
SERVICE = "insert into services (name, minutes) values ('Limpeza', 30)"


@dataclass
class Days:
    """Days far enough ahead to be booked; each story takes one of its own."""

    taken: int = 2

    def next(self) -> date:
        self.taken += 1
        return datetime.now(SAO_PAULO).date() + timedelta(days=self.taken)


DAYS = Days()


@pytest.fixture
async def clinic(house: House, line: Line) -> Line:
    """The module's company lends out its time."""
    await lend_out(house, line)
    return line


async def lend_out(house: House, line: Line) -> None:
    """One service at one professional, on every day."""
    connection = await asyncpg.connect(house.servers.superuser_url)
    try:
        await connection.execute(f"set search_path to tenant_{line.tenant}")
        if not await connection.fetchval("select count(*) from services"):
            await connection.execute(SERVICE)
            await connection.execute(
                "insert into professionals (name, hours) values ('Dra. Marina', $1::jsonb)", EVERY_DAY
            )
            await connection.execute("update agenda_rules set closed_on_holidays = false")
    finally:
        await connection.close()


@pytest.fixture
def bia(whaticket: Whaticket, clinic: Line) -> Customer:
    return Customer(whaticket, clinic.sandbox, new_phone(), name="Bia")


async def booked(house: House, clinic: Line) -> list[tuple[str, str]]:
    """Day and hour, and how it stands; of the newest."""
    rows = await house.rows("select starts, status from appointments order by id", tenant=clinic.tenant)
    return [(f"{row['starts'].astimezone(SAO_PAULO):%d/%m %H:%M}", row["status"]) for row in rows]


async def exchange(customer: Customer, said: str) -> str:
    await customer.says(said)
    return (await customer.hears())[0]


async def test_a_contact_books_moves_and_calls_off(ana: Customer, house: House, clinic: Line, gemini: Gemini):
    first, second = DAYS.next(), DAYS.next()

    assert "Posso marcar Limpeza com Dra. Marina" in await exchange(
        ana, f"quero marcar limpeza dia {first:%d/%m} às 15h"
    )
    assert "Ficou marcado: Limpeza com Dra. Marina" in await exchange(ana, "sim")
    assert (f"{first:%d/%m} 15:00", "booked") in await booked(house, clinic)
    assert "Posso mudar o seu horário para" in await exchange(ana, f"quero remarcar para dia {second:%d/%m} às 10h")
    assert "mudou para Limpeza" in await exchange(ana, "sim, pode mudar")
    assert (f"{second:%d/%m} 10:00", "rescheduled") in await booked(house, clinic)
    assert f"{second:%d/%m} às 10h" in await exchange(ana, "quais são meus horários?")
    assert "Posso cancelar Limpeza" in await exchange(ana, "preciso cancelar")
    assert "está cancelado" in await exchange(ana, "sim")
    assert (f"{second:%d/%m} 10:00", "cancelled") in await booked(house, clinic)
    assert await house.rows("select 1 from held_claims", tenant=clinic.tenant) == []
    uids = [str(row["ref"]) for row in await house.rows("select ref from appointments", tenant=clinic.tenant)]
    shown = str([call.body for call in (await gemini.requests()).requests])
    assert uids
    assert not any(uid in shown for uid in uids)


async def test_a_model_that_lies_is_caught_and_the_truth_is_said(
    ana: Customer, house: House, clinic: Line, gemini: Gemini
):
    day = DAYS.next()
    await gemini.when("marca logo", {"text": f"Prontinho! Sua limpeza está marcada para {day:%d/%m} às 15h."})

    heard = await exchange(ana, f"marca logo pra {day:%d/%m} às 15h")

    assert "está marcada" not in heard
    assert "não há nenhum horário marcado" in heard
    [held] = await house.rows("select * from held_claims order by id desc limit 1", tenant=clinic.tenant)
    assert (held["reason"], held["rewritten"], held["instead"]) == ("nothing_booked", False, heard)


async def test_an_hour_that_nobody_gave_is_not_proposed(ana: Customer, house: House, clinic: Line, gemini: Gemini):
    asks = f"Que tal {DAYS.next():%d/%m} às 15h?"
    await gemini.when("tarde", {"text": asks})
    await gemini.when("15 horas", {"text": asks})

    assert asks not in await exchange(ana, "queria vir de tarde")
    [held] = await house.rows("select * from held_claims order by id desc limit 1", tenant=clinic.tenant)
    assert (held["reason"], held["text"]) == ("not_offered", asks)
    assert await exchange(ana, "pode ser umas 15 horas") == asks


async def test_a_lie_is_caught_where_nothing_can_be_booked_at_all(house: House, whaticket: Whaticket, gemini: Gemini):
    plain = house.open_company("Clínica sem agenda")
    carla = Customer(whaticket, plain.sandbox, new_phone(), name="Carla")
    await gemini.when("quero um horário", {"text": "Marquei para amanhã às 15h!"})

    heard = await exchange(carla, "quero um horário amanhã às 15h")

    assert "Marquei" not in heard
    assert "Chamei alguém da equipe" in heard
    await house.until("select 1 from conversations where holder = 'waiting'", tenant=plain.tenant)


async def test_of_two_who_want_one_time_one_has_it_and_the_other_is_offered_others(
    ana: Customer, bia: Customer, house: House, clinic: Line, gemini: Gemini
):
    day = DAYS.next()
    for one in (ana, bia):
        assert "Posso marcar" in await exchange(one, f"quero marcar limpeza dia {day:%d/%m} às 9h")

    told = await asyncio.gather(exchange(ana, "sim"), exchange(bia, "sim"))

    assert sorted("Ficou marcado" in one for one in told) == [False, True]
    assert sum("acabou de ser ocupado" in one and "Estes ainda estão livres" in one for one in told) == 1
    assert (await booked(house, clinic)).count((f"{day:%d/%m} 09:00", "booked")) == 1


async def test_a_worker_killed_between_booking_and_answer_books_once_and_answers_once(
    ana: Customer, house: House, clinic: Line, gemini: Gemini, in_flight: Callable[[], Awaitable[None]]
):
    day = DAYS.next()
    await exchange(ana, f"quero marcar limpeza dia {day:%d/%m} às 11h")
    await gemini.plant("slow", skip=1, count=1, seconds=10)
    await ana.says("sim")
    at = datetime(day.year, day.month, day.day, 11, tzinfo=SAO_PAULO).astimezone(UTC)
    await house.until("select 1 from appointments where starts = $1 and status = 'booked'", at, tenant=clinic.tenant)
    await in_flight()

    house.kill("worker")
    house.start("worker")

    assert "Ficou marcado" in (await ana.hears())[0]
    await house.calm(clinic.tenant)
    assert (await booked(house, clinic)).count((f"{day:%d/%m} 11:00", "booked")) == 1
    assert len(await ana.everything_heard()) == 2


@pytest.fixture
async def no_model(house: House, gemini: Gemini) -> AsyncIterator[None]:
    """A worker that found the model away so often asks it no more for a while: the next stories get another one."""
    await gemini.plant("internal")
    yield
    house.stop("worker")


@pytest.mark.usefixtures("no_model")
async def test_without_the_model_the_menu_books(ana: Customer, house: House, clinic: Line):
    day = DAYS.next()

    assert "*1* - Marcar um horário" in await exchange(ana, "oi, bom dia")
    assert "Para quando?" in await exchange(ana, "1")
    assert "Posso marcar *Limpeza com Dra. Marina" in await exchange(ana, f"dia {day:%d/%m} às 16h")
    assert "Está marcado" in await exchange(ana, "sim")
    assert (f"{day:%d/%m} 16:00", "booked") in await booked(house, clinic)
