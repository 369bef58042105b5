"""The sandboxed Cal.com keeps to the contract: versions, envelopes, limits, its race, and what its webhooks look like."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from ops.sandbox.calcom.records import Account, EventType
from ops.sandbox.handle import Calcom, Running, launch
from tests.integration.sandbox.listener import Listener

MONDAY = datetime(2031, 3, 3, 12, 0, tzinfo=UTC)  # nine o'clock in São Paulo
SECRET = "a secret of the hook"


@dataclass
class House:
    calcom: Calcom
    http: httpx2.AsyncClient
    account: Account
    kind: EventType

    async def ask(self, method: str, path: str, body: object = None, *, version: str | None = "2024-08-13") -> Any:
        headers = {"authorization": f"Bearer {self.account.key}"}
        if version:
            headers["cal-api-version"] = version
        return await self.http.request(method, f"/v2{path}", json=body, headers=headers)

    async def book(self, at: datetime = MONDAY, **more: object) -> Any:
        attendee = {"name": "Bia", "phoneNumber": "+5531987654321", "timeZone": "America/Sao_Paulo"}
        body = {"eventTypeId": self.kind.id, "start": at.isoformat(), "attendee": attendee, **more}
        return await self.ask("POST", "/bookings", body)

    async def listen(self, listener: Listener, *triggers: str, secret: str | None = SECRET) -> int:
        body = {"subscriberUrl": listener.url, "triggers": triggers, "active": True}
        answer = await self.ask("POST", "/webhooks", body | ({"secret": secret} if secret else {}))
        return int(answer.json()["data"]["id"])


@pytest.fixture(scope="module")
def calcom_process() -> Iterator[Running]:
    running = launch("calcom")
    yield running
    running.stop()


@pytest.fixture
async def house(calcom_process: Running) -> AsyncIterator[House]:
    url = calcom_process.url
    async with Calcom(url) as calcom, httpx2.AsyncClient(base_url=url, trust_env=False, timeout=20) as http:
        await calcom.reset()
        await calcom.set(race_ms=3)
        account = await calcom.enter(per_minute=0)
        yield House(calcom, http, account, await calcom.offer(account))


async def test_offers_starts_with_the_offset_of_the_zone_asked_for(house: House) -> None:
    query = f"eventTypeId={house.kind.id}&start=2031-03-03&end=2031-03-03&timeZone=America/Sao_Paulo"

    answer = await house.ask("GET", f"/slots?{query}", version="2024-09-04")

    days = answer.json()["data"]
    assert list(days) == ["2031-03-03"]
    assert days["2031-03-03"][0] == {"start": "2031-03-03T09:00:00.000-03:00"}
    assert len(days["2031-03-03"]) == 18


async def test_a_time_without_a_zone_is_taken_for_utc(house: House) -> None:
    made = await house.book(MONDAY.replace(tzinfo=None))

    assert made.json()["data"]["start"] == "2031-03-03T12:00:00.000Z"


async def test_who_has_only_a_telephone_gets_an_address_made_of_its_digits(house: House) -> None:
    (attendee,) = (await house.book()).json()["data"]["attendees"]

    assert attendee["email"] == "5531987654321@sms.cal.com"
    assert attendee["phoneNumber"] == "+5531987654321"


async def test_a_missing_or_unknown_version_is_another_api(house: House) -> None:
    await house.book()

    for version in (None, "2099-01-01"):
        listed = await house.ask("GET", "/bookings", version=version)
        assert listed.json()["data"]["bookings"][0]["status"] == "ACCEPTED"
        booked = await house.ask("POST", "/bookings", {"attendee": {}}, version=version)
        assert (booked.status_code, booked.json()["error"]["code"]) == (400, "BadRequestException")
    assert (await house.ask("GET", "/bookings", version="2024-09-04")).status_code == 404


async def test_says_no_in_three_envelopes(house: House) -> None:
    await house.book()

    taken = (await house.book()).json()
    await house.calcom.fault("conflict", "book", count=1)
    race = (await house.book()).json()
    await house.calcom.fault("status", "book", count=1)
    broken = (await house.book()).json()

    assert taken["status"] == "error"
    assert taken["error"]["message"].startswith("User either already has booking")
    assert race == {"statusCode": 409, "message": "booking_conflict_error"}
    assert broken == {"statusCode": 500, "message": "Internal server error"}


async def test_an_unknown_field_is_a_mistake(house: House) -> None:
    answer = await house.book(nonsense=1)

    assert answer.status_code == 400
    assert "property nonsense should not exist" in answer.json()["error"]["message"]


async def test_over_the_limit_one_is_out_for_a_whole_minute(house: House) -> None:
    house.account = await house.calcom.enter(per_minute=2, username="other")
    answers = [await house.ask("GET", "/me") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0].headers["x-ratelimit-remaining-default"] == "1"
    assert answers[2].headers["x-ratelimit-reset-default"] == "60"
    assert "retry-after" not in answers[2].headers
    assert answers[2].json()["error"]["code"] == "ThrottlerException"
    await house.calcom.set(advance_seconds=61)
    assert (await house.ask("GET", "/me")).status_code == 200


async def test_a_wrong_key_fails_even_where_none_is_needed(house: House) -> None:
    house.account.key = "cal_wrong"

    assert (await house.ask("GET", "/bookings/nothing")).status_code == 401


async def test_its_race_lets_two_that_overlap_stand_and_refuses_only_the_very_same(house: House) -> None:
    await house.calcom.set(race_ms=50)

    same = await asyncio.gather(*(house.book() for _ in range(5)))
    other = MONDAY + timedelta(days=1)
    overlapping = await asyncio.gather(house.book(other), house.book(other + timedelta(minutes=15)))

    assert sorted(answer.status_code for answer in same) == [201, 409, 409, 409, 409]
    assert [answer.status_code for answer in overlapping] == [201, 201]


async def test_moving_makes_another_booking_and_the_old_one_points_to_it(house: House) -> None:
    old = (await house.book()).json()["data"]["uid"]

    moved = (await house.ask("POST", f"/bookings/{old}/reschedule", {"start": "2031-03-04T12:00:00Z"})).json()["data"]
    again = await house.ask("POST", f"/bookings/{old}/reschedule", {"start": "2031-03-05T12:00:00Z"})

    assert moved["rescheduledFromUid"] == old
    assert moved["uid"] != old
    left = (await house.ask("GET", f"/bookings/{old}")).json()["data"]
    assert (left["status"], left["rescheduledToUid"]) == ("cancelled", moved["uid"])
    assert (again.status_code, moved["uid"] in again.json()["error"]["message"]) == (400, True)


async def test_pages_through_what_changed(house: House) -> None:
    for minutes in (0, 30, 60):
        await house.book(MONDAY + timedelta(minutes=minutes))

    first = (await house.ask("GET", "/bookings?afterUpdatedAt=2020-01-01T00:00:00Z&sortUpdatedAt=asc&take=2")).json()
    rest = (
        await house.ask("GET", "/bookings?afterUpdatedAt=2020-01-01T00:00:00Z&sortUpdatedAt=asc&take=2&skip=2")
    ).json()

    assert [one["start"][11:16] for one in first["data"] + rest["data"]] == ["12:00", "12:30", "13:00"]
    assert first["pagination"]["hasNextPage"]
    assert not rest["pagination"]["hasNextPage"]


async def test_signs_the_exact_bytes_and_nothing_where_there_is_no_secret(house: House, listener: Listener) -> None:
    hook = await house.listen(listener, "BOOKING_CREATED")
    await house.book()

    (told,) = await listener.wait_for(1)
    assert told.headers["x-cal-signature-256"] == hmac.new(SECRET.encode(), told.body, hashlib.sha256).hexdigest()
    assert told.json["payload"]["status"] == "ACCEPTED"

    await house.ask("DELETE", f"/webhooks/{hook}")
    await house.listen(listener, "BOOKING_CREATED", secret=None)
    await house.book(MONDAY + timedelta(hours=1))
    assert (await listener.wait_for(2))[1].headers["x-cal-signature-256"] == "no-secret-provided"


async def test_tells_of_meetings_by_the_clock_in_a_flat_shape(house: House, listener: Listener) -> None:
    await house.listen(listener, "MEETING_STARTED", "MEETING_ENDED", "BOOKING_NO_SHOW_UPDATED")
    uid = (await house.book()).json()["data"]["uid"]

    await house.calcom.set(now=(MONDAY + timedelta(hours=1)).isoformat())
    marked = {"attendees": [{"email": "5531987654321@sms.cal.com", "absent": True}]}
    await house.ask("POST", f"/bookings/{uid}/mark-absent", marked)

    started, ended, absent = await listener.wait_for(3)
    assert (started.json["triggerEvent"], ended.json["triggerEvent"]) == ("MEETING_STARTED", "MEETING_ENDED")
    assert "payload" not in started.json
    assert "createdAt" not in ended.json
    assert absent.json["payload"]["attendees"] == [{"email": "5531987654321@sms.cal.com", "noShow": True}]


async def test_meetings_begin_and_end_as_time_passes_without_anybody_doing_a_thing(
    house: House, listener: Listener
) -> None:
    await house.listen(listener, "MEETING_STARTED", "MEETING_ENDED")
    await house.book()
    await house.calcom.set(now=(MONDAY - timedelta(seconds=0.3)).isoformat())

    (started,) = await listener.wait_for(1)
    await house.calcom.set(now=(MONDAY + timedelta(minutes=30, seconds=-0.3)).isoformat())
    _, ended = await listener.wait_for(2)

    assert (started.json["triggerEvent"], ended.json["triggerEvent"]) == ("MEETING_STARTED", "MEETING_ENDED")


async def test_a_lost_answer_was_done_all_the_same(house: House) -> None:
    await house.calcom.fault("lost_answer", "book", count=1)

    with pytest.raises(httpx2.RemoteProtocolError):
        await house.book()

    assert [one.status for one in await house.calcom.bookings()] == ["accepted"]
