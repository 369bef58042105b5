"""The panel's list on a real database: every conversation on exactly one page, found by what one remembers of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from adapters.postgres.lanes import Lanes
from adapters.postgres.pool import Pool, connected
from adapters.postgres.work import PostgresWorkshop
from application.conversations.feel_pulse import FeelPulse
from application.conversations.list_talks import PAGE, ListTalks
from application.conversations.read_timeline import ReadTimeline
from application.conversations.views import Wanted
from domain.conversations.conversation import Holder
from domain.shared.ids import ConversationId, TenantId
from tests.integration.postgres.conftest import OpenIt

MANY = 2 * PAGE + 7
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FILL = """
    insert into contacts (phone, name)
        select '+55119' || lpad(n::text, 8, '0'), 'Cliente ' || n from generate_series(1, $1) n;
"""


@pytest.fixture
async def tenant(pool: Pool, open_company: OpenIt) -> TenantId:
    """Some conversations end on the same instant, as those of a re-connected line do."""
    tenant = (await open_company("Clínica")).company.id
    async with connected(pool) as connection, connection.transaction():
        await connection.execute(f"set local search_path to tenant_{tenant}")
        await connection.execute(FILL, MANY)
        await connection.execute(
            "insert into conversations (connection_id, contact_id, reply_to, holder, last_inbound_at)"
            " select 'c', id, 'x', case when id % 3 = 0 then 'waiting' else 'assistant' end,"
            " $1::timestamptz - (id / 4) * interval '1 min'"
            " from contacts",
            NOON,
        )
        await connection.execute(
            "insert into addresses (connection_id, address, contact_id) select 'c', id, id from contacts"
        )
        await connection.execute(
            "insert into envelopes (address_id, message_key, body)"
            " select id, 'k' || n, '{}' from addresses, generate_series(1, 3) n"
        )
        await connection.execute(
            "insert into messages (conversation_id, envelope_id, author, kind, text, sent_at, received_at, state)"
            " select v.id, e.id, 'contact', 'text', 'Pergunta ' || v.id || ' sobre a limpeza à tarde', $1, $1, 'answered'"
            " from envelopes e join addresses a on a.id = e.address_id join conversations v on v.contact_id = a.contact_id",
            NOON,
        )
    return tenant


@pytest.fixture
def open_work(pool: Pool, migrated: str) -> PostgresWorkshop:
    return PostgresWorkshop(Lanes([pool]), migrated.rpartition("/")[2])


@pytest.mark.parametrize("holder", [None, Holder.WAITING])
async def test_page_after_page_shows_each_once_newest_first(
    open_work: PostgresWorkshop, tenant: TenantId, holder: Holder | None
):
    list_talks, seen, place = ListTalks(open_work), [], None
    while True:
        page = await list_talks(tenant, Wanted(holder), place)
        seen += [(row.at, row.id) for row in page.rows]
        place = page.next
        if place is None:
            break

    assert len(seen) == (MANY if holder is None else MANY // 3)
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == len(seen)
    assert sum(page.counts.values()) == MANY


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cliente 42", ["Cliente 42"]),
        ("CLIENTE 42", ["Cliente 42"]),
        ("(11) 90000-0042", ["Cliente 42"]),
        ("pergunta 17 limp", ["Cliente 17"]),
        ("a tarde pergunta 17", ["Cliente 17"]),
        ("100%", []),
        ("_", []),
        ("'); drop table messages; --", []),
        ("& | ! :* <->", []),
    ],
)
async def test_searching_takes_what_was_typed_literally(
    open_work: PostgresWorkshop, tenant: TenantId, typed: str, found: list[str]
):
    page = await ListTalks(open_work)(tenant, Wanted(words=typed))

    assert [row.name for row in page.rows] == found


async def test_a_talk_is_read_back_to_its_beginning(open_work: PostgresWorkshop, tenant: TenantId):
    id = ConversationId(5)
    async with open_work(tenant) as work:
        [address] = await work.personas._connection.fetch("select id from addresses where contact_id = 5")
        for n in range(140):
            envelope = await work.personas._connection.fetchval(
                "insert into envelopes (address_id, message_key, body) values ($1, $2, '{}') returning id",
                address[0],
                f"x{n}",
            )
            await work.personas._connection.execute(
                "insert into messages (conversation_id, envelope_id, author, kind, text, sent_at, received_at, state)"
                " values ($1, $2, 'contact', 'text', $3, $4, $4, 'answered')",
                id, envelope, f"linha {n}", NOON + timedelta(seconds=n // 3 + 1),
            )  # fmt: skip
        await work.commit()
    read, keys, before = ReadTimeline(open_work), [], None
    while True:
        page = await read(tenant, id, before=before)
        keys = [line.key for line in page.lines] + keys
        before = page.before
        if before is None:
            break

    assert len(keys) == len(set(keys)) == 143


NEWS = {
    "a message": "insert into envelopes (address_id, message_key, body) select min(id), 'new', '{}' from addresses;"
    " insert into messages (conversation_id, envelope_id, author, kind, text, sent_at, received_at, state)"
    " select 1, max(id), 'contact', 'text', 'oi', now(), now(), 'waiting' from envelopes",
    "a message's fate": "update messages set state = 'unanswered', reason = 'old' where conversation_id = 1",
    "an answer": "insert into outgoing (conversation_id, answers_to, origin, text) values (1, 1, 'assistant', 'oi')",
    "who holds it": "update conversations set holder = 'person' where id = 1",
    "a note": "insert into handoff_entries (conversation_id, kind, author_id, author_name)"
    " values (1, 'note', gen_random_uuid(), 'Ana')",
}
IN_THE_LIST = ("a message", "an answer", "who holds it")


@pytest.mark.parametrize("news", NEWS)
async def test_whatever_a_page_shows_changes_its_pulse_and_nothing_else_does(
    pool: Pool, open_work: PostgresWorkshop, tenant: TenantId, news: str
):
    feel, one, other = FeelPulse(open_work), ConversationId(1), ConversationId(2)
    before = [await feel(tenant, one), await feel(tenant, other), await feel(tenant)]
    assert before == [await feel(tenant, one), await feel(tenant, other), await feel(tenant)]

    async with connected(pool) as connection, connection.transaction():
        await connection.execute(f"set local search_path to tenant_{tenant}")
        await connection.execute(NEWS[news])

    assert await feel(tenant, one) != before[0]
    assert await feel(tenant, other) == before[1]
    assert (await feel(tenant) != before[2]) is (news in IN_THE_LIST)


async def test_an_answer_that_was_sent_changes_both_pulses(pool: Pool, open_work: PostgresWorkshop, tenant: TenantId):
    feel, one = FeelPulse(open_work), ConversationId(1)
    async with connected(pool) as connection:
        await connection.execute(f"set search_path to tenant_{tenant}")
        await connection.execute(NEWS["an answer"])
        before = await feel(tenant, one), await feel(tenant)

        await connection.execute("update outgoing set state = 'sent' where conversation_id = 1")

    assert await feel(tenant, one) != before[0]
    assert await feel(tenant) != before[1]
