"""Dead letters as the operator's programs see them, over a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from adapters.http.dead_letters import dead_letter_router
from adapters.postgres.dead_letters import PostgresDeadLetters
from adapters.postgres.migrations import migrate
from adapters.postgres.pool import Pool, build_pool
from tests.builders.access import Gate

TOKEN = "service-token-of-the-test"
BASE = "/api/dead-letters"
Bury = Callable[..., Awaitable[int]]


@pytest.fixture
async def pool(database: str) -> AsyncIterator[Pool]:
    await migrate(database)
    pool = await build_pool(database, size=4, name="tests")
    await pool.execute(
        "insert into public.tenants (name, slug, state) values ('a', 'a', 'active'), ('b', 'b', 'active')"
    )
    yield pool
    await pool.close()


@pytest.fixture
def bury(pool: Pool) -> Bury:
    """A dead letter of company 1, unless told otherwise; its number."""

    async def bury_it(**changes: object) -> int:
        row = {
            "tenant_id": 1,
            "actor": "conversations.take_turn",
            "args": '{"conversation": 7}',
            "key": None,
            "state": "dead",
            "failures": 6,
            "last_error": "DeliveryFailed: 503",
            "correlation": "c-1",
            "died_at": datetime(2026, 11, 20, 12, 0, tzinfo=UTC),
        } | changes
        places = ", ".join(f"${n}" for n in range(1, len(row) + 1))
        return await pool.fetchval(
            f"insert into public.jobs ({', '.join(row)}) values ({places}) returning id", *row.values()
        )

    return bury_it


def client_of(pool: Pool, token: str | None) -> httpx2.AsyncClient:
    app = Gate(service_token=token).app([dead_letter_router(PostgresDeadLetters(pool))])
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://secretaria.example")


@pytest.fixture
async def http(pool: Pool) -> AsyncIterator[httpx2.AsyncClient]:
    """Shows the right token."""
    async with client_of(pool, TOKEN) as client:
        client.headers["authorization"] = f"Bearer {TOKEN}"
        yield client


async def test_one_is_shown_with_all_that_is_known_of_it(http: httpx2.AsyncClient, bury: Bury):
    id = await bury()

    answer = await http.get(f"{BASE}/{id}")

    shown = answer.json()
    created = datetime.fromisoformat(shown.pop("created_at"))
    assert answer.status_code == 200
    assert abs(datetime.now(UTC) - created) < timedelta(minutes=5)
    assert shown == {
        "id": id,
        "tenant": 1,
        "actor": "conversations.take_turn",
        "args": {"conversation": 7},
        "failures": 6,
        "reason": "DeliveryFailed: 503",
        "correlation": "c-1",
        "died_at": "2026-11-20T12:00:00Z",
    }


async def test_pages_go_back_in_time_without_a_gap_and_end_with_null(http: httpx2.AsyncClient, bury: Bury):
    ids = [await bury() for _ in range(7)]

    found, after = [], None
    while True:
        page = (await http.get(BASE, params={"limit": 3} | ({} if after is None else {"after": after}))).json()
        found.append([one["id"] for one in page["dead_letters"]])
        after = page["next_after"]
        if after is None:
            break

    assert found == [ids[:3:-1], ids[3:0:-1], ids[:1]]


async def test_a_last_page_that_is_exactly_full_is_the_last(http: httpx2.AsyncClient, bury: Bury):
    ids = [await bury() for _ in range(3)]

    page = (await http.get(BASE, params={"limit": 3})).json()

    assert [one["id"] for one in page["dead_letters"]] == ids[::-1]
    assert page["next_after"] is None


async def test_only_the_dead_are_listed_and_one_companys_if_asked(http: httpx2.AsyncClient, bury: Bury):
    ours, theirs = await bury(), await bury(tenant_id=2)
    await bury(state="pending", died_at=None)

    async def listed(**query: int) -> list[int]:
        return [one["id"] for one in (await http.get(BASE, params=query)).json()["dead_letters"]]

    assert await listed() == [theirs, ours]
    assert await listed(tenant=1) == [ours]
    assert await listed(tenant=3) == []


async def test_one_that_is_tried_again_waits_for_a_worker_and_is_dead_no_more(
    http: httpx2.AsyncClient, bury: Bury, pool: Pool
):
    id = await bury(key="outgoing:7")

    answer = await http.post(f"{BASE}/{id}/retry")

    assert (answer.status_code, answer.json()) == (202, {"retried": id})
    row = await pool.fetchrow("select state, failures, revived, key, due_at <= now() as due from public.jobs")
    assert dict(row) == {"state": "pending", "failures": 0, "revived": True, "key": "outgoing:7", "due": True}
    assert (await http.get(f"{BASE}/{id}")).status_code == 404
    assert (await http.post(f"{BASE}/{id}/retry")).status_code == 404


async def test_one_whose_work_was_asked_for_again_joins_that(http: httpx2.AsyncClient, bury: Bury, pool: Pool):
    dead = await bury(key="turn:3")
    alive = await bury(key="turn:3", state="pending", failures=0, died_at=None)

    assert (await http.post(f"{BASE}/{dead}/retry")).json() == {"retried": dead}

    rows = await pool.fetch("select id, state, revived from public.jobs")
    assert [tuple(row) for row in rows] == [(alive, "pending", True)]


async def test_the_same_work_of_another_company_is_not_touched(http: httpx2.AsyncClient, bury: Bury, pool: Pool):
    dead = await bury(key="turn:3")
    other = await bury(key="turn:3", tenant_id=2, state="pending", failures=0, died_at=None)

    await http.post(f"{BASE}/{dead}/retry")

    rows = await pool.fetch("select id, revived from public.jobs order by id")
    assert [tuple(row) for row in rows] == [(dead, True), (other, False)]


async def test_one_that_is_discarded_is_gone_for_good(http: httpx2.AsyncClient, bury: Bury, pool: Pool):
    id, other = await bury(), await bury()

    answer = await http.delete(f"{BASE}/{id}")

    assert (answer.status_code, answer.content) == (204, b"")
    assert [row["id"] for row in await pool.fetch("select id from public.jobs")] == [other]
    assert (await http.delete(f"{BASE}/{id}")).status_code == 404


async def test_living_work_can_be_neither_shown_nor_retried_nor_discarded(
    http: httpx2.AsyncClient, bury: Bury, pool: Pool
):
    id = await bury(state="running", died_at=None)

    answers = [await http.get(f"{BASE}/{id}"), await http.post(f"{BASE}/{id}/retry"), await http.delete(f"{BASE}/{id}")]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert {answer.headers["content-type"] for answer in answers} == {"application/problem+json"}
    assert await pool.fetchval("select state from public.jobs") == "running"


@pytest.mark.parametrize(
    ("path", "names"),
    [
        (f"{BASE}?limit=0", "limit"),
        (f"{BASE}?limit=201", "limit"),
        (f"{BASE}?limit=many", "limit"),
        (f"{BASE}?after=0", "after"),
        (f"{BASE}?tenant=0", "tenant"),
        (f"{BASE}?tenant=1%20or%201", "tenant"),
    ],
)
async def test_nonsense_is_refused_and_named(http: httpx2.AsyncClient, path: str, names: str):
    answer = await http.get(path)

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert names in answer.text


@pytest.mark.parametrize(
    "shown",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        "Bearer é",
        TOKEN,
        f"Basic {TOKEN}",
        f"Bearer{TOKEN}",
        f"Bearer Bearer {TOKEN}",
    ],
)
@pytest.mark.parametrize("set_token", [TOKEN, None, ""])
async def test_nobody_passes_without_the_token_and_nobody_at_all_while_none_is_set(
    pool: Pool, bury: Bury, shown: str | None, set_token: str | None
):
    id = await bury()
    headers = {} if shown is None else {"authorization": shown.encode()}
    async with client_of(pool, set_token) as client:
        answers = [
            await client.request(method, path, headers=headers)
            for method, path in (
                ("GET", BASE),
                ("GET", f"{BASE}/{id}"),
                ("POST", f"{BASE}/{id}/retry"),
                ("DELETE", f"{BASE}/{id}"),
            )
        ]

    assert [answer.status_code for answer in answers] == [401] * 4
    assert TOKEN not in "".join(answer.text for answer in answers)
    assert await pool.fetchval("select state from public.jobs") == "dead"
