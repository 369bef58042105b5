"""A professional's calendar file: theirs only, by a secret address that can be ended, and harmless whatever names hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from icalendar import Calendar

from adapters.icalendar.pages import CalendarPages
from adapters.postgres.calendar_feeds import PostgresLiving
from application.agenda.feed import FeedNotFound, GiveFeed, ReadFeed
from domain.agenda.people import ProfessionalNotFound
from domain.shared.errors import TooOften
from domain.shared.ids import ProfessionalId, TenantId
from tests.builders.calendars import Clinic, at
from tests.fakes.intake import FakeRateLimits


@dataclass
class Reader:
    give: GiveFeed
    ask: ReadFeed
    limits: FakeRateLimits

    async def read(self, tenant: TenantId, token: str) -> bytes:
        return await self.ask(tenant, token, "203.0.113.9")


@pytest.fixture
def reader(clinic: Clinic) -> Reader:
    limits = FakeRateLimits()
    read = ReadFeed(clinic.open_work, PostgresLiving(clinic.pool), CalendarPages(), limits, lambda: clinic.time[0])
    return Reader(GiveFeed(clinic.open_work), read, limits)


async def test_shows_what_stands_in_utc_and_none_of_cal_coms_names(clinic: Clinic, reader: Reader) -> None:
    booked = await clinic.book(at(9), await clinic.client("Bia; Souza, a \\ mais\r\nBEGIN:VEVENT " + "x" * 80))
    token = await reader.give(clinic.tenant, clinic.doctor, "user:x")

    page = await reader.read(clinic.tenant, token)

    calendar = Calendar.from_ical(page)
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == at(9)
    assert event["uid"] == f"{clinic.tenant}-{booked.id}@secretaria"
    assert str(event["summary"]).startswith("Consulta: Bia; Souza, a \\ mais")
    assert b"DTSTART:20310303T120000Z" in page
    assert str(booked.ref).encode() not in page
    assert b"98765" not in page
    assert all(len(line) <= 75 for line in page.split(b"\r\n"))


async def test_a_new_address_ends_the_one_before_and_none_is_left_once_it_is_taken_back(
    clinic: Clinic, reader: Reader
) -> None:
    first = await reader.give(clinic.tenant, clinic.doctor, "user:x")
    second = await reader.give(clinic.tenant, clinic.doctor, "user:x")

    with pytest.raises(FeedNotFound):
        await reader.read(clinic.tenant, first)
    assert await reader.read(clinic.tenant, second)
    await reader.give.take_back(clinic.tenant, clinic.doctor, "user:x")
    with pytest.raises(FeedNotFound):
        await reader.read(clinic.tenant, second)


async def test_an_address_opens_one_company_only(clinic: Clinic, reader: Reader) -> None:
    token = await reader.give(clinic.tenant, clinic.doctor, "user:x")

    for other in (0, -1, clinic.tenant + 1000, 2**40):
        with pytest.raises(FeedNotFound):
            await reader.read(TenantId(other), token)
    for wrong in ("", token[:-1], token.upper(), "\udcff"):
        with pytest.raises(FeedNotFound):
            await reader.read(clinic.tenant, wrong)


async def test_nobody_gets_an_address_for_whom_nobody_knows(clinic: Clinic, reader: Reader) -> None:
    with pytest.raises(ProfessionalNotFound):
        await reader.give(clinic.tenant, ProfessionalId(999), "user:x")


async def test_only_a_digest_of_the_address_is_kept(clinic: Clinic, reader: Reader) -> None:
    token = await reader.give(clinic.tenant, clinic.doctor, "user:x")

    async with clinic.open_work(clinic.tenant) as work:
        row = await work._connection.fetchval("select to_jsonb(f)::text from calendar_feeds f")
    assert token not in row


async def test_who_reads_too_often_is_told_to_wait_before_anything_is_read(clinic: Clinic, reader: Reader) -> None:
    token = await reader.give(clinic.tenant, clinic.doctor, "user:x")
    reader.limits.exceeded = "number"

    with pytest.raises(TooOften) as refused:
        await reader.read(clinic.tenant, token)

    assert refused.value.retry_after == 60
    assert all(token not in number for _, number, _ in reader.limits.hits), "the address is a secret"


async def test_one_feed_and_one_address_of_the_internet_are_each_counted(clinic: Clinic, reader: Reader) -> None:
    token = await reader.give(clinic.tenant, clinic.doctor, "user:x")

    await reader.read(clinic.tenant, token)
    with pytest.raises(FeedNotFound):
        await reader.read(clinic.tenant, "guessed")

    numbers = [number for _, number, _ in reader.limits.hits]
    assert numbers.count("feed from 203.0.113.9") == 2
    assert len(set(numbers)) == 3


async def test_of_a_busy_professionals_appointments_those_to_come_are_there_before_those_long_over(
    clinic: Clinic, reader: Reader
) -> None:
    contact, now = await clinic.client(), clinic.time[0]
    async with clinic.open_work(clinic.tenant) as work:  # every half hour of the last 25 days, and of the next three
        await work._connection.execute(
            "insert into appointments (contact_id, professional_id, service_id, starts, ends, status)"
            " select $1, $2, $3, begins, begins + interval '30 minutes', 'kept' from generate_series("
            " $4::timestamptz - interval '25 days', $4::timestamptz + interval '3 days', interval '30 minutes') begins",
            contact,
            clinic.doctor,
            clinic.visit,
            now,
        )
        await work.commit()
    token = await reader.give(clinic.tenant, clinic.doctor, "user:x")

    starts = [each.decoded("dtstart") for each in Calendar.from_ical(await reader.read(clinic.tenant, token)).events]

    assert len(starts) == len(set(starts)) == 1_000
    assert max(starts) == now + timedelta(days=3)
    assert min(starts) == max(starts) - 999 * timedelta(minutes=30)
