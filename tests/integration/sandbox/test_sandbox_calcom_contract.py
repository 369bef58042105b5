"""What the sandboxed Cal.com answers over HTTP is what Cal.com's own document says it answers, but for its known mistakes."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx2
import msgspec
import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from ops.sandbox import calcom as package
from ops.sandbox.calcom.endpoints import ENDPOINTS
from ops.sandbox.calcom.records import Account, EventType
from ops.sandbox.handle import Calcom, Running, launch

CONTRACT: Final = msgspec.json.decode((Path(package.__path__[0]) / "contract.json").read_bytes())
VERSIONS: Final = {"bookings": "2024-08-13", "slots": "2024-09-04", "event-types": "2024-06-14"}

START_ALONE: Final = {
    "type": "object",
    "required": ["start"],
    "properties": {"start": {"type": "string"}},
    "additionalProperties": False,
}
WRONG_THERE: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {
    r"slots: data/[0-9-]+/\d+": ("typed as texts; its own example and the code give objects with a start", START_ALONE),
    r"event_types?: data(/\d+)?/bookingFields/\d+/isDefault": (
        "typed as an object; it is a yes or a no",
        {"type": "boolean"},
    ),
    r"event_types?: data(/\d+)?/recurrence": (
        "not said to be null; the code gives null where nothing recurs",
        {"type": "null"},
    ),
}
"""Where the document is not to be believed: why, and what is so."""

NOT_IN_IT: Final = {"let_go": "the document says nothing of its body"}


@dataclass
class Caller:
    calcom: Calcom
    http: httpx2.AsyncClient
    account: Account
    kind: EventType

    async def ask(self, endpoint: str, method: str, path: str, body: object = None) -> Any:
        """The answer's data, once it is seen to keep to the contract."""
        group = re.split(r"[/?]", path)[1]
        headers = {"authorization": f"Bearer {self.account.key}", "cal-api-version": VERSIONS.get(group, "2024-08-13")}
        answer = await self.http.request(method, f"/v2{path}", json=body, headers=headers)
        said = CONTRACT["answers"][endpoint]
        assert answer.status_code == said["status"], answer.text
        assert wrongs(endpoint, answer.json()) == []
        return answer.json()["data"]

    async def book(self, hour: int, kind: EventType | None = None) -> str:
        attendee = {"name": "Bia", "phoneNumber": "+5531987654321", "timeZone": "America/Sao_Paulo"}
        body = {"eventTypeId": (kind or self.kind).id, "start": f"2031-03-03T{hour}:00:00Z", "attendee": attendee}
        return str((await self.ask("book", "POST", "/bookings", body))["uid"])


def wrongs(endpoint: str, body: Any) -> list[str]:
    """What is neither as the document says nor as we know better."""
    schema = {**CONTRACT["answers"][endpoint]["body"], "$defs": CONTRACT["$defs"]}
    found = ((f"{endpoint}: {where(error)}", error) for error in Draft202012Validator(schema).iter_errors(body))
    return [place for place, error in found if not is_known_better(place, error.instance)]


def where(error: ValidationError) -> str:
    """The place; with what is too much there, or missing."""
    place = "/".join(str(step) for step in error.absolute_path)
    return f"{place}: {error.message}" if error.validator in ("required", "additionalProperties") else place


def is_known_better(place: str, told: Any) -> bool:
    truths = [truth for known, (_, truth) in WRONG_THERE.items() if re.fullmatch(known, place)]
    return any(Draft202012Validator(truth).is_valid(told) for truth in truths)


@pytest.fixture(scope="module")
def calcom_process() -> Iterator[Running]:
    running = launch("calcom")
    yield running
    running.stop()


@pytest.fixture
async def caller(calcom_process: Running) -> AsyncIterator[Caller]:
    url = calcom_process.url
    async with Calcom(url) as calcom, httpx2.AsyncClient(base_url=url, trust_env=False, timeout=20) as http:
        await calcom.reset()
        account = await calcom.enter(per_minute=0)
        yield Caller(calcom, http, account, await calcom.offer(account))


async def test_free_times_are_told_as_the_contract_says(caller: Caller) -> None:
    asked = f"/slots?eventTypeId={caller.kind.id}&start=2031-03-03&end=2031-03-04"
    assert await caller.ask("slots", "GET", asked)
    assert await caller.ask("slots", "GET", f"{asked}&format=range&timeZone=America/Sao_Paulo")
    assert (
        await caller.ask("slots", "GET", f"/slots?eventTypeId={caller.kind.id}&start=2031-03-01&end=2031-03-01") == {}
    )
    held = {"eventTypeId": caller.kind.id, "slotStart": "2031-03-03T12:00:00Z"}
    assert await caller.ask("reserve", "POST", "/slots/reservations", held)


async def test_bookings_are_told_as_the_contract_says_whatever_becomes_of_them(caller: Caller) -> None:
    uid = await caller.book(12)
    await caller.ask("get", "GET", f"/bookings/{uid}")
    body = {"start": "2031-03-03T13:00:00Z", "reschedulingReason": "a pedido"}
    moved = (await caller.ask("reschedule", "POST", f"/bookings/{uid}/reschedule", body))["uid"]
    other = await caller.book(15)
    await caller.ask("cancel", "POST", f"/bookings/{other}/cancel", {"cancellationReason": "a pedido"})
    await caller.calcom.set(now="2031-03-03T13:10:00Z")
    absent = {"attendees": [{"email": "5531987654321@sms.cal.com", "absent": True}]}
    [missed] = (await caller.ask("mark_absent", "POST", f"/bookings/{moved}/mark-absent", absent))["attendees"]

    assert missed["absent"]
    listed = await caller.ask("list", "GET", "/bookings?sortUpdatedAt=asc&take=2")
    assert len(listed) == 2
    assert len(await caller.ask("list", "GET", "/bookings?afterUpdatedAt=2020-01-01T00:00:00Z&skip=2")) == 1


async def test_what_waits_for_a_yes_is_told_as_the_contract_says(caller: Caller) -> None:
    asking = await caller.calcom.offer(caller.account, slug="a-confirmar", confirmation=True)
    yes, no = await caller.book(12, asking), await caller.book(14, asking)

    assert (await caller.ask("confirm", "POST", f"/bookings/{yes}/confirm"))["status"] == "accepted"
    assert (await caller.ask("decline", "POST", f"/bookings/{no}/decline", {"reason": "férias"}))[
        "status"
    ] == "rejected"


async def test_who_it_is_and_what_can_be_booked_is_told_as_the_contract_says(caller: Caller) -> None:
    await caller.calcom.offer(caller.account, slug="longa", lengths=[30, 60], confirmation=True, fields=["convenio"])
    assert len(await caller.ask("event_types", "GET", "/event-types")) >= 2
    await caller.ask("event_type", "GET", f"/event-types/{caller.kind.id}")
    assert (await caller.ask("me", "GET", "/me"))["username"] == "ana"


@pytest.mark.parametrize("more", [{}, {"secret": "a secret of the hook"}])
async def test_webhooks_are_told_as_the_contract_says(caller: Caller, more: dict[str, str]) -> None:
    body = {"subscriberUrl": "https://example.com/door", "triggers": ["BOOKING_CREATED"], "active": True, **more}
    id = (await caller.ask("hook", "POST", "/webhooks", body))["id"]
    assert len(await caller.ask("hooks", "GET", "/webhooks")) == 1
    assert not (await caller.ask("rehook", "PATCH", f"/webhooks/{id}", {"active": False}))["active"]
    await caller.ask("unhook", "DELETE", f"/webhooks/{id}")


def test_every_endpoint_has_its_contract_or_a_reason_for_none() -> None:
    assert {one.name for one in ENDPOINTS} == CONTRACT["answers"].keys() | NOT_IN_IT.keys()


def test_what_is_not_in_the_contract_would_be_noticed() -> None:
    hook = {
        "id": 1,
        "userId": 2,
        "subscriberUrl": "u",
        "triggers": [],
        "active": "yes",
        "payloadTemplate": "",
        "colour": 1,
    }

    found = wrongs("hook", {"status": "success", "data": hook})

    assert sorted(found) == [
        "hook: data/active",
        "hook: data: Additional properties are not allowed ('colour' was unexpected)",
    ]
    assert wrongs("slots", {"status": "success", "data": {"2031-03-03": [{"end": "9"}]}}) == [
        "slots: data/2031-03-03/0"
    ]
