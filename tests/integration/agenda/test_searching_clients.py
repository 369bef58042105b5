"""Whoever is looked for at the desk is found however the name is typed."""

from __future__ import annotations

import pytest

from adapters.postgres.plain_text import plain_column, plain_words
from application.agenda.work import Listed
from domain.agenda.slot import Slot
from tests.builders.agenda import Practice, at

LATIN = "".join(map(chr, (*range(0x20, 0x7F), *range(0xC0, 0x250), *range(0x1E00, 0x1F00))))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("João Pão", "joao"),
        ("Joao Pao", "JOÃO"),
        ("JOÃO PÃO", "ao pao"),
        ("Júlia Conceição", "conceicao"),
        ("Jo\u0061\u0303o", "joão"),
        ("Zé'; %_\\", "%_\\"),
        ("Ægir Ñúñez", "nunez"),
    ],
)
async def test_accents_and_capitals_are_in_nobodys_way(practice: Practice, name: str, typed: str):
    await practice.client("Bia")
    wanted = await practice.client(name)
    await practice.book(at(9), await practice.client("Caio"))
    booked = await practice.book(at(10), wanted)

    clients = await practice.agenda.find_clients(practice.tenant, typed)
    async with practice.open_work(practice.tenant) as work:
        found = await work.appointments.list(Listed(Slot(at(0), at(24)), words=typed))

    assert [each.id for each in clients] == [wanted]
    assert [each.appointment.id for each in found] == [booked.id]


async def test_the_latest_come_first_where_that_is_asked_and_the_limit_leaves_out_the_others(practice: Practice):
    ana = await practice.client("Ana")
    booked = [(await practice.book(at(hour), ana)).id for hour in (9, 10, 11)]

    async with practice.open_work(practice.tenant) as work:
        first = await work.appointments.list(Listed(Slot(at(0), at(24)), limit=2))
        latest = await work.appointments.list(Listed(Slot(at(0), at(24)), limit=2, latest_first=True))

    assert [each.appointment.id for each in first] == booked[:2]
    assert [each.appointment.id for each in latest] == [booked[2], booked[1]]


async def test_what_is_typed_and_what_is_kept_are_folded_alike(practice: Practice):
    kept = await practice.pool.fetchval(f"select {plain_column('$1::text')}", LATIN)

    assert kept == plain_words(LATIN)
    assert kept.isascii() is False
    assert not set(kept) & set("áàâãéêíóôõúüçñÁÃÇÉ")
