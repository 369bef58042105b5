"""The door Cal.com's webhooks knock at: proven by their signature, kept once, and only ever a reason to go and read."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import httpx2
import pytest
from litestar import Litestar

from adapters.calcom.inbound import CalcomInbound
from adapters.http.calendar_webhook import calendar_webhook
from adapters.http.client_address import ClientAddress
from adapters.http.errors import HANDLERS
from adapters.postgres.calendar_connections import PostgresCalendarDesk
from adapters.postgres.calendar_secrets import PostgresCalendarSecrets
from application.agenda.look import Wanted
from application.agenda.receive_calendar_event import ReceiveCalendarEvent
from domain.agenda.slot import Slot
from ops.sandbox.calcom.records import Posted
from tests.builders.calendars import SECRET, Clinic, at
from tests.fakes.intake import FakeRateLimits

NOBODY_LISTENS = "http://127.0.0.1:9/"


@dataclass
class Door:
    clinic: Clinic
    http: httpx2.AsyncClient
    limits: FakeRateLimits

    async def knock(self, body: bytes, signature: str | None, *, connection: str | None = None) -> httpx2.Response:
        headers = {"content-type": "application/json"}
        if signature is not None:
            headers["x-cal-signature-256"] = signature
        path = f"/api/agenda/webhook/{connection or self.clinic.connection.id}"
        return await self.http.post(path, content=body, headers=headers)

    async def waiting(self) -> int:
        count: int = await self.clinic.pool.fetchval(
            "select count(*) from public.jobs where tenant_id = $1 and actor = 'agenda.reconcile'", self.clinic.tenant
        )
        return count

    async def told(self) -> list[Posted]:
        return (await self.clinic.calcom.webhooks()).webhooks


def signed(body: bytes, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def created(**more: object) -> bytes:
    return json.dumps({"triggerEvent": "BOOKING_CREATED", "createdAt": "2031-03-02T15:00:00Z", **more}).encode()


@asynccontextmanager
async def knocking(clinic: Clinic) -> AsyncIterator[Door]:
    limits, desk = FakeRateLimits(), clinic.calendars.desk
    assert isinstance(desk, PostgresCalendarDesk)
    receive = ReceiveCalendarEvent(
        clinic.calendars.connections,
        PostgresCalendarSecrets(desk.pool, desk.vault),
        CalcomInbound(),
        clinic.calendars.lines,
        limits,
        clinic.open_work,
        lambda: clinic.time[0],
    )
    app = Litestar(
        [calendar_webhook(receive, ClientAddress(()), body_limit=20_000)],
        exception_handlers=HANDLERS,
        openapi_config=None,
        logging_config=None,
    )
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://door") as http:
        yield Door(clinic, http, limits)


@pytest.fixture
async def door(clinic: Clinic) -> AsyncIterator[Door]:
    await clinic.pool.execute("delete from public.jobs where tenant_id = $1", clinic.tenant)
    async with knocking(clinic) as door:
        yield door


@pytest.fixture
async def heard(door: Door) -> Door:
    """Cal.com was told to call us: what it posts is on its record, with the signature it made."""
    triggers = ["BOOKING_CREATED", "BOOKING_CANCELLED", "BOOKING_RESCHEDULED", "MEETING_STARTED"]
    body = {"subscriberUrl": NOBODY_LISTENS, "triggers": triggers, "active": True, "secret": SECRET}
    headers = {"authorization": f"Bearer {door.clinic.account.key}"}
    async with httpx2.AsyncClient(base_url=door.clinic.calcom.url, trust_env=False) as http:
        assert (await http.post("/v2/webhooks", json=body, headers=headers)).status_code == 201
    return door


async def test_after_a_knock_free_times_are_asked_anew(door: Door) -> None:
    clinic = door.clinic
    wanted = Wanted(clinic.visit, Slot(at(9), at(12)))
    before = [each.slot.starts for each in await clinic.agenda.find_slots.look.free(clinic.tenant, wanted)]
    attendee = {"name": "Caio", "phoneNumber": "+5531988887777", "timeZone": "America/Sao_Paulo"}
    await clinic.calcom.do("book", eventTypeId=clinic.kind.id, start=at(9).isoformat(), attendee=attendee)

    assert (await door.knock(created(), signed(created()))).status_code == 202

    after = [each.slot.starts for each in await clinic.agenda.find_slots.look.free(clinic.tenant, wanted)]
    assert (at(9) in before, at(9) in after) == (True, False)


async def test_what_cal_com_really_posts_is_taken_and_the_calendar_is_read_a_moment_later(heard: Door) -> None:
    booked = await heard.clinic.book(at(9))
    await heard.clinic.calcom.do("cancel", booked.ref)
    told = await heard.told()

    answers = [await heard.knock(one.body.encode(), one.signature) for one in told]

    assert [one.trigger for one in told] == ["BOOKING_CREATED", "BOOKING_CANCELLED"]
    assert [answer.json() for answer in answers] == [{"outcome": "queued"}] * 2
    due = await heard.clinic.pool.fetchval(
        "select due_at from public.jobs where tenant_id = $1 and actor = 'agenda.reconcile'", heard.clinic.tenant
    )
    assert due == heard.clinic.time[0] + timedelta(seconds=2)


async def test_the_same_one_ten_times_at_once_is_kept_once(heard: Door) -> None:
    await heard.clinic.book(at(9))
    (told,) = await heard.told()

    answers = await asyncio.gather(*(heard.knock(told.body.encode(), told.signature) for _ in range(10)))

    assert sorted(answer.json()["outcome"] for answer in answers) == ["queued"] + ["repeated"] * 9
    assert await heard.waiting() == 1


async def test_any_order_of_what_was_posted_ends_in_the_same_state(heard: Door) -> None:
    booked = await heard.clinic.book(at(9))
    moved = await heard.clinic.calcom.do("reschedule", booked.ref, start=at(14).isoformat())
    await heard.clinic.calcom.do("cancel", moved.uid)

    for one in reversed(await heard.told()):
        await heard.knock(one.body.encode(), one.signature)
        await heard.clinic.read_on()

    assert not (await heard.clinic.appointment(booked.id)).stands
    assert await heard.clinic.places() == []


async def test_nothing_of_a_person_or_of_a_booking_is_kept_of_a_webhook(heard: Door) -> None:
    booked = await heard.clinic.book(at(9), await heard.clinic.client("Zoraide"))
    (told,) = await heard.told()
    await heard.knock(told.body.encode(), told.signature)

    async with heard.clinic.open_work(heard.clinic.tenant) as work:
        rows = await work._connection.fetch("select to_jsonb(e)::text as row from calendar_events e")

    assert "Zoraide" in told.body
    assert len(rows) == 1
    assert not any(word in rows[0]["row"] for word in ("Zoraide", "98765", str(booked.ref)))


@pytest.mark.parametrize(
    "signature",
    [None, "", "no-secret-provided", "0" * 64, "ü" * 64, signed(b"another body"), signed(created(), "another secret")],
)
async def test_without_a_true_signature_nobody_learns_anything(door: Door, signature: str | None) -> None:
    body = created()
    headers = {} if signature is None else {"x-cal-signature-256": signature.encode()}
    answer = await door.http.post(
        f"/api/agenda/webhook/{door.clinic.connection.id}",
        content=body,
        headers={"content-type": b"application/json", **headers},
    )

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert await door.waiting() == 0


async def test_an_unknown_door_answers_as_a_wrong_signature_does(door: Door) -> None:
    known = await door.knock(created(), "0" * 64)
    unknown = await door.knock(created(), signed(created()), connection="0" * 22)
    strange = await door.knock(created(), signed(created()), connection="x;drop table")

    told = [{k: v for k, v in each.json().items() if k != "correlation_id"} for each in (known, unknown, strange)]
    assert {each.status_code for each in (known, unknown, strange)} == {401}
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (b'{"triggerEvent":"PING"}', "not_ours"),
        (b'{"triggerEvent":"MEETING_ENDED","uid":"x"}', "clock"),
        (b'{"triggerEvent":"BOOKING_CONFIRMED"}', "unknown_trigger"),
        (b"[1, 2", "unreadable"),
        (b'{"triggerEvent":"BOOKING_CREATED","createdAt":"2031-02-20T00:00:00Z"}', "old"),
    ],
)
async def test_true_ones_that_call_for_nothing_are_answered_and_nothing_is_queued(
    door: Door, body: bytes, outcome: str
) -> None:
    answer = await door.knock(body, signed(body))

    assert (answer.status_code, answer.json()) == (202, {"outcome": outcome})
    assert await door.waiting() == 0


async def test_a_body_that_is_too_large_or_no_json_is_refused_before_it_is_read(door: Door) -> None:
    huge = await door.knock(b"x" * 30_000, "0" * 64)
    form = await door.http.post(f"/api/agenda/webhook/{door.clinic.connection.id}", data={"a": "b"})

    assert (huge.status_code, form.status_code) == (413, 415)


async def test_a_flood_is_told_to_come_back_later(door: Door) -> None:
    door.limits.exceeded = "ip"
    answer = await door.knock(created(), signed(created()))

    assert answer.status_code == 429
    assert await door.waiting() == 0
