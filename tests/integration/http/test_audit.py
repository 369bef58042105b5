"""What callers do is on record before they hear the answer, and who may read the record reads only their own."""

from __future__ import annotations

import csv
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import httpx2
import pytest
from litestar import delete, get, post
from litestar.params import FromPath, FromQuery
from litestar.types import ASGIApp

from adapters.http.access import requires
from adapters.http.audit import audit_router, platform_audit_router
from adapters.http.auditing import Auditing
from adapters.http.client_address import ClientAddress
from adapters.postgres.audit import PostgresAuditBook, PostgresAuditLog
from adapters.postgres.migrations import migrate
from adapters.postgres.pool import Pool, build_pool
from adapters.telemetry.origin import entered, origin
from application.access.check_password import WrongCredentials
from application.access.sign_in import Attempt
from application.audit.export import ExportAudit
from application.audit.search import SearchAudit
from application.audit.verify import VerifyChain
from application.shared.cells import original
from domain.access.role import Permission, Role
from domain.audit.entry import Deed, Outcome
from domain.shared.errors import NotFound, Refused, Unavailable
from domain.shared.ids import TenantId
from tests.builders.access import Gate
from tests.fakes.audit import FakeAuditLog

ONE, OTHER = TenantId(1), TenantId(2)
CANARY = "5511987654321"


@get("/api/conversations/{conversation:int}", guards=[requires(Permission.CONVERSATIONS_READ)])
async def conversation(conversation: FromPath[int]) -> str:
    if conversation == 404:
        raise NotFound("there is no such conversation")
    return f"people's words {origin()}"


@get(
    "/api/conversations/{conversation:int}/part", guards=[requires(Permission.CONVERSATIONS_READ)], opt={"audit": False}
)
async def part(conversation: FromPath[int]) -> str:
    return str(conversation)


@get("/api/home", guards=[requires(Permission.HOME_READ)])
async def home() -> str:
    return "figures"


@post(
    "/api/settings", guards=[requires(Permission.ASSISTANT_WRITE)], opt={"audit": "assistant.change"}, status_code=200
)
async def change() -> str:
    return "changed"


@delete("/api/people/{who:str}", guards=[requires(Permission.USERS_WRITE)], status_code=200)
async def remove(who: FromPath[str]) -> str:
    return who


@get("/open")
async def open_to_all() -> str:
    return "open"


@post("/api/entered", guards=[requires(Permission.ASSISTANT_WRITE)], opt={"audit": "assistant.change"}, status_code=200)
async def change_and_enter(of: FromQuery[int], fails: FromQuery[bool] = False) -> str:
    """As a transaction of the product does, which may be undone by what comes after."""
    entered(TenantId(of))
    if fails:
        raise Refused("not this time")
    return "changed"


OURS = [conversation, change_and_enter, part, home, change, remove, open_to_all]


@pytest.fixture
async def pool(database: str) -> AsyncIterator[Pool]:
    await migrate(database)
    pool = await build_pool(database, size=4, name="tests")
    yield pool
    await pool.close()


class Broken:
    async def record(self, deed: Deed) -> None:
        raise Unavailable("PostgreSQL is away")


def client_of(app: ASGIApp) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app, client=("192.0.2.7", 4711))
    return httpx2.AsyncClient(transport=transport, base_url="https://secretaria.example")


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def log() -> FakeAuditLog:
    return FakeAuditLog()


@pytest.fixture
async def http(gate: Gate, log: FakeAuditLog) -> AsyncIterator[httpx2.AsyncClient]:
    async with client_of(Auditing(gate.app(OURS), log, ClientAddress())) as client:
        yield client


async def test_changes_readings_of_peoples_data_and_shut_doors_are_recorded_and_nothing_else(
    http: httpx2.AsyncClient, gate: Gate, log: FakeAuditLog
):
    owner, viewer = await gate.bearer(Role.OWNER), await gate.bearer(Role.VIEWER, company=2)
    ana, bia = (f"user:{user.id}" for user in gate.users.kept.values())

    answer = await http.get("/api/conversations/7", headers=owner)
    await http.get("/api/conversations/404", headers=owner)
    await http.post("/api/settings", headers=owner)
    await http.post("/api/settings", headers=viewer)
    await http.delete(f"/api/people/{CANARY}", headers=owner)
    for quiet in ("/api/home", "/api/conversations/7/part", "/open", "/nowhere"):
        await http.get(quiet, headers=owner)
    await http.get("/api/home")
    await http.post("/api/settings")

    read = "GET /api/conversations/{conversation}"
    assert answer.text == "people's words 192.0.2.7"
    assert [(d.who, d.action, d.subject, d.company, d.outcome) for d in log.deeds] == [
        (ana, read, "conversations:7", ONE, Outcome.DONE),
        (ana, read, "conversations:404", ONE, Outcome.FAILED),
        (ana, "assistant.change", "", ONE, Outcome.DONE),
        (bia, "assistant.change", "", OTHER, Outcome.REFUSED),
        (ana, "DELETE /api/people/{who}", "people:[personal]", ONE, Outcome.DONE),
    ]
    assert "Ana" not in str(log.deeds)


async def test_a_deed_its_own_transaction_entered_is_not_shown_as_two(
    http: httpx2.AsyncClient, gate: Gate, log: FakeAuditLog
):
    owner = await gate.bearer(Role.OWNER)

    for path in ("of=1", "of=2", "of=1&fails=true"):
        await http.post(f"/api/entered?{path}", headers=owner)
    await http.post("/api/settings", headers=owner)

    assert [(d.action, d.company, d.outcome) for d in log.deeds] == [
        ("assistant.change", ONE, Outcome.DONE),
        ("assistant.change", ONE, Outcome.FAILED),
        ("assistant.change", ONE, Outcome.DONE),
    ], "only what stands in the same company's log, and has happened, needs no entry"


async def test_peoples_data_are_not_shown_to_whom_nobody_could_write_down(gate: Gate):
    owner = await gate.bearer(Role.OWNER)
    async with client_of(Auditing(gate.app(OURS), Broken(), ClientAddress())) as http:
        read = await http.get("/api/conversations/7", headers=owner)
        changed = await http.post("/api/settings", headers=owner)
        figures = await http.get("/api/home", headers=owner)

    assert (read.status_code, read.headers["content-type"]) == (503, "application/problem+json")
    assert "people" not in read.text
    assert (changed.status_code, changed.text) == (200, "changed"), "it has happened"
    assert figures.status_code == 200


async def test_logins_are_recorded_with_the_account_that_was_meant(gate: Gate):
    user = await gate.person()

    await gate.sign_in(Attempt(user.email, "tranquila e longa", "192.0.2.7"))
    for wrong in (Attempt(user.email, "errada", "192.0.2.7"), Attempt("nobody@example.com", "errada", "192.0.2.7")):
        with pytest.raises(WrongCredentials):
            await gate.sign_in(wrong)

    who = f"user:{user.id}"
    assert [(d.who, d.action, d.subject, d.company, d.outcome) for d in gate.audit.deeds] == [
        (who, "access.login", who, ONE, Outcome.DONE),
        ("nobody", "access.password", who, ONE, Outcome.REFUSED),
        ("nobody", "access.password", "", None, Outcome.REFUSED),
    ]
    assert "example.com" not in str(gate.audit.deeds)


@pytest.fixture
async def reading(gate: Gate, pool: Pool) -> AsyncIterator[httpx2.AsyncClient]:
    """The log's own pages over PostgreSQL, with entries of two companies and of the platform."""
    real = PostgresAuditLog(pool)
    for n in range(25):
        for company in (None, ONE, OTHER):
            action = "access.login" if n % 5 == 0 else "assistant.change"
            after = {"tone": f"={n}", "phone": CANARY}
            await real.record(Deed(f"user:{n % 3}", action, f"persona:{n}", company, after=after))
    book = PostgresAuditBook(pool)
    search, export = SearchAudit(book), ExportAudit(book)
    routers = [audit_router(search, export), platform_audit_router(search, export)]
    async with client_of(Auditing(gate.app(routers), real, ClientAddress())) as client:
        yield client


async def test_pages_go_back_without_a_gap_while_others_write(reading: httpx2.AsyncClient, gate: Gate):
    owner = await gate.bearer(Role.OWNER)

    numbers, after = [], None
    while True:
        query = {"limit": 10} | ({} if after is None else {"after": after})
        page = (await reading.get("/api/audit", params=query, headers=owner)).json()
        assert {entry["company"] for entry in page["entries"]} == {1}
        numbers += [entry["number"] for entry in page["entries"]]
        after = page["next_after"]
        if after is None:
            break

    assert numbers == list(range(25, 0, -1)), "each reading wrote an entry of its own, above the first page"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"action": "access."}, 5),
        ({"action": "access.login"}, 5),
        ({"action": "access"}, 0),
        ({"who": "user:0"}, 9),
        ({"who": "user:0", "action": "assistant.change"}, 7),
        ({"subject": "persona:7"}, 1),
        ({"since": (datetime.now(UTC) + timedelta(days=1)).isoformat()}, 0),
        ({"until": (datetime.now(UTC) - timedelta(days=1)).isoformat()}, 0),
        ({"since": "2026-01-01T00:00:00Z", "until": "2999-01-01T00:00:00-03:00"}, 25),
    ],
)
async def test_a_search_finds_what_was_asked_for(reading: httpx2.AsyncClient, gate: Gate, query, count: int):
    found = await reading.get("/api/audit", params=query | {"limit": 200}, headers=await gate.bearer(Role.OWNER))

    assert len(found.json()["entries"]) == count


async def test_each_reads_their_own_and_the_operator_any(reading: httpx2.AsyncClient, gate: Gate):
    owner, operator = await gate.bearer(Role.OWNER, 2), await gate.bearer(Role.OPERATOR)

    async def companies(path: str, headers: dict[str, str]) -> set[int | None]:
        return {entry["company"] for entry in (await reading.get(path, headers=headers)).json()["entries"]}

    assert await companies("/api/audit?company=1", owner) == {2}
    assert await companies("/api/platform/audit", operator) == {None}
    assert await companies("/api/platform/audit?company=1", operator) == {1}
    for path, who in (("/api/platform/audit", owner), ("/api/audit", operator), ("/api/platform/audit/export", owner)):
        assert (await reading.get(path, headers=who)).status_code == 403
    assert (await reading.get("/api/audit", headers=await gate.bearer(Role.VIEWER))).status_code == 403
    assert (await reading.get("/api/audit")).status_code == 401


async def test_a_file_holds_everything_once_and_no_cell_is_a_formula(
    reading: httpx2.AsyncClient, gate: Gate, pool: Pool
):
    owner = await gate.bearer(Role.OWNER)

    table = await reading.get("/api/audit/export?action=assistant.", headers=owner)
    lines = await reading.get("/api/audit/export?format=jsonl&subject=persona:3", headers=owner)

    rows = list(csv.DictReader(StringIO(table.text)))
    assert table.headers["content-disposition"] == 'attachment; filename="audit.csv"'
    assert len(rows) == len({row["number"] for row in rows}) == 20
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert json.loads(original(rows[0]["after"]))["phone"] == "[personal]"
    [line] = map(json.loads, lines.text.splitlines())
    assert (line["after"], len(line["digest"])) == ({"tone": "=3", "phone": "[personal]"}, 64)
    assert CANARY not in table.text + lines.text
    assert (await VerifyChain(PostgresAuditBook(pool))(ONE)).broken is None


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"), ("limit=201", "limit"), ("limit=x", "limit"), ("after=0", "after"), ("after=1e400", "after"),
        ("since=yesterday", "since"), ("until=2026-01-01T00:00:00", "until"), ("who=%00", "who"), ("who=" + "x" * 201, "who"),
    ],
)  # fmt: skip
async def test_nonsense_is_refused_and_named(reading: httpx2.AsyncClient, gate: Gate, query: str, field: str):
    answer = await reading.get(f"/api/audit?{query}", headers=await gate.bearer(Role.OWNER))

    assert (answer.status_code, answer.json().get("field")) == (422, field)
