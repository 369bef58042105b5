"""Two contacts turn out to be one person: what they booked, hold and wait for goes along."""

from __future__ import annotations

from datetime import timedelta

from application.agenda.work import Listed
from domain.agenda.slot import Slot
from domain.agenda.waiting import Wait
from domain.conversations.inbound import Chat
from domain.shared.ids import AddressId, ContactId
from domain.shared.phone import Phone
from tests.builders.agenda import Practice, at, introduced

WEEK = Slot(at(0), at(0) + timedelta(days=7))


async def a_hidden_contact(practice: Practice) -> tuple[AddressId, ContactId]:
    """Somebody who writes from behind a LID."""
    schema = f"tenant_{practice.tenant}"
    address = await practice.pool.fetchval(
        f"insert into {schema}.addresses (connection_id, address) values ('c', '1@lid') returning id"
    )
    async with practice.open_work(practice.tenant) as work:
        known = await work.contacts.recognize(AddressId(address), Chat("1@lid"), "Ana")
        await work.commit()
    return AddressId(address), known.contact


async def test_appointments_and_places_in_line_follow_the_person(practice: Practice):
    address, hidden = await a_hidden_contact(practice)
    number = Phone("+5511912345678")
    known = await introduced(practice.agenda, practice.tenant, number, "Ana Souza")
    other_visit = await practice.service("Retorno")
    appointment = await practice.book(at(9), hidden)
    await practice.agenda.hold_slot(practice.tenant, practice.wish(hidden, at(11)))
    kept = [
        await practice.agenda.waiting.add(practice.tenant, Wait(who, what, WEEK), "user:x")
        for who, what in ((hidden, practice.visit), (known, practice.visit), (hidden, other_visit))
    ]

    async with practice.open_work(practice.tenant) as work:
        joined = await work.contacts.recognize(address, Chat("1@lid", number), "Ana")
        await work.commit()

    theirs = await practice.agenda.appointments(practice.tenant, Listed(WEEK, contact=known))
    waits = await practice.agenda.waiting.list(practice.tenant)
    assert (joined.contact, joined.joined) == (known, True)
    assert [view.appointment.id for view in theirs] == [appointment.id]
    assert at(11) in await practice.free(contact=known)
    assert [(each.id, each.contact) for each in waits] == [(kept[1].id, known), (kept[2].id, known)]


async def test_who_asked_to_be_left_alone_is_left_alone_under_both_names(practice: Practice):
    address, hidden = await a_hidden_contact(practice)
    number = Phone("+5511912345678")
    known = await introduced(practice.agenda, practice.tenant, number, "Ana Souza")
    async with practice.open_work(practice.tenant) as work:
        assert await work.notices.set_opted_out(hidden, practice.now)
        await work.commit()

    async with practice.open_work(practice.tenant) as work:
        await work.contacts.recognize(address, Chat("1@lid", number), "Ana")
        await work.commit()

    async with practice.open_work(practice.tenant) as work:
        assert await work.notices.opted_out(known)
