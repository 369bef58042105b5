"""Somebody else changes a client's appointment: the client hears of it once, as things then stand, or from who changed it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from application.agenda.keep import Asker
from application.agenda.reschedule_appointment import Move
from domain.agenda.appointment import Appointment
from domain.shared.ids import ContactId
from tests.builders.agenda import DESK, Practice, at
from tests.builders.unasked import Days

QUIET_DESK = replace(DESK, quietly=True)
STOP = "\n\nPara não receber mais avisos, responda *sair*."
AT_FOUR = (
    "Oi, Ana! Mudamos o seu horário de Consulta com Dra. Marina, que era segunda-feira, 30/11 às 14h."
    " O novo horário é segunda-feira, 30/11 às 16h. Se não for bom para você, é só responder por aqui." + STOP
)
OFF = (
    "Oi, Ana! O seu horário de Consulta com Dra. Marina, segunda-feira, 30/11 às 14h, foi cancelado."
    " Se quiser marcar outro, é só responder por aqui." + STOP
)


@pytest.fixture
def days(practice: Practice) -> Days:
    days = Days.of(practice)
    days.actors = ["agenda.settle", "reminders.tell_settled", "reminders.tell_change"]
    return days


async def expected(days: Days, hour: int = 14) -> tuple[ContactId, Appointment]:
    contact = await days.client()
    return contact, await days.practice.book(at(hour, days=7), contact)


async def moved(days: Days, one: Appointment, hour: int, asker: Asker = DESK, **more: object) -> None:
    await days.practice.agenda.reschedule(days.practice.tenant, one.id, Move(at(hour, days=7), **more), asker)


async def cancelled(days: Days, one: Appointment, asker: Asker = DESK) -> None:
    await days.practice.agenda.cancel(days.practice.tenant, one.id, asker)


async def minutes_later(days: Days, minutes: int = 3) -> None:
    await days.pass_to(days.practice.now + timedelta(minutes=minutes))


async def on_record(days: Days) -> list[tuple[str, str, str]]:
    """What the audit log says of the telling: the deed, of what, and how it ended."""
    rows = await days.rows(
        "select action, subject, after from public.audit_log where chain = $1 and action like 'change.%' order by number",
        days.practice.tenant,
    )
    return [(row["action"], row["subject"], json.loads(row["after"])["why"]) for row in rows]


async def test_a_move_by_the_desk_is_told_once_and_on_record(days: Days):
    days.practice.go_to(at(9))
    contact, one = await expected(days)

    await moved(days, one, 16)
    await minutes_later(days)
    await minutes_later(days)

    assert await days.told(contact) == [AT_FOUR]
    assert await on_record(days) == [("change.told", f"appointment:{one.id}", "said")]


async def test_a_cancellation_by_the_desk_is_told_with_the_way_to_another_time(days: Days):
    days.practice.go_to(at(9))
    contact, one = await expected(days)

    await cancelled(days, one)
    await minutes_later(days)

    assert await days.told(contact) == [OFF]


async def test_who_goes_to_a_colleague_hears_to_whom(days: Days):
    days.practice.go_to(at(9))
    colleague = await days.practice.professional("Dr. Paulo")
    contact, one = await expected(days)
    other, two = await expected(days, 17)

    await moved(days, one, 14, professional=colleague)
    await moved(days, two, 15, professional=colleague)
    await minutes_later(days)

    [same_time], [another] = await days.told(contact), await days.told(other)
    assert "horário de Consulta, segunda-feira, 30/11 às 14h, agora é com Dr. Paulo, e não mais com Dra." in same_time
    assert "O novo horário é segunda-feira, 30/11 às 15h, com Dr. Paulo." in another


@pytest.mark.parametrize("undo", [16, 14], ids=["elsewhere", "back"])
async def test_of_several_changes_in_a_night_the_morning_tells_how_things_stand(days: Days, undo: int):
    days.practice.go_to(at(9))
    contact, one = await expected(days)
    days.practice.go_to(at(22))

    await moved(days, one, 10)
    await minutes_later(days)
    await moved(days, one, undo)
    await days.pass_to(at(7, 59, days=1))
    in_the_night = await days.told(contact)
    await days.pass_to(at(8, 5, days=1))

    assert in_the_night == []
    assert await days.told(contact) == ([AT_FOUR] if undo == 16 else [])
    assert [deed for deed, _, _ in await on_record(days)] == (["change.told"] if undo == 16 else [])


async def test_who_was_moved_and_then_cancelled_is_told_of_the_time_they_knew(days: Days):
    days.practice.go_to(at(9))
    contact, one = await expected(days)

    await moved(days, one, 16)
    await cancelled(days, one)
    await minutes_later(days)

    assert await days.told(contact) == [OFF]


async def test_a_change_after_one_that_was_told_is_told_against_that(days: Days):
    days.practice.go_to(at(9))
    contact, one = await expected(days)

    await moved(days, one, 16)
    await minutes_later(days)
    await moved(days, one, 14)
    await minutes_later(days)

    [first, second] = await days.told(contact)
    assert first == AT_FOUR
    assert "que era segunda-feira, 30/11 às 16h. O novo horário é segunda-feira, 30/11 às 14h." in second


async def test_their_own_change_is_no_news_to_them_and_settles_what_was_untold(days: Days):
    days.practice.go_to(at(9))
    contact, one = await expected(days)
    own = Asker.client(contact)

    await moved(days, one, 16, own)
    await minutes_later(days)
    await moved(days, one, 17)
    await cancelled(days, one, own)
    await minutes_later(days)

    assert await days.told(contact) == []


async def test_who_tells_the_client_on_the_phone_need_not_have_it_sent(days: Days):
    days.practice.go_to(at(9))
    contact, one = await expected(days)

    await moved(days, one, 16, QUIET_DESK)
    await cancelled(days, one, QUIET_DESK)
    await minutes_later(days)

    assert await days.told(contact) == []


@pytest.mark.parametrize(("asker", "texts"), [(DESK, 1), (QUIET_DESK, 0)], ids=["told", "quietly"])
async def test_a_calendar_that_is_silent_for_a_while_leaves_one_message_or_none(days: Days, asker: Asker, texts: int):
    days.practice.go_to(at(9))
    contact, one = await expected(days)
    await moved(days, one, 15, DESK)
    days.practice.line.mute = True

    await moved(days, one, 16, asker)
    days.practice.line.mute = False
    await minutes_later(days)
    await minutes_later(days, 10)

    told = await days.told(contact)
    assert len(told) == texts
    assert all("segunda-feira, 30/11 às 16h" in text for text in told)


async def test_while_yet_another_move_is_being_asked_nothing_is_told_that_may_not_hold(days: Days):
    days.practice.go_to(at(9))
    contact, one = await expected(days)
    days.actors.remove("agenda.settle")
    await moved(days, one, 15, DESK)
    days.practice.line.deaf = True
    await moved(days, one, 16, Asker.client(contact))

    await minutes_later(days, 30)

    assert await days.told(contact) == []


async def moved_in_silence(
    days: Days, one: Appointment, hour: int, asker: Asker = DESK, *, refused: bool = False
) -> None:
    """By somebody whom the calendar does not answer before they look away."""
    if refused:
        other = await days.practice.book(at(hour, days=7))
        async with days.practice.open_work(days.practice.tenant) as work:
            await work.places.give_back(other.id)
            await work.commit()
    days.practice.line.deaf = True
    await moved(days, one, hour, asker)
    days.practice.line.deaf = False


@pytest.mark.parametrize(("then", "texts"), [("confirm", [AT_FOUR]), (15, ["às 15h"]), (14, [])])
async def test_a_desks_move_that_the_calendar_takes_late_is_told_by_what_holds_in_the_morning(
    days: Days, then: str | int, texts: list[str]
):
    days.practice.go_to(at(9))
    contact, one = await expected(days)
    days.practice.go_to(at(22, 10))

    await moved_in_silence(days, one, 16)
    await minutes_later(days)
    if isinstance(then, int):
        await moved(days, one, then)
    else:
        await days.practice.agenda.confirm(days.practice.tenant, one.id, DESK)
    await days.pass_to(at(8, 5, days=1))

    told = await days.told(contact)
    assert len(told) == len(texts)
    assert all(
        text in said and "que era segunda-feira, 30/11 às 14h." in said for text, said in zip(texts, told, strict=True)
    )


async def test_of_a_desks_move_that_the_calendar_refuses_late_the_client_never_hears(days: Days):
    days.practice.go_to(at(9))
    contact, one = await expected(days)

    await moved_in_silence(days, one, 16, refused=True)
    await minutes_later(days)
    await minutes_later(days, 10)

    assert await days.told(contact) == []
    assert await days.status(one.id) == "booked"


@pytest.mark.parametrize("asker", [DESK, QUIET_DESK], ids=["told", "quietly"])
async def test_a_move_refused_late_leaves_the_one_before_it_to_be_told(days: Days, asker: Asker):
    days.practice.go_to(at(9))
    contact, one = await expected(days)

    await moved(days, one, 16)
    await moved_in_silence(days, one, 17, asker, refused=True)
    await minutes_later(days)
    await minutes_later(days, 10)

    assert await days.told(contact) == [AT_FOUR]


async def test_who_asked_to_be_left_alone_is_left_alone(days: Days):
    days.practice.go_to(at(9))
    contact, one = await expected(days)
    async with days.practice.open_work(days.practice.tenant) as work:
        await work.notices.set_opted_out(contact, days.practice.now)
        await work.commit()

    await cancelled(days, one)
    await minutes_later(days)

    assert ("reminders.tell_change", "opted_out") in days.ran
    assert await days.told(contact) == []
    assert await on_record(days) == [("change.not_told", f"appointment:{one.id}", "opted_out")]
