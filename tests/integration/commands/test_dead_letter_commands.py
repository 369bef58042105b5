"""`secretaria dead-letters` on a real database, as somebody would type it."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest
from click.testing import CliRunner, Result

from adapters.postgres.migrations import migrate
from adapters.security.master_keys import new_master_key, write_first
from secretaria.commands.dead_letters import dead_letters

Type = Callable[..., Result]
Query = Callable[..., list[dict[str, object]]]

COMPANIES = (
    "insert into public.tenants (name, slug, state) values ('Clínica', 'clinica', 'active'), ('B', 'b', 'active')"
)
DEAD = """
insert into public.jobs (tenant_id, actor, args, state, failures, last_error, correlation, died_at)
select 1 + n % 2, 'conversations.take_turn', jsonb_build_object('conversation', n), 'dead', 6, 'DeliveryFailed: 503', 'c-' || n,
    timestamptz '2026-11-20 12:00:00+00' from generate_series(1, 3) n
"""


@pytest.fixture
def query(database: str) -> Query:
    """Runs a statement in a database with two companies and the dead letters 1 (of 2), 2 (of 1) and 3 (of 2)."""

    def run(statement: str) -> list[dict[str, object]]:
        async def go() -> list[dict[str, object]]:
            connection = await asyncpg.connect(database)
            try:
                return [dict(row) for row in await connection.fetch(statement)]
            finally:
                await connection.close()

        return asyncio.run(go())

    asyncio.run(migrate(database))
    run(COMPANIES)
    run(DEAD)
    return run


@pytest.fixture
def type_(database: str, query: Query, tmp_path: Path) -> Type:
    """Types a command; expects it to succeed unless told otherwise."""
    key_file = tmp_path / "master.key"
    write_first(key_file, new_master_key())
    ours = {name: None for name in os.environ if name.startswith("SECRETARIA_")}
    environment = ours | {
        "DATABASE_URL": database,
        "REDIS_URL": "redis://127.0.0.1:1/0",  # nobody is there, and nobody is missed
        "SECRETARIA_DATA_DIR": str(tmp_path),
        "SECRETARIA_MASTER_KEY_FILE": str(key_file),
    }

    def type_it(*words: str, code: int = 0, answer: str | None = None) -> Result:
        result = CliRunner().invoke(dead_letters, words, env=environment, input=answer)
        assert result.exit_code == code, (result.output, result.exception)
        return result

    return type_it


def test_the_list_is_newest_first_and_one_line_each(type_: Type):
    lines = type_("list").stdout.splitlines()

    assert [line.split()[0] for line in lines] == ["3", "2", "1"]
    assert "2026-11-20 12:00" in lines[0]
    assert lines[0].endswith("company 2  conversations.take_turn  DeliveryFailed: 503")


def test_the_list_is_narrowed_by_company_and_by_number(type_: Type):
    def listed(*options: str) -> list[int]:
        return [one["id"] for one in json.loads(type_("list", "--json", *options).stdout)]

    assert listed() == [3, 2, 1]
    assert listed("--limit", "2") == [3, 2]
    assert listed("--company", "2") == [3, 1]
    assert listed("--company", "clinica") == [2]
    assert "no company" in type_("list", "--company", "nobody", code=1).stderr
    assert "--limit" in type_("list", "--limit", "0", code=2).stderr


def test_one_is_told_whole_to_people_and_to_programs(type_: Type):
    told = json.loads(type_("show", "2", "--json").stdout)
    created = told.pop("created_at")

    assert created.startswith("20")
    assert told == {
        "id": 2,
        "tenant": 1,
        "actor": "conversations.take_turn",
        "args": {"conversation": 2},
        "failures": 6,
        "reason": "DeliveryFailed: 503",
        "correlation": "c-2",
        "died_at": "2026-11-20T12:00:00+00:00",
    }
    for word in ("conversations.take_turn", "DeliveryFailed: 503", "c-2"):
        assert word in type_("show", "2").stdout


def test_several_are_tried_again_at_once(type_: Type, query: Query):
    assert type_("retry", "3", "1", "3").stdout == "1: will be tried again\n3: will be tried again\n"

    rows = query("select id, state, failures, revived from public.jobs order by id")
    assert [tuple(row.values()) for row in rows] == [
        (1, "pending", 0, True),
        (2, "dead", 6, False),
        (3, "pending", 0, True),
    ]


def test_discarding_asks_first(type_: Type, query: Query):
    type_("discard", "1", "2", code=1, answer="n\n")
    assert len(query("select from public.jobs")) == 3

    assert "1: discarded\n2: discarded\n" in type_("discard", "1", "2", answer="y\n").stdout
    assert query("select id from public.jobs") == [{"id": 3}]

    type_("discard", "3", "--yes")
    assert type_("list").stdout == "No dead letters.\n"
    assert json.loads(type_("list", "--json").stdout) == []


@pytest.mark.parametrize("words", [("show", "99"), ("retry", "99"), ("discard", "99", "--yes")])
def test_what_is_not_there_is_told_in_one_line(type_: Type, words: tuple[str, ...]):
    assert type_(*words, code=1).stderr == "Error: dead letter 99\n"


@pytest.mark.parametrize("number", [0, 2**63, 10**400])
@pytest.mark.parametrize("words", [("show",), ("retry",), ("discard", "--yes")])
def test_a_number_no_dead_letter_can_have_is_named_before_anything_is_done(
    type_: Type, words: tuple[str, ...], number: int
):
    told = type_(*words, str(number), code=2).stderr

    assert "is not in the range" in told


@pytest.mark.parametrize("number", [str(2**31), "7" * 5000], ids=["long", "endless"])
def test_a_number_no_company_can_have_is_no_company(type_: Type, number: str):
    assert type_("list", "--company", number, code=1).stderr == f"Error: there is no company {number[:9]}\n"


def test_what_went_before_one_that_is_not_there_is_done(type_: Type, query: Query):
    result = type_("retry", "99", "1", "3", code=1)

    assert result.stdout == "1: will be tried again\n3: will be tried again\n"
    assert [row["state"] for row in query("select state from public.jobs order by id")] == [
        "pending",
        "dead",
        "pending",
    ]
